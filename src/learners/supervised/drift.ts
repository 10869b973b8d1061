// How the world under a stream changes, and how much of what is known of it survives. A drift is sudden or incremental (the
// settings move step by step; Gama et al. 2014, figure 2); what it costs is measured on rows held out of both worlds,
// which nobody learns from.
import {
  actionNames,
  configured,
  type EnvironmentDef,
  paramsBetween,
  twinsOf,
  type WorldParams,
} from '../../../envs/environment.ts';
import { createLanes } from '../../../envs/vectorize.ts';
import type { Random } from '../../core/random.ts';
import type { LearnerContext } from '../learner.ts';
import type { Answers } from './answers.ts';

/** What the stream drifts to. Throws a sentence where the world has no such twin, or it asks for other answers. */
export function destination(def: EnvironmentDef, params: WorldParams, twin: number) {
  const twins = twinsOf(def);
  const found = twins[twin];
  const list = twins.map(({ title }, i) => `${i} ${title}`).join(', ');
  if (!found)
    throw new Error(`${def.title} cannot drift to its changed twin number ${twin}; there are: ${list}.`);
  const to = { ...params, ...found.params } as WorldParams;
  if (Object.keys(to).every((name) => to[name] === params[name])) {
    throw new Error(
      `${def.title} stands at ${twin} (${found.title}) already; it can drift to another of: ${list}.`,
    );
  }
  const then = configured(def, to);
  const same =
    `${actionNames(then.action)}` === `${actionNames(def.action)}` &&
    `${then.observation.shape}` === `${def.observation.shape}`;
  if (!same)
    throw new Error(
      `${def.title} cannot drift to ${twin} (${found.title}): it asks for other answers there.`,
    );
  return { title: found.title, to };
}

export interface Drift {
  /** 0: as it was, 1: arrived. @param rows that have come so far. */
  share(rows: number): number;
  params(rows: number): WorldParams;
}

/** @param over rows that it takes; 0: sudden. */
export function createDrift(
  def: EnvironmentDef,
  from: WorldParams,
  to: WorldParams,
  after: number,
  over: number,
): Drift {
  const share = (rows: number): number =>
    rows < after ? 0 : over === 0 ? 1 : Math.min(1, (rows - after) / over);
  return { share, params: (rows) => paramsBetween(def, from, to, share(rows)) };
}

/** Rows held out of a world; a brain is asked for the share of them that it answers rightly. */
export function createHeldOut(
  { network, normalizer, lanes }: LearnerContext,
  params: WorldParams,
  random: Random,
): (answers: Answers, heads: readonly string[]) => number {
  const rows = 256;
  const own = createLanes(lanes.def, params, rows);
  own.resetAll(random);
  const size = own.observationSize;
  const labels = new Float32Array(rows);
  for (let i = 0; i < rows; i++) own.expert(i, labels, i);
  const most = Math.min(rows, network.maxBatch);
  return (answers, heads) => {
    let right = 0;
    for (let first = 0; first < rows; first += most) {
      const n = Math.min(most, rows - first);
      network.input.data.set(own.observations.subarray(first * size, (first + n) * size));
      normalizer.apply(network.input, n);
      network.forward(n, heads, 'evaluate');
      right += answers.loss(labels.subarray(first, first + n), n).hits;
    }
    return right / rows;
  };
}

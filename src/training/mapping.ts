// What the trunk makes of a few games, for a map of it: lanes of its own are played by the brain as it is now (or by chance),
// and every few steps what is seen and the trunk's features of it are kept. The run's own lanes and streams are not touched.
import { isContinuous } from '../../envs/environment.ts';
import { bookkeeping, createLanes } from '../../envs/vectorize.ts';
import { createRandom } from '../core/random.ts';
import { anyAction, likeliestAction } from '../learners/policy.ts';
import type { Session } from './session.ts';

/** `count` points; observations are as the world showed them. */
export interface LatentMap {
  readonly updates: number;
  readonly count: number;
  /** [count, width] */
  readonly features: Float32Array;
  readonly width: number;
  /** [count, size] */
  readonly observations: Float32Array;
  /** [count]: the right answer where the world is one of labelled data; -1 elsewhere. */
  readonly labels: Int32Array;
  /** [count]: steps of its episode before it. */
  readonly times: Float32Array;
  /** [count]: what the step taken there was paid. */
  readonly rewards: Float32Array;
  /** [count]: the group of each point, of `groups`; empty and 0 where the way of learning finds none. */
  readonly assigned: Int32Array;
  readonly groups: number;
}

const lanesPlayed = 24;
const looks = 16;
/** Steps between two looks: neighbours in time are nearly the same picture. */
const between = 5;

/** The same beginnings at every call, so that a map moves only as the brain does. */
export function mapOf(session: Session): LatentMap {
  const { brain, world, params, actingHead, phase } = session;
  const { network, normalizer } = brain;
  const count = lanesPlayed * looks;
  const lanes = createLanes(world, params, lanesPlayed, session.rival);
  const { observationSize: size, stride } = lanes;
  const width = network.features.data.length / network.maxBatch;
  const { groups } = phase.learner;
  const { action } = lanes.def;
  const random = createRandom('map');
  const actions = new Float32Array(lanesPlayed * lanes.actionSize);
  const label = new Float32Array(lanes.actionSize);
  const labelled = world.labelled && !isContinuous(world);
  const elapsedAt = stride - bookkeeping.length;
  const map = {
    updates: session.updates,
    count,
    features: new Float32Array(count * width),
    width,
    observations: new Float32Array(count * size),
    labels: new Int32Array(count).fill(-1),
    times: new Float32Array(count),
    rewards: new Float32Array(count),
    assigned: new Int32Array(groups ? count : 0),
    groups: groups?.count ?? 0,
  };
  lanes.resetAll(random.fork('lanes'));
  for (let look = 0; look < looks; look++) {
    const at = look * lanesPlayed;
    for (let step = 0; step < between; step++) {
      const last = step === between - 1;
      network.input.data.set(lanes.observations);
      normalizer.apply(network.input, lanesPlayed);
      network.forward(lanesPlayed, actingHead ? [actingHead] : [], 'evaluate');
      for (let lane = 0; lane < lanesPlayed; lane++) {
        const to = lane * lanes.actionSize;
        if (actingHead) likeliestAction(action, network.output(actingHead).data, lane, actions, to);
        else anyAction(action, actions, to, random);
      }
      if (last) {
        map.observations.set(lanes.observations, at * size);
        map.features.set(network.features.data.subarray(0, lanesPlayed * width), at * width);
        for (let lane = 0; lane < lanesPlayed; lane++) {
          map.times[at + lane] = lanes.rows[lane * stride + elapsedAt]!;
          if (!labelled) continue;
          lanes.expert(lane, label, 0);
          map.labels[at + lane] = label[0]!;
        }
        if (groups) {
          const found = new Int32Array(lanesPlayed);
          groups.sort(lanesPlayed, found);
          map.assigned.set(found, at);
        }
      }
      lanes.step(actions);
      if (last) for (let lane = 0; lane < lanesPlayed; lane++) map.rewards[at + lane] = lanes.rewards[lane]!;
    }
  }
  return map;
}

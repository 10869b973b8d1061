// Honest evaluation: fresh episodes from a stream of their own, one per lane, the brain's likeliest action at
// every step (or one drawn from its policy), statistics frozen. In small pieces, so that whoever asked stays responsive; the run's own lanes
// and streams are not touched.
import {
  type ActionSpec,
  actionSize,
  type EnvironmentDef,
  rivalOf,
  rivalSeat,
  type WorldParams,
} from '../../envs/environment.ts';
import { createLanes, type RivalPlayer } from '../../envs/vectorize.ts';
import { createRandom, type Random } from '../core/random.ts';
import { createPolicy, likeliestAction, toWorld } from '../learners/policy.ts';
import type { Brain } from './brain.ts';
import type { Score } from './protocol.ts';

export interface Evaluation {
  /** One step of the lanes still playing; true when all episodes have ended. */
  step(): boolean;
  /** Returns of the episodes that have ended. */
  readonly returns: readonly number[];
}

/**
 * @param rival the brain on the other side; one that plays itself is tested with the world's yardstick instead.
 * @param sampled whether actions are drawn from the policy.
 */
export function createEvaluation(
  brain: Brain,
  def: EnvironmentDef,
  params: WorldParams,
  head: string,
  episodes: number,
  random: Random,
  rival?: RivalPlayer,
  sampled = false,
): Evaluation {
  const { network, normalizer } = brain;
  const count = Math.min(episodes, network.maxBatch);
  const againstItself = rivalSeat(def, params).by === 'itself';
  const lanes = againstItself
    ? createLanes(def, { ...params, ...rivalOf(def)?.yardstick }, count)
    : createLanes(def, params, count, rival);
  const size = lanes.observationSize;
  const width = lanes.actionSize;
  const { action } = lanes.def;
  const chosen = new Float32Array(count * width);
  const returns: number[] = [];
  const heads = [head];
  const choose = sampled ? drawing(brain, action, head, random.fork('actions')) : likeliest(action);
  let round = 0;
  /** Lanes of this round still in their first episode, in order. */
  let playing: number[] = [];

  const begin = (): void => {
    lanes.resetAll(random.fork(`round ${round}`));
    playing = Array.from({ length: Math.min(count, episodes - returns.length) }, (_, i) => i);
    round++;
  };
  begin();

  return {
    returns,
    step() {
      const n = playing.length;
      const input = network.input.data;
      for (let k = 0; k < n; k++) {
        const from = playing[k]! * size;
        for (let j = 0; j < size; j++) input[k * size + j] = lanes.observations[from + j]!;
      }
      normalizer.apply(network.input, n);
      network.forward(n, heads, 'evaluate');
      choose(network.output(head).data, playing, chosen);
      lanes.step(chosen);
      let kept = 0;
      for (let k = 0; k < n; k++) {
        const lane = playing[k]!;
        if (lanes.terminated[lane] === 1 || lanes.truncated[lane] === 1)
          returns.push(lanes.finishedReturns[lane]!);
        else playing[kept++] = lane;
      }
      playing.length = kept;
      if (kept === 0 && returns.length < episodes) begin();
      return returns.length >= episodes;
    },
  };
}

/** Writes the action of lane playing[k] from row k of the head's outputs, for every k. */
type Choose = (outputs: Float32Array, playing: readonly number[], chosen: Float32Array) => void;

function likeliest(action: ActionSpec): Choose {
  const width = actionSize(action);
  return (outputs, playing, chosen) => {
    for (let k = 0; k < playing.length; k++) likeliestAction(action, outputs, k, chosen, playing[k]! * width);
  };
}

function drawing(
  { network, kernels, arena }: Brain,
  action: ActionSpec,
  head: string,
  random: Random,
): Choose {
  const width = actionSize(action);
  const policy = createPolicy(action, network, kernels, arena, head);
  const drawn = new Float32Array(network.maxBatch * width);
  const told = new Float32Array(network.maxBatch * width);
  const logProbs = new Float32Array(network.maxBatch);
  return (_outputs, playing, chosen) => {
    policy.draw(playing.length, drawn, logProbs, 0, random);
    toWorld(action, told, drawn, 0);
    for (let k = 0; k < playing.length; k++)
      for (let d = 0; d < width; d++) chosen[playing[k]! * width + d] = told[k * width + d]!;
  };
}

const resamples = 1000;

/** Mean, interquartile mean and 95 % bootstrap interval of the mean (Agarwal et al. 2021). */
export function scoreOf(returns: readonly number[]): Score {
  const n = returns.length;
  const sorted = [...returns].sort((a, b) => a - b);
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const cut = Math.floor(n / 4);
  const random = createRandom('bootstrap');
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += sorted[random.integer(n)]!;
    return sum / n;
  }).sort((a, b) => a - b);
  return {
    mean: meanOf(sorted),
    iqm: meanOf(sorted.slice(cut, n - cut)),
    low: means[Math.floor(resamples * 0.025)]!,
    high: means[Math.floor(resamples * 0.975)]!,
    episodes: n,
  };
}

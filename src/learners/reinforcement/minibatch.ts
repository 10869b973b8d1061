// Rows of a rollout on their way into the network: the observations to its input, and beside them what was done there, how likely
// it was, what came of it.
import type { LearnerContext } from '../learner.ts';
import type { Rollout } from './rollout.ts';

export interface Minibatch {
  readonly n: number;
  /** [n, actionSize], as the policy drew them. */
  readonly actions: Float32Array;
  /** [n]: logarithms of the probabilities they were drawn with. */
  readonly logProbs: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  /** Takes the `n` rows that stand in the rollout's order from `next` on. */
  take(next: number): void;
}

/** @param normalized whether the advantages of a minibatch get mean 0 and (n - 1) standard deviation 1. */
export function createMinibatch(
  { network, normalizer, lanes }: LearnerContext,
  rollout: Rollout,
  n: number,
  normalized: boolean,
): Minibatch {
  const width = lanes.actionSize;
  const actions = new Float32Array(n * width);
  const logProbs = new Float32Array(n);
  const advantages = new Float32Array(n);
  const returns = new Float32Array(n);
  return {
    n,
    actions,
    logProbs,
    advantages,
    returns,
    take(next) {
      rollout.gather(network.input.data, next, n);
      for (let k = 0; k < n; k++) {
        const i = rollout.order[next + k]!;
        for (let d = 0; d < width; d++) actions[k * width + d] = rollout.actions[i * width + d]!;
        logProbs[k] = rollout.logProbs[i]!;
        returns[k] = rollout.returns[i]!;
        advantages[k] = rollout.advantages[i]!;
      }
      normalizer.apply(network.input, n);
      if (normalized) normalize(advantages);
    },
  };
}

function normalize(advantages: Float32Array): void {
  const n = advantages.length;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += advantages[k]!;
  const mean = sum / n;
  let squares = 0;
  for (let k = 0; k < n; k++) squares += (advantages[k]! - mean) ** 2;
  const deviation = Math.sqrt(squares / Math.max(n - 1, 1)) + 1e-8;
  for (let k = 0; k < n; k++) advantages[k] = (advantages[k]! - mean) / deviation;
}

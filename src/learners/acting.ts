// Turning a head's outputs into actions: log-probabilities, a draw, or the likeliest.

import type { Tensor } from '../core/arena.ts';
import type { Kernels } from '../core/kernels.ts';
import { exp } from '../core/math.ts';
import type { RandomSource } from '../core/random.ts';

/** An index drawn from one row of log-probabilities. */
export function sample(logProbs: Float32Array, at: number, classes: number, random: RandomSource): number {
  let left = random.next();
  for (let j = 0; j < classes - 1; j++) {
    left -= exp(logProbs[at + j]!);
    if (left < 0) return j;
  }
  return classes - 1;
}

/** The index of the largest number of a row; the first of equals. */
export function likeliest(values: Float32Array, at: number, classes: number): number {
  let best = 0;
  for (let j = 1; j < classes; j++) if (values[at + j]! > values[at + best]!) best = j;
  return best;
}

/** logProbs[n, classes] = log-softmax of a head's output. */
export const logProbabilities = (
  kernels: Kernels,
  target: Tensor,
  logits: Tensor,
  n: number,
  classes: number,
): void => kernels.logSoftmax(target.ptr, logits.ptr, n, classes);

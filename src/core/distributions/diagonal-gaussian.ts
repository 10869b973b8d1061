// A Gaussian with independent dimensions: mean[at, at + size), and the logarithms of the standard deviations [size].
import { exp } from '../math.ts';
import type { RandomSource } from '../random.ts';

/** log(2 pi) / 2 */
const halfLogTwoPi = 0.9189385332046728;

/** log p(x) = -sum ((x - m)^2 / (2 s^2) + log s + log(2 pi) / 2) of x[at, at + size). */
export function logProbability(
  mean: Float32Array,
  logStd: Float32Array,
  x: Float32Array,
  at: number,
  size: number,
): number {
  let sum = 0;
  for (let d = 0; d < size; d++) {
    const distance = (x[at + d]! - mean[at + d]!) * exp(-logStd[d]!);
    sum -= 0.5 * distance * distance + logStd[d]! + halfLogTwoPi;
  }
  return sum;
}

/** sum (log s + (1 + log(2 pi)) / 2), in nats. */
export function entropy(logStd: Float32Array, size: number): number {
  let sum = 0;
  for (let d = 0; d < size; d++) sum += logStd[d]! + 0.5 + halfLogTwoPi;
  return sum;
}

/** Draws x[at, at + size); two draws a dimension. (The likeliest x is the mean.) */
export function sample(
  x: Float32Array,
  mean: Float32Array,
  logStd: Float32Array,
  at: number,
  size: number,
  random: RandomSource,
): void {
  for (let d = 0; d < size; d++) x[at + d] = mean[at + d]! + exp(logStd[d]!) * random.normal();
}

// The categorical distribution of one row of log-probabilities, classes [at, at + classes).
import { exp } from '../math.ts';
import type { RandomSource } from '../random.ts';

/** A class drawn with its probability, by inversion; one draw. */
export function sample(logProbs: Float32Array, at: number, classes: number, random: RandomSource): number {
  let left = random.next();
  for (let j = 0; j < classes - 1; j++) {
    left -= exp(logProbs[at + j]!);
    if (left < 0) return j;
  }
  // Rounding left a little over: the last class that can happen at all.
  let last = classes - 1;
  while (last > 0 && exp(logProbs[at + last]!) === 0) last--;
  return last;
}

/** The likeliest class; the first of equals. Serves for logits as well. */
export function mode(values: Float32Array, at: number, classes: number): number {
  let best = 0;
  for (let j = 1; j < classes; j++) if (values[at + j]! > values[at + best]!) best = j;
  return best;
}

/** -sum p log p, in nats; a class that cannot happen adds nothing. */
export function entropy(logProbs: Float32Array, at: number, classes: number): number {
  let sum = 0;
  for (let j = at; j < at + classes; j++) {
    const probability = exp(logProbs[j]!);
    if (probability > 0 || Number.isNaN(probability)) sum -= probability * logProbs[j]!;
  }
  return sum;
}

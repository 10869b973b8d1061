// Binary cross-entropy of logits, mean over all numbers: L = -mean (t log s + (1 - t) log(1 - s)), s = sigmoid(x); written as
// max(x, 0) - x t + log(1 + e^-|x|), which neither overflows nor takes the logarithm of 0. dL/dx = (s - t) / count.
import { exp, log } from '../math.ts';

/** Reads logits and targets (0 to 1) [count], writes dL/dlogits. @returns the loss. */
export function binaryCrossEntropy(
  dLogits: Float32Array,
  logits: Float32Array,
  targets: Float32Array,
  count: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const x = logits[i]!;
    const target = targets[i]!;
    const small = exp(-Math.abs(x));
    sum += (x > 0 ? x : 0) - x * target + log(1 + small);
    const probability = x > 0 ? 1 / (1 + small) : small / (1 + small);
    dLogits[i] = (probability - target) / count;
  }
  return sum / count;
}

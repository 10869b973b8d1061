// What can be known without looking: each pixel lit as often as it ever was, independently of all others. A model of frames
// that does not beat this has learned nothing of how pixels go together.
import { log } from '../../core/math.ts';
import type { NamedTensor, TensorMap } from '../../core/safetensors.ts';
import { savedArray } from '../saved.ts';

export interface PixelBaseline {
  observe(rows: Float32Array, at: number): void;
  /** Mean cross-entropy of n rows [n, size] under the independent pixels, in nats a row. */
  nats(rows: Float32Array, n: number): number;
  tensors(): Record<string, NamedTensor>;
  restore(tensors: TensorMap): void;
}

export function createPixelBaseline(size: number): PixelBaseline {
  /** Sum of every pixel, then how many rows. */
  const sums = new Float64Array(size + 1);
  return {
    observe(rows, at) {
      for (let j = 0; j < size; j++) sums[j] = sums[j]! + rows[at + j]!;
      sums[size] = sums[size]! + 1;
    },
    nats(rows, n) {
      let total = 0;
      for (let j = 0; j < size; j++) {
        let lit = 0;
        for (let r = 0; r < n; r++) lit += rows[r * size + j]!;
        // Half a row of each kind beforehand, so that what was never seen is not impossible.
        const p = (sums[j]! + 0.5) / (sums[size]! + 1);
        total -= lit * log(p) + (n - lit) * log(1 - p);
      }
      return total / n;
    },
    tensors: () => ({ 'baseline.sums': { shape: [size + 1], data: sums.slice() } }),
    restore(tensors) {
      sums.set(savedArray(tensors, 'baseline.sums', size + 1));
    },
  };
}

// Running mean and variance of what a network sees (Welford 1962; batches merged as in Chan et al. 1979).
// The statistics are part of the brain: named, saved, copied and frozen with it.
import type { Arena, Tensor } from './arena.ts';
import type { Kernels } from './kernels.ts';

/** Normalised values are clipped to this many standard deviations. */
const limit = 10;

export interface Normalizer {
  /** Float64, so that a long run does not lose its counts: [size / steps] each, and one count. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly count: Float64Array;
  /** When true, `observe` changes nothing (a frozen trunk; a world of frames). */
  frozen: boolean;
  /** Merges n rows of `rows` (of remembered ones the newest step, the only new one) into the statistics. They take effect at once. */
  observe(rows: Float32Array, n: number): void;
  /** Normalises the first n rows of `rows` (arena memory) in place; does nothing when not enabled. */
  apply(rows: Tensor, n: number): void;
  /** Recomputes what the kernels need after mean, variance or count were written from outside. */
  refresh(): void;
}

/** @param steps of how many steps a row of `all` numbers is made; all share the statistics. */
export function createNormalizer(
  enabled: boolean,
  all: number,
  arena: Arena,
  kernels: Kernels,
  steps = 1,
): Normalizer {
  const size = all / steps;
  const newest = all - size;
  const mean = new Float64Array(size);
  const variance = new Float64Array(size).fill(1);
  const count = new Float64Array(1);
  const shift = arena.f32(size);
  const scale = arena.f32(size);
  const refresh = (): void => {
    for (let i = 0; i < size; i++) {
      shift.data[i] = mean[i]!;
      scale.data[i] = 1 / Math.sqrt(variance[i]! + 1e-8);
    }
  };
  refresh();
  return {
    mean,
    variance,
    count,
    frozen: !enabled,
    observe(rows, n) {
      if (this.frozen || n === 0) return;
      const before = count[0]!;
      const total = before + n;
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let r = 0; r < n; r++) sum += rows[r * all + newest + i]!;
        const batchMean = sum / n;
        let squares = 0;
        for (let r = 0; r < n; r++) {
          const d = rows[r * all + newest + i]! - batchMean;
          squares += d * d;
        }
        const delta = batchMean - mean[i]!;
        const spread = variance[i]! * before + squares + (delta * delta * before * n) / total;
        mean[i] = mean[i]! + (delta * n) / total;
        variance[i] = spread / total;
      }
      count[0] = total;
      refresh();
    },
    apply(rows, n) {
      if (enabled) kernels.normalize(rows.ptr, rows.ptr, shift.ptr, scale.ptr, limit, n * steps, size);
    },
    refresh,
  };
}

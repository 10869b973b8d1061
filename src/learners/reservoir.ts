// A uniform sample of all rows that ever came, in a fixed room, without knowing how many will come: reservoir sampling,
// algorithm R (Vitter 1985). The first `capacity` rows are kept; row k takes the place of a random one with probability capacity / k.
import type { RandomSource } from '../core/random.ts';
import type { NamedTensor, TensorMap } from '../core/safetensors.ts';
import { savedArray } from './saved.ts';

export interface Reservoir {
  filled(): number;
  /** Keeps the row at rows[at...] with the label at labels[labelAt...], or not, as chance has it. */
  offer(rows: Float32Array, at: number, labels: Float32Array, labelAt: number, random: RandomSource): void;
  /** Copies n rows drawn with replacement to target[at...], their labels to labels[labelAt...]. */
  draw(
    target: Float32Array,
    at: number,
    labels: Float32Array,
    labelAt: number,
    n: number,
    random: RandomSource,
  ): void;
  tensors(name: string): Record<string, NamedTensor>;
  restore(name: string, tensors: TensorMap): void;
}

export function createReservoir(capacity: number, size: number, labelSize = 1): Reservoir {
  const rows = new Float32Array(capacity * size);
  const labels = new Float32Array(capacity * labelSize);
  let offered = 0;
  const filled = (): number => Math.min(offered, capacity);
  return {
    filled,
    offer(source, at, given, labelAt, random) {
      const place = offered < capacity ? offered : random.integer(offered + 1);
      offered++;
      if (place >= capacity) return;
      rows.set(source.subarray(at, at + size), place * size);
      labels.set(given.subarray(labelAt, labelAt + labelSize), place * labelSize);
    },
    draw(target, at, targetLabels, labelAt, n, random) {
      for (let k = 0; k < n; k++) {
        const row = random.integer(filled());
        target.set(rows.subarray(row * size, (row + 1) * size), at + k * size);
        targetLabels.set(labels.subarray(row * labelSize, (row + 1) * labelSize), labelAt + k * labelSize);
      }
    },
    tensors(name) {
      const n = filled();
      return {
        [`${name}.rows`]: { shape: [n, size], data: rows.slice(0, n * size) },
        [`${name}.labels`]: { shape: [n, labelSize], data: labels.slice(0, n * labelSize) },
        [`${name}.offered`]: { shape: [1], data: Float64Array.of(offered) },
      };
    },
    restore(name, tensors) {
      const before = savedArray(tensors, `${name}.offered`, 1)[0]!;
      if (!Number.isInteger(before) || before < 0)
        throw new Error(`the saved ${name} was offered ${before} rows; a whole number is needed.`);
      offered = before;
      rows.set(savedArray(tensors, `${name}.rows`, filled() * size));
      labels.set(savedArray(tensors, `${name}.labels`, filled() * labelSize));
    },
  };
}

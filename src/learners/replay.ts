// A ring of the latest rows that were seen, with a label each (one number or a few): what supervised and unsupervised learners draw
// their minibatches from. Kept and saved outside the arena.
import type { RandomSource } from '../core/random.ts';
import type { NamedTensor, TensorMap } from '../core/safetensors.ts';

export interface Replay {
  readonly size: number;
  readonly capacity: number;
  /** [capacity, size]; the first `filled()` rows are valid. */
  readonly rows: Float32Array;
  /** [capacity, labelSize] */
  readonly labels: Float32Array;
  filled(): number;
  /** Keeps the row at rows[at...] with the label at labels[labelAt...]. */
  push(rows: Float32Array, at: number, labels: Float32Array, labelAt: number): void;
  /** Copies n rows drawn with replacement to target[n, size], their labels to labels[n, labelSize]. */
  draw(target: Float32Array, labels: Float32Array, n: number, random: RandomSource): void;
  tensors(name: string): Record<string, NamedTensor>;
  restore(name: string, tensors: TensorMap): void;
}

export function createReplay(capacity: number, size: number, labelSize = 1): Replay {
  const rows = new Float32Array(capacity * size);
  const labels = new Float32Array(capacity * labelSize);
  /** Rows ever pushed, and the place of the next. */
  const position = new Float64Array(1);
  const filled = (): number => Math.min(position[0]!, capacity);
  const copy = (
    target: Float32Array,
    to: number,
    source: Float32Array,
    from: number,
    length: number,
  ): void => {
    for (let j = 0; j < length; j++) target[to + j] = source[from + j]!;
  };
  return {
    size,
    capacity,
    rows,
    labels,
    filled,
    push(source, at, given, labelAt) {
      const row = position[0]! % capacity;
      copy(rows, row * size, source, at, size);
      copy(labels, row * labelSize, given, labelAt, labelSize);
      position[0] = position[0]! + 1;
    },
    draw(target, targetLabels, n, random) {
      const available = filled();
      for (let k = 0; k < n; k++) {
        const row = random.integer(available);
        copy(target, k * size, rows, row * size, size);
        copy(targetLabels, k * labelSize, labels, row * labelSize, labelSize);
      }
    },
    tensors(name) {
      const n = filled();
      return {
        [`${name}.rows`]: { shape: [n, size], data: rows.slice(0, n * size) },
        [`${name}.labels`]: { shape: [n, labelSize], data: labels.slice(0, n * labelSize) },
        [`${name}.position`]: { shape: [1], data: position.slice() },
      };
    },
    restore(name, tensors) {
      const saved = [
        tensors[`${name}.rows`],
        tensors[`${name}.labels`],
        tensors[`${name}.position`],
      ] as const;
      if (
        !saved[0] ||
        !saved[1] ||
        !saved[2] ||
        saved[0].data.length > rows.length ||
        saved[1].data.length > labels.length
      ) {
        throw new Error(
          `the saved rows "${name}" are missing or do not fit ${capacity} rows of ${size} numbers`,
        );
      }
      rows.set(saved[0].data);
      labels.set(saved[1].data);
      position.set(saved[2].data);
    },
  };
}

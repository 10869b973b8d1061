// A ring of the latest rows that were seen, with a label each: what supervised and unsupervised learners draw
// their minibatches from. Kept and saved outside the arena.
import type { RandomSource } from '../core/random.ts';
import type { NamedTensor, TensorMap } from '../core/safetensors.ts';

export interface Replay {
  readonly size: number;
  readonly capacity: number;
  /** [capacity, size]; the first `filled()` rows are valid. */
  readonly rows: Float32Array;
  readonly labels: Int32Array;
  filled(): number;
  push(rows: Float32Array, at: number, label: number): void;
  /** Copies n rows drawn with replacement to target[n, size], their labels to `labels`. */
  draw(target: Float32Array, labels: Int32Array, n: number, random: RandomSource): void;
  tensors(name: string): Record<string, NamedTensor>;
  restore(name: string, tensors: TensorMap): void;
}

export function createReplay(capacity: number, size: number): Replay {
  const rows = new Float32Array(capacity * size);
  const labels = new Int32Array(capacity);
  /** Rows ever pushed, and the place of the next. */
  const position = new Float64Array(1);
  const filled = (): number => Math.min(position[0]!, capacity);
  const copy = (target: Float32Array, to: number, source: Float32Array, from: number): void => {
    for (let j = 0; j < size; j++) target[to + j] = source[from + j]!;
  };
  return {
    size,
    capacity,
    rows,
    labels,
    filled,
    push(source, at, label) {
      const row = position[0]! % capacity;
      copy(rows, row * size, source, at);
      labels[row] = label;
      position[0] = position[0]! + 1;
    },
    draw(target, targetLabels, n, random) {
      const available = filled();
      for (let k = 0; k < n; k++) {
        const row = random.integer(available);
        copy(target, k * size, rows, row * size);
        targetLabels[k] = labels[row]!;
      }
    },
    tensors(name) {
      const n = filled();
      return {
        [`${name}.rows`]: { shape: [n, size], data: rows.slice(0, n * size) },
        [`${name}.labels`]: { shape: [n], data: labels.slice(0, n) },
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
        saved[1].data.length > capacity
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

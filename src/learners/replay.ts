// A ring of the latest rows that were seen, with a label each (one number or a few): what supervised and unsupervised learners draw
// their minibatches from. Kept and saved outside the arena; grows as rows come, up to its capacity.
import type { RandomSource } from '../core/random.ts';
import type { NamedTensor, TensorMap } from '../core/safetensors.ts';

/** Rows that there is room for at first. */
const firstRoom = 8192;

export interface Replay {
  readonly size: number;
  readonly capacity: number;
  /** [at least filled(), size]; the first `filled()` rows are valid. Another array after it has grown. */
  readonly rows: Float32Array;
  /** [at least filled(), labelSize] */
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
  let room = Math.min(capacity, firstRoom);
  let rows = new Float32Array(room * size);
  let labels = new Float32Array(room * labelSize);
  /** Rows ever pushed, and the place of the next. */
  const position = new Float64Array(1);
  const filled = (): number => Math.min(position[0]!, capacity);
  const makeRoom = (wanted: number): void => {
    if (wanted <= room) return;
    while (room < wanted) room = Math.min(capacity, 2 * room);
    const [before, labelsBefore] = [rows, labels];
    rows = new Float32Array(room * size);
    labels = new Float32Array(room * labelSize);
    rows.set(before);
    labels.set(labelsBefore);
  };
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
    get rows() {
      return rows;
    },
    get labels() {
      return labels;
    },
    filled,
    push(source, at, given, labelAt) {
      const row = position[0]! % capacity;
      makeRoom(row + 1);
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
        saved[0].data.length > capacity * size ||
        saved[1].data.length > capacity * labelSize
      ) {
        throw new Error(
          `the saved rows "${name}" are missing or do not fit ${capacity} rows of ${size} numbers`,
        );
      }
      makeRoom(saved[0].data.length / size);
      rows.set(saved[0].data);
      labels.set(saved[1].data);
      position.set(saved[2].data);
    },
  };
}

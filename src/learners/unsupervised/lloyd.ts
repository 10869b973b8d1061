// k-means on a set of rows that stands still (Lloyd 1982): every row joins its nearest centre, every centre moves to
// the mean of its rows, until no row changes its centre. Neither half can raise the inertia, the sum of squared
// distances of the rows to their centres. Where it comes to rest depends on the start, so several are tried.
import type { RandomSource } from '../../core/random.ts';
import { kmeansStart, randomStart } from './kmeans-start.ts';

export type Numbers = Float32Array | Float64Array;

/** n rows of `size` numbers. */
export interface Rows {
  readonly data: Numbers;
  readonly n: number;
  readonly size: number;
}

export interface Partition {
  /** [k, size] */
  readonly centres: Float64Array;
  /** [n]: the centre of every row. */
  readonly assigned: Int32Array;
  /** Sum of squared distances of the rows to their centres. */
  readonly inertia: number;
  /** After the start and after every step. */
  readonly inertias: readonly number[];
  /** Whether it came to rest by itself. */
  readonly settled: boolean;
}

export type Seeding = 'k-means++' | 'random rows';

/** Steps after which a start is left as it is; in practice it rests after ten or twenty. */
const mostSteps = 100;

/** Writes the nearest of k centres of every row to assigned[n]; returns the inertia. */
export function assignNearest(
  assigned: Int32Array,
  { data, n, size }: Rows,
  centres: Numbers,
  k: number,
): number {
  let inertia = 0;
  for (let r = 0; r < n; r++) {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (let c = 0; c < k; c++) {
      let distance = 0;
      for (let j = 0; j < size && distance < least; j++) {
        const gap = data[r * size + j]! - centres[c * size + j]!;
        distance += gap * gap;
      }
      if (distance < least) [best, least] = [c, distance];
    }
    assigned[r] = best;
    inertia += least;
  }
  return inertia;
}

/**
 * Moves every centre to the mean of its rows. A centre without rows is planted anew on the row that is served
 * worst, which joins it: that cannot raise the inertia either.
 */
export function moveToMeans(
  centres: Float64Array,
  assigned: Int32Array,
  { data, n, size }: Rows,
  k: number,
): void {
  const counts = new Int32Array(k);
  for (let r = 0; r < n; r++) counts[assigned[r]!] = counts[assigned[r]!]! + 1;
  for (let c = 0; c < k; c++) {
    if (counts[c]! > 0) continue;
    let [farthest, most] = [-1, 0];
    for (let r = 0; r < n; r++) {
      const own = assigned[r]!;
      if (counts[own]! < 2) continue;
      let distance = 0;
      for (let j = 0; j < size; j++) distance += (data[r * size + j]! - centres[own * size + j]!) ** 2;
      if (distance > most) [farthest, most] = [r, distance];
    }
    // Every row stands on its centre: there is nothing left to serve.
    if (farthest < 0) continue;
    counts[assigned[farthest]!] = counts[assigned[farthest]!]! - 1;
    assigned[farthest] = c;
    counts[c] = 1;
  }
  for (let c = 0; c < k; c++) if (counts[c]! > 0) centres.fill(0, c * size, (c + 1) * size);
  for (let r = 0; r < n; r++) {
    const at = assigned[r]! * size;
    for (let j = 0; j < size; j++) centres[at + j] = centres[at + j]! + data[r * size + j]!;
  }
  for (let c = 0; c < k; c++) {
    if (counts[c]! === 0) continue;
    for (let j = 0; j < size; j++) centres[c * size + j] = centres[c * size + j]! / counts[c]!;
  }
}

/** Goes on from the given centres [k, size] until no row changes its centre. */
export function lloyd(start: Numbers, rows: Rows, k: number): Partition {
  const centres = Float64Array.from(start);
  const assigned = new Int32Array(rows.n);
  const before = new Int32Array(rows.n);
  let inertia = assignNearest(assigned, rows, centres, k);
  const inertias = [inertia];
  let settled = false;
  while (!settled && inertias.length <= mostSteps) {
    before.set(assigned);
    moveToMeans(centres, assigned, rows, k);
    inertia = assignNearest(assigned, rows, centres, k);
    inertias.push(inertia);
    settled = assigned.every((c, r) => c === before[r]);
  }
  return { centres, assigned, inertia, inertias, settled };
}

/** One start, and Lloyd's steps from there. */
export function kmeansOnce(rows: Rows, k: number, seeding: Seeding, random: RandomSource): Partition {
  const start = new Float64Array(k * rows.size);
  if (seeding === 'k-means++') kmeansStart(start, rows.data, rows.n, k, rows.size, random);
  else randomStart(start, rows, k, random);
  return lloyd(start, rows, k);
}

/** Of several starts the one that ends with the least inertia. */
export function kmeansBest(
  rows: Rows,
  k: number,
  starts: number,
  seeding: Seeding,
  random: RandomSource,
): Partition {
  let best = kmeansOnce(rows, k, seeding, random);
  for (let i = 1; i < starts; i++) {
    const next = kmeansOnce(rows, k, seeding, random);
    if (next.inertia < best.inertia) best = next;
  }
  return best;
}

// k-means++ (Arthur & Vassilvitskii 2007): the first centre is a row drawn at random, each further one a row
// drawn with probability proportional to its squared distance from the nearest centre so far. Beside it the start it
// improves on: k rows drawn at random.
import type { RandomSource } from '../../core/random.ts';
import type { Numbers, Rows } from './lloyd.ts';

/** Writes k centres [k, size] chosen among rows [n, size]. */
export function kmeansStart(
  centres: Numbers,
  rows: Numbers,
  n: number,
  k: number,
  size: number,
  random: RandomSource,
): void {
  const nearest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let chosen = random.integer(n);
  for (let c = 0; c < k; c++) {
    for (let j = 0; j < size; j++) centres[c * size + j] = rows[chosen * size + j]!;
    let total = 0;
    for (let r = 0; r < n; r++) {
      let distance = 0;
      for (let j = 0; j < size; j++) distance += (rows[r * size + j]! - centres[c * size + j]!) ** 2;
      if (distance < nearest[r]!) nearest[r] = distance;
      total += nearest[r]!;
    }
    let left = random.next() * total;
    chosen = n - 1;
    for (let r = 0; r < n; r++) {
      left -= nearest[r]!;
      if (left < 0) {
        chosen = r;
        break;
      }
    }
  }
}

/** Writes k centres [k, size]: rows drawn at random, each at most once where there are enough. */
export function randomStart(centres: Numbers, rows: Rows, k: number, random: RandomSource): void {
  const taken = new Set<number>();
  for (let c = 0; c < k; c++) {
    let chosen = random.integer(rows.n);
    while (taken.has(chosen) && taken.size < rows.n) chosen = random.integer(rows.n);
    taken.add(chosen);
    for (let j = 0; j < rows.size; j++) centres[c * rows.size + j] = rows.data[chosen * rows.size + j]!;
  }
}

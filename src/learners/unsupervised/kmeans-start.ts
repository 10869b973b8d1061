// k-means++ (Arthur & Vassilvitskii 2007): the first centre is a row drawn at random, each further one a row
// drawn with probability proportional to its squared distance from the nearest centre so far.
import type { RandomSource } from '../../core/random.ts';

/** Writes k centres [k, size] chosen among rows [n, size]. */
export function kmeansStart(
  centres: Float32Array,
  rows: Float32Array,
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

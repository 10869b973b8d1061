// A centre that hardly any row is left to is of no use where it stands: it takes one half of the group that is served worst.
// k-means plants it on the single row farthest from its centre (`lloyd.ts`); where groups are drawn together that row is an
// outlier, and the group would be left again.
import type { RandomSource } from '../../core/random.ts';
import { countGroups } from './centres.ts';
import { kmeansBest, type Rows } from './lloyd.ts';

/** A group below this share of an even one counts as left. */
const leftBelow = 0.01;

/** The first of k groups of `assigned` [n] that hardly any row is left to; -1: none. */
export function leftGroup(assigned: Int32Array, n: number, k: number): number {
  const counts = new Int32Array(k);
  countGroups(counts, assigned, n);
  return counts.findIndex((count) => count < (leftBelow * n) / k);
}

/** The group whose rows' squared distances to their centre add up to most, and to how much. */
function widestGroup(centres: Float32Array, { data, n, size }: Rows, assigned: Int32Array) {
  const inertias = new Float64Array(centres.length / size);
  for (let r = 0; r < n; r++) {
    const c = assigned[r]!;
    for (let j = 0; j < size; j++) {
      inertias[c] = inertias[c]! + (data[r * size + j]! - centres[c * size + j]!) ** 2;
    }
  }
  const inertia = Math.max(...inertias);
  return { widest: inertias.indexOf(inertia), inertia };
}

/**
 * As long as a group is left: parts the group with the largest sum of squared distances to its centre in two by k-means (of
 * `starts` the best), and writes the halves' centres over its own and over that of the group left, in `centres` [k, size]; the
 * rows of the second half, in `assigned` [n], change to that group. Rows that all stand on their centres have no halves: they stay.
 * @returns whether centres were moved.
 */
export function replant(
  centres: Float32Array,
  rows: Rows,
  assigned: Int32Array,
  starts: number,
  random: RandomSource,
): boolean {
  const { data, n, size } = rows;
  const k = centres.length / size;
  let moved = false;
  // A half may be left itself, so that there is a limit.
  for (let tries = 0; tries < k; tries++) {
    const left = leftGroup(assigned, n, k);
    const { widest, inertia } = widestGroup(centres, rows, assigned);
    if (left < 0 || left === widest || inertia === 0) break;
    const own: number[] = [];
    assigned.forEach((c, r) => {
      if (r < n && c === widest) own.push(r);
    });
    const taken = new Float64Array(own.length * size);
    own.forEach((r, i) => {
      taken.set(data.subarray(r * size, (r + 1) * size), i * size);
    });
    const halves = kmeansBest({ data: taken, n: own.length, size }, 2, starts, 'k-means++', random);
    centres.set(halves.centres.subarray(0, size), widest * size);
    centres.set(halves.centres.subarray(size), left * size);
    own.forEach((r, i) => {
      if (halves.assigned[i] === 1) assigned[r] = left;
    });
    moved = true;
  }
  return moved;
}

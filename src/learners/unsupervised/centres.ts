// Groups as centres among the trunk's features: the head that measures how far every row is from each of them, and which is nearest.
import type { LayerSpec } from '../../core/layers/registry.ts';
import type { Network } from '../../core/network.ts';
import { spread } from './looking.ts';

/** Its output: the squared distance of each row to each centre, [rows, clusters]. */
export const centresHead = (clusters: number): readonly LayerSpec[] => [
  { kind: 'centroids', name: 'output', clusters },
];

/** Where the centres of such a head lie, [clusters, features]: the network's own numbers. */
export function centresOf({ params }: Network, head: string): Float32Array {
  const slot = params.slots.find(({ name }) => name === `${head}.output.centre`)!;
  return params.values.data.subarray(slot.offset, slot.offset + slot.length);
}

/**
 * Writes the nearest centre of each of n rows to found[at...]; the first of them where some are equally near.
 * @returns the mean squared distance to it.
 */
export function nearestCentres(
  found: Int32Array,
  at: number,
  distances: Float32Array,
  n: number,
  clusters: number,
): number {
  let inertia = 0;
  for (let r = 0; r < n; r++) {
    let best = 0;
    const row = r * clusters;
    for (let c = 1; c < clusters; c++) if (distances[row + c]! < distances[row + best]!) best = c;
    found[at + r] = best;
    inertia += distances[row + best]! / n;
  }
  return inertia;
}

/** How many of the first n rows are in each group. */
export function countGroups(sizes: Int32Array, assigned: Int32Array, n: number): void {
  sizes.fill(0);
  for (let r = 0; r < n; r++) sizes[assigned[r]!] = sizes[assigned[r]!]! + 1;
}

/** Share of how n rows of features [n, size] differ that their groups account for, whose mean squared distance is `inertia`. */
export const explainedBy = (inertia: number, features: Float32Array, n: number, size: number): number =>
  1 - inertia / Math.max(spread(features, n, size), 1e-12);

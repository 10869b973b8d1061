// Rows whose groups are known, for the tests of clustering.
import { createRandom } from '../../src/core/random.ts';
import type { Rows } from '../../src/learners/unsupervised/lloyd.ts';

export const each = 200;

/** Ten unit Gaussians of 200 rows, ten apart from their neighbours, in two rows of five. */
export function tenGaussians(seed: string): Rows {
  const random = createRandom(seed);
  const n = 10 * each;
  const data = Float64Array.from({ length: 2 * n }, (_, i) => {
    const group = Math.floor(i / 2 / each);
    return 10 * (i % 2 === 0 ? group % 5 : Math.floor(group / 5)) + random.normal();
  });
  return { data, n, size: 2 };
}

/** Whether the rows of each Gaussian, and no others, share a cluster. */
export function isExact(assigned: Int32Array): boolean {
  const found = Array.from({ length: 10 }, (_, group) => assigned[group * each]!);
  return new Set(found).size === 10 && assigned.every((c, r) => c === found[Math.floor(r / each)]);
}

// k-means on rows that stand still: what Arthur & Vassilvitskii promise, and that nothing ever gets worse.
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import {
  assignNearest,
  kmeansBest,
  kmeansOnce,
  lloyd,
  moveToMeans,
  type Seeding,
} from '../../src/learners/unsupervised/lloyd.ts';
import { isExact, tenGaussians } from './clusters.ts';

test('the best of ten k-means++ starts finds ten separated Gaussians, always', () => {
  for (let trial = 0; trial < 20; trial++) {
    const rows = tenGaussians(`best ${trial}`);
    const { assigned } = kmeansBest(rows, 10, 10, 'k-means++', createRandom(`trial ${trial}`));
    expect(isExact(assigned), `trial ${trial}`).toBe(true);
  }
});

/** Share of single starts that find the ten Gaussians. */
const found = (seeding: Seeding, trials: number): number => {
  let exact = 0;
  for (let trial = 0; trial < trials; trial++) {
    const random = createRandom(`${seeding} ${trial}`);
    if (isExact(kmeansOnce(tenGaussians(`single ${trial}`), 10, seeding, random).assigned)) exact++;
  }
  return exact / trials;
};

test('a single k-means++ start finds them in 55 to 72 % of tries', () => {
  const share = found('k-means++', 300);
  expect(share).toBeGreaterThanOrEqual(0.55);
  expect(share).toBeLessThanOrEqual(0.72);
});

test('a start on random rows finds them in about 12 % of tries', () => {
  const share = found('random rows', 300);
  expect(share).toBeGreaterThan(0.07);
  expect(share).toBeLessThan(0.17);
});

test.each(['k-means++', 'random rows'] as const)('inertia never rises, from %s', (seeding) => {
  for (let trial = 0; trial < 10; trial++) {
    const { inertias, settled } = kmeansOnce(tenGaussians('x'), 7, seeding, createRandom(`${trial}`));
    expect(settled).toBe(true);
    for (let i = 1; i < inertias.length; i++) {
      // Two sums of the same squares may differ in their last bits.
      expect(inertias[i]!).toBeLessThanOrEqual(inertias[i - 1]! * (1 + 1e-12));
    }
  }
});

test('centres without rows are planted on the rows that are served worst, and inertia falls', () => {
  const rows = { data: Float64Array.from([0, 0, 0, 1, 9, 9, 9, 12]), n: 4, size: 2 };
  const start = Float64Array.from([4, 4, 100, 100, 200, 200]);
  const { inertias, assigned } = lloyd(start, rows, 3);
  expect(new Set(assigned).size).toBe(3);
  for (let i = 1; i < inertias.length; i++) expect(inertias[i]!).toBeLessThanOrEqual(inertias[i - 1]!);
});

test('fewer different rows than centres: those left over stay where they are', () => {
  const rows = { data: new Float64Array(8).fill(3), n: 4, size: 2 };
  const { inertia, settled } = lloyd(Float64Array.from([3, 3, 5, 5]), rows, 2);
  expect(settled).toBe(true);
  expect(inertia).toBe(0);
});

test('a step moves a centre to the mean of its rows', () => {
  const rows = { data: Float64Array.from([0, 2, 10]), n: 3, size: 1 };
  const centres = Float64Array.from([1.5, 9]);
  const assigned = new Int32Array(3);
  expect(assignNearest(assigned, rows, centres, 2)).toBe(2.25 + 0.25 + 1);
  moveToMeans(centres, assigned, rows, 2);
  expect([...centres]).toEqual([1, 10]);
});

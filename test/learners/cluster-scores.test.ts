// Scores of clusterings on values that can be worked out by hand.
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { labelScores, silhouette } from '../../src/learners/unsupervised/cluster-scores.ts';

test('the same partition under other names scores 1', () => {
  const { purity, rand, information } = labelScores([0, 0, 1, 1, 2], [2, 2, 0, 0, 1], 5);
  expect(purity).toBe(1);
  expect(rand).toBe(1);
  expect(information).toBeCloseTo(1, 12);
});

test('known values', () => {
  // One class is one cluster, the other is split: log 2 of (log 2 + 1.5 log 2) / 2 is shared.
  const { purity, rand, information } = labelScores([0, 0, 1, 1], [0, 0, 1, 2], 4);
  expect(purity).toBe(1);
  expect(rand).toBeCloseTo(4 / 7, 12);
  expect(information).toBeCloseTo(0.8, 12);
  // Every cluster is half of each class: worse than chance by pairs, and no information at all.
  const crossed = labelScores([0, 0, 1, 1], [0, 1, 0, 1], 4);
  expect(crossed.purity).toBe(0.5);
  expect(crossed.rand).toBeCloseTo(-0.5, 12);
  expect(crossed.information).toBeCloseTo(0, 12);
});

test('one cluster for everything: nothing is known', () => {
  const { purity, rand, information } = labelScores([0, 0, 0, 1], [0, 0, 0, 0], 4);
  expect(purity).toBe(0.75);
  expect(rand).toBe(0);
  expect(information).toBeCloseTo(0, 12);
});

test('by chance the adjusted Rand index is about 0, purity is not', () => {
  const random = createRandom('chance');
  const draw = () => Array.from({ length: 3000 }, () => random.integer(5));
  const { purity, rand, information } = labelScores(draw(), draw(), 3000);
  expect(Math.abs(rand)).toBeLessThan(0.01);
  expect(information).toBeLessThan(0.01);
  expect(purity).toBeGreaterThan(0.2);
});

test('the silhouette of two pairs on a line', () => {
  // Rows 0, 1 | 4, 5: a = 1; b = 4.5, 3.5, 3.5, 4.5.
  const rows = { data: Float64Array.from([0, 1, 4, 5]), n: 4, size: 1 };
  expect(silhouette(rows, [0, 0, 1, 1], 2)).toBeCloseTo((3.5 / 4.5 + 2.5 / 3.5) / 2, 12);
  // Sorted crosswise every row is nearer to the other group.
  expect(silhouette(rows, [0, 1, 0, 1], 2)).toBeLessThan(0);
  expect(silhouette(rows, [0, 0, 0, 0], 2)).toBeNaN();
  // A row alone counts 0; clusters without rows are no neighbours.
  const alone = silhouette(rows, [0, 0, 0, 3], 5);
  expect(alone).toBeGreaterThan(-1);
  expect(alone).toBeLessThan(1);
});

// A group that was left takes half of the one that is served worst.
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { assignNearest } from '../../src/learners/unsupervised/lloyd.ts';
import { leftGroup, replant } from '../../src/learners/unsupervised/replant.ts';

/** Four heaps on a line, at 0, 10, 12 and 30, of 50 rows each. */
const heaps = (): Float32Array => {
  const random = createRandom('heaps');
  const at = [0, 10, 12, 30];
  return Float32Array.from({ length: 200 }, (_, r) => at[Math.floor(r / 50)]! + 0.1 * random.normal());
};

test('of heaps that share a centre each gets its own, and inertia falls', () => {
  const data = heaps();
  const rows = { data, n: 200, size: 1 };
  const centres = Float32Array.from([0, 11, 30, 99]);
  const assigned = new Int32Array(200);
  const before = assignNearest(assigned, rows, centres, 4);
  expect(leftGroup(assigned, 200, 4)).toBe(3);
  expect(replant(centres, rows, assigned, 4, createRandom('halves'))).toBe(true);
  expect(assignNearest(assigned, rows, centres, 4)).toBeLessThan(before / 10);
  expect([...centres].map(Math.round).sort((a, b) => a - b)).toEqual([0, 10, 12, 30]);
  expect(leftGroup(assigned, 200, 4)).toBe(-1);
});

test('several that are left are planted one after the other', () => {
  const rows = { data: heaps(), n: 200, size: 1 };
  const centres = Float32Array.from([12, 99, 99, 99]);
  const assigned = new Int32Array(200);
  replant(centres, rows, assigned, 4, createRandom('halves'));
  expect([...centres].map(Math.round).sort((a, b) => a - b)).toEqual([0, 10, 12, 30]);
  expect(leftGroup(assigned, 200, 4)).toBe(-1);
});

test('a group of one row in a thousand is left, one of one in a hundred is not', () => {
  const assigned = new Int32Array(1000);
  assigned[0] = 1;
  expect(leftGroup(assigned, 1000, 2)).toBe(1);
  assigned.fill(1, 0, 10);
  expect(leftGroup(assigned, 1000, 2)).toBe(-1);
});

test('rows that all look the same have no halves', () => {
  const rows = { data: new Float32Array(20).fill(3), n: 20, size: 1 };
  const centres = Float32Array.from([3, 3]);
  expect(replant(centres, rows, new Int32Array(20), 2, createRandom('same'))).toBe(false);
  expect([...centres]).toEqual([3, 3]);
});

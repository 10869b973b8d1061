// Deep clustering's soft groups, their target, and the gradient between the two.
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { sharpen, softGroups, studentDivergence } from '../../src/learners/unsupervised/student.ts';

test('q by hand: shares of 1 / (1 + d)', () => {
  const q = new Float32Array(5);
  softGroups(q, 1, Float32Array.from([0, 1, 3, 0]), 2, 2);
  expect([...q]).toEqual([0, 2 / 3, 1 / 3, 0.2, 0.8].map(Math.fround));
});

test('the target is surer than q, favours small groups, and sums to 1', () => {
  const p = Float32Array.from([0.8, 0.2, 0.6, 0.4]);
  sharpen(p, 2, 2);
  // f = 1.4, 0.6: 0.64 / 1.4 against 0.04 / 0.6, and 0.36 / 1.4 against 0.16 / 0.6.
  expect(p[0]).toBeCloseTo(0.64 / 1.4 / (0.64 / 1.4 + 0.04 / 0.6), 6);
  expect(p[2]).toBeCloseTo(0.36 / 1.4 / (0.36 / 1.4 + 0.16 / 0.6), 6);
  expect(p[0]! + p[1]!).toBeCloseTo(1, 6);
  expect(p[3]!).toBeGreaterThan(0.4);
});

test('the divergence is 0 at its target, and its gradient agrees with differences', () => {
  const random = createRandom('student');
  const [n, k] = [6, 4];
  const distances = Float32Array.from({ length: n * k }, () => 4 * random.next());
  const p = new Float32Array(n * k);
  const gradient = new Float32Array(n * k);
  softGroups(p, 0, distances, n, k);
  expect(studentDivergence(gradient, distances, p, n, k)).toBeCloseTo(0, 6);
  sharpen(p, n, k);
  expect(studentDivergence(gradient, distances, p, n, k)).toBeGreaterThan(0.001);
  const expected = gradient.slice();
  const scratch = new Float32Array(n * k);
  for (let i = 0; i < n * k; i++) {
    const at = (step: number): number => {
      const moved = distances.slice();
      moved[i] = moved[i]! + step;
      return studentDivergence(scratch, moved, p, n, k);
    };
    expect((at(0.01) - at(-0.01)) / 0.02).toBeCloseTo(expected[i]!, 4);
  }
});

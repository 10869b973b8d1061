// A map of a trunk: the same at every look, points with what is known of them, and no trace in the run.
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { mapOf } from '../../src/training/mapping.ts';
import { fileOf, smallSession, trainTo } from './runs.ts';

const kernels = await loadKernels('simd');

test.each([
  ['digits', 'kmeans', 6],
  ['cartpole', 'mixture', 6],
  ['cartpole', 'ppo', 0],
  ['pendulum', 'autoencoder', 0],
])('%s by %s', (world, learner, groups) => {
  const session = smallSession({ world, learner }, kernels);
  trainTo(session, 4);
  const before = fileOf(session);
  const map = mapOf(session);
  expect(mapOf(session)).toEqual(map);
  expect(fileOf(session)).toEqual(before);
  expect(map.groups).toBe(learner === 'kmeans' ? 10 : groups);
  expect(map.assigned.length).toBe(groups > 0 ? map.count : 0);
  expect(map.features.length).toBe(map.count * 12);
  expect(map.features.every(Number.isFinite)).toBe(true);
  expect(map.labels.every((label) => (world === 'digits' ? label >= 0 && label < 10 : label === -1))).toBe(
    true,
  );
  expect(map.times.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(5);
});

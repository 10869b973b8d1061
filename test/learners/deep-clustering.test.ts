// Deep clustering of rows that are changed a little: only the groups see them changed, and what is drawn comes back exactly.
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { resumeRun } from '../../src/training/snapshot.ts';
import { fileOf, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');
const pretraining = 10;

const grouping = (world: string, augmented: 0 | 1): Session =>
  createSession(
    {
      ...defaultRecipe(world, 'deep-clustering'),
      lanes: 10,
      brain: { hidden: [16, 10], activation: 'relu', settings: { filters: 0, features: 'linear' } },
      knobs: { minibatch: 32, starts: 2, interval: 4, pretraining, augmented },
    },
    kernels,
  );

test('rebuilding sees rows as they are, groups see them changed', () => {
  const [plain, augmented] = [grouping('digits', 0), grouping('digits', 1)];
  for (const session of [plain, augmented]) trainTo(session, pretraining);
  expect(fingerprint(augmented.brain)).toBe(fingerprint(plain.brain));
  for (const session of [plain, augmented]) trainTo(session, pretraining + 1);
  expect(fingerprint(augmented.brain)).not.toBe(fingerprint(plain.brain));
});

test('stopped among changed rows it resumes exactly', () => {
  const whole = grouping('digits', 1);
  trainTo(whole, pretraining + 20);
  const first = grouping('digits', 1);
  trainTo(first, pretraining + 9);
  const { session: second } = resumeRun(fileOf(first), kernels);
  trainTo(second, pretraining + 20);
  // As numbers, millions of bytes take seconds to compare.
  expect(Buffer.compare(fileOf(second), fileOf(whole))).toBe(0);
});

test('a world that cannot change a row and keep its answer refuses augmentation in a sentence', () => {
  expect(() => grouping('cartpole', 1)).toThrow('leave augmentation off');
});

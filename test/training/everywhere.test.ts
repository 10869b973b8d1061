// The same run in this process and in a worker thread of Node has the same weights after 200 updates.
// (test/browser/same-weights.test.ts asks Chromium's worker.)
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { defaultRecipe, type Recipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { trainTo } from './runs.ts';

const updates = 200;
const thread = path.resolve(import.meta.dirname, '../../build/cli/thread.mjs');

const inThread = (recipe: Recipe): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: { recipe, updates } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

test.each([
  ['cartpole', 'ppo'],
  ['cartpole', 'kmeans'],
  ['digits', 'autoencoder'],
])('%s by %s: a worker thread makes the same weights', async (world, learner) => {
  const recipe = { ...defaultRecipe(world, learner), seed: 11 };
  const session = createSession(recipe, await loadKernels('simd'));
  trainTo(session, updates);
  expect(await inThread(recipe)).toBe(fingerprint(session.brain));
});

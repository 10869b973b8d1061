// A link replays a run: Chromium's worker makes the very weights that Node makes, 200 updates on.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { address, launchBrowser, newPage } from './setup.ts';

const updates = 200;
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it.each([
  ['cartpole', 'ppo'],
  ['cartpole', 'kmeans'],
  ['digits', 'autoencoder'],
  ['breakout', 'ppo'],
])('%s by %s', async (world, learner) => {
  const session = createSession({ ...defaultRecipe(world, learner), seed: 11 }, await loadKernels('simd'));
  while (session.updates < updates) session.tick();

  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=${world}&learner=${learner}&seed=11&until=${updates}&run=1`);
  const shown = page.getByTestId('fingerprint');
  await shown.waitFor({ timeout: 90_000 });
  expect((await shown.innerText()).trim()).toBe(fingerprint(session.brain));
  expect(problems).toEqual([]);
  await context.close();
});

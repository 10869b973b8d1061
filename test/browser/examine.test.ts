// Evaluating brains on the page: the one that is being trained, and one that comes with the page; by keyboard; while the
// run goes on to the same weights as a run that nobody asked.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { address, launchBrowser, newPage } from './setup.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('plays fresh episodes with any brain and leaves the run as it was', async () => {
  const updates = 60;
  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=cartpole&learner=ppo&seed=5&until=${updates}&run=1`);
  const open = page.getByRole('button', { name: 'Evaluate' });
  await open.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Evaluate' });
  const go = dialog.getByRole('button', { name: 'Evaluate' });
  await expect.poll(() => go.isEnabled()).toBe(true);
  await go.press('Enter');
  const results = dialog.getByRole('list', { name: 'Results, the newest first' }).getByRole('listitem');
  await expect.poll(() => results.count(), { timeout: 60_000 }).toBe(1);
  expect(await results.first().innerText()).toMatch(/100 episodes · likeliest actions/);

  await dialog.getByLabel('Brain').selectOption({ value: 'bundled/cartpole-ppo' });
  await dialog.getByLabel('Changed world').selectOption({ index: 2 });
  await dialog.getByLabel('Actions').selectOption({ value: 'sampled' });
  await dialog.getByLabel('Episodes').fill('40');
  await dialog.getByLabel('Episodes').press('Tab');
  await go.click();
  await expect.poll(() => results.count(), { timeout: 60_000 }).toBe(2);
  expect(await results.first().innerText()).toMatch(/40 episodes · actions drawn/);
  await dialog
    .getByRole('figure', { name: /^Scores: mean .*95 % interval/ })
    .first()
    .waitFor();
  // What cannot see what the brain sees is in the list, but cannot be chosen, and says why.
  expect(await dialog.getByLabel('World', { exact: true }).innerText()).toContain(
    'it sees 10 × 10 × 4 numbers',
  );
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  const session = createSession({ ...defaultRecipe('cartpole', 'ppo'), seed: 5 }, await loadKernels('simd'));
  while (session.updates < updates) session.tick();
  await expect
    .poll(() => page.getByTestId('fingerprint').innerText(), { timeout: 60_000 })
    .toBe(fingerprint(session.brain));
  expect(problems).toEqual([]);
  await context.close();
});

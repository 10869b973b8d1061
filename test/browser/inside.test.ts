// Looking inside the brain: layers of the next update, the loss around the weights, by keyboard too; and the run it
// looked into ends with the weights of a run that nobody looked into. Where a brain looks is said, too, for whoever sees no lines.
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

it('shows layers and the loss surface, and leaves no trace', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=cartpole&learner=ppo&seed=5`);
  const open = page.getByRole('button', { name: 'Inside' });
  await expect.poll(() => open.isEnabled(), { timeout: 60_000 }).toBe(true);
  await open.press('Enter');
  const inside = page.getByRole('dialog', { name: 'Inside the brain' });
  await inside.getByText('Nothing to see yet').waitFor();
  await inside.getByRole('button', { name: 'Draw it' }).click();
  await inside.getByRole('button', { name: 'Make one update' }).click();
  await inside.getByRole('rowheader', { name: 'trunk.hidden1', exact: true }).waitFor();
  await inside.getByRole('img', { name: /Loss surface/ }).waitFor();
  expect(await inside.getByRole('row').count()).toBe(7);
  for (let update = 2; update <= 3; update++) {
    await inside.getByRole('button', { name: 'Make one update' }).click();
    await inside.getByText(`Update ${update},`).waitFor();
  }
  await page.keyboard.press('Escape');
  await inside.waitFor({ state: 'hidden' });

  const session = createSession({ ...defaultRecipe('cartpole', 'ppo'), seed: 5 }, await loadKernels('simd'));
  while (session.updates < 3) session.tick();
  const trunk = page.getByTestId('trunk-fingerprint');
  await expect
    .poll(() => trunk.getAttribute('data-full'), { timeout: 60_000 })
    .toBe(fingerprint(session.brain, 'trunk'));
  expect(problems).toEqual([]);
  await context.close();
});

it('says which things the brain looks at, most first', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=asterix&learner=ppo&seed=5&set.sees=things`);
  const stage = page.getByRole('region', { name: 'World' }).getByRole('img', { name: /It looks at / });
  const text = await stage.getAttribute('aria-label', { timeout: 60_000 });
  const thing = String.raw`(?:the player|row [1-8]) \(\d+ %\)`;
  expect(text).toMatch(new RegExp(` It looks at ${thing}(?:, ${thing}){0,2}\\.$`));
  const shares = [...text!.matchAll(/\((\d+) %\)/g)].map(([, share]) => Number(share));
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(101);
  expect(problems).toEqual([]);
  await context.close();
});

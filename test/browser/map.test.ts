// The map of the latent space: points with what lies behind them, by keyboard too, UMAP when asked, examples of every group
// and their scores; and the run that was mapped ends with the weights of a run that nobody looked into.
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

const updates = 30;

it('shows points, groups and scores, and leaves no trace', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=digits&learner=kmeans&seed=5&until=${updates}`);
  const counters = page.getByTestId('counters');
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await expect.poll(() => counters.textContent(), { timeout: 60_000 }).toContain(`update ${updates}`);
  await page.getByRole('button', { name: 'Map', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Map' });
  await dialog.getByText(`After ${updates} updates.`).waitFor();

  const points = dialog.getByRole('img', { name: /Map of the latent space/ });
  await points.focus();
  await page.keyboard.press('PageDown');
  await dialog.getByText(/Point 1 of 384, group \d+, label \d, step/).waitFor();
  await page.keyboard.press('PageUp');
  await dialog.getByText(/Point 384 of 384/).waitFor();
  await page.keyboard.press('ArrowLeft');
  await dialog.getByText(/Point (?!384)\d+ of 384/).waitFor();

  await dialog.getByText('Silhouette').waitFor();
  await dialog.getByText('Adjusted Rand').waitFor();
  expect(await dialog.getByRole('img', { name: /The most typical of group/ }).count()).toBeGreaterThan(5);

  const pixels = () => points.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const byGroup = await pixels();
  await dialog.getByLabel('Colour').selectOption('label');
  const key = dialog.getByRole('list', { name: 'Labels' }).getByRole('listitem');
  await expect
    .poll(() => key.allTextContents())
    .toEqual(Array.from({ length: 10 }, (_, digit) => `${digit}`));
  await dialog.getByLabel('Colour').selectOption('reward');
  await expect.poll(pixels).not.toBe(byGroup);
  const flat = await pixels();
  await dialog.getByLabel('Layout').selectOption('umap');
  await expect.poll(pixels, { timeout: 60_000 }).not.toBe(flat);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  const session = createSession({ ...defaultRecipe('digits', 'kmeans'), seed: 5 }, await loadKernels('simd'));
  while (session.updates < updates) session.tick();
  expect(await page.getByTestId('trunk-fingerprint').getAttribute('data-full')).toBe(
    fingerprint(session.brain, 'trunk'),
  );
  expect(problems).toEqual([]);
  await context.close();
});

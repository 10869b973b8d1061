// Drawing a world by hand: a wall painted on the map stands in the recipe and in the link, undo takes it back, the same map can
// be typed, and a bad one is refused in a sentence.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { address, launchBrowser, newPage } from './setup.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('paints a wall by pointing, takes it back, and reads a typed map', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=grid&learner=ppo&seed=5`);
  const draw = page.getByRole('button', { name: 'Draw', exact: true });
  await draw.waitFor();
  // The stage has drawn its first frames, so that it knows where its cells are.
  await page.waitForTimeout(1000);
  await draw.click();
  const tools = page.getByRole('toolbar', { name: 'Drawing' });
  await tools.getByRole('button', { name: 'wall', exact: true }).click();
  const sheet = page.getByRole('application', { name: /Draw here/ });
  const box = (await sheet.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.42, box.y + box.height * 0.5);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => page.url(), { timeout: 60_000 }).toContain('set.map=');
  await tools.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => page.url(), { timeout: 60_000 }).not.toContain('set.map=');
  await tools.getByRole('button', { name: 'Done' }).click();
  await draw.waitFor();

  await page.getByText('Numbers of Grid').click();
  const typed = page.getByRole('textbox', { name: 'Map' });
  await typed.fill('....G/.##../.....');
  await typed.press('Tab');
  await expect.poll(() => decodeURIComponent(page.url()), { timeout: 60_000 }).toContain('....G/.##../.....');
  await typed.fill('....G/.#?../.....');
  await typed.press('Tab');
  await page.getByRole('alert').first().waitFor();
  expect(decodeURIComponent(page.url())).toContain('....G/.##../.....');
  expect(problems).toEqual([]);
  await context.close();
});

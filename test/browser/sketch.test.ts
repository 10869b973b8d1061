// A digit drawn by hand is read by the brain that comes with the page, by pointer and by keyboard; the run keeps no trace.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { address, launchBrowser, newPage } from './setup.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('reads a seven drawn with a pointer and a one drawn with the keyboard', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=digits&learner=classification&seed=5&from=digits-classification`);
  const draw = page.getByRole('button', { name: 'Draw a digit' });
  await draw.waitFor();
  await page.waitForTimeout(500);
  await draw.click();
  const paper = page.getByRole('button', { name: /Paper: draw a digit/ });
  const box = (await paper.boundingBox())!;
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.3, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.7, 0.2), { steps: 6 });
  await page.mouse.move(...at(0.45, 0.85), { steps: 8 });
  await page.mouse.up();
  const verdict = page.locator('.pad-verdict p');
  await expect
    .poll(() => verdict.textContent(), { timeout: 60_000 })
    .toMatch(/^It says 7, (> )?\d+ % sure\.$/);

  await page.getByRole('button', { name: 'Clear' }).click();
  await paper.focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  for (let i = 0; i < 16; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect.poll(() => verdict.textContent(), { timeout: 60_000 }).toMatch(/^It says 1, /);
  await page.keyboard.press('Escape');
  await draw.waitFor();
  expect(page.url()).not.toContain('draw');
  expect(problems).toEqual([]);
  await context.close();
});

// What a person does on the page: change the way of learning in mid-run on one trunk, play and be imitated, pass
// a brain on to a changed world beside a run from scratch.
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { address, launchBrowser, newPage } from './setup.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const updates = async (page: Page): Promise<number> =>
  Number((await page.getByTestId('counters').innerText()).replaceAll(',', '').match(/update (\d+)/)?.[1]);
const trunk = (page: Page): Promise<string | null> =>
  page.getByTestId('trunk-fingerprint').getAttribute('data-full');
const way = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Way of learning' }).getByRole('button', { name }).click();

it('solves CartPole after one click, and says so', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(address());
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await page.locator('.words b', { hasText: 'Solved.' }).waitFor({ timeout: 30_000 });
  expect(problems).toEqual([]);
  await context.close();
});

it('switches the way of learning on the same trunk: unchanged by the switch, changed by learning', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=cartpole&learner=ppo&seed=3&until=60&run=1`);
  await page.getByTestId('fingerprint').waitFor();
  for (const name of ['Taught', 'Alone', 'Rewarded']) {
    // The page takes the fingerprint once a second.
    await page.waitForTimeout(1600);
    const before = await trunk(page);
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    const done = await updates(page);
    await way(page, name);
    await page.waitForTimeout(1600);
    expect(await trunk(page)).toBe(before);
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => updates(page), { timeout: 10_000 }).toBe(done + 1);
  }
  expect(problems).toEqual([]);
  await context.close();
});

it('plays by keys, and is taught what was played', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(address());
  await page.getByRole('button', { name: 'Play it yourself' }).click();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press(i % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    await page.waitForTimeout(120);
  }
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: /Teach it what I just played/ }).click();
  await expect.poll(() => updates(page), { timeout: 15_000 }).toBeGreaterThan(5);
  await page.locator('.words', { hasText: /rows it never saw|Copying what you played/ }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

it('passes a brain on to a changed world, with a run from scratch beside it and a report', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(address());
  await way(page, 'Passed on');
  await page.getByRole('button', { name: 'Start the passed-on run' }).click();
  await expect.poll(() => updates(page), { timeout: 20_000 }).toBeGreaterThan(50);
  await page.getByText(/from scratch: .+ after/).waitFor({ timeout: 20_000 });
  const recipe = page.getByRole('region', { name: 'Recipe' });
  await recipe
    .getByText(/trunk\.hidden1\.weight/)
    .first()
    .waitFor({ state: 'attached' });
  expect(problems).toEqual([]);
  await context.close();
});

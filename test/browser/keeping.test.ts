// What was learned is never lost: reloads, the library, files, a full disk.
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { address, launchBrowser, newPage } from './setup.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A run that does not end by itself while a test looks at it. */
const longRun = (seed: number): string =>
  `${address()}#world=cartpole&learner=ppo&seed=${seed}&knob.budget=100000000&run=1`;

interface Counted {
  readonly updates: number;
  readonly seconds: number;
}

const counters = async (page: Page): Promise<Counted> =>
  parseCounters(await page.getByTestId('counters').innerText());

const parseCounters = (shown: string): Counted => {
  const text = shown.replaceAll(',', '');
  const [, minutes, seconds] = text.match(/(?:(\d+) min )?([\d.]+) s\b/) ?? [];
  return {
    updates: Number(text.match(/update (\d+)/)?.[1]),
    seconds: Number(minutes ?? 0) * 60 + Number(seconds),
  };
};

/** Saved brains can be deleted; those that come with the page cannot. */
const mine = (page: Page): Locator =>
  page.getByTestId('model').filter({ has: page.getByRole('button', { name: 'Delete' }) });

const saveInLibrary = async (page: Page, title: string): Promise<string> => {
  await page.getByRole('button', { name: /^Library/ }).click();
  const first = page.getByRole('button', { name: 'Save the brain on the page' });
  // The drawer is still drawing itself: wait for whichever of the two ways of saving it will offer.
  await first.or(page.getByLabel('Title of the model')).waitFor();
  if (await first.isVisible()) await first.click();
  else {
    await page.getByLabel('Title of the model').fill(title);
    await page.getByRole('button', { name: 'Save this brain' }).click();
  }
  const card = mine(page).first();
  await card.waitFor();
  return (await card.getAttribute('data-fingerprint')) ?? '';
};

it('a reload in the middle of a run loses at most five seconds, and the run goes on', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(longRun(3));
  await page.waitForTimeout(9000);
  const before = await counters(page);
  expect(before.updates).toBeGreaterThan(100);
  await page.goto('about:blank');
  // What the run stood at when it came back, before it trained on: the first counters the new page shows.
  await page.addInitScript(() => {
    const look = (): void => {
      const text = document.querySelector('[data-testid=counters]')?.textContent ?? '';
      if (/update [1-9]/.test(text)) document.documentElement.dataset['cameBack'] = text;
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  // The address without `run=1`, as the page itself writes it: the same recipe, so it goes on by itself.
  await page.goto(longRun(3).replace('&run=1', ''));
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 60_000 });
  const cameBack = page.locator('html[data-came-back]');
  await cameBack.waitFor({ state: 'attached' });
  const after = parseCounters((await cameBack.getAttribute('data-came-back'))!);
  console.log(`before the reload ${before.seconds} s of training, after it ${after.seconds} s`);
  expect(after.seconds).toBeGreaterThanOrEqual(before.seconds - 5);
  expect(after.updates).toBeGreaterThan(0);
  await expect.poll(async () => (await counters(page)).updates).toBeGreaterThan(after.updates);
  expect(problems).toEqual([]);
  await context.close();
});

it('save, reload, find it in the library, export, import in a fresh profile: the same fingerprint', async () => {
  const { page, context, problems } = await newPage(browser, { acceptDownloads: true });
  await page.goto(`${address()}#world=cartpole&learner=ppo&seed=3&until=50&run=1`);
  await page.getByTestId('fingerprint').waitFor();
  const reached = (await page.getByTestId('fingerprint').innerText()).trim();
  expect(await saveInLibrary(page, 'kept')).toBe(reached);

  await page.reload();
  await page.getByRole('button', { name: /^Library/ }).click();
  const card = mine(page).first();
  expect(await card.getAttribute('data-fingerprint')).toBe(reached);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('button', { name: 'Export' }).click(),
  ]);
  const file = readFileSync(await download.path());
  expect(problems).toEqual([]);
  await context.close();

  const fresh = await newPage(browser);
  await fresh.page.goto(address());
  await fresh.page.getByRole('button', { name: /^Library/ }).click();
  await fresh.page
    .getByTestId('import')
    .setInputFiles({ name: 'agent.safetensors', mimeType: 'application/octet-stream', buffer: file });
  const taken = mine(fresh.page).first();
  await taken.waitFor();
  expect(await taken.getAttribute('data-fingerprint')).toBe(reached);
  // And it goes on where it stopped.
  await taken.getByRole('button', { name: 'Open' }).click();
  await expect.poll(async () => (await counters(fresh.page)).updates, { timeout: 60_000 }).toBe(50);
  expect(fresh.problems).toEqual([]);
  await fresh.context.close();
});

it.each([
  ['a truncated file', (file: Buffer) => file.subarray(0, 3000), /not a model file/i],
  [
    'a file of another kind',
    () => Buffer.from('{"hello": "world"}, and a good deal more text'),
    /not a model file/i,
  ],
])('%s gives one sentence and loses nothing', async (_name, damage, sentence) => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=cartpole&learner=ppo&seed=3&until=20&run=1`);
  await page.getByTestId('fingerprint').waitFor();
  await saveInLibrary(page, 'safe');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    mine(page).first().getByRole('button', { name: 'Export' }).click(),
  ]);
  const good = readFileSync(await download.path());
  await page
    .getByTestId('import')
    .setInputFiles({ name: 'x.safetensors', mimeType: 'application/octet-stream', buffer: damage(good) });
  const alert = page.getByRole('alert').filter({ hasText: sentence });
  await alert.waitFor();
  expect(await alert.locator('p').count()).toBe(1);
  expect(await mine(page).count()).toBe(1);
  expect(problems).toEqual([]);
  await context.close();
});

it('a full storage gives one sentence, and the run goes on', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  });
  await page.goto(longRun(3));
  const alert = page.getByRole('alert').filter({ hasText: /storage is full/ });
  await alert.waitFor({ timeout: 60_000 });
  expect(await alert.locator('p').count()).toBe(1);
  const before = (await counters(page)).updates;
  await expect.poll(async () => (await counters(page)).updates, { timeout: 60_000 }).toBeGreaterThan(before);
  expect(problems).toEqual([]);
  await context.close();
});

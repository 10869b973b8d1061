// The built page opens without a word on the console, asks nobody but its own server, obeys its policy, and
// opens again when the server is gone.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { servePage } from './serve.ts';
import { address, launchBrowser, newPage } from './setup.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('loads quietly and asks only its own server', async () => {
  const { page, context, problems, requests } = await newPage(browser);
  await page.goto(address(), { waitUntil: 'networkidle' });
  expect(await page.title()).toContain('Relearn');
  expect(await page.locator('body').innerText()).not.toBe('');
  const foreign = requests.filter((url) => !url.startsWith(address()) && !/^(data|blob):/.test(url));
  expect(foreign).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

// One of each kind of picture: painted sheets, textures, shapes alone.
it('leaves a world for another without a word', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(address());
  await page.locator('.stage-host canvas').waitFor();
  for (const world of ['breakout', 'snake', 'grid', 'points', 'digits', 'lander', 'cartpole']) {
    await page.evaluate((id) => {
      location.hash = `#world=${id}`;
    }, world);
    await page.waitForTimeout(150);
  }
  expect(problems).toEqual([]);
  await context.close();
});

it('says what cannot be built, and runs once that is changed', async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(`${address()}#world=cartpole&learner=deep-clustering&knob.augmented=1`);
  await page.getByRole('alert').filter({ hasText: 'leave augmentation off' }).waitFor();
  expect(await page.locator('.words').innerText()).toMatch(/^Nothing stands here yet/);
  expect(await page.getByRole('button', { name: 'Run' }).first().isDisabled()).toBe(true);
  await page.getByLabel('Augmentation').first().click();
  await page.getByText('It first learns to rebuild').waitFor();
  await page.getByRole('button', { name: 'Run' }).first().click();
  await page.locator('.words', { hasText: 'Rebuilding.' }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

it('lets no text become code', async () => {
  const { page, context } = await newPage(browser);
  await page.goto(address());
  const outcome = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.name = "code"';
    document.head.append(script);
    return window.name;
  });
  expect(outcome).toBe('');
  await context.close();
});

it('opens without a network after the first visit', async () => {
  const server = await servePage();
  const { page, context } = await newPage(browser);
  await page.goto(server.address);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await server.close();
  await expect(fetch(server.address)).rejects.toThrow();

  // A tab of its own: whatever the first one said while its server went away does not count.
  const again = await context.newPage();
  const problems: string[] = [];
  again.on('pageerror', (error) => problems.push(String(error)));
  await again.goto(server.address);
  expect(await again.title()).toContain('Relearn');
  expect(await again.evaluate(() => fetch('pretrained/index.json').then((response) => response.status))).toBe(
    200,
  );
  expect(problems).toEqual([]);
  await context.close();
});

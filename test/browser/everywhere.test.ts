// The fixed runs have the same fingerprints, those of golden/fingerprints.json, in Node, in a Node thread, and in
// Chromium and Firefox, in a page and in its worker.
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import puppeteer from 'puppeteer-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFirefox } from '../../scripts/ensure-browser.mjs';
import { runAll, strays } from '../everywhere/fixed-runs.ts';
import { launchBrowser, newPage } from './setup.ts';

type Fingerprints = Readonly<Record<string, string>>;

const root = path.resolve(import.meta.dirname, '../everywhere');
const built = path.resolve(import.meta.dirname, '../../build/test-everywhere');
const common = { root, configFile: false, logLevel: 'error' } as const;
let server: PreviewServer;
let here: Fingerprints;

beforeAll(async () => {
  await build({
    ...common,
    base: './',
    worker: { format: 'es' },
    build: { target: 'es2022', outDir: path.join(built, 'page'), emptyOutDir: true },
  });
  await build({
    ...common,
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: path.join(root, 'thread.ts'),
      target: 'node20',
      outDir: path.join(built, 'node'),
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  server = await preview({
    ...common,
    build: { outDir: path.join(built, 'page') },
    preview: { port: 0, host: '127.0.0.1' },
  });
  here = await runAll();
});
afterAll(() => server?.close());

const address = (): string => server.resolvedUrls!.local[0]!;

it('in Node, where reloads and small batches change nothing', async () => {
  expect(strays(here)).toEqual([]);
  await expect(`${JSON.stringify(here, null, 2)}\n`).toMatchFileSnapshot('../golden/fingerprints.json');
});

it('in a Node thread', async () => {
  const there = await new Promise<Fingerprints>((resolve, reject) => {
    const worker = new Worker(path.join(built, 'node/thread.mjs'));
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  expect(there).toEqual(here);
});

it('in Chromium, page and worker', async () => {
  const browser = await launchBrowser();
  try {
    const { page, problems } = await newPage(browser);
    await page.goto(address());
    for (const id of ['page', 'worker']) {
      await page.waitForFunction((of) => document.getElementById(of)?.textContent, id, { timeout: 60_000 });
      expect(JSON.parse(await page.locator(`#${id}`).innerText()), id).toEqual(here);
    }
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
  }
});

const firefox = findFirefox();
// A machine of a person need not have it; where everything is checked it must.
it.skipIf(!firefox && !process.env['CI'])(
  `in Firefox, page and worker${firefox ? '' : ' (not installed)'}`,
  async () => {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefox ?? 'firefox',
      headless: true,
      extraPrefsFirefox: {
        'network.captive-portal-service.enabled': false,
        'network.connectivity-service.enabled': false,
        'app.update.enabled': false,
        'datareporting.policy.dataSubmissionEnabled': false,
        'toolkit.telemetry.enabled': false,
        'services.settings.server': 'data:,',
      },
    });
    try {
      const page = await browser.newPage();
      await page.goto(address());
      for (const id of ['page', 'worker']) {
        await page.waitForFunction((of) => document.getElementById(of)?.textContent, { timeout: 60_000 }, id);
        const text = await page.$eval(`#${id}`, (element) => element.textContent ?? '');
        expect(JSON.parse(text), id).toEqual(here);
      }
    } finally {
      await browser.close();
    }
  },
);

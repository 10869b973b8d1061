// What every browser test starts from: a real Chromium and a fresh page that remembers all that went wrong.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { inject } from 'vitest';
import { findBrowser } from '../../scripts/ensure-browser.mjs';

/** Where `serve.ts` serves the built page. */
export const address = (): string => inject('address');

export const browserFlags: readonly string[] = [
  // WebGL in software, but a 2-D canvas that does not go through it: charts would crawl.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new Error('No browser found; node scripts/ensure-browser.mjs finds or installs one.');
  return chromium.launch({
    executablePath,
    // Chromium's sandbox cannot start as root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...browserFlags],
  });
}

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors and warnings, uncaught exceptions, failed requests: must stay empty. */
  readonly problems: string[];
  /** Every address requested. */
  readonly requests: string[];
}

export type PageOptions = NonNullable<Parameters<Browser['newContext']>[0]>;

/** A page in a profile of its own: empty storage, no service worker. It stands at about:blank. */
export async function newPage(browser: Browser, options: PageOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    // The graphics driver speaking of its own speed (software rendering), not the page.
    if (message.text().includes('GL Driver Message (OpenGL, Performance')) return;
    if (message.type() === 'error' || message.type() === 'warning') {
      problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    // A request given up because the page went away is no problem of the page.
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') problems.push(`request failed: ${request.url()} ${reason}`);
  });
  context.on('request', (request) => requests.push(request.url()));
  return { page, context, problems, requests };
}

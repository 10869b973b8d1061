// Makes sure that a Chromium-family browser is there before the browser tests run, and Firefox where it can be had.
// Order: CHROME_PATH or FIREFOX_PATH, the usual places, apt-get (root on Debian or Ubuntu only), else a clear message.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const usualPlaces = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  `${process.env.ProgramFiles ?? 'C:\\Program Files'}\\Google\\Chrome\\Application\\chrome.exe`,
];

export const findBrowser = () => usualPlaces.find((place) => place && existsSync(place));

const usualFirefoxes = [
  process.env.FIREFOX_PATH,
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  `${process.env.ProgramFiles ?? 'C:\\Program Files'}\\Mozilla Firefox\\firefox.exe`,
];

export const findFirefox = () => usualFirefoxes.find((place) => place && existsSync(place));

/** Installs Debian packages where that is possible. */
function install(...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

function ensureBrowser() {
  if (!findBrowser()) install('chromium', 'fonts-liberation');
  const found = findBrowser();
  if (found) return found;
  throw new Error('No Chrome or Chromium found. Install one, or set CHROME_PATH to its executable.');
}

/** A second engine, to see that it computes the same; the tests say so and go on where there is none. */
function ensureFirefox() {
  try {
    if (!findFirefox()) install('firefox-esr');
  } catch (error) {
    return `none (${error instanceof Error ? error.message : error})`;
  }
  return findFirefox() ?? 'none (install it, or set FIREFOX_PATH, to test in it too)';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`browser: ${ensureBrowser()}`);
  console.log(`Firefox: ${ensureFirefox()}`);
}

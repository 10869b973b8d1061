// Makes sure that a Chromium-family browser is there before the browser tests run.
// Order: CHROME_PATH, the usual places, apt-get (root on Debian or Ubuntu only), else a clear message.
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

function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) => execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation');
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error('No Chrome or Chromium found. Install one, or set CHROME_PATH to its executable.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`browser: ${ensureBrowser()}`);

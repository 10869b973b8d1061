// From Run to the threshold in a real browser tab: the wall-clock time from the click on Run, with a world's usual recipe,
// until the page says "Solved." (a mean of 100 fresh greedy episodes at the world's threshold). All seeds are counted.
// Usage: npm run bench:browser -- [--world cartpole,grid | --world all] [--seeds 10] [--first 1] [--patience 60]
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser } from './ensure-browser.mjs';

const { values } = parseArgs({
  options: {
    world: { type: 'string', default: 'cartpole' },
    seeds: { type: 'string', default: '10' },
    first: { type: 'string', default: '1' },
    patience: { type: 'string', default: '60' },
  },
});
const count = Number(values.seeds);
const first = Number(values.first);
const patience = Number(values.patience);
await build({ logLevel: 'error' });
const server = await preview({ logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } });
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: findBrowser(),
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
  ],
});

/** The ids that the page offers. */
async function offered() {
  const page = await browser.newPage();
  await page.goto(address);
  const options = page.locator('select#world-choice option');
  await options.first().waitFor({ state: 'attached' });
  const ids = await options.evaluateAll((all) => all.map((option) => option.value));
  await page.close();
  return ids;
}

/** Seconds from Run to "Solved.", or Infinity, and the mean return of training when that was decided, as the page shows it. */
async function solve(world, seed) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${address}#world=${world}&seed=${seed}`);
  await page.locator('button.go:enabled').first().waitFor();
  // Let the page settle, as for a person who looks before the click.
  await page.waitForTimeout(1500);
  const taken = await page.evaluate(
    (limit) =>
      new Promise((resolve) => {
        const start = performance.now();
        document.querySelector('button.go').click();
        const look = () => {
          const passed = (performance.now() - start) / 1000;
          if (document.querySelector('.words b')?.textContent === 'Solved.') resolve(passed);
          else if (passed > limit) resolve(null);
          else requestAnimationFrame(look);
        };
        look();
      }),
    patience,
  );
  const mean = await page.locator('.chip[title^="Mean return"]').textContent();
  await context.close();
  return { seconds: taken ?? Number.POSITIVE_INFINITY, mean };
}

const known = await offered();
const worlds = values.world === 'all' ? known : values.world.split(',');
const unknown = worlds.find((world) => !known.includes(world));
if (unknown) throw new Error(`--world "${unknown}": there is no such world; there are ${known.join(', ')}.`);

const shown = (seconds) => (Number.isFinite(seconds) ? `${seconds.toFixed(1)} s` : `over ${patience} s`);

console.log(`From Run to solved in Chromium ${browser.version()}, ${count} seeds`);
for (const world of worlds) {
  const runs = [];
  for (let seed = first; seed < first + count; seed++) runs.push(await solve(world, seed));
  const seconds = runs.map((run) => run.seconds);
  const unsolved = runs.filter((run) => run.seconds === Number.POSITIVE_INFINITY);
  seconds.sort((a, b) => a - b);
  const middle = (seconds[Math.floor((count - 1) / 2)] + seconds[Math.ceil((count - 1) / 2)]) / 2;
  const solved = seconds.filter(Number.isFinite).length;
  console.log(
    `${world}: ${solved} of ${count} solved; median ${shown(middle)}, fastest ${shown(seconds[0])}, slowest ${shown(seconds.at(-1))}` +
      (unsolved.length > 0 ? `; the others by then: ${unsolved.map(({ mean }) => mean).join(', ')}` : ''),
  );
}
await browser.close();
await server.close();
process.exit(0);

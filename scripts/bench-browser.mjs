// From Run to solved in a real browser tab, over ten seeds, all of them counted: the wall-clock time from the
// click on Run until the page says "Solved." (a mean of 100 fresh greedy episodes at the threshold).
// Usage: npm run bench:browser -- [seeds] [first seed]
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser } from './ensure-browser.mjs';

const count = Number(process.argv[2] ?? 10);
const first = Number(process.argv[3] ?? 1);
const patience = 60_000;

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

const seconds = [];
for (let seed = first; seed < first + count; seed++) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${address}#world=cartpole&learner=ppo&seed=${seed}`);
  await page.locator('button.go:enabled').first().waitFor();
  // Let the page settle, as for a person who looks before the click.
  await page.waitForTimeout(1500);
  const taken = await page.evaluate(
    (limit) =>
      new Promise((resolve) => {
        const start = performance.now();
        document.querySelector('button.go').click();
        const look = () => {
          const passed = performance.now() - start;
          if (document.querySelector('.words b')?.textContent === 'Solved.') resolve(passed / 1000);
          else if (passed > limit) resolve(null);
          else requestAnimationFrame(look);
        };
        look();
      }),
    patience,
  );
  console.log(`seed ${seed}: ${taken === null ? 'not solved' : `solved ${taken.toFixed(2)} s after Run`}`);
  seconds.push(taken ?? Number.POSITIVE_INFINITY);
  await context.close();
}
seconds.sort((a, b) => a - b);
const middle = (seconds[Math.floor((count - 1) / 2)] + seconds[Math.ceil((count - 1) / 2)]) / 2;
console.log(
  `solved on ${seconds.filter(Number.isFinite).length} of ${count} seeds; median ${middle.toFixed(2)} s, ` +
    `fastest ${seconds[0].toFixed(2)} s, slowest ${seconds.at(-1).toFixed(2)} s from Run to solved in Chromium ${browser.version()}`,
);
await browser.close();
await server.close();
process.exit(0);

// npm run shots: pictures of worlds as a person sees them, close up and as a wall, dark, light and on a phone, into
// build/shots. Usage: npm run shots -- [world ...] [--learner ID] [--seconds N] [--set name=value ...] [--looks dark,light,phone]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { findBrowser } from './ensure-browser.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    learner: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    set: { type: 'string', multiple: true, default: [] },
    looks: { type: 'string', default: 'dark,light,phone' },
  },
});

const looks = {
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  light: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: 'dark', deviceScaleFactor: 2 },
};

const folder = path.resolve('build/shots');
mkdirSync(folder, { recursive: true });
// From source: a world that is being drawn is seen without building anything.
const server = await createServer({ logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
await server.listen();
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: findBrowser(),
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
  ],
});

const { environments } = await server.ssrLoadModule('/envs/registry.ts');
const known = environments.map(({ id }) => id);
for (const world of positionals.length > 0 ? positionals : known) {
  if (!known.includes(world)) throw new Error(`There is no world "${world}"; there are ${known.join(', ')}.`);
  for (const look of values.looks.split(',')) {
    if (!Object.hasOwn(looks, look))
      throw new Error(`--looks "${look}": there are ${Object.keys(looks).join(', ')}.`);
    const context = await browser.newContext(looks[look]);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') console.log(`${world}, ${look}: ${message.text()}`);
    });
    page.on('pageerror', (error) => console.log(`${world}, ${look}: ${error.stack ?? error.message}`));
    const settings = values.set.map((one) => `&set.${one}`).join('');
    const learner = values.learner ? `&learner=${values.learner}` : '';
    await page.goto(`${address}#world=${world}${learner}${settings}&run=1`);
    await page.locator('.stage-host canvas').waitFor();
    await page.waitForTimeout(Number(values.seconds) * 1000);
    await page.screenshot({ path: path.join(folder, `${world}-${look}.png`) });
    const stage = page.locator('.region.world');
    for (const name of ['Sees', 'Acts', 'Values']) {
      const button = page.getByRole('button', { name, exact: true });
      if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
    }
    await page.waitForTimeout(700);
    await stage.screenshot({ path: path.join(folder, `${world}-${look}-overlays.png`) });
    await page.getByRole('button', { name: 'All lanes' }).click();
    await page.waitForTimeout(700);
    await stage.screenshot({ path: path.join(folder, `${world}-${look}-wall.png`) });
    await context.close();
  }
  console.log(`${world}: build/shots/${world}-*.png`);
}
await browser.close();
await server.close();
process.exit(0);

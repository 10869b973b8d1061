// How much script it costs to draw a world with 64 lanes, close up and as a wall, with all that can be shown on it: what one frame
// takes on the page's own thread, from the rows to the last drawing command. Frames are drawn one after the other and not by the
// clock, and the thread's own processor time is counted, so that a busy machine shows about the same. Beside it what all script of
// the page takes in a frame, charts, brain and messages included, while 64 lanes are trained flat out and shown at once.
// Usage: npm run bench:frames -- [world ...] [--frames N]
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { findBrowser } from './ensure-browser.mjs';

/** Milliseconds a frame may take. */
const aim = 8;
const lanes = 64;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { frames: { type: 'string', default: '120' } },
});

const server = await createServer({ logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
await server.listen();
const address = server.resolvedUrls.local[0];
const { environments } = await server.ssrLoadModule('/envs/registry.ts');
const known = environments.map(({ id }) => id);
const unknown = positionals.find((world) => !known.includes(world));
if (unknown) throw new Error(`There is no world "${unknown}"; there are ${known.join(', ')}.`);

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

/** Runs in the page: makes the stage and what is drawn on it, for `drawFrames`. */
async function prepare({ world, mode, lanes }) {
  const [{ createStage }, { environmentById }, { createLanes, worldParams }, { createRandom }, policy] =
    await Promise.all(
      [
        '/src/app/stage.ts',
        '/envs/registry.ts',
        '/envs/vectorize.ts',
        '/src/core/random.ts',
        '/src/learners/policy.ts',
      ].map((file) => import(file)),
    );
  const colours = { background: 0x10141a, line: 0x262d37, ink: 0xe9edf2, soft: 0xa3aebb, faint: 0x8490a0 };
  const theme = {
    ...colours,
    accent: 0x2fbfa6,
    positive: 0x5aa9ff,
    negative: 0xff9d5c,
    dark: true,
    reducedMotion: false,
  };
  document.body.innerHTML = '<div id="host" style="width: 720px; height: 560px"></div>';
  const stage = await createStage(document.getElementById('host'), theme, () => {});
  const def = environmentById(world);
  const params = worldParams(def, {});
  const [many, hero] = [createLanes(def, params, lanes), createLanes(def, params, 1)];
  const { action } = many.def;
  const random = createRandom('frames');
  many.resetAll(random);
  hero.resetAll(random);
  const step = (played) => {
    const actions = new Float32Array(played.count * played.actionSize);
    for (let i = 0; i < played.count; i++) policy.anyAction(action, actions, i * played.actionSize, random);
    played.step(actions);
    return actions;
  };
  const any = (length) => Float32Array.from({ length }, () => random.next());
  const count = def.probes?.count(params) ?? 0;
  const choices = action.kind === 'discrete' ? action.names.length : 0;
  stage.show(world);
  let [drawn, probes, chosen] = [0, undefined, step(hero)];
  /** @param draws whether it draws them, or does only what stands around that. */
  globalThis.drawFrames = async (frames, draws) => {
    for (const end = drawn + frames; drawn < end; drawn++) {
      step(many);
      if (drawn % 4 === 0) chosen = step(hero);
      if (count > 0 && drawn % 8 === 0)
        probes = { count, outputs: any(count * policy.answerSize(action)), values: any(count) };
      const frame = {
        rows: many.rows,
        lanes,
        stride: many.stride,
        hero: hero.rows.slice(),
        observation: hero.observations.slice(),
        action: chosen,
        probabilities: any(choices),
        deviations: any(choices > 0 ? 0 : action.axes.length),
        value: random.next(),
        lastReturn: 1,
        probes,
        params,
        secondsSinceLast: 1 / 60,
        mode,
        overlays: { sees: true, acts: true, values: true },
      };
      if (draws) stage.draw(frame);
      // The browser shows what was drawn, as it would between two frames.
      if (drawn % 5 === 0) await new Promise(requestAnimationFrame);
    }
  };
}

console.log(
  `Script to draw a frame, ${lanes} lanes, all shown, Chromium ${browser.version()}; aim: under ${aim} ms`,
);
const columns = ['close up', 'all lanes', 'whole page'];
console.log(`${''.padEnd(24)}${columns.map((name) => name.padStart(12)).join('')}`);
const viewport = { width: 1440, height: 900 };
const page = await browser.newPage({ viewport });
await page.route('**/blank.html', (route) =>
  route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' }),
);
/** Reads a counter of a page's thread, in milliseconds of processor time. */
async function counterOf(watched, name) {
  const client = await watched.context().newCDPSession(watched);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === name).value * 1000;
  };
}
const thread = await counterOf(page, 'ThreadTime');

/** Milliseconds of processor time of the page's thread that some frames take. */
async function taken(frames, draws) {
  const before = await thread();
  await page.evaluate(([count, drawn]) => globalThis.drawFrames(count, drawn), [frames, draws]);
  return (await thread()) - before;
}

/** Milliseconds of script in a frame of the whole page. */
async function wholePage(world) {
  const context = await browser.newContext({ viewport });
  const whole = await context.newPage();
  await whole.addInitScript(() => {
    globalThis.framesShown = 0;
    const count = () => {
      globalThis.framesShown++;
      requestAnimationFrame(count);
    };
    count();
  });
  await whole.goto(`${address}#world=${world}&lanes=${lanes}&knob.budget=100000000&run=1`);
  await whole.getByRole('button', { name: 'All lanes' }).click();
  await whole.getByRole('button', { name: 'Pause' }).waitFor();
  const script = await counterOf(whole, 'ScriptDuration');
  const now = async () => [await script(), await whole.evaluate(() => globalThis.framesShown)];
  await whole.waitForTimeout(4000);
  const [scriptBefore, framesBefore] = await now();
  await whole.waitForTimeout(6000);
  const [scriptAfter, framesAfter] = await now();
  await context.close();
  return (scriptAfter - scriptBefore) / (framesAfter - framesBefore);
}

const frames = Number(values.frames);
const cell = (each) => `${each.toFixed(2)} ms${each < aim ? ' ' : '*'}`.padStart(12);
for (const world of positionals.length > 0 ? positionals : known) {
  const shown = [];
  for (const mode of ['close', 'wall']) {
    await page.goto(`${address}blank.html`);
    await page.evaluate(prepare, { world, mode, lanes });
    // Code that has run a while is compiled well.
    for (const draws of [true, false]) await taken(60, draws);
    shown.push(cell(((await taken(frames, true)) - (await taken(frames, false))) / frames));
  }
  shown.push(cell(await wholePage(world)));
  console.log(`${world.padEnd(24)}${shown.join('')}`);
}
await browser.close();
await server.close();
process.exit(0);

// The page never blocks: while training flat out its own thread stays free, and controls answer at once.
import type { Browser, CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { address, launchBrowser, newPage } from './setup.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const flatOut = (): string => `${address()}#world=cartpole&learner=ppo&seed=3&knob.budget=100000000&run=1`;
const watched = 20_000;

/** The value below which 95 % of `values` lie. */
const percentile95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds of every task of the page's main thread while `during` runs. */
async function tasksDuring(page: Page, session: CDPSession, during: () => Promise<void>): Promise<number[]> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const done = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', '__metadata'] },
    transferMode: 'ReportEvents',
  });
  await page.evaluate(() => performance.mark('here'));
  await during();
  await session.send('Tracing.end');
  await done;
  const mains = new Set(
    events
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map((event) => `${event.pid}/${event.tid}`),
  );
  return events
    .filter(
      (event) => event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(`${event.pid}/${event.tid}`),
    )
    .map((event) => (event.dur ?? 0) / 1000);
}

/** Milliseconds from a click on a button until it looks different, measured inside the page. */
const answerTo = (page: Page, label: string): Promise<number> =>
  page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const button = [...document.querySelectorAll('button')].find((b) => b.textContent?.trim() === text)!;
        const look = (): string => `${button.textContent} ${button.getAttribute('aria-pressed')}`;
        const before = look();
        const start = performance.now();
        button.click();
        const wait = (): void => {
          if (look() !== before) resolve(performance.now() - start);
          else setTimeout(wait, 1);
        };
        wait();
      }),
    label,
  );

// Other work on the machine shows in these numbers as if it were ours; what it disturbed is measured again.
it('while training flat out, main-thread tasks stay short and controls answer', { retry: 2 }, async () => {
  const { page, context, problems } = await newPage(browser);
  await page.goto(flatOut());
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.waitForTimeout(3000);
  const session = await browser.newBrowserCDPSession();
  const answers: number[] = [];
  const tasks = await tasksDuring(page, session, async () => {
    const end = Date.now() + watched;
    while (Date.now() < end) {
      // A look that the page answers itself, then Pause and Run, which only the worker can answer.
      for (const label of ['Sees', 'Pause', 'Run']) answers.push(await answerTo(page, label));
      await page.waitForTimeout(500);
    }
  });
  const longest = Math.max(...tasks);
  console.log(
    `${tasks.length} tasks: 95 % under ${percentile95(tasks).toFixed(1)} ms, longest ${longest.toFixed(1)} ms; ` +
      `${answers.length} clicks: 95 % answered within ${percentile95(answers).toFixed(1)} ms`,
  );
  expect(tasks.length).toBeGreaterThan(500);
  expect(percentile95(tasks)).toBeLessThan(50);
  expect(longest).toBeLessThan(200);
  expect(percentile95(answers)).toBeLessThan(100);
  expect(problems).toEqual([]);
  await context.close();
});

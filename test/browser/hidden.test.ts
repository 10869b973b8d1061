// The run never sleeps: a tab behind another one, hidden and with its timers slowed, learns as fast as before.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { address } from './setup.ts';
import { launchTabs, type Tab, type Tabs } from './tabs.ts';

let tabs: Tabs;
beforeAll(() => {
  tabs = launchTabs();
});
afterAll(() => tabs?.close());

const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1000));

const updates = async (tab: Tab): Promise<number> => {
  const text = String(await tab.evaluate(`document.querySelector('[data-testid=counters]')?.textContent`));
  return Number(text.replaceAll(',', '').match(/update (\d+)/)?.[1]);
};

it('a hidden page trains at no less than 90 % of the visible rate', async () => {
  const tab = await tabs.open(`${address()}#world=cartpole&learner=ppo&seed=3&knob.budget=100000000&run=1`);
  await expect.poll(() => updates(tab), { timeout: 20_000 }).toBeGreaterThan(50);
  await seconds(3);
  let [count, at] = [await updates(tab), performance.now()];
  /** Updates a second since the last call; the page's own number is a frame or two behind, here and there alike. */
  const rate = async (): Promise<number> => {
    const [countNow, now] = [await updates(tab), performance.now()];
    const perSecond = ((countNow - count) / (now - at)) * 1000;
    [count, at] = [countNow, now];
    return perSecond;
  };
  await seconds(6);
  const visible = await rate();

  await tabs.open('about:blank');
  await seconds(8);
  const hidden = await tab.evaluate('document.hidden');
  await tab.show();
  await seconds(0.5);
  const behind = await rate();
  console.log(`visible ${visible.toFixed(0)} updates/s, hidden ${behind.toFixed(0)} updates/s`);
  expect(hidden).toBe(true);
  expect(behind).toBeGreaterThan(0.9 * visible);
});

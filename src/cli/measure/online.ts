// A brain taught by labels is put to work on a stream, and the world drifts away: standing still, learning from the newest rows
// alone, and learning from them mixed with a replay of the past. Everything before the drift is the same for the three.
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession } from '../../training/session.ts';
import { kernels } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

interface Stream {
  readonly world: string;
  readonly title: string;
  /** Which of the world's changed twins it drifts to. */
  readonly twin: number;
  /** Updates by labels before it is put to work. */
  readonly taught: number;
}

const streams: readonly Stream[] = [
  { world: 'digits', title: 'Digits, to another hand', twin: 1, taught: 1500 },
  { world: 'points', title: 'Points, turned by 60°', twin: 2, taught: 1000 },
];
/** Rows before the drift, while it goes on, and in all. */
const [after, over, rows] = [10_000, 10_000, 60_000];
/** Rows between two readings: 16 steps of 64 lanes. */
const every = 1024;
/** Readings at the end that are averaged. */
const last = 8;

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

async function measureStream({ world, title, twin, taught }: Stream, seed: number): Promise<Numbers> {
  const numbers: Record<string, number> = {};
  for (const keeps of ['not at all', 'newest rows', 'with replay']) {
    const session = createSession({ ...defaultRecipe(world, 'classification'), seed }, await kernels());
    while (session.updates < taught) session.tick();
    session.switchTo('online', { keeps, twin, after, over, budget: rows });
    const start = session.steps;
    const readings: { readonly at: number; readonly stream: number; readonly old: number }[] = [];
    while (!session.budgetSpent()) {
      const seen = session.steps - start;
      if (session.tick() === 'evaluate' || session.steps - start === seen || (session.steps - start) % every)
        continue;
      const { streamAccuracy, oldAccuracy } = session.metrics;
      if (streamAccuracy === undefined || oldAccuracy === undefined) continue;
      readings.push({ at: session.steps - start, stream: 100 * streamAccuracy, old: 100 * oldAccuracy });
    }
    const since = readings.filter(({ at }) => at > after).map(({ stream }) => stream);
    const name = `${title}; learning ${keeps}`;
    numbers[`${name}: stream since the drift began, %`] = mean(since);
    numbers[`${name}: stream at the end, %`] = mean(since.slice(-last));
    numbers[`${name}: world before, at the end, %`] = mean(readings.slice(-last).map(({ old }) => old));
  }
  return numbers;
}

export const onlineStream: Measurement = {
  id: 'online',
  title: `Put to work after being taught by labels; the world drifts over ${over.toLocaleString('en')} rows after the first ${after.toLocaleString('en')} of ${rows.toLocaleString('en')}. Rows answered rightly, each before its label is told.`,
  seeds: 3,
  aims: {},
  async measure(seed) {
    const numbers: Record<string, number> = {};
    for (const stream of streams) Object.assign(numbers, await measureStream(stream, seed));
    return numbers;
  },
};

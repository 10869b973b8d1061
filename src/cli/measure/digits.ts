// Digits by their labels: validation accuracy, and the seconds until it stood at 97 %, by the clock on the wall and of one core.
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession } from '../../training/session.ts';
import { kernels } from '../runs.ts';
import type { Measurement } from './measurement.ts';

/** Looks at the validation rows that are averaged. */
const looks = 16;
const look = 8;
const budget = 3000;

export const digits: Measurement = {
  id: 'digits',
  title: `Digits by their labels, usual settings: validation accuracy as the mean of ${looks} looks at 128 rows.`,
  seeds: 3,
  aims: {
    'seconds to 97 %, by the clock': '< 20',
    'validation accuracy at the end, %': '>= 97',
  },
  async measure(seed) {
    const session = createSession({ ...defaultRecipe('digits', 'classification'), seed }, await kernels());
    const [start, core] = [performance.now(), process.cpuUsage()];
    const seen: number[] = [];
    let [updates, wall, one] = [Number.NaN, Number.NaN, Number.NaN];
    const mean = (): number => (100 * seen.reduce((a, b) => a + b, 0)) / seen.length;
    while (session.updates < budget) {
      if (session.tick() !== 'update' || session.updates % look !== 1) continue;
      seen.push(session.metrics['validationAccuracy']!);
      if (seen.length > looks) seen.shift();
      if (seen.length < looks || mean() < 97 || !Number.isNaN(updates)) continue;
      updates = session.updates;
      wall = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(core);
      one = (user + system) / 1e6;
    }
    return {
      'updates to 97 %': updates,
      'seconds to 97 %, by the clock': wall,
      'seconds to 97 %, of one core': one,
      'validation accuracy at the end, %': mean(),
    };
  },
};

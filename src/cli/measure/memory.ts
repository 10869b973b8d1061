// CartPole with its velocities hidden, by a brain that sees the present alone, by one that sees its last observations side by side,
// and by one that reads them with a gated recurrent unit; all with the settings and the budget of PPO's default recipe.
import type { KnobValues } from '../../core/knobs.ts';
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession } from '../../training/session.ts';
import { evaluate, kernels } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

const episodes = 100;
const memory = 8;

const arms: Readonly<Record<string, { readonly velocities: string; readonly settings: KnobValues }>> = {
  'seen, the present alone': { velocities: 'seen', settings: {} },
  'hidden, the present alone': { velocities: 'hidden', settings: {} },
  [`hidden, ${memory} side by side`]: {
    velocities: 'hidden',
    settings: { memory, remembersBy: 'side by side' },
  },
  [`hidden, ${memory} by recurrence`]: { velocities: 'hidden', settings: { memory } },
};

async function arm(seed: number, title: string): Promise<Numbers> {
  const { velocities, settings } = arms[title]!;
  const recipe = defaultRecipe('cartpole', 'ppo');
  const brain = { ...recipe.brain, settings };
  const session = createSession({ ...recipe, seed, params: { velocities }, brain }, await kernels());
  const begun = process.cpuUsage();
  while (!session.budgetSpent()) session.tick();
  const { user, system } = process.cpuUsage(begun);
  return {
    [`${title}: score at the end`]: evaluate(session, episodes, seed)!.mean,
    [`${title}: score at its best`]: session.best?.mean ?? Number.NaN,
    [`${title}: steps until solved`]: session.stepsToThreshold ?? Number.NaN,
    [`${title}: seconds of one core`]: (user + system) / 1e6,
  };
}

export const memoryTable: Measurement = {
  id: 'memory',
  title: `CartPole with its velocities hidden, by PPO's default recipe (100,000 steps): mean score of ${episodes} greedy episodes at the end and of the best evaluation on the way, and steps until 475 over 100 episodes.`,
  seeds: 5,
  aims: {
    'hidden, the present alone: score at its best': 'far below 475',
    [`hidden, ${memory} by recurrence: score at its best`]: '>= 475',
  },
  async measure(seed) {
    let all: Numbers = {};
    for (const title of Object.keys(arms)) all = { ...all, ...(await arm(seed, title)) };
    return all;
  },
};

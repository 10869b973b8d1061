// Worlds with their velocities hidden, by a brain that sees the present alone, by one that sees its last observations side by side,
// and by one that reads them with a gated recurrent unit; all with the settings of PPO's default recipe.
import type { KnobValues } from '../../core/knobs.ts';
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession } from '../../training/session.ts';
import { evaluate, kernels } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

const episodes = 100;
const memory = 8;

/** Steps that each world is given. */
const budgets = { cartpole: 100_000, pendulum: 150_000, mountaincar: 1_000_000 } as const;

const arms: Readonly<Record<string, { readonly velocities: string; readonly settings: KnobValues }>> = {
  'seen, the present alone': { velocities: 'seen', settings: {} },
  'hidden, the present alone': { velocities: 'hidden', settings: {} },
  [`hidden, ${memory} side by side`]: {
    velocities: 'hidden',
    settings: { memory, remembersBy: 'side by side' },
  },
  [`hidden, ${memory} by recurrence`]: { velocities: 'hidden', settings: { memory } },
};

async function arm(world: keyof typeof budgets, seed: number, title: string): Promise<Numbers> {
  const { velocities, settings } = arms[title]!;
  const recipe = defaultRecipe(world, 'ppo');
  const session = createSession(
    {
      ...recipe,
      seed,
      params: { velocities },
      knobs: { ...recipe.knobs, budget: budgets[world] },
      brain: { ...recipe.brain, settings },
    },
    await kernels(),
  );
  const begun = process.cpuUsage();
  while (!session.budgetSpent()) session.tick();
  const { user, system } = process.cpuUsage(begun);
  return {
    [`${world}, ${title}: score at the end`]: evaluate(session, episodes, seed)!.mean,
    [`${world}, ${title}: score at its best`]: session.best?.mean ?? Number.NaN,
    [`${world}, ${title}: steps until solved`]: session.stepsToThreshold ?? Number.NaN,
    [`${world}, ${title}: seconds of one core`]: (user + system) / 1e6,
  };
}

export const memoryTable: Measurement = {
  id: 'memory',
  title: `CartPole (100,000 steps), Pendulum (150,000) and MountainCar (1,000,000) with their velocities hidden, by PPO's default recipe: mean score of ${episodes} greedy episodes at the end and of the best evaluation on the way, and steps until 475, -180 and -110 over 100 episodes.`,
  seeds: 5,
  aims: {
    'cartpole, hidden, the present alone: score at its best': 'far below 475',
    [`cartpole, hidden, ${memory} by recurrence: score at its best`]: '>= 475',
    'pendulum, hidden, the present alone: score at its best': 'far below -180',
    [`pendulum, hidden, ${memory} by recurrence: score at its best`]: '>= -180',
  },
  async measure(seed) {
    let all: Numbers = {};
    for (const world of ['cartpole', 'pendulum', 'mountaincar'] as const) {
      for (const title of Object.keys(arms)) all = { ...all, ...(await arm(world, seed, title)) };
    }
    return all;
  },
};

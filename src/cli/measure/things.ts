// A policy over a list of things with attention beside the usual one over frames, in the same game with the same settings of PPO.
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession } from '../../training/session.ts';
import { evaluate, kernels } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

const steps = 500_000;
const episodes = 100;

async function arm(seed: number, sees: string): Promise<Numbers> {
  const recipe = defaultRecipe('asterix', 'ppo');
  const session = createSession({ ...recipe, seed, params: { sees } }, await kernels());
  const begun = process.cpuUsage();
  const untaught = evaluate(session, episodes, seed)!.mean;
  while (session.steps < steps && !session.budgetSpent()) session.tick();
  const { user, system } = process.cpuUsage(begun);
  return {
    [`${sees}: before`]: untaught,
    [`${sees}: after`]: evaluate(session, episodes, seed)!.mean,
    [`${sees}: seconds of one core`]: (user + system) / 1e6,
  };
}

export const thingsTable: Measurement = {
  id: 'things',
  title: `Asterix by PPO, seen as a frame or as a list of things with attention: mean score of ${episodes} greedy episodes before and after ${steps.toLocaleString('en')} steps.`,
  seeds: 3,
  aims: { 'things: after': 'above before, and at or above the frame' },
  measure: async (seed) => ({ ...(await arm(seed, 'frame')), ...(await arm(seed, 'things')) }),
};

// What a mask saves: PPO in Snake and in Grid by their usual recipes, with and without the walls masked.
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession } from '../../training/session.ts';
import { evaluate, kernels } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

const lessons = [
  { world: 'snake', title: 'Snake', steps: 300_000 },
  { world: 'grid', title: 'Grid', steps: 40_000 },
] as const;

async function measure(seed: number): Promise<Numbers> {
  const numbers: Record<string, number> = {};
  for (const { world, title, steps } of lessons) {
    for (const mask of [0, 1]) {
      const session = createSession(
        { ...defaultRecipe(world, 'ppo'), params: { mask }, seed },
        await kernels(),
      );
      while (session.steps < steps) session.tick();
      const name = `${title}, ${mask === 1 ? 'walls masked' : 'nothing masked'}`;
      numbers[`${name}: score after ${steps.toLocaleString('en')} steps`] =
        evaluate(session, 100, seed)?.mean ?? Number.NaN;
      numbers[`${name}: steps until solved`] = session.stepsToThreshold ?? Number.NaN;
    }
  }
  return numbers;
}

export const masks: Measurement = {
  id: 'masks',
  title:
    'PPO by the usual recipes of Snake and Grid, with and without the walls masked; 100 greedy episodes.',
  seeds: 5,
  aims: {},
  measure,
};

// What `npm run scores` measures: a row for each world and setting, with what it aims at and what others reached there.
// References were measured or published for the variant that is named (see the README's table).
import { learnerById } from '../learners/registry.ts';
import { defaultRecipe, type Recipe } from '../training/recipe.ts';

export interface ScoreRow {
  readonly id: string;
  readonly title: string;
  /** Everything but the seed. */
  readonly recipe: Recipe;
  readonly seeds: number;
  /** Mean return over 100 greedy episodes that the row is meant to reach. */
  readonly aim: number;
  /** What others reach, in which variant. */
  readonly reference: string;
}

type Changes = Partial<Pick<Recipe, 'params' | 'knobs' | 'lanes' | 'brain'>>;

function row(
  id: string,
  title: string,
  [world, learner]: readonly [string, string],
  seeds: number,
  aim: number,
  reference: string,
  changes: Changes = {},
): ScoreRow {
  learnerById(learner);
  return { id, title, recipe: { ...defaultRecipe(world, learner), ...changes }, seeds, aim, reference };
}

export const scoreRows: readonly ScoreRow[] = [
  row(
    'cartpole',
    'CartPole',
    ['cartpole', 'ppo'],
    5,
    475,
    'SB3 PPO, rl-zoo: 500 at 100,000 steps, 475 at 67,000',
  ),
];

// PPO, worlds and learning included: environment steps a second on one core.
import type { KernelFactory } from '../../src/core/kernels.ts';
import type { KnobValues } from '../../src/core/knobs.ts';
import { type BrainConfig, defaultRecipe, type Recipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { percent, table, title } from './print.ts';
import { summary } from './timing.mjs';

interface Setting {
  readonly title: string;
  readonly recipe: Recipe;
  readonly steps: number;
  readonly beside: string;
}

const setting = (
  title: string,
  world: string,
  lanes: number,
  knobs: KnobValues,
  steps: number,
  beside: string,
  brain?: BrainConfig,
  params: Readonly<Record<string, number>> = {},
): Setting => {
  const usual = defaultRecipe(world, 'ppo');
  return { title, recipe: { ...usual, lanes, knobs, params, brain: brain ?? usual.brain }, steps, beside };
};

const cleanRl = {
  horizon: 128,
  epochs: 4,
  minibatch: 128,
  learningRate: 2.5e-4,
  clip: 0.2,
  entropy: 0.01,
  budget: 500_000,
};
const pureJaxRl = {
  horizon: 128,
  epochs: 4,
  minibatch: 1024,
  learningRate: 5e-3,
  clip: 0.2,
  budget: 10_000_000,
};
const others = 'CleanRL, SB3: 1,500 to 6,000; aim 100,000';

const settings: readonly Setting[] = [
  setting('CartPole, ours with 4 epochs', 'cartpole', 64, { epochs: 4, budget: 1_000_000 }, 300_000, others),
  setting("CartPole, CleanRL's numbers, one trunk", 'cartpole', 4, cleanRl, 200_000, others),
  setting(
    "CartPole, CleanRL's numbers, critic apart",
    'cartpole',
    4,
    { ...cleanRl, critic: 'apart' },
    200_000,
    others,
  ),
  setting(
    "Breakout, purejaxrl's network and numbers",
    'breakout',
    64,
    { ...pureJaxRl, critic: 'apart' },
    400_000,
    'purejaxrl, both cores, 512 bits: 49,000 to 81,000',
    { hidden: [64, 64], activation: 'relu', settings: { filters: 0 } },
    { stickyActionProbability: 0 },
  ),
];

/** One run: steps a second, from the end of a warm-up on; the run's own looks at its score are on the clock. */
function rateOf({ recipe, steps }: Setting, kernels: KernelFactory): number {
  const session = createSession(recipe, kernels);
  const warm = steps / 10;
  while (session.steps < warm) session.tick();
  const [from, start] = [session.steps, performance.now()];
  while (session.steps < warm + steps) session.tick();
  return (session.steps - from) / ((performance.now() - start) / 1000);
}

export function ppoRates(kernels: KernelFactory) {
  const results = settings.map((one) => {
    const rates = [1, 2, 3].map((seed) => rateOf({ ...one, recipe: { ...one.recipe, seed } }, kernels));
    return { title: one.title, beside: one.beside, best: Math.max(...rates), ...summary(rates) };
  });
  const shown = (rate: number): string => Math.round(rate).toLocaleString('en');
  title(
    'PPO: steps a second on one core, worlds, learning and evaluation included (best, median, spread of 3 seeds)',
  );
  table(
    ['', 'best', 'median', 'spread', 'beside'],
    results.map((one) => [one.title, shown(one.best), shown(one.median), percent(one.spread), one.beside]),
  );
  return results;
}

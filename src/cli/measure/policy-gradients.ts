// What is claimed of the policy gradients in CartPole: how many steps each needs, with and without a baseline, with the critic on the
// trunk and apart.
import { defaultRecipe, type Recipe } from '../../training/recipe.ts';
import { createSession, type Session } from '../../training/session.ts';
import { kernels } from '../runs.ts';
import type { Measurement } from './measurement.ts';

/** Steps of lanes until `reached` is first true; NaN when the budget is spent before. */
async function stepsUntil(recipe: Recipe, reached: (session: Session) => boolean): Promise<number> {
  const session = createSession(recipe, await kernels());
  while (!session.budgetSpent()) {
    session.tick();
    if (reached(session)) return session.steps;
  }
  return Number.NaN;
}

/** The mean return of the episodes that one batch of REINFORCE saw to their ends. */
const batchAt475 = (session: Session): boolean => (session.metrics['batchReturn'] ?? 0) >= 475;
/** The mean return of the last 100 training episodes, sampled. */
const trainingAt475 = (session: Session): boolean => session.episodes >= 100 && session.score >= 475;
/** 100 fresh greedy episodes. */
const solved = (session: Session): boolean => session.stepsToThreshold !== null;

const cartpole = (learner: string, seed: number, changes: Partial<Recipe> = {}): Recipe => ({
  ...defaultRecipe('cartpole', learner),
  seed,
  ...changes,
});

/** A baseline as in Spinning Up's `vpg.py`: advantages of a batch normalised, eighty updates of the value head. */
const fitted = { baseline: 'value head', normalizeAdvantages: 1, valueUpdates: 80 } as const;
const none = { baseline: 'none' } as const;

/**
 * Inputs as they are, Adam at 0.01 and batches of 5,000 steps as Spinning Up's `2_rtg_pg.py`, two layers of 64 and a discount of
 * 0.99 as its `vpg.py`; every lane plays 500 steps for a batch.
 */
const plain = (seed: number, lanes: number, baseline: Recipe['knobs']): Recipe =>
  cartpole('reinforce', seed, {
    lanes,
    brain: { hidden: [64, 64], activation: 'tanh', settings: { inputs: 'as they are' } },
    knobs: { ...baseline, budget: 200_000, schedule: 'constant', discount: 0.99, gradientClip: 0 },
  });

const small = 'batches of 1,000 steps, with a baseline';
const large = 'batches of 5,000 steps, with a baseline';

export const reinforceSteps: Measurement = {
  id: 'reinforce',
  title: 'CartPole by REINFORCE: steps until the mean return of a batch is 475.',
  seeds: 10,
  aims: { [small]: '<= 80,000', [large]: '<= 80,000 (Spinning Up: 75,000 to 79,000)' },
  async measure(seed) {
    return {
      [small]: await stepsUntil(plain(seed, 2, fitted), batchAt475),
      'batches of 1,000 steps, without': await stepsUntil(plain(seed, 2, none), batchAt475),
      [large]: await stepsUntil(plain(seed, 10, fitted), batchAt475),
      'batches of 5,000 steps, without': await stepsUntil(plain(seed, 10, none), batchAt475),
    };
  },
};

const zoo = "PPO with rl-zoo's numbers, training mean 475";
const shared = 'PPO, critic on the trunk, solved';
const apart = 'PPO, critic apart, solved';
const a2c = 'A2C, solved';

export const cartpoleSteps: Measurement = {
  id: 'cartpole',
  title:
    'CartPole: steps until the mean of the last 100 training episodes is 475, or until 100 fresh greedy episodes are (solved).',
  seeds: 10,
  aims: { [zoo]: 'median <= 67,000', [shared]: 'every seed', [apart]: 'every seed', [a2c]: 'every seed' },
  async measure(seed) {
    const zooKnobs = { epochs: 20, discount: 0.98, lambda: 0.8, clip: 0.2, entropy: 0, critic: 'apart' };
    return {
      [zoo]: await stepsUntil(cartpole('ppo', seed, { lanes: 8, knobs: zooKnobs }), trainingAt475),
      [shared]: await stepsUntil(cartpole('ppo', seed, { knobs: { critic: 'on the trunk' } }), solved),
      [apart]: await stepsUntil(cartpole('ppo', seed, { knobs: { critic: 'apart' } }), solved),
      [a2c]: await stepsUntil(cartpole('a2c', seed), solved),
    };
  },
};

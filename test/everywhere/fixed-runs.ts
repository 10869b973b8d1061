// One fixed set of runs whose fingerprints must be the same everywhere: in every engine, in a worker and out of it,
// answered in one batch or in small ones, and with a reload in the middle.
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KernelFactory } from '../../src/core/kernels.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { defaultRecipe, type Recipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { encodeRun, resumeRun } from '../../src/training/snapshot.ts';
import { coreRuns, trainCore } from './core-runs.ts';

const updates = 24;
const small = { lanes: 10, seed: 7 };

const sessions: Readonly<Record<string, Recipe>> = {
  'PPO on CartPole': {
    ...defaultRecipe('cartpole', 'ppo'),
    ...small,
    knobs: { horizon: 16, minibatch: 40, schedule: 'cosine' },
  },
  'PPO with memory on CartPole': {
    ...defaultRecipe('cartpole', 'ppo'),
    ...small,
    params: { velocities: 'hidden' },
    knobs: { horizon: 16, minibatch: 40 },
    brain: { hidden: [16], activation: 'tanh', settings: { memory: 4, memoryUnits: 12 } },
  },
  'PPO on Breakout': {
    ...defaultRecipe('breakout', 'ppo'),
    ...small,
    knobs: { horizon: 16, minibatch: 40 },
  },
  'autoencoder on Digits': { ...defaultRecipe('digits', 'autoencoder'), ...small, knobs: { minibatch: 32 } },
  'prediction on CartPole': {
    ...defaultRecipe('cartpole', 'prediction'),
    ...small,
    knobs: { minibatch: 32 },
  },
  'prediction on Breakout': {
    ...defaultRecipe('breakout', 'prediction'),
    ...small,
    knobs: { minibatch: 8, channels: 4 },
  },
  'k-means on CartPole': { ...defaultRecipe('cartpole', 'kmeans'), ...small, knobs: { minibatch: 64 } },
  'mixture on CartPole': { ...defaultRecipe('cartpole', 'mixture'), ...small, knobs: { minibatch: 64 } },
  'classification on Digits': {
    ...defaultRecipe('digits', 'classification'),
    ...small,
    knobs: { minibatch: 32, optimizer: 'nesterov', learningRate: 0.05, warmup: 0.2, weightDecay: 0.01 },
  },
  'online learning on Digits': {
    ...defaultRecipe('digits', 'online'),
    ...small,
    knobs: { newest: 16, replay: 100, after: 100, over: 500 },
  },
};

const trainTo = (session: Session, target: number): Session => {
  while (session.updates < target) session.tick();
  return session;
};

/** The run as a file and back again. */
function reloaded(session: Session, kernels: KernelFactory): Session {
  const { world, learner, knobs, brain, lanes, seed } = session.recipe;
  const bytes = encodeRun(session.snapshot(), {
    format: 'relearn',
    version: 1,
    title: 'everywhere',
    world,
    params: {},
    learner,
    knobs,
    brain,
    lanes,
    seed,
    updates: session.updates,
    steps: session.steps,
    seconds: 0,
    score: null,
    fingerprint: '0'.repeat(64),
    savedAt: '2026-01-01T00:00:00Z',
    parent: null,
    command: null,
  });
  return resumeRun(bytes, kernels).session;
}

/** Name of each run, and of each of its variants -> fingerprint. A variant must have the fingerprint of its run. */
export async function runAll(): Promise<Readonly<Record<string, string>>> {
  const kernels = await loadKernels('simd');
  const found: Record<string, string> = {};
  for (const [name, run] of Object.entries(coreRuns)) {
    found[name] = trainCore(run, kernels, false, 64);
    found[`${name}; answers seven at a time`] = trainCore(run, kernels, false, 7);
    found[`${name}; reloaded half-way`] = trainCore(run, kernels, true, 64);
  }
  for (const [name, recipe] of Object.entries(sessions)) {
    found[name] = fingerprint(trainTo(createSession(recipe, kernels), updates).brain);
    // In the middle of gathering or learning, wherever the run happens to be.
    const half = trainTo(createSession(recipe, kernels), updates / 2);
    for (let i = 0; i < 5; i++) half.tick();
    found[`${name}; reloaded half-way`] = fingerprint(trainTo(reloaded(half, kernels), updates).brain);
  }
  return found;
}

/** What is said of a run's variant that does not match it, one line each. */
export const strays = (found: Readonly<Record<string, string>>): string[] =>
  Object.keys(found).filter((name) => found[name] !== found[name.split(';')[0]!]);

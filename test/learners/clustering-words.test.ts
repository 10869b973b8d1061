// Each illness of the ways of finding groups, on a run that shows it.
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KnobValues } from '../../src/core/knobs.ts';
import type { Words } from '../../src/learners/learner.ts';
import { defaultRecipe, type Recipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

interface Illness {
  readonly world: string;
  readonly learner: string;
  readonly knobs: KnobValues;
  readonly brain?: Partial<Recipe['brain']>;
  readonly params?: KnobValues;
  readonly updates: number;
}

const wordsOf = ({ world, learner, knobs, brain, params, updates }: Illness): Words => {
  const recipe = defaultRecipe(world, learner);
  const session = createSession(
    {
      ...recipe,
      knobs: { minibatch: 64, starts: 2, ...knobs },
      params: params ?? {},
      brain: { ...recipe.brain, ...brain },
      seed: 3,
      lanes: 16,
    },
    kernels,
  );
  trainTo(session, updates);
  return session.phase.learner.words();
};

/** A trunk of zeros: everything looks the same to it. */
const blind = { settings: { initializer: 'zeros' } };

test.each([['kmeans'], ['mixture'], ['deep-clustering']])('%s: one group holds everything', (learner) => {
  const knobs = learner === 'deep-clustering' ? { pretraining: 0 } : {};
  const words = wordsOf({ world: 'cartpole', learner, knobs, brain: blind, updates: 2 });
  expect(words.mood).toBe('bad');
  // A cloud without any width is the same illness of a mixture.
  expect(words.lead).toBe(learner === 'mixture' ? 'Collapsed.' : 'Lopsided.');
});

test('groups that overlap: six for ten digits, to a trunk that has learned nothing', () => {
  const words = wordsOf({ world: 'digits', learner: 'kmeans', knobs: { clusters: 6 }, updates: 26 });
  expect(words).toMatchObject({ mood: 'bad', lead: 'Overlapping.' });
  expect(words.text).toMatch(/silhouette -?0\.0\d/);
});

test('inertia flat: two groups for all that a lander does', () => {
  const words = wordsOf({
    world: 'lander',
    learner: 'kmeans',
    knobs: { clusters: 2, minibatch: 256 },
    updates: 120,
  });
  expect(words).toMatchObject({ mood: 'bad', lead: 'Inertia flat.' });
});

test('groups that nothing is left in, until the next target plants them anew', () => {
  const knobs = { pretraining: 0, interval: 40, learningRate: 1 };
  const run = { world: 'digits', learner: 'deep-clustering', knobs };
  expect(wordsOf({ ...run, updates: 30 }).text).toMatch(/[1-5] of 6 groups are empty/);
  expect(wordsOf({ ...run, updates: 41 }).text).toMatch(/^6 groups account/);
});

test('a healthy run says how it is going instead', () => {
  const words = wordsOf({
    world: 'points',
    learner: 'kmeans',
    params: { shape: 'gaussians' },
    knobs: { clusters: 4, minibatch: 256, starts: 10 },
    updates: 60,
  });
  expect(words).toMatchObject({ mood: 'good', lead: 'Sorted.' });
});

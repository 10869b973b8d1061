// What policy gradient must get right, by itself: the ratio starts at 1, a clock is not a failure, and it learns.
import { describe, expect, test } from 'vitest';
import { evaluate, runToEnd } from '../../src/cli/runs.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createReturnScale, freshReturns } from '../../src/learners/reinforcement/return-scale.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { solvedEpisodes } from '../../src/training/judgement.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { resumeRun } from '../../src/training/snapshot.ts';
import { fileOf, smallRecipe, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

test.each(['cartpole', 'pendulum'])(
  'the ratio of the first minibatch of every iteration is 1, in %s',
  (world) => {
    const recipe = smallRecipe({ world, learner: 'ppo' });
    const session = createSession(recipe, kernels);
    let previous = 'none';
    let seen = 0;
    while (seen < 20) {
      const piece = session.tick();
      if (piece === 'evaluate') continue;
      if (piece === 'update' && previous === 'gather') {
        expect(session.metrics['ratioError']).toBeLessThan(1e-5);
        seen++;
      }
      previous = piece;
    }
  },
);

test('critic first: trunk and policy stand still for so many rollouts, also when resumed in the middle of them', () => {
  const small = smallRecipe({ world: 'cartpole', learner: 'ppo' });
  const recipe = { ...small, knobs: { ...small.knobs, criticFirst: 2 } };
  let session = createSession(recipe, kernels);
  const whole = createSession(recipe, kernels);
  const parts = () => ['trunk', 'policy', 'value'].map((part) => fingerprint(session.brain, part));
  const [trunk, policy, value] = parts();
  const { epochs, horizon, minibatch } = session.phase.knobs as Record<string, number>;
  const updates = 2 * epochs! * Math.floor((horizon! * recipe.lanes) / minibatch!);
  trainTo(session, updates - 1);
  session = resumeRun(fileOf(session), kernels).session;
  trainTo(session, updates);
  expect(parts().slice(0, 2)).toEqual([trunk, policy]);
  expect(parts()[2]).not.toBe(value);
  expect(session.phase.learner.words().lead).toBe('Critic first.');
  trainTo(session, updates + 1);
  expect(parts()[0]).not.toBe(trunk);
  expect(parts()[1]).not.toBe(policy);
  trainTo(whole, updates + 1);
  expect(fingerprint(session.brain)).toBe(fingerprint(whole.brain));
});

test('what the clock ended is worth gamma V(final observation); what nature ended is worth nothing more', () => {
  // Nothing can fall here within the horizon, so that the only ends are the clock's.
  const recipe = {
    ...smallRecipe({ world: 'digits', learner: 'ppo' }),
    knobs: { horizon: 25, minibatch: 50, scaleReturns: 0 },
  };
  const session = createSession(recipe, kernels);
  while (session.updates < 1) session.tick();
  const { tensors } = session.phase.learner.snapshot();
  const rewards = tensors['rollout.rewards']!.data;
  const done = tensors['rollout.done']!.data;
  const atEnds = [...done].flatMap((ended, i) => (ended ? [rewards[i]!] : []));
  expect(atEnds).toHaveLength(recipe.lanes);
  // Rewards are 0 or 1; a value on top of one makes it neither.
  expect(atEnds.every((reward) => reward !== 0 && reward !== 1)).toBe(true);
  expect([...rewards].filter((_, i) => !done[i]).every((reward) => reward === 0 || reward === 1)).toBe(true);
});

describe('return scale', () => {
  test('is the running deviation of discounted returns, and forgets at the end of an episode', () => {
    const scale = createReturnScale(true, 2, 0.5, freshReturns());
    scale.observe(Float64Array.of(1, 3), (lane) => lane === 1);
    expect([...scale.running]).toEqual([1, 0]);
    scale.observe(Float64Array.of(1, 3), () => false);
    expect([...scale.running]).toEqual([1.5, 3]);
    // Returns seen: 1, 3, 1.5, 3; population variance 0.796875, blended with the tiny start.
    expect(scale.deviation()).toBeCloseTo(Math.sqrt(0.796875), 3);
    expect(scale.scaled(1e6)).toBe(10);
  });
  test('leaves rewards alone when switched off', () => {
    expect(createReturnScale(false, 2, 0.5, freshReturns()).scaled(123)).toBe(123);
  });
});

// Ten seeds are `relearn bench`; three keep the promise honest between.
test.each([1, 2, 3])('CartPole, seed %i: at the threshold within 100,000 steps', (seed) => {
  const session = createSession({ ...defaultRecipe(), seed }, kernels);
  runToEnd(session, undefined, undefined);
  expect(session.steps).toBeLessThan(103_000);
  expect(evaluate(session, solvedEpisodes, seed)!.mean).toBeGreaterThanOrEqual(475);
});

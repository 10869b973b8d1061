// The linear probe: least squares with a known answer, and what it says of codes that hold a fact and of such that do not.
import { describe, expect, test } from 'vitest';
import { environmentById } from '../../envs/registry.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createRandom } from '../../src/core/random.ts';
import { explainedBy, leastSquares } from '../../src/learners/unsupervised/least-squares.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { fileOf, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

describe('least squares', () => {
  const n = 200;
  const random = createRandom('rows');
  const x = Float64Array.from({ length: n * 3 }, () => random.normal());
  // Two outputs: one that is linear, with a constant, and one of noise alone.
  const y = Float64Array.from({ length: n * 2 }, (_, i) => {
    const r = i >> 1;
    return i % 2 === 0 ? 2 * x[r * 3]! - 0.5 * x[r * 3 + 2]! + 7 : random.normal();
  });

  test('finds the map that made the rows', () => {
    const { weights } = leastSquares(x, y, n, 3, 2);
    [2, 0, -0.5, 7].forEach((known, i) => {
      expect(weights[i * 2]).toBeCloseTo(known, 4);
    });
  });

  test('explains all of what is linear, none of what is noise, and nothing of what does not vary', () => {
    const map = leastSquares(x, y, n / 2, 3, 2);
    const [linear, noise] = explainedBy(map, x.subarray((n / 2) * 3), y.subarray(n), n / 2);
    expect(linear).toBeCloseTo(1, 6);
    expect(Math.abs(noise!)).toBeLessThan(0.15);
    expect(explainedBy(map, x, new Float64Array(n * 2).fill(3), n)[0]).toBeNaN();
  });

  test('two inputs that say the same are no trouble', () => {
    const twice = Float64Array.from({ length: n * 2 }, (_, i) => x[(i >> 1) * 3]!);
    const once = Float64Array.from({ length: n }, (_, r) => 4 * x[r * 3]!);
    const { weights } = leastSquares(twice, once, n, 2, 1);
    expect(weights[0]! + weights[1]!).toBeCloseTo(4, 4);
    expect(weights[0]).toBeCloseTo(2, 3);
  });
});

test('a fact is read from the row: bricks of a fresh wall, and where the cart is', () => {
  const facts = (id: string): Readonly<Record<string, number>> => {
    const world = environmentById(id);
    const lanes = createLanes(world, worldParams(world, {}), 1);
    lanes.resetAll(createRandom('facts'));
    return Object.fromEntries(world.facts!.map(({ name, of }) => [name, of(lanes.rows)]));
  };
  expect(facts('breakout')).toMatchObject({ 'bricks left': 30, 'paddle x': 4, 'ball y': 3 });
  expect(Math.abs(facts('cartpole')['position']!)).toBeLessThanOrEqual(0.05);
});

test('four numbers through four keep every fact of CartPole; one keeps less; and asking leaves no trace in the run', () => {
  const factsOf = (code: number) => {
    const recipe = { ...defaultRecipe('cartpole', 'autoencoder'), knobs: { code, minibatch: 64 } };
    const [session, unseen] = [createSession(recipe, kernels), createSession(recipe, kernels)];
    trainTo(session, 200);
    trainTo(unseen, 200);
    const view = session.phase.learner.view();
    if (view.kind !== 'reconstruction') throw new Error('an autoencoder shows what it rebuilds');
    trainTo(session, 220);
    trainTo(unseen, 220);
    expect(fingerprint(session.brain)).toBe(fingerprint(unseen.brain));
    expect(Buffer.from(fileOf(session)).equals(fileOf(unseen))).toBe(true);
    return view.facts;
  };
  const [all, one] = [factsOf(4), factsOf(1)];
  expect(all.map(({ name }) => name)).toEqual(['position', 'speed', 'angle', 'turning']);
  for (const { code, seen } of all) {
    expect(seen).toBeGreaterThan(0.999);
    expect(code).toBeGreaterThan(0.6);
  }
  // Speed and turning go together, so that one number says something of both, but not of all.
  const sum = (facts: typeof all): number => facts.reduce((total, { code }) => total + code, 0);
  expect(sum(one)).toBeLessThan(sum(all) - 0.5);
});

test('a world without facts is not probed', () => {
  const recipe = { ...defaultRecipe('pendulum', 'autoencoder'), lanes: 5, knobs: { minibatch: 16 } };
  const session = createSession(recipe, kernels);
  trainTo(session, 2);
  const view = session.phase.learner.view();
  expect(view.kind === 'reconstruction' && view.facts).toEqual([]);
});

// Prediction: what it learns from and what it must not, that it foretells and dreams, and that each illness is named in words on a
// run that has it.
import { expect, test, vi } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KnobValues } from '../../src/core/knobs.ts';
import { modelTensors } from '../../src/training/brain.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { trainTo } from '../training/runs.ts';

// Whole trainings, on machines that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

const kernels = await loadKernels('simd');

const run = (world: string, knobs: KnobValues, updates: number, params: KnobValues = {}): Session => {
  const recipe = { ...defaultRecipe(world, 'prediction'), seed: 3, params, knobs };
  const session = createSession(recipe, kernels);
  trainTo(session, updates);
  return session;
};

const saidOf = ({ phase }: Session): string => {
  const { lead, text } = phase.learner.words();
  return `${lead} ${text}`;
};

const saved = (session: Session, name: string) => session.phase.learner.snapshot().tensors[name]!;

test('no pair and no stretch reaches across a reset, and each says what was done', () => {
  const session = run('cartpole', {}, 1);
  for (let i = 0; i < 120; i++) session.tick();
  // One Euler step: the cart moves on by its old speed, and is pushed left or right; a reset obeys neither.
  const follows = (now: ArrayLike<number>, done: ArrayLike<number>, next: ArrayLike<number>): void => {
    expect(next[0]).toBeCloseTo(now[0]! + 0.02 * now[1]!, 5);
    expect([...Array.from(done)].sort()).toEqual([0, 1]);
    expect(next[1]! > now[1]!).toBe(done[1] === 1);
  };
  for (const name of ['seen', 'held']) {
    const [rows, labels] = [saved(session, `${name}.rows`).data, saved(session, `${name}.labels`).data];
    expect(rows.length).toBeGreaterThan(4 * 500);
    for (let r = 0; r < rows.length / 4; r++) {
      const after = labels.slice(r * 6, (r + 1) * 6);
      follows(rows.slice(r * 4, (r + 1) * 4), after.slice(4), after);
    }
  }
  const [rows, done] = [saved(session, 'stretches.rows').data, saved(session, 'stretches.labels').data];
  expect(rows.length / (11 * 4)).toBeGreaterThan(20);
  for (let k = 0; k < rows.length / 44; k++) {
    for (let step = 0; step < 10; step++) {
      const at = k * 44 + step * 4;
      const what = done.slice((k * 10 + step) * 2, (k * 10 + step + 1) * 2);
      follows(rows.slice(at, at + 4), what, rows.slice(at + 4, at + 8));
    }
  }
});

test('the last frame of a game is foretold, too', () => {
  const session = run('breakout', { channels: 2, minibatch: 4 }, 1, { stickyActionProbability: 0 });
  const labels = saved(session, 'seen.labels').data;
  const width = 403;
  let lost = 0;
  for (let r = 0; r < labels.length / width; r++) {
    const next = labels.subarray(r * width, r * width + 400);
    for (let x = 0; x < 10; x++) lost += next[(90 + x) * 4 + 1]!;
  }
  // A ball in the paddle's row is lost; the frames of a new game have it in row 3.
  expect(lost).toBeGreaterThan(20);
});

test('CartPole: the next state and ten steps ahead, and what the page is shown of it', () => {
  const session = run('cartpole', {}, 600);
  expect(session.metrics['heldOutLoss']).toBeLessThan(2e-3);
  expect(session.metrics['errorAhead']).toBeLessThan(1e-2);
  const view = session.phase.learner.view();
  if (view.kind !== 'prediction') throw new Error('it shows what it foretold');
  expect(view.count).toBe(4);
  expect(view.steps).toBe(10);
  for (let i = 0; i < view.came.length; i++) expect(view.foretold[i]).toBeCloseTo(view.came[i]!, 1);
  for (let i = 0; i < view.lived.length; i++) expect(view.dreamt[i]).toBeCloseTo(view.lived[i]!, 1);
  expect(saidOf(session)).toMatch(/^(Foreseen|Looking ahead)\. its error on steps it never learned from is /);
});

test('a frame is foretold from the frame: fewer nats than independent pixels after a few updates', () => {
  const session = run('breakout', { channels: 8, minibatch: 32, learningRate: 3e-3 }, 200);
  const { heldOutLoss, baselineLoss, exact } = session.metrics;
  expect(heldOutLoss).toBeLessThan(0.7 * baselineLoss!);
  expect(exact).toBeGreaterThanOrEqual(0);
});

test('a head that is frozen goes on in the unit it was taught in, one that is not measures its own', () => {
  const taught = run('cartpole', {}, 40);
  const tensors = modelTensors(taught.brain);
  const unitAfter = (freeze: readonly string[]): Float32Array => {
    const recipe = { ...defaultRecipe('cartpole', 'prediction'), params: { gravity: 20 } };
    const session = createSession(recipe, kernels, { source: { tensors, plan: { fresh: [], freeze } } });
    trainTo(session, 40);
    return session.brain.network.buffers.get('prediction.change.deviation')!.data;
  };
  const unit = tensors['prediction.change.deviation']!.data;
  expect(unitAfter(['prediction'])).toEqual(unit);
  expect(unitAfter([])).not.toEqual(unit);
});

test.each<readonly [name: string, world: string, knobs: KnobValues, updates: number, says: RegExp]>([
  [
    'overfitting',
    'cartpole',
    { rows: 20, learningRate: 3e-3 },
    500,
    /^Overfitting\. the held-out loss has risen from/,
  ],
  [
    'a learning rate that is too small',
    'cartpole',
    { learningRate: 1e-6 },
    420,
    /^Loss flat\. after 4\d\d updates/,
  ],
  ['dreams that drift', 'pong', {}, 1000, /^Dreams drift\. .*10 steps ahead 0\.\d+: small errors grow/],
])('in words: %s', (_, world, knobs, updates, says) => {
  expect(saidOf(run(world, knobs, updates))).toMatch(says);
});

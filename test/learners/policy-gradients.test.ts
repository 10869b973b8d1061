// What the policy gradients have to do with one another, and what a baseline changes.
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { slotValues } from '../../src/training/brain.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { smallRecipe, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

const weightsOf = (session: Session): Float32Array[] =>
  session.brain.network.params.slots.map((slot) => slotValues(session.brain.network.params, slot).slice());

/** The streams of a run are named after its learner: the same games need the same draws. */
function sameDraws(from: Session, to: Session): void {
  const stream = from.phase.streams.get('actions')!.state();
  to.phase.streams.get('actions')!.restore(stream);
}

/** The two after so many updates of the same games. */
function bothAfter(updates: number, world: string, critic: string): readonly [Session, Session] {
  const [lanes, horizon] = [6, 5];
  const play = { horizon, discount: 0.97, lambda: 1, persistence: 0, budget: 5000 };
  const run = { ...play, critic, learningRate: 3e-3, entropy: 0.01 };
  const base = { ...smallRecipe({ world, learner: 'a2c' }), lanes };
  const knobs = { ...run, optimizer: 'adam', normalizeAdvantages: 1 };
  const a2c = createSession({ ...base, knobs }, kernels);
  const oneOfAll = { ...run, epochs: 1, minibatch: lanes * horizon };
  const ppo = createSession({ ...base, learner: 'ppo', knobs: oneOfAll }, kernels);
  sameDraws(a2c, ppo);
  trainTo(a2c, updates);
  trainTo(ppo, updates);
  return [a2c, ppo];
}

describe.each(['on the trunk', 'apart'])(
  'A2C is PPO with one epoch of one minibatch, lambda 1 and the same optimiser, critic %s',
  (critic) => {
    test.each(['cartpole', 'digits'])('to the last bit, in %s', (world) => {
      const [a2c, ppo] = bothAfter(40, world, critic);
      expect(weightsOf(ppo)).toEqual(weightsOf(a2c));
      expect([...ppo.lanes.rows]).toEqual([...a2c.lanes.rows]);
    });

    // A Gaussian's old log-probabilities are kept in float32: there the ratio is 1 within 1e-7.
    test('within rounding where actions are numbers', () => {
      const [a2c, ppo] = bothAfter(5, 'mountaincar-continuous', critic);
      const theirs = weightsOf(ppo);
      weightsOf(a2c).forEach((own, slot) => {
        own.forEach((weight, i) => {
          expect(theirs[slot]![i]).toBeCloseTo(weight, 5);
        });
      });
    });
  },
);

describe('REINFORCE', () => {
  const recipe = (baseline: string) => ({
    ...defaultRecipe('cartpole', 'reinforce'),
    lanes: 3,
    knobs: { horizon: 60, baseline, scaleReturns: 0, discount: 0.9 },
  });
  const batchOf = (baseline: string) => {
    const session = createSession(recipe(baseline), kernels);
    trainTo(session, 1);
    const { tensors } = session.phase.learner.snapshot();
    return (name: string): number[] => [...tensors[`rollout.${name}`]!.data];
  };

  test('without a baseline every action counts by the reward that followed it in its episode', () => {
    const batch = batchOf('none');
    const [done, advantages] = [batch('done'), batch('advantages')];
    expect(batch('values').every((value) => value === 0)).toBe(true);
    expect(done.some((ended) => ended === 1)).toBe(true);
    for (let lane = 0; lane < 3; lane++) {
      let following = 0;
      for (let t = 59; t >= 0; t--) {
        const i = t * 3 + lane;
        following = 1 + (done[i] === 1 ? 0 : 0.9 * following);
        expect(advantages[i]).toBeCloseTo(following, 4);
      }
    }
  });

  test('with one, what was expected is taken off, and the end of the steps is worth what is expected there', () => {
    const batch = batchOf('value head');
    const [done, advantages, values, last] = [
      batch('done'),
      batch('advantages'),
      batch('values'),
      batch('lastValues'),
    ];
    expect(last.every((value) => value !== 0)).toBe(true);
    for (let lane = 0; lane < 3; lane++) {
      let following = last[lane]!;
      for (let t = 59; t >= 0; t--) {
        const i = t * 3 + lane;
        following = 1 + (done[i] === 1 ? 0 : 0.9 * following);
        expect(advantages[i]).toBeCloseTo(following - values[i]!, 4);
      }
    }
  });

  test('only the first update on a batch moves the policy, only the others the value head', () => {
    const session = createSession(recipe('value head'), kernels);
    const { params } = session.brain.network;
    const part = (prefixes: readonly string[]) =>
      params.slots
        .filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix)))
        .flatMap((slot) => [...slotValues(params, slot)]);
    const [policy, value] = [['trunk', 'policy'], ['value']];
    for (const moved of [policy, value, value]) {
      const still = moved === policy ? value : policy;
      const [before, kept] = [part(moved), part(still)];
      trainTo(session, session.updates + 1);
      expect(part(still)).toEqual(kept);
      expect(part(moved)).not.toEqual(before);
    }
  });

  test('every batch begins with new episodes, and the run shows the mean of those that ended', () => {
    const session = createSession(recipe('value head'), kernels);
    // One of the policy, forty of the value head.
    trainTo(session, 41);
    const first = session.steps;
    const elapsedAt = session.lanes.def.state.length;
    while (session.steps === first) session.tick();
    const elapsed = Array.from(
      { length: 3 },
      (_, lane) => session.lanes.rows[lane * session.lanes.stride + elapsedAt],
    );
    expect(elapsed).toEqual([1, 1, 1]);
    expect(session.metrics['batchReturn']).toBeGreaterThan(8);
    expect(session.metrics['batchReturn']).toBeLessThan(60);
  });
});

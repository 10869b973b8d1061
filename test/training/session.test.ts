// A run as a whole: the same everywhere it is made, switchable on one trunk, and stopped by the first bad number.
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { fingerprint, slotValues } from '../../src/training/brain.ts';
import { NonFiniteError } from '../../src/training/non-finite.ts';
import { createSession } from '../../src/training/session.ts';
import { resumeRun } from '../../src/training/snapshot.ts';
import { fileOf, pairs, smallRecipe, smallSession, trainTo } from './runs.ts';

const kernels = await loadKernels('simd');
const cartpole = { world: 'cartpole', learner: 'ppo' };

test('the same recipe gives the same weights; another seed gives others', () => {
  const run = (seed: number): string => {
    const session = smallSession(cartpole, kernels, seed);
    trainTo(session, 30);
    return fingerprint(session.brain);
  };
  expect(run(3)).toBe(run(3));
  expect(run(3)).not.toBe(run(4));
});

describe('switching the way of learning', () => {
  const ways = ['imitation', 'autoencoder', 'kmeans', 'ppo'];

  test('leaves the trunk as it is until the first update, and marks the place', () => {
    const session = smallSession(cartpole, kernels);
    trainTo(session, 20);
    for (const learner of ways) {
      const before = fingerprint(session.brain, 'trunk');
      session.switchTo(learner, { minibatch: 32, ...(learner === 'ppo' ? { horizon: 8 } : {}) });
      expect(fingerprint(session.brain, 'trunk')).toBe(before);
      const mark = session.marks.at(-1)!;
      expect([mark.to, mark.trunkBefore, mark.trunkAfter]).toEqual([learner, before, before]);
      trainTo(session, session.updates + 10);
      // Clustering looks at the trunk without moving it; all others move it.
      expect(fingerprint(session.brain, 'trunk') === before).toBe(learner === 'kmeans');
    }
  });

  test('keeps heads and brings them back as they were, optimiser and all', () => {
    const session = smallSession(cartpole, kernels);
    trainTo(session, 20);
    const policy = fingerprint(session.brain, 'policy');
    const moments = session.phase.optimizer.state['m']!.data.slice();
    session.switchTo('autoencoder', { minibatch: 32 });
    trainTo(session, 40);
    expect(fingerprint(session.brain, 'policy')).toBe(policy);
    session.switchTo('ppo', { horizon: 8, minibatch: 32 });
    expect(fingerprint(session.brain, 'policy')).toBe(policy);
    expect(session.phase.optimizer.steps).toBe(20);
    expect(session.phase.optimizer.state['m']!.data.subarray(0, moments.length)).toEqual(moments);
  });

  test('is part of the snapshot: resuming after switches is exact', () => {
    const make = (): ReturnType<typeof createSession> => {
      const session = smallSession(cartpole, kernels);
      trainTo(session, 15);
      session.switchTo('autoencoder', { minibatch: 32 });
      trainTo(session, 30);
      return session;
    };
    const whole = make();
    const { session: resumed } = resumeRun(fileOf(make()), kernels);
    for (const session of [whole, resumed]) {
      session.switchTo('ppo', { horizon: 8, minibatch: 32 });
      trainTo(session, 50);
    }
    expect(fileOf(resumed)).toEqual(fileOf(whole));
  });

  test('to a learner that does not fit is refused and changes nothing', () => {
    const session = smallSession(cartpole, kernels);
    trainTo(session, 10);
    const before = fileOf(session);
    expect(() => session.switchTo('classification', {})).toThrow('Classification does not fit');
    expect(() => session.switchTo('imitation', { teacher: 'recording' })).toThrow(
      'There is no recording yet',
    );
    expect(() => session.switchTo('ppo', { discount: 3 })).toThrow('discount is 3; it must be from 0 to 1');
    expect(fileOf(session)).toEqual(before);
  });
});

describe.each(pairs)('$learner in $world', (pair) => {
  test('stops on a NaN within one update, names the tensor, and keeps the last finite weights', () => {
    const session = smallSession(pair, kernels);
    trainTo(session, 5);
    const { network } = session.brain;
    // A weight from a pixel that is dark in every row takes no part in the update.
    const name = session.world.observation.sparse ? 'trunk.hidden1.bias' : 'trunk.hidden1.weight';
    const slot = network.params.slots.find((one) => one.name === name)!;
    const values = slotValues(network.params, slot);
    const moments = session.phase.optimizer.steps;
    values[3] = Number.NaN;
    let caught: unknown;
    try {
      trainTo(session, 6);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(NonFiniteError);
    expect((caught as NonFiniteError).tensor).toBe(name);
    expect((caught as NonFiniteError).message).toContain('holds NaN at 3');
    expect(session.updates).toBe(5);
    expect(session.phase.optimizer.steps).toBe(moments);
    expect(values.findIndex(Number.isNaN)).toBe(3);
  });
});

describe('imitating a person', () => {
  const recording = {
    world: 'cartpole',
    size: 4,
    observations: Float32Array.from({ length: 400 }, (_, i) => Math.sin(i)),
    actions: Float32Array.from({ length: 100 }, (_, i) => (Math.sin(4 * i + 2) > 0 ? 1 : 0)),
  };

  test('learns what was played', () => {
    const session = smallSession(cartpole, kernels);
    session.record(recording);
    session.switchTo('imitation', { teacher: 'recording', minibatch: 64, learningRate: 0.01 });
    trainTo(session, 300);
    expect(session.metrics['accuracy']).toBeGreaterThan(0.9);
  });

  test('a recording of another world, or with bad numbers, is refused in a sentence', () => {
    const session = smallSession(cartpole, kernels);
    expect(() => session.record({ ...recording, world: 'breakout' })).toThrow('was played in "breakout"');
    expect(() => session.record({ ...recording, actions: Float32Array.of(5) })).toThrow('numbers for 1 rows');
    const bad = recording.observations.slice();
    bad[7] = Number.NaN;
    expect(() => session.record({ ...recording, observations: bad })).toThrow('not finite');
  });
});

test('a recipe with a bad value is refused with the value and what is allowed', () => {
  const recipe = smallRecipe(cartpole);
  const bad =
    (change: object): (() => unknown) =>
    () =>
      createSession({ ...recipe, ...change }, kernels);
  expect(bad({ world: 'chess' })).toThrow(/chess.*cartpole/);
  expect(bad({ learner: 'magic' })).toThrow(/magic.*ppo/);
  expect(bad({ lanes: 0 })).toThrow('lanes is 0; it must be a whole number from 1 to 1024');
  expect(bad({ seed: 1.5 })).toThrow('seed is 1.5');
  expect(bad({ params: { gravity: -4 } })).toThrow(/gravity is -4; it must be from/);
  expect(bad({ params: { colour: 1 } })).toThrow(/no setting "colour"/);
  expect(bad({ brain: { hidden: [0], activation: 'tanh' } })).toThrow('units of a hidden layer is 0');
  expect(bad({ brain: { hidden: [4], activation: 'tanh', settings: { filters: 0.5 } } })).toThrow(
    'filters is 0.5',
  );
});

test('no allocation: the arena does not grow while training', () => {
  const session = smallSession(cartpole, kernels);
  trainTo(session, 5);
  const used = session.brain.arena.bytesUsed;
  trainTo(session, 200);
  expect(session.brain.arena.bytesUsed).toBe(used);
});

// Transfer: what is copied, fresh and frozen is reported by name, and a frozen trunk stays bit for bit the same.
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { fingerprint, modelTensors } from '../../src/training/brain.ts';
import { runArm, transferArms } from '../../src/training/experiment.ts';
import { createSession } from '../../src/training/session.ts';
import { smallRecipe, smallSession, trainTo } from './runs.ts';

const kernels = await loadKernels('simd');
const cartpole = { world: 'cartpole', learner: 'ppo' };

const source = smallSession(cartpole, kernels, 5);
trainTo(source, 30);
const tensors = modelTensors(source.brain);
const long = { ...smallRecipe(cartpole), params: { poleHalfLength: 1 } };

test('everything is copied by default', () => {
  const target = createSession(long, kernels, { source: { tensors, plan: { fresh: [], freeze: [] } } });
  expect(fingerprint(target.brain)).toBe(fingerprint(source.brain));
  expect(target.transfer).toEqual({ copied: Object.keys(tensors), fresh: [], frozen: [], unused: [] });
});

test('fresh heads are drawn anew, as a blank brain of the same seed draws them', () => {
  const plan = { fresh: ['policy', 'value'], freeze: [] };
  const target = createSession(long, kernels, { source: { tensors, plan } });
  const blank = createSession(long, kernels);
  expect(fingerprint(target.brain, 'trunk')).toBe(fingerprint(source.brain, 'trunk'));
  expect(fingerprint(target.brain, 'policy')).toBe(fingerprint(blank.brain, 'policy'));
  expect(target.transfer?.fresh).toEqual([
    'policy.output.weight',
    'policy.output.bias',
    'value.output.weight',
    'value.output.bias',
    'value.returns',
  ]);
});

test('a frozen trunk and frozen statistics are bit-identical after training, and the heads are not', () => {
  const plan = { fresh: ['policy', 'value'], freeze: ['trunk', 'input'] };
  const target = createSession(long, kernels, { source: { tensors, plan } });
  const heads = fingerprint(target.brain, 'policy');
  trainTo(target, 40);
  expect(fingerprint(target.brain, 'trunk')).toBe(fingerprint(source.brain, 'trunk'));
  expect(fingerprint(target.brain, 'input')).toBe(fingerprint(source.brain, 'input'));
  expect(fingerprint(target.brain, 'policy')).not.toBe(heads);
  expect(target.transfer?.frozen).toContain('trunk.hidden1.weight');
});

test('layers of another shape begin anew and are reported', () => {
  const wide = { ...long, brain: { hidden: [12, 20], activation: 'tanh' } as const };
  const target = createSession(wide, kernels, { source: { tensors, plan: { fresh: [], freeze: [] } } });
  expect(target.transfer?.copied).toContain('trunk.hidden1.weight');
  expect(target.transfer?.fresh).toContain('trunk.hidden2.weight');
  expect(target.transfer?.unused).toContain('trunk.hidden2.weight');
});

test('a layer that does not exist gives a sentence', () => {
  const plan = { fresh: ['polcy'], freeze: [] };
  expect(() => createSession(long, kernels, { source: { tensors, plan } })).toThrow(
    'no layer "polcy"; it has trunk.hidden1',
  );
});

test.each(['cartpole', 'digits'])('every arm of a comparison runs in %s', (world) => {
  const recipe = smallRecipe({ world, learner: 'ppo' });
  const from = createSession({ ...recipe, seed: 9 }, kernels);
  trainTo(from, 2);
  for (const arm of transferArms(from.brain.network.spec)) {
    const result = runArm(recipe, arm, from.bestModel(), 200, kernels);
    expect(Number.isFinite(result.jumpstart), arm.title).toBe(true);
  }
});

// What a brain says of states in which nobody stands: in order, whatever the batch, and at a calm pace.
import { expect, test } from 'vitest';
import { cartpole } from '../../envs/cartpole/dynamics.ts';
import { type EnvironmentDef, shapeOfWorld } from '../../envs/environment.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { initializeParams } from '../../src/core/network.ts';
import { createRandom } from '../../src/core/random.ts';
import { policyHead } from '../../src/learners/policy.ts';
import { defaultBrain, linearHead, networkFor } from '../../src/learners/trunk.ts';
import { createBrain } from '../../src/training/brain.ts';
import { createProbing } from '../../src/training/probing.ts';

const kernels = await loadKernels('simd');
const count = 10;
/** CartPole, asked about carts in ten places along the track that stand as far tilted as the lane's own. */
const world = {
  ...cartpole,
  probes: {
    count: () => count,
    write(i: number, obs: Float32Array, at: number, _p: unknown, s: Float64Array) {
      obs.set([i / 5 - 1, 0, s[2]!, 0], at);
    },
  },
} as EnvironmentDef;

const lane = createLanes(world, worldParams(world, {}), 1);
lane.resetAll(createRandom('probing'));

function brainOf(maxBatch: number, heads: readonly string[]) {
  const shape = shapeOfWorld(world);
  const all = { policy: policyHead(shape), value: linearHead(1, 1) };
  const wanted = Object.fromEntries(Object.entries(all).filter(([name]) => heads.includes(name)));
  const spec = networkFor(shape, defaultBrain(shape), [{ heads: wanted, apart: [] }]);
  const brain = createBrain(spec, maxBatch, kernels);
  initializeParams(brain.network.params, createRandom('weights'));
  return brain;
}

test('are the same answers in any batch, one after the other', () => {
  const both = ['policy', 'value'];
  const asked = (maxBatch: number) =>
    createProbing(lane).answers({ brain: brainOf(maxBatch, both), actingHead: 'policy' }, 0, 2)!;
  const whole = asked(16);
  expect(whole.count).toBe(count);
  expect(asked(4)).toEqual(whole);
  for (let i = 0; i < count; i++) {
    expect(whole.outputs[2 * i]! + whole.outputs[2 * i + 1]!).toBeCloseTo(1, 6);
  }
  expect(new Set(whole.values).size).toBe(count);

  const brain = brainOf(1, both);
  world.probes!.write(7, brain.network.input.data, 0, lane.params, lane.rows);
  brain.network.forward(1, both, 'evaluate');
  expect(whole.values[7]).toBeCloseTo(2 * brain.network.output('value').data[0]!, 5);
});

test('leaves out what the brain has no head for', () => {
  const silent = createProbing(lane).answers({ brain: brainOf(4, []), actingHead: undefined }, 0, 1)!;
  expect([silent.count, silent.outputs.length, silent.values.length]).toEqual([count, 0, 0]);
});

test('asks again only after a while, and not at all where there is nothing to ask', () => {
  const probing = createProbing(lane);
  const session = { brain: brainOf(16, ['policy']), actingHead: 'policy' };
  const first = probing.answers(session, 0, 1);
  expect(probing.answers(session, 0.05, 1)).toBe(first);
  expect(probing.answers(session, 0.1, 1)).not.toBe(first);
  const plain = createLanes(cartpole as unknown as EnvironmentDef, worldParams(world, {}), 1);
  expect(createProbing(plain).answers(session, 0, 1)).toBeNull();
});

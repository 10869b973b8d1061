// Nothing is allocated in a training step once it is warm: the arena does not grow, and neither does what the
// garbage collector keeps, over ten thousand steps.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createArena } from '../../src/core/arena.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { LayerSpec } from '../../src/core/layers/registry.ts';
import { crossEntropy } from '../../src/core/losses/cross-entropy.ts';
import { createNetwork, initializeParams } from '../../src/core/network.ts';
import { adam, createOptimizer } from '../../src/core/optimizers.ts';
import { createRandom } from '../../src/core/random.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const kernelsOf = await loadKernels('simd');

/** Bytes that are still there after a collection; two, since the first may only schedule finalisers. */
function kept(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** How many bytes more are kept after `steps` calls than before, once `warm` calls have been made. */
function growth(step: () => void, warm: number, steps: number): number {
  for (let i = 0; i < warm; i++) step();
  const before = kept();
  for (let i = 0; i < steps; i++) step();
  return kept() - before;
}

const steps = 10_000;
// Compiled code, inline caches and the like come and go; this is ten bytes a step, less than one kept number.
const slack = 100_000;

const init = { scheme: 'xavier' } as const;
const nets: Readonly<Record<string, readonly [input: readonly number[], trunk: readonly LayerSpec[]]>> = {
  dense: [
    [4],
    [
      { kind: 'dense', name: 'one', units: 64, init },
      { kind: 'activation', name: 'bend', activation: 'tanh' },
      { kind: 'dropout', name: 'drop', rate: 0.1 },
    ],
  ],
  'convolution with batch norm': [
    [6, 6, 2],
    [
      { kind: 'conv2d', name: 'edges', channels: 4, kernel: 3, stride: 1, padding: 1, init },
      { kind: 'batchNorm', name: 'norm', momentum: 0.1, epsilon: 1e-5 },
      { kind: 'maxPool2d', name: 'pool', size: 2, stride: 2 },
      { kind: 'conv2dTranspose', name: 'up', channels: 3, kernel: 2, stride: 2, padding: 0, init },
      { kind: 'flatten', name: 'flat' },
    ],
  ],
  'attention and recurrence': [
    [5, 6],
    [
      { kind: 'selfAttention', name: 'attend', heads: 2, causal: true, init },
      { kind: 'layerNorm', name: 'norm', epsilon: 1e-5 },
      { kind: 'gru', name: 'memory', units: 7, returns: 'last', init },
    ],
  ],
};

test.each(Object.entries(nets))('a step of a network: %s', (_name, [input, trunk]) => {
  const arena = createArena(4 << 20);
  const kernels = kernelsOf(arena.memory);
  const output: LayerSpec = { kind: 'dense', name: 'output', units: 3, init };
  const spec = { input, normalize: false, trunk, heads: { classes: [output] } };
  const n = 8;
  const network = createNetwork(spec, arena, kernels, n);
  initializeParams(network.params, createRandom('weights'));
  const optimizer = createOptimizer(adam(1e-3, 1), network.params, arena, kernels);
  const logProbs = arena.f32(n, 3);
  const random = createRandom('data');
  for (let i = 0; i < network.input.data.length; i++) network.input.data[i] = random.normal();
  const labels = Int32Array.from({ length: n }, () => random.integer(3));
  const heads = ['classes'];
  const used = arena.bytesUsed;
  const step = (): void => {
    network.forward(n, heads, 'train');
    network.clearGrads(n);
    kernels.logSoftmax(logProbs.ptr, network.output('classes').ptr, n, 3);
    crossEntropy(network.outputGrad('classes').data, logProbs.data, labels, n, 3);
    network.backward(n, heads);
    optimizer.update(network.params.slots, 1, optimizer.gradientNorm(network.params.slots));
  };
  expect(growth(step, 2000, steps)).toBeLessThan(slack);
  expect(arena.bytesUsed).toBe(used);
});

test('a tick of PPO on CartPole, playing and learning', () => {
  // A budget so long that the history of scores is thinned out already.
  const recipe = {
    ...defaultRecipe('cartpole', 'ppo'),
    lanes: 8,
    knobs: { horizon: 16, minibatch: 32, budget: 1_000_000 },
  };
  const session = createSession(recipe, kernelsOf);
  const used = session.brain.arena.bytesUsed;
  const tick = (): void => {
    session.tick();
  };
  expect(growth(tick, 40_000, steps)).toBeLessThan(slack);
  expect(session.brain.arena.bytesUsed).toBe(used);
});

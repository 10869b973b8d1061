// Trainings made of the core's pieces alone, each small and fixed: dense, convolution, attention, recurrence, every
// activation; SGD with momentum, Adam, RMSprop. Each ends in a fingerprint of its weights, buffers and answers.
import { createArena } from '../../src/core/arena.ts';
import { activationCode } from '../../src/core/kernels/contract/activations.ts';
import type { KernelFactory } from '../../src/core/kernels.ts';
import type { LayerSpec } from '../../src/core/layers/registry.ts';
import { crossEntropy } from '../../src/core/losses/cross-entropy.ts';
import { createNetwork, initializeParams } from '../../src/core/network.ts';
import { adam, createOptimizer, type OptimizerSpec } from '../../src/core/optimizers.ts';
import { createRandom, type Random } from '../../src/core/random.ts';
import type { NamedTensor } from '../../src/core/safetensors.ts';
import { scheduleFactor } from '../../src/core/schedules.ts';
import { fingerprintOf } from '../../src/models/fingerprint.ts';

interface CoreRun {
  readonly input: readonly number[];
  readonly trunk: readonly LayerSpec[];
  readonly optimizer: OptimizerSpec;
  /** Inputs are ids below this instead of normal draws. */
  readonly ids?: number;
}

const init = { scheme: 'xavier' } as const;
const dense = (name: string, units: number): LayerSpec => ({ kind: 'dense', name, units, init });
const bend = (name: string, activation: keyof typeof activationCode): LayerSpec => ({
  kind: 'activation',
  name,
  activation,
});

export const coreRuns: Readonly<Record<string, CoreRun>> = {
  'dense, SGD with momentum': {
    input: [5],
    trunk: [dense('one', 19), bend('bend1', 'tanh'), dense('two', 16), bend('bend2', 'relu')],
    optimizer: { kind: 'sgd', rate: 0.05, momentum: 0.9, clip: 1, regularization: { l1: 1e-4, decay: 1e-3 } },
  },
  'convolution, Adam': {
    input: [9, 8, 2],
    trunk: [
      { kind: 'conv2d', name: 'edges', channels: 7, kernel: 3, stride: 1, padding: 1, init },
      { kind: 'batchNorm', name: 'norm', momentum: 0.1, epsilon: 1e-5 },
      bend('bend', 'leakyRelu'),
      { kind: 'maxPool2d', name: 'pool', size: 2, stride: 2 },
      { kind: 'conv2dTranspose', name: 'up', channels: 3, kernel: 3, stride: 2, padding: 1, init },
      { kind: 'flatten', name: 'flat' },
    ],
    optimizer: adam(0.01, 1),
  },
  'attention, Adam': {
    input: [6],
    trunk: [
      {
        kind: 'embedding',
        name: 'symbols',
        vocabulary: 7,
        size: 12,
        init: { scheme: 'normal', deviation: 1 },
      },
      { kind: 'layerNorm', name: 'norm', epsilon: 1e-5 },
      { kind: 'selfAttention', name: 'attend', heads: 3, causal: true, init },
      { kind: 'residual', name: 'around', from: 'symbols' },
      { kind: 'dropout', name: 'drop', rate: 0.1 },
      dense('wide', 9),
      bend('bend', 'gelu'),
      { kind: 'flatten', name: 'flat' },
    ],
    optimizer: adam(0.01, 1),
    ids: 7,
  },
  'recurrence, RMSprop': {
    input: [5, 3],
    trunk: [{ kind: 'gru', name: 'memory', units: 11, returns: 'last', init }],
    optimizer: { kind: 'rmsprop', rate: 3e-3, decay: 0.99, epsilon: 1e-8, clip: 1 },
  },
  'every activation, AdaGrad': {
    input: [6],
    trunk: (Object.keys(activationCode) as (keyof typeof activationCode)[]).flatMap((activation) => [
      dense(`to ${activation}`, 10),
      bend(activation, activation),
    ]),
    optimizer: { kind: 'adagrad', rate: 0.02, epsilon: 1e-10, clip: 1 },
  },
};

const [rows, batchRows, classes, steps] = [64, 16, 4, 60] as const;
const heads = ['classes'] as const;

/** A training at some step, in memory of its own. */
function open(run: CoreRun, kernelsOf: KernelFactory) {
  const arena = createArena(4 << 20);
  const kernels = kernelsOf(arena.memory);
  const spec = {
    input: run.input,
    normalize: false,
    trunk: run.trunk,
    heads: { classes: [dense('output', classes)] },
  };
  const streams = new Map<string, Random>();
  const network = createNetwork(spec, arena, kernels, rows, (path) => {
    const stream = createRandom(`stream ${path}`);
    streams.set(path, stream);
    return stream;
  });
  initializeParams(network.params, createRandom('weights'));
  const optimizer = createOptimizer(run.optimizer, network.params, arena, kernels);
  const logProbs = arena.f32(rows, classes);

  const drawing = createRandom('data');
  const size = network.input.data.length / rows;
  const data = Float32Array.from({ length: rows * size }, () =>
    run.ids ? drawing.integer(run.ids) : drawing.normal(),
  );
  const labels = Int32Array.from({ length: rows }, () => drawing.integer(classes));
  const batchLabels = new Int32Array(batchRows);

  const step = (t: number): void => {
    const first = (t * batchRows) % rows;
    network.input.data.set(data.subarray(first * size, (first + batchRows) * size));
    batchLabels.set(labels.subarray(first, first + batchRows));
    network.forward(batchRows, heads, 'train');
    network.clearGrads(batchRows);
    kernels.logSoftmax(logProbs.ptr, network.output('classes').ptr, batchRows, classes);
    crossEntropy(network.outputGrad('classes').data, logProbs.data, batchLabels, batchRows, classes, 0.05);
    network.backward(batchRows, heads);
    const ranges = network.params.slots;
    const factor = scheduleFactor({ kind: 'cosine', floor: 0.1, warmup: 0.1 }, t / steps);
    optimizer.update(ranges, factor, optimizer.gradientNorm(ranges));
  };

  /** Answers to all rows, `chunk` of them at a time. */
  const answers = (chunk: number): Float32Array => {
    const all = new Float32Array(rows * classes);
    for (let first = 0; first < rows; first += chunk) {
      const n = Math.min(chunk, rows - first);
      network.input.data.set(data.subarray(first * size, (first + n) * size));
      network.forward(n, heads, 'evaluate');
      all.set(network.output('classes').data.subarray(0, n * classes), first * classes);
    }
    return all;
  };
  return { network, optimizer, streams, step, answers };
}
type Training = ReturnType<typeof open>;

/** Everything that decides how `from` goes on, copied. */
function carryOver(to: Training, from: Training): void {
  to.network.params.values.data.set(from.network.params.values.data);
  for (const [name, { data }] of from.network.buffers) to.network.buffers.get(name)!.data.set(data);
  for (const [name, { data }] of Object.entries(from.optimizer.state))
    to.optimizer.state[name]!.data.set(data);
  to.optimizer.steps = from.optimizer.steps;
  for (const [path, stream] of from.streams) to.streams.get(path)!.restore(stream.state());
}

/** The run's fingerprint. @param reload in the middle, all is copied into fresh memory. @param chunk rows answered at once. */
export function trainCore(run: CoreRun, kernels: KernelFactory, reload: boolean, chunk: number): string {
  let training = open(run, kernels);
  for (let t = 0; t < steps; t++) {
    if (reload && t === steps / 2) {
      const fresh = open(run, kernels);
      carryOver(fresh, training);
      training = fresh;
    }
    training.step(t);
  }
  const { network } = training;
  const tensors: [string, NamedTensor][] = [['values', network.params.values]];
  for (const [name, tensor] of network.buffers) tensors.push([name, tensor]);
  tensors.push(['answers', { shape: [rows, classes], data: training.answers(chunk) }]);
  return fingerprintOf(tensors);
}

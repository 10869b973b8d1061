// The training step that is compared: a network, its first weights, and one batch of data, the same for every peer
// (written to a file that they read); and our own step.
import { writeFileSync } from 'node:fs';
import { createArena } from '../../src/core/arena.ts';
import type { KernelFactory } from '../../src/core/kernels.ts';
import type { LayerSpec } from '../../src/core/layers/registry.ts';
import { crossEntropy } from '../../src/core/losses/cross-entropy.ts';
import { createNetwork, initializeParams } from '../../src/core/network.ts';
import { adam, createOptimizer } from '../../src/core/optimizers.ts';
import { createRandom } from '../../src/core/random.ts';

export interface Task {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly activation: 'tanh' | 'relu';
  readonly batch: number;
}

const nets = [
  { name: '4-64-64-2', sizes: [4, 64, 64, 2], activation: 'tanh' },
  { name: '784-256-128-10', sizes: [784, 256, 128, 10], activation: 'relu' },
] as const;
const batches = [32, 256, 2048] as const;
export const tasks: readonly Task[] = nets.flatMap((net) => batches.map((batch) => ({ ...net, batch })));

export const rate = 1e-3;
export const clip = 0.5;
const init = { scheme: 'xavier' } as const;

/** Memory, network and one whole training step: forward, cross-entropy, backward, norm clipping, Adam. */
export function ourStep({ sizes, activation, batch }: Omit<Task, 'name'>, kernelsOf: KernelFactory) {
  const arena = createArena(96 << 20);
  const kernels = kernelsOf(arena.memory);
  const trunk = sizes.slice(1, -1).flatMap((units, i): LayerSpec[] => [
    { kind: 'dense', name: `hidden${i}`, units, init },
    { kind: 'activation', name: `bend${i}`, activation },
  ]);
  const classes = sizes.at(-1)!;
  const output: LayerSpec = { kind: 'dense', name: 'output', units: classes, init };
  const spec = { input: [sizes[0]!], normalize: false, trunk, heads: { classes: [output] } };
  const network = createNetwork(spec, arena, kernels, batch);
  initializeParams(network.params, createRandom('weights'));
  const optimizer = createOptimizer(adam(rate, clip), network.params, arena, kernels);
  const ranges = [{ offset: 0, length: network.params.values.data.length }];
  const logProbs = arena.f32(batch, classes);
  const random = createRandom('data');
  const { data } = network.input;
  for (let i = 0; i < data.length; i++) data[i] = random.normal();
  const labels = Int32Array.from({ length: batch }, () => random.integer(classes));
  const heads = ['classes'];
  const logits = network.output('classes');
  const dLogits = network.outputGrad('classes').data;
  const step = (): number => {
    network.forward(batch, heads, 'train');
    network.clearGrads(batch);
    kernels.logSoftmax(logProbs.ptr, logits.ptr, batch, classes);
    const { loss } = crossEntropy(dLogits, logProbs.data, labels, batch, classes);
    network.backward(batch, heads);
    optimizer.update(ranges, 1, optimizer.gradientNorm(ranges));
    return loss;
  };
  return { step, network, labels, arena };
}

/** Writes what a peer starts from: weights and biases layer by layer, inputs, labels, as float32. */
export function writeTask(task: Task, kernels: KernelFactory, file: string): void {
  const { network, labels } = ourStep(task, kernels);
  const parts = network.params.slots.map(({ offset, length }) =>
    network.params.values.data.slice(offset, offset + length),
  );
  const numbers = [...parts, network.input.data, Float32Array.from(labels)];
  writeFileSync(
    file,
    Buffer.concat(numbers.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))),
  );
}

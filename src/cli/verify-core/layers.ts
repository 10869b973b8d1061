// Replays recorded layers: the layer stands as the one layer of a head, so that planning, both passes and the
// gradients of parameters and input all go through the network. Layouts are turned from PyTorch's into ours.
import { sizeOf } from '../../core/arena.ts';
import { activationCode } from '../../core/kernels/contract/activations.ts';
import type { ActivationSpec } from '../../core/layers/activation.ts';
import type { LayerSpec } from '../../core/layers/registry.ts';
import { crossEntropy } from '../../core/losses.ts';
import { exp } from '../../core/math.ts';
import { convImages, convWeight, denseWeight } from '../pytorch-layout.ts';
import { type Recorded, type RecordedTensor, refuse, tensor, tensorOfRank, wholeNumber } from './reading.ts';
import { type CoreCase, createTally, passBound } from './tally.ts';
import {
  head,
  type KernelSet,
  onlyConfigured,
  parameter,
  type Replayer,
  roomFor,
  withSet,
  workshop,
} from './workshop.ts';

/** A recorded layer in our layouts. */
interface LayerCase {
  readonly layer: LayerSpec;
  /** Rows of a batch; shapes of one row of input and of output. */
  readonly n: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly dx: ArrayLike<number>;
  readonly dy: ArrayLike<number>;
  readonly parameters: Readonly<Record<string, { value: ArrayLike<number>; grad: ArrayLike<number> }>>;
}

function replayLayer(name: string, recorded: LayerCase, set: KernelSet): CoreCase {
  const { n } = recorded;
  const shop = workshop(name, set, recorded.input, recorded.layer, recorded.output, n);
  const { network } = shop;
  const parameters = Object.entries(recorded.parameters);
  for (const [of, { value }] of parameters) parameter(shop, of, 'values').set(value);
  network.input.data.set(recorded.x);
  network.forward(n, [head], 'train');
  network.clearGrads(n);
  network.featuresGrad.data.fill(0);
  network.outputGrad(head).data.set(recorded.dy);
  network.backward(n, [head]);
  const tally = createTally(passBound);
  tally.compareAll(network.output(head).data, recorded.y);
  tally.compareAll(network.featuresGrad.data, recorded.dx);
  for (const [of, { grad }] of parameters) tally.compareAll(parameter(shop, of, 'grads'), grad);
  return tally.done(withSet(name, set));
}

const dense: Replayer = {
  title: 'dense',
  accepts: (recorded) => /^dense\b/.test(recorded.name) && onlyConfigured(recorded, 'in', 'out'),
  replay(recorded, sets) {
    const { name, inputs, params, outputs, grads, all } = recorded;
    const x = tensorOfRank(inputs, 'x', name, 2);
    const weight = tensorOfRank(params, 'weight', name, 2);
    const [n, size] = x.shape as [number, number];
    const [units] = weight.shape as [number];
    tensor(params, 'weight', name, [units, size]);
    const given: LayerCase = {
      layer: { kind: 'dense', name: 'layer', units, init: { scheme: 'zeros' } },
      n,
      input: [size],
      output: [units],
      x: x.data,
      y: tensor(outputs, 'y', name, [n, units]).data,
      dx: tensor(grads, 'x', name, x.shape).data,
      dy: tensor(all, 'upstream', name, [n, units]).data,
      parameters: {
        weight: {
          value: denseWeight(weight.data, units, size),
          grad: denseWeight(tensor(grads, 'weight', name, weight.shape).data, units, size),
        },
        bias: {
          value: tensor(params, 'bias', name, [units]).data,
          grad: tensor(grads, 'bias', name, [units]).data,
        },
      },
    };
    return sets.map((set) => replayLayer(name, given, set));
  },
};

const layout = 'NCHW, weight OIHW';

const conv2d: Replayer = {
  title: 'conv2d',
  accepts: (recorded) =>
    /^conv2d\b/.test(recorded.name) &&
    onlyConfigured(recorded, 'layout', 'in', 'out', 'kernel', 'stride', 'padding') &&
    (recorded.config['layout'] ?? layout) === layout,
  replay(recorded, sets) {
    const { name, config, inputs, params, outputs, grads, all } = recorded;
    const kernel = wholeNumber(config, 'kernel', name, 1);
    const stride = wholeNumber(config, 'stride', name, 1);
    const padding = wholeNumber(config, 'padding', name, 0);
    const x = tensorOfRank(inputs, 'x', name, 4);
    const y = tensorOfRank(outputs, 'y', name, 4);
    const [n, size, height, width] = x.shape as [number, number, number, number];
    const [, channels, outHeight, outWidth] = y.shape as [number, number, number, number];
    tensor(outputs, 'y', name, [n, channels, outHeight, outWidth]);
    const images = ({ data, shape: [count, c, h, w] }: RecordedTensor): ArrayLike<number> =>
      convImages(data, count!, c!, h!, w!);
    const weight = (from: Recorded['params']): ArrayLike<number> =>
      convWeight(tensor(from, 'weight', name, [channels, size, kernel, kernel]).data, channels, size, kernel);
    const given: LayerCase = {
      layer: { kind: 'conv2d', name: 'layer', channels, kernel, stride, padding, init: { scheme: 'zeros' } },
      n,
      input: [height, width, size],
      output: [outHeight, outWidth, channels],
      x: images(x),
      y: images(y),
      dx: images(tensor(grads, 'x', name, x.shape)),
      dy: images(tensor(all, 'upstream', name, y.shape)),
      parameters: {
        weight: { value: weight(params), grad: weight(grads) },
        bias: {
          value: tensor(params, 'bias', name, [channels]).data,
          grad: tensor(grads, 'bias', name, [channels]).data,
        },
      },
    };
    return sets.map((set) => replayLayer(name, given, set));
  },
};

const isActivation = (recorded: Recorded, name: string): boolean =>
  recorded.name === `activation ${name}` && onlyConfigured(recorded);

const pointwise = (activation: ActivationSpec['activation']): Replayer => ({
  title: activation,
  accepts: (recorded) => isActivation(recorded, activation),
  replay({ name, inputs, outputs, grads, all }, sets) {
    const x = tensor(inputs, 'x', name);
    const [n = 1, ...row] = x.shape;
    const given: LayerCase = {
      layer: { kind: 'activation', name: 'layer', activation },
      n,
      input: row,
      output: row,
      x: x.data,
      y: tensor(outputs, 'y', name, x.shape).data,
      dx: tensor(grads, 'x', name, x.shape).data,
      dy: tensor(all, 'upstream', name, x.shape).data,
      parameters: {},
    };
    return sets.map((set) => replayLayer(name, given, set));
  },
});

/**
 * Softmax and its logarithm are kernels without a backward pass of their own: only losses use them. Their gradient
 * is put together from cross-entropy's, which is that of -log p of one class:
 * d(sum_k u_k log p_k) = -sum_k u_k dCE_k, and with d p_k = p_k d log p_k the same for softmax.
 */
const rowWise = (kernel: 'softmax' | 'logSoftmax', recordedName: string): Replayer => ({
  title: recordedName,
  accepts: (recorded) => isActivation(recorded, recordedName),
  replay({ name, inputs, outputs, grads, all }, sets) {
    const { shape, data } = tensor(inputs, 'x', name);
    const classes = shape.at(-1) ?? refuse(name, 'has an input without dimensions');
    const n = sizeOf(shape) / classes;
    const y = tensor(outputs, 'y', name, shape).data;
    const dx = tensor(grads, 'x', name, shape).data;
    const dy = tensor(all, 'upstream', name, shape).data;
    return sets.map((set) => {
      const arena = roomFor(3 * data.length, name);
      const kernels = set.factory(arena.memory);
      const [x, out, logProbs] = [arena.f32(n, classes), arena.f32(n, classes), arena.f32(n, classes)];
      x.data.set(data);
      kernels[kernel](out.ptr, x.ptr, n, classes);
      kernels.logSoftmax(logProbs.ptr, x.ptr, n, classes);
      const tally = createTally(passBound);
      tally.compareAll(out.data, y);
      const dLogits = new Float32Array(classes);
      for (let at = 0; at < data.length; at += classes) {
        const row = logProbs.data.subarray(at, at + classes);
        const sums = new Float64Array(classes);
        for (let k = 0; k < classes; k++) {
          crossEntropy(dLogits, row, Int32Array.of(k), 1, classes);
          const upstream = dy[at + k]! * (kernel === 'softmax' ? exp(row[k]!) : 1);
          for (let j = 0; j < classes; j++) sums[j] = sums[j]! - upstream * dLogits[j]!;
        }
        tally.compareAll(sums, dx.slice(at, at + classes));
      }
      return tally.done(withSet(name, set));
    });
  },
});

export const layerReplayers: readonly Replayer[] = [
  dense,
  conv2d,
  ...(Object.keys(activationCode) as ActivationSpec['activation'][]).map(pointwise),
  rowWise('softmax', 'softmax'),
  rowWise('logSoftmax', 'log_softmax'),
];

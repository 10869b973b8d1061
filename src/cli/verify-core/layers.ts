// Replays recorded dense layers, convolutions and activations. Layouts are turned from PyTorch's into ours.
import { type Activation, activationCode } from '../../core/kernels/contract/activations.ts';
import type { LayerSpec } from '../../core/layers/registry.ts';
import { convImages, convWeight, denseWeight } from '../pytorch-layout.ts';
import { imageReplayers } from './layers-image.ts';
import { sequenceReplayers } from './layers-sequence.ts';
import { type Recorded, type RecordedTensor, tensor, tensorOfRank, wholeNumber } from './reading.ts';
import { type LayerCase, replayLayer } from './replay-layer.ts';
import { onlyConfigured, type Replayer } from './workshop.ts';

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

/** A layer without parameters whose output has the shape of its input. */
const plain = (title: string, recordedName: string, layer: LayerSpec): Replayer => ({
  title,
  accepts: (recorded) => recorded.name === `activation ${recordedName}` && onlyConfigured(recorded),
  replay({ name, inputs, outputs, grads, all }, sets) {
    const x = tensor(inputs, 'x', name);
    const [n = 1, ...row] = x.shape;
    const given: LayerCase = {
      layer,
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

/** What the reference calls an activation, where it is not our name. */
const recordedNames: Partial<Record<Activation, string>> = {
  leakyRelu: 'leaky_relu 0.01',
  gelu: 'gelu tanh',
};

export const layerReplayers: readonly Replayer[] = [
  dense,
  conv2d,
  ...(Object.keys(activationCode) as Activation[]).map((activation) =>
    plain(activation, recordedNames[activation] ?? activation, {
      kind: 'activation',
      name: 'layer',
      activation,
    }),
  ),
  plain('softmax', 'softmax', { kind: 'softmax', name: 'layer' }),
  plain('log_softmax', 'log_softmax', { kind: 'logSoftmax', name: 'layer' }),
  ...imageReplayers,
  ...sequenceReplayers,
];

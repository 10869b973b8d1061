// Replays recorded layers of images and normalisation.
import { convImages, convWeight } from '../pytorch-layout.ts';
import { number, type Recorded, type RecordedTensor, tensor, tensorOfRank, wholeNumber } from './reading.ts';
import { type LayerCase, replayLayer } from './replay-layer.ts';
import { createTally, passBound } from './tally.ts';
import { onlyConfigured, type Replayer, roomFor, withSet } from './workshop.ts';

const images = ({ data, shape: [n, c, h, w] }: RecordedTensor): ArrayLike<number> =>
  convImages(data, n!, c!, h!, w!);

/** x, y and their gradients of a layer from images to images, and the shapes of a row. */
function imagesOf({ name, inputs, outputs, grads, all }: Recorded) {
  const x = tensorOfRank(inputs, 'x', name, 4);
  const y = tensorOfRank(outputs, 'y', name, 4);
  const [n, channels, height, width] = x.shape as [number, number, number, number];
  const [, outChannels, outHeight, outWidth] = y.shape as [number, number, number, number];
  return {
    n,
    input: [height, width, channels],
    output: [outHeight, outWidth, outChannels],
    x: images(x),
    y: images(y),
    dx: images(tensor(grads, 'x', name, x.shape)),
    dy: images(tensor(all, 'upstream', name, y.shape)),
  };
}

const transposedLayout = 'NCHW, weight IOHW';

const convTranspose2d: Replayer = {
  title: 'conv_transpose2d',
  accepts: (recorded) =>
    /^conv_transpose2d\b/.test(recorded.name) &&
    onlyConfigured(recorded, 'layout', 'in', 'out', 'kernel', 'stride', 'padding') &&
    (recorded.config['layout'] ?? transposedLayout) === transposedLayout,
  replay(recorded, sets) {
    const { name, config, params, grads } = recorded;
    const kernel = wholeNumber(config, 'kernel', name, 1);
    const stride = wholeNumber(config, 'stride', name, 1);
    const padding = wholeNumber(config, 'padding', name, 0);
    const both = imagesOf(recorded);
    const [inputs, channels] = [both.input[2]!, both.output[2]!];
    // The weight of the convolution that is transposed, whose outputs are this layer's inputs.
    const weight = (from: Recorded['params']): ArrayLike<number> =>
      convWeight(
        tensor(from, 'weight', name, [inputs, channels, kernel, kernel]).data,
        inputs,
        channels,
        kernel,
      );
    const given: LayerCase = {
      ...both,
      layer: {
        kind: 'conv2dTranspose',
        name: 'layer',
        channels,
        kernel,
        stride,
        padding,
        init: { scheme: 'zeros' },
      },
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

const maxPool2d: Replayer = {
  title: 'max_pool2d',
  accepts: (recorded) => /^max_pool2d\b/.test(recorded.name) && onlyConfigured(recorded, 'kernel', 'stride'),
  replay(recorded, sets) {
    const { name, config } = recorded;
    const size = wholeNumber(config, 'kernel', name, 1);
    const stride = wholeNumber(config, 'stride', name, 1);
    const given: LayerCase = {
      ...imagesOf(recorded),
      layer: { kind: 'maxPool2d', name: 'layer', size, stride },
      parameters: {},
    };
    return sets.map((set) => replayLayer(name, given, set));
  },
};

/** Gain and bias, which PyTorch calls weight and bias. */
function gainAndBias({ name, params, grads }: Recorded, size: number): LayerCase['parameters'] {
  const both = (of: string) => ({
    value: tensor(params, of, name, [size]).data,
    grad: tensor(grads, of, name, [size]).data,
  });
  return { gain: both('weight'), bias: both('bias') };
}

/** x, y and their gradients of a layer that keeps the shape of its rows; images with their channels last. */
function rowsOf(recorded: Recorded) {
  const { name, inputs, outputs, grads, all } = recorded;
  const x = tensor(inputs, 'x', name);
  if (x.shape.length === 4) return imagesOf(recorded);
  const [n = 1, ...row] = x.shape;
  return {
    n,
    input: row,
    output: row,
    x: x.data,
    y: tensor(outputs, 'y', name, x.shape).data,
    dx: tensor(grads, 'x', name, x.shape).data,
    dy: tensor(all, 'upstream', name, x.shape).data,
  };
}

const layerNorm: Replayer = {
  title: 'layer_norm',
  accepts: (recorded) => /^layer_norm\b/.test(recorded.name) && onlyConfigured(recorded, 'eps'),
  replay(recorded, sets) {
    const { name, config } = recorded;
    const both = rowsOf(recorded);
    const given: LayerCase = {
      ...both,
      layer: { kind: 'layerNorm', name: 'layer', epsilon: number(config, 'eps', name) },
      parameters: gainAndBias(recorded, both.input.at(-1)!),
    };
    return sets.map((set) => replayLayer(name, given, set));
  },
};

const batchNorm: Replayer = {
  title: 'batch_norm',
  accepts: (recorded) =>
    /^batch_norm\b/.test(recorded.name) &&
    onlyConfigured(recorded, 'eps', 'momentum', 'training', 'running_var'),
  replay(recorded, sets) {
    const { name, config, inputs, outputs } = recorded;
    const both = rowsOf(recorded);
    const size = both.input.at(-1)!;
    const running = (of: string) => ({
      before: tensor(inputs, of, name, [size]).data,
      after: tensor(outputs, of, name, [size]).data,
    });
    const given: LayerCase = {
      ...both,
      layer: {
        kind: 'batchNorm',
        name: 'layer',
        momentum: number(config, 'momentum', name),
        epsilon: number(config, 'eps', name),
      },
      mode: config['training'] === true ? 'train' : 'evaluate',
      parameters: gainAndBias(recorded, size),
      buffers: { runningMean: running('running_mean'), runningVariance: running('running_var') },
    };
    return sets.map((set) => replayLayer(name, given, set));
  },
};

/** With the mask given, dropout is a product: the kernels that the layer multiplies with, and the mask it would have. */
const dropout: Replayer = {
  title: 'dropout',
  accepts: (recorded) => /^dropout\b/.test(recorded.name) && onlyConfigured(recorded, 'p'),
  replay({ name, config, inputs, outputs, grads, all }, sets) {
    const { shape, data } = tensor(inputs, 'x', name);
    const kept = 1 / (1 - number(config, 'p', name));
    const drawn = tensor(inputs, 'mask', name, shape).data;
    const y = tensor(outputs, 'y', name, shape).data;
    const dx = tensor(grads, 'x', name, shape).data;
    const dy = tensor(all, 'upstream', name, shape).data;
    return sets.map((set) => {
      const arena = roomFor(5 * data.length, name);
      const kernels = set.factory(arena.memory);
      const [x, mask, slope, out, grad] = [data, drawn.map((bit) => bit * kept), dy, [], []].map((values) => {
        const made = arena.f32(data.length);
        made.data.set(values);
        return made;
      });
      kernels.multiply(out!.ptr, x!.ptr, mask!.ptr, data.length);
      kernels.addProduct(grad!.ptr, slope!.ptr, mask!.ptr, data.length);
      const tally = createTally(passBound);
      tally.compareAll(out!.data, y);
      tally.compareAll(grad!.data, dx);
      return tally.done(withSet(name, set));
    });
  },
};

export const imageReplayers: readonly Replayer[] = [
  convTranspose2d,
  maxPool2d,
  layerNorm,
  batchNorm,
  dropout,
];

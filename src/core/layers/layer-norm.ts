// Layer norm over the last axis: h = (x - mean) / sqrt(variance + epsilon), y = gain h + bias, with the mean and
// variance of the row itself (Ba, Kiros & Hinton 2016, arXiv:1607.06450, eq. 4). With g = dy gain:
// dx += (g - mean g - h mean(g h)) / sqrt(variance + epsilon), dgain += sum dy h, dbias += sum dy.
import { sizeOf } from '../arena.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface LayerNormSpec {
  readonly kind: 'layerNorm';
  readonly name: string;
  /** Keeps a row of equal numbers finite; 1e-5 is usual. */
  readonly epsilon: number;
}

/** Gain and bias of a normalisation over `size` numbers. */
export const gainAndBias = (size: number) => {
  const fan = { fanIn: 1, fanOut: 1 };
  return [
    { name: 'gain', shape: [size], init: { scheme: 'constant', value: 1 }, ...fan },
    { name: 'bias', shape: [size], init: { scheme: 'zeros' }, ...fan },
  ] as const;
};

export const layerNorm: LayerDef<LayerNormSpec> = {
  outputShape({ name, epsilon }, input) {
    if (!(epsilon > 0)) throw misfit(name, input, input, `epsilon is ${epsilon}; it must be above 0`);
    return input;
  },
  parameters: (_spec, input) => gainAndBias(input.at(-1)!),
  build({ epsilon }, input, { arena, kernels, maxBatch, x, dx, y, dy, parameters }) {
    const size = input.at(-1)!;
    const places = sizeOf(input) / size;
    const statistics = arena.f32(maxBatch * places, 2).ptr;
    const [gain, bias] = [parameters['gain']!, parameters['bias']!];
    return {
      forward: (n) =>
        kernels.layerNorm(
          y.ptr,
          statistics,
          x.ptr,
          gain.value.ptr,
          bias.value.ptr,
          epsilon,
          n * places,
          size,
        ),
      backward: (n) =>
        kernels.layerNormBackward(
          dx?.ptr ?? 0,
          gain.grad.ptr,
          bias.grad.ptr,
          dy.ptr,
          x.ptr,
          gain.value.ptr,
          statistics,
          n * places,
          size,
        ),
    };
  },
};

// Softmax and its logarithm over the last axis, as layers (Bridle 1990): y = e^x / sum e^x; y = x - log sum e^x.
// Backward: dx += y (dy - sum dy y); dx += dy - e^y sum dy. Losses on logits are more accurate than losses on these.
import { sizeOf } from '../arena.ts';
import type { LayerDef, LayerMemory, LayerPass } from './layer.ts';

export interface SoftmaxSpec {
  readonly kind: 'softmax';
  readonly name: string;
}

export interface LogSoftmaxSpec {
  readonly kind: 'logSoftmax';
  readonly name: string;
}

function build(
  kind: 'softmax' | 'logSoftmax',
  input: readonly number[],
  { kernels, x, dx, y, dy }: LayerMemory,
): LayerPass {
  const classes = input.at(-1)!;
  const places = sizeOf(input) / classes;
  const backward = kind === 'softmax' ? kernels.softmaxBackward : kernels.logSoftmaxBackward;
  return {
    forward: (n) => kernels[kind](y.ptr, x.ptr, n * places, classes),
    backward(n) {
      if (dx) backward(dx.ptr, dy.ptr, y.ptr, n * places, classes);
    },
  };
}

export const softmax: LayerDef<SoftmaxSpec> = {
  outputShape: (_spec, input) => input,
  parameters: () => [],
  build: (_spec, input, memory) => build('softmax', input, memory),
};

export const logSoftmax: LayerDef<LogSoftmaxSpec> = {
  outputShape: (_spec, input) => input,
  parameters: () => [],
  build: (_spec, input, memory) => build('logSoftmax', input, memory),
};

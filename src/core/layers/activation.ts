// Pointwise activation: y = f(x), dx += dy f'(x). What there is to choose from stands at `activationCode`.
import { sizeOf } from '../arena.ts';
import { type Activation, activationCode } from '../kernels/contract/activations.ts';
import type { LayerDef } from './layer.ts';

export interface ActivationSpec {
  readonly kind: 'activation';
  readonly name: string;
  readonly activation: Activation;
}

export const activation: LayerDef<ActivationSpec> = {
  outputShape: (_spec, input) => input,
  parameters: () => [],
  build(spec, input, { kernels, x, dx, y, dy }) {
    const size = sizeOf(input);
    const code = activationCode[spec.activation];
    return {
      forward: (n) => kernels.activate(code, y.ptr, x.ptr, n * size),
      backward: (n) => {
        if (dx) kernels.activateBackward(code, dx.ptr, dy.ptr, y.ptr, x.ptr, n * size);
      },
    };
  },
};

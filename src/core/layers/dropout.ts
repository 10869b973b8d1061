// Dropout, inverted: in training y = x mask, each number of the mask 0 with probability `rate`, else 1 / (1 - rate),
// so that the expected output is x; in evaluation y = x (Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov
// 2014). Backward: dx += dy mask. One word of the layer's own stream decides a whole mask.
import { sizeOf } from '../arena.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface DropoutSpec {
  readonly kind: 'dropout';
  readonly name: string;
  /** Share of the numbers that are dropped, 0 (none) to below 1. */
  readonly rate: number;
}

export const dropout: LayerDef<DropoutSpec> = {
  outputShape({ name, rate }, input) {
    if (!(rate >= 0 && rate < 1)) {
      throw misfit(name, input, input, `the rate is ${rate}; it must be from 0 to below 1`);
    }
    return input;
  },
  parameters: () => [],
  build({ rate }, input, { arena, kernels, maxBatch, x, dx, y, dy, random }) {
    const size = sizeOf(input);
    const mask = arena.f32(maxBatch, ...input);
    const stream = random();
    /** Whether the last forward pass dropped anything. */
    let masked = false;
    return {
      inner: { mask },
      forward(n, mode) {
        masked = mode === 'train';
        if (masked) {
          kernels.dropoutMask(mask.ptr, stream.integer(4294967296) | 0, rate, n * size);
          kernels.multiply(y.ptr, x.ptr, mask.ptr, n * size);
        } else {
          kernels.copy(y.ptr, x.ptr, n * size);
        }
      },
      backward(n) {
        if (!dx) return;
        if (masked) kernels.addProduct(dx.ptr, dy.ptr, mask.ptr, n * size);
        else kernels.add(dx.ptr, dy.ptr, n * size);
      },
    };
  },
};

// Residual connection: y = x + z, where z is the output of an earlier layer of the same part (He, Zhang, Ren & Sun
// 2016, arXiv:1512.03385, eq. 1). Backward: dx += dy, dz += dy: the gradient has a way around what lies between.
import { sizeOf } from '../arena.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface ResidualSpec {
  readonly kind: 'residual';
  readonly name: string;
  /** Name of the earlier layer whose output is added. */
  readonly from: string;
}

export const residual: LayerDef<ResidualSpec> = {
  outputShape({ name, from }, input, earlier) {
    const other = earlier(from);
    if (other.length !== input.length || other.some((size, i) => size !== input[i])) {
      throw misfit(name, other, input, `the output of ${from} must have the shape that it is added to`);
    }
    return input;
  },
  parameters: () => [],
  build({ from }, input, { kernels, x, dx, y, dy, earlier }) {
    const size = sizeOf(input);
    const skipped = earlier(from);
    return {
      forward(n) {
        const count = n * size;
        kernels.copy(y.ptr, x.ptr, count);
        kernels.add(y.ptr, skipped.y.ptr, count);
      },
      backward(n) {
        if (dx) kernels.add(dx.ptr, dy.ptr, n * size);
        if (skipped.dy) kernels.add(skipped.dy.ptr, dy.ptr, n * size);
      },
    };
  },
};

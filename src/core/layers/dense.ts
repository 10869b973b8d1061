// Dense layer: y = x W + b over the last axis: x[..., inputs] W[inputs, units] + b[units] -> y[..., units].
// Backward: dW += xT dy, db += sum of dy over rows, dx += dy WT. Images are flattened first (`flatten`).
// W is stored [inputs, units], so that the units of one input lie side by side for the vector lanes.
import { sizeOf } from '../arena.ts';
import type { InitializerSpec } from '../initializers.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface DenseSpec {
  readonly kind: 'dense';
  readonly name: string;
  readonly units: number;
  readonly init: InitializerSpec;
  /** For a first layer whose rows are mostly zeros: they are skipped, forward and in the weight gradient. */
  readonly skipZeros?: boolean;
}

export const dense: LayerDef<DenseSpec> = {
  outputShape(spec, input) {
    if (!Number.isInteger(spec.units) || spec.units < 1) {
      throw misfit(
        spec.name,
        input,
        [...input.slice(0, -1), spec.units],
        'units must be a whole number, 1 or more',
      );
    }
    return [...input.slice(0, -1), spec.units];
  },
  parameters(spec, input) {
    const inputs = input.at(-1)!;
    const fan = { fanIn: inputs, fanOut: spec.units };
    return [
      { name: 'weight', shape: [inputs, spec.units], init: spec.init, ...fan },
      { name: 'bias', shape: [spec.units], init: { scheme: 'zeros' }, ...fan },
    ];
  },
  build(spec, input, { arena, kernels, x, dx, y, dy, parameters }) {
    const inputs = input.at(-1)!;
    /** Rows of the matrix product per row of the batch. */
    const places = sizeOf(input) / inputs;
    const { weight, bias } = parameters as Record<'weight' | 'bias', (typeof parameters)[string]>;
    const transposed = arena.f32(inputs, spec.units).ptr;
    const list = spec.skipZeros ? arena.f32(2, inputs).ptr : 0;
    const [w, b] = [weight!.value.ptr, bias!.value.ptr];
    const [dw, db] = [weight!.grad.ptr, bias!.grad.ptr];
    return {
      forward(n) {
        const rows = n * places;
        if (spec.skipZeros) kernels.sparseDense(y.ptr, x.ptr, w, b, list, rows, inputs, spec.units);
        else kernels.dense(y.ptr, x.ptr, w, b, rows, inputs, spec.units);
      },
      backward(n) {
        const rows = n * places;
        if (spec.skipZeros) kernels.sparseDenseBackward(dw, dy.ptr, x.ptr, list, rows, inputs, spec.units);
        const dwLeft = spec.skipZeros ? 0 : dw;
        kernels.denseBackward(
          dx?.ptr ?? 0,
          dwLeft,
          db,
          dy.ptr,
          x.ptr,
          w,
          transposed,
          rows,
          inputs,
          spec.units,
        );
      },
    };
  },
};

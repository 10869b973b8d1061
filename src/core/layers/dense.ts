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
    const scratch = arena.f32(inputs, spec.units);
    return {
      forward: (n) =>
        kernels.dense(y.ptr, x.ptr, weight!.value.ptr, bias!.value.ptr, n * places, inputs, spec.units),
      backward: (n) =>
        kernels.denseBackward(
          dx?.ptr ?? 0,
          weight!.grad.ptr,
          bias!.grad.ptr,
          dy.ptr,
          x.ptr,
          weight!.value.ptr,
          scratch.ptr,
          n * places,
          inputs,
          spec.units,
        ),
    };
  },
};

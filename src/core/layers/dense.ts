// Dense layer: y[n,units] = x[n,inputs] W[inputs,units] + b[units].
// Backward: dW += xT dy, db += sum of dy over rows, dx += dy WT.
// W is stored [inputs, units], so that the units of one input lie side by side for the vector lanes.
import { sizeOf } from '../arena.ts';
import type { InitializerSpec } from '../initializers.ts';
import type { LayerDef } from './layer.ts';

export interface DenseSpec {
  readonly kind: 'dense';
  readonly name: string;
  readonly units: number;
  readonly init: InitializerSpec;
}

export const dense: LayerDef<DenseSpec> = {
  outputShape(spec, input) {
    if (!Number.isInteger(spec.units) || spec.units < 1) {
      throw new Error(
        `layer ${spec.name}: [${input}] -> [${spec.units}] is not a shape; units must be a whole number, 1 or more`,
      );
    }
    return [spec.units];
  },
  parameters(spec, input) {
    const inputs = sizeOf(input);
    const fan = { fanIn: inputs, fanOut: spec.units };
    return [
      { name: 'weight', shape: [inputs, spec.units], init: spec.init, ...fan },
      { name: 'bias', shape: [spec.units], init: { scheme: 'zeros' }, ...fan },
    ];
  },
  build(spec, input, { arena, kernels, x, dx, y, dy, parameters }) {
    const inputs = sizeOf(input);
    const { weight, bias } = parameters as Record<'weight' | 'bias', (typeof parameters)[string]>;
    const scratch = arena.f32(inputs, spec.units);
    return {
      forward: (n) => kernels.dense(y.ptr, x.ptr, weight!.value.ptr, bias!.value.ptr, n, inputs, spec.units),
      backward: (n) =>
        kernels.denseBackward(
          dx?.ptr ?? 0,
          weight!.grad.ptr,
          bias!.grad.ptr,
          dy.ptr,
          x.ptr,
          weight!.value.ptr,
          scratch.ptr,
          n,
          inputs,
          spec.units,
        ),
    };
  },
};

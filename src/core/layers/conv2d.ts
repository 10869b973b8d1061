// Two-dimensional convolution (cross-correlation, as the field calls it), channels last:
// x[n,h,w,c] * W[k,k,c,channels] + b -> y[n,oh,ow,channels], oh = floor((h + 2 padding - k) / stride) + 1.
// Each image is unfolded into rows of k*k*c numbers, so that the product is a dense one (im2col).
import type { InitializerSpec } from '../initializers.ts';
import type { LayerDef } from './layer.ts';

export interface Conv2dSpec {
  readonly kind: 'conv2d';
  readonly name: string;
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly init: InitializerSpec;
}

const outputSide = (side: number, spec: Conv2dSpec): number =>
  Math.floor((side + 2 * spec.padding - spec.kernel) / spec.stride) + 1;

export const conv2d: LayerDef<Conv2dSpec> = {
  outputShape(spec, input) {
    const [height = 0, width = 0] = input;
    const shape = [outputSide(height, spec), outputSide(width, spec), spec.channels];
    if (input.length !== 3 || shape.some((size) => !(size >= 1))) {
      throw new Error(
        `layer ${spec.name}: a ${spec.kernel}x${spec.kernel} convolution cannot map [${input}] to [${shape}]; it needs [height, width, channels] at least as large as its kernel`,
      );
    }
    return shape;
  },
  parameters(spec, input) {
    const inputs = input[2]!;
    const area = spec.kernel * spec.kernel;
    const fan = { fanIn: area * inputs, fanOut: area * spec.channels };
    return [
      { name: 'weight', shape: [spec.kernel, spec.kernel, inputs, spec.channels], init: spec.init, ...fan },
      { name: 'bias', shape: [spec.channels], init: { scheme: 'zeros' }, ...fan },
    ];
  },
  build(spec, input, { arena, kernels, x, dx, y, dy, parameters }) {
    const [height, width, inputs] = input as [number, number, number];
    const { weight, bias } = parameters as Record<'weight' | 'bias', (typeof parameters)[string]>;
    const unfolded = spec.kernel * spec.kernel * inputs;
    const pixels = outputSide(height, spec) * outputSide(width, spec);
    const scratch = arena.f32(2 * pixels * unfolded + unfolded * spec.channels);
    return {
      forward: (n) =>
        kernels.conv2d(
          y.ptr,
          x.ptr,
          weight!.value.ptr,
          bias!.value.ptr,
          scratch.ptr,
          n,
          height,
          width,
          inputs,
          spec.channels,
          spec.kernel,
          spec.stride,
          spec.padding,
        ),
      backward: (n) =>
        kernels.conv2dBackward(
          dx?.ptr ?? 0,
          weight!.grad.ptr,
          bias!.grad.ptr,
          dy.ptr,
          x.ptr,
          weight!.value.ptr,
          scratch.ptr,
          n,
          height,
          width,
          inputs,
          spec.channels,
          spec.kernel,
          spec.stride,
          spec.padding,
        ),
    };
  },
};

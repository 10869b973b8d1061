// Transposed convolution, channels last: the backward pass of a convolution's input, run forward. Every input pixel
// lays down a kernel*kernel patch, overlapping patches add up:
//   x[n,h,w,c] -> y[n,oh,ow,channels] = fold(x WT) + b, oh = (h - 1) stride - 2 padding + kernel.
// W[k,k,channels,c] is the weight of the convolution that it transposes (Dumoulin & Visin 2016, arXiv:1603.07285, ch. 4).
import { sizeOf } from '../arena.ts';
import type { InitializerSpec } from '../initializers.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface Conv2dTransposeSpec {
  readonly kind: 'conv2dTranspose';
  readonly name: string;
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly init: InitializerSpec;
}

const outputSide = (side: number, spec: Conv2dTransposeSpec): number =>
  (side - 1) * spec.stride - 2 * spec.padding + spec.kernel;

export const conv2dTranspose: LayerDef<Conv2dTransposeSpec> = {
  outputShape(spec, input) {
    const [height = 0, width = 0] = input;
    const shape = [outputSide(height, spec), outputSide(width, spec), spec.channels];
    if (input.length !== 3 || !shape.every((size) => Number.isInteger(size) && size >= 1)) {
      throw misfit(
        spec.name,
        input,
        shape,
        'a transposed convolution needs [height, width, channels] and padding that leaves something over',
      );
    }
    return shape;
  },
  parameters(spec, input) {
    const inputs = input[2]!;
    const area = spec.kernel * spec.kernel;
    // Each output pixel is reached by about area / stride^2 input pixels.
    const fan = { fanIn: (area * inputs) / spec.stride ** 2, fanOut: area * spec.channels };
    return [
      { name: 'weight', shape: [spec.kernel, spec.kernel, spec.channels, inputs], init: spec.init, ...fan },
      { name: 'bias', shape: [spec.channels], init: { scheme: 'zeros' }, ...fan },
    ];
  },
  build(spec, input, { arena, kernels, maxBatch, x, dx, y, dy, parameters }) {
    const [height, width, inputs] = input as [number, number, number];
    const { weight, bias } = parameters as Record<'weight' | 'bias', (typeof parameters)[string]>;
    const [w, b] = [weight!.value.ptr, bias!.value.ptr];
    const [dw, db] = [weight!.grad.ptr, bias!.grad.ptr];
    const [outHeight, outWidth] = [outputSide(height, spec), outputSide(width, spec)];
    const pixels = outHeight * outWidth;
    const unfolded = spec.kernel * spec.kernel * spec.channels;
    const scratch = arena.f32(2 * height * width * unfolded + unfolded * inputs).ptr;
    // Convolution's forward pass overwrites, so the input's gradient is made apart and added.
    const own = dx ? arena.f32(maxBatch, ...input).ptr : 0;
    const noBias = arena.f32(inputs).ptr;
    const { channels, kernel, stride, padding } = spec;
    return {
      forward(n) {
        kernels.fillRows(y.ptr, b, n * pixels, channels);
        // dx of the convolution of y, whose output gradient is x.
        kernels.conv2dBackward(
          y.ptr,
          0,
          0,
          x.ptr,
          0,
          w,
          scratch,
          n,
          outHeight,
          outWidth,
          channels,
          inputs,
          kernel,
          stride,
          padding,
        );
      },
      backward(n) {
        kernels.addColumnSums(db, dy.ptr, n * pixels, channels);
        kernels.conv2dBackward(
          0,
          dw,
          0,
          x.ptr,
          dy.ptr,
          0,
          scratch,
          n,
          outHeight,
          outWidth,
          channels,
          inputs,
          kernel,
          stride,
          padding,
        );
        if (!dx) return;
        kernels.conv2d(
          own,
          dy.ptr,
          w,
          noBias,
          scratch,
          n,
          outHeight,
          outWidth,
          channels,
          inputs,
          kernel,
          stride,
          padding,
        );
        kernels.add(dx.ptr, own, n * sizeOf(input));
      },
    };
  },
};

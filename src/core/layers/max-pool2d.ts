// Max pooling, channels last: y = the largest number of each size*size window, channel by channel
// (Zhou & Chellappa 1988; Scherer, Mueller & Behnke 2010). x[n,h,w,c] -> y[n,oh,ow,c], oh = floor((h - size) / stride) + 1.
// Backward: dx += dy where the largest stood. The first of equals wins; a NaN wins over everything.
import { sizeOf } from '../arena.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface MaxPool2dSpec {
  readonly kind: 'maxPool2d';
  readonly name: string;
  readonly size: number;
  readonly stride: number;
}

export const maxPool2d: LayerDef<MaxPool2dSpec> = {
  outputShape({ name, size, stride }, input) {
    const side = (length: number): number => Math.floor((length - size) / stride) + 1;
    const [height = 0, width = 0, channels = 0] = input;
    const shape = [side(height), side(width), channels];
    const whole = [size, stride].every((number) => Number.isInteger(number) && number >= 1);
    if (input.length !== 3 || !whole || shape.some((length) => !(length >= 1))) {
      throw misfit(
        name,
        input,
        shape,
        `pooling by ${size} every ${stride} needs [height, width, channels] at least as large as its window`,
      );
    }
    return shape;
  },
  parameters: () => [],
  build({ size, stride }, input, { arena, kernels, x, dx, y, dy }) {
    const [height, width, channels] = input as [number, number, number];
    const winners = arena.f32(...y.shape).ptr;
    const [image, pooled] = [sizeOf(input), sizeOf(y.shape.slice(1))];
    return {
      forward: (n) => kernels.maxPool2d(y.ptr, winners, x.ptr, n, height, width, channels, size, stride),
      backward(n) {
        if (dx) kernels.maxPool2dBackward(dx.ptr, dy.ptr, winners, n, image, pooled);
      },
    };
  },
};

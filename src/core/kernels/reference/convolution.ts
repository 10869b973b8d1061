// Convolutions over images, channels last.
import type { ConvolutionKernels } from '../contract/convolution.ts';
import { addColumnSums, type From } from './common.ts';

/** The sizes of a convolution; `unfolded` = kernel * kernel * inputs, the numbers under one output pixel. */
interface ConvShape {
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/**
 * Calls `visit` for every number under every output pixel of image `row`: `pixel` is its row among all output
 * pixels, `under` its row of w, `at` its place in x. Places in the padding are skipped.
 */
function forEachTap(
  row: number,
  s: ConvShape,
  visit: (pixel: number, under: number, at: number) => void,
): void {
  for (let oy = 0; oy < s.outHeight; oy++) {
    for (let ox = 0; ox < s.outWidth; ox++) {
      const pixel = (row * s.outHeight + oy) * s.outWidth + ox;
      for (let ky = 0; ky < s.kernel; ky++) {
        const iy = oy * s.stride + ky - s.padding;
        if (iy < 0 || iy >= s.height) continue;
        for (let kx = 0; kx < s.kernel; kx++) {
          const ix = ox * s.stride + kx - s.padding;
          if (ix < 0 || ix >= s.width) continue;
          for (let channel = 0; channel < s.inputs; channel++) {
            visit(
              pixel,
              (ky * s.kernel + kx) * s.inputs + channel,
              ((row * s.height + iy) * s.width + ix) * s.inputs + channel,
            );
          }
        }
      }
    }
  }
}

const outputSide = (side: number, kernel: number, stride: number, padding: number): number =>
  Math.floor((side + 2 * padding - kernel) / stride) + 1;

export const convolution = (from: From): ConvolutionKernels => ({
  conv2d(yPtr, xPtr, wPtr, bPtr, _scratch, n, height, width, inputs, outputs, kernel, stride, padding) {
    const [y, x, w, b] = [from(yPtr), from(xPtr), from(wPtr), from(bPtr)];
    const outHeight = outputSide(height, kernel, stride, padding);
    const outWidth = outputSide(width, kernel, stride, padding);
    const shape = { height, width, inputs, outHeight, outWidth, kernel, stride, padding };
    const pixels = outHeight * outWidth;
    const sums = new Float64Array(pixels * outputs);
    for (let row = 0; row < n; row++) {
      const first = row * pixels;
      for (let i = 0; i < sums.length; i++) sums[i] = b[i % outputs]!;
      forEachTap(row, shape, (pixel, under, at) => {
        for (let o = 0; o < outputs; o++) {
          sums[(pixel - first) * outputs + o]! += x[at]! * w[under * outputs + o]!;
        }
      });
      y.set(sums, first * outputs);
    }
  },

  conv2dBackward(
    dxPtr,
    dwPtr,
    dbPtr,
    dyPtr,
    xPtr,
    wPtr,
    _scratch,
    n,
    height,
    width,
    inputs,
    outputs,
    kernel,
    stride,
    padding,
  ) {
    const [dw, dy, x, w] = [from(dwPtr), from(dyPtr), from(xPtr), from(wPtr)];
    const dx = dxPtr === 0 ? null : from(dxPtr);
    const outHeight = outputSide(height, kernel, stride, padding);
    const outWidth = outputSide(width, kernel, stride, padding);
    const shape = { height, width, inputs, outHeight, outWidth, kernel, stride, padding };
    if (dbPtr !== 0) addColumnSums(from(dbPtr), dy, n * outHeight * outWidth, outputs);
    const sums = new Float64Array(kernel * kernel * inputs * outputs);
    for (let row = 0; row < n; row++) {
      forEachTap(row, shape, (pixel, under, at) => {
        let sum = 0;
        for (let o = 0; o < outputs; o++) {
          const g = dy[pixel * outputs + o]!;
          sums[under * outputs + o]! += x[at]! * g;
          sum += w[under * outputs + o]! * g;
        }
        if (dx) dx[at]! += sum;
      });
    }
    if (dwPtr !== 0) for (let i = 0; i < sums.length; i++) dw[i]! += sums[i]!;
  },
});

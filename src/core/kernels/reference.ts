// The kernels in plain TypeScript, written to be read: the loops are the formulas. They define what the SIMD
// twin must compute and are what to step through in a debugger. Sums run in float64 and are rounded once.
import { type Activation, activationCode, type KernelFactory, type Kernels } from '../kernels.ts';
import { exp, log, tanh } from '../math.ts';

const sigmoid = (x: number): number => 1 / (1 + exp(-x));

/** f, and f' written in terms of y = f(x). A NaN stays one: `x < 0 ? 0 : x`, never a maximum. */
const pointwise: Record<Activation, { f(x: number): number; slope(y: number): number }> = {
  linear: { f: (x) => x, slope: () => 1 },
  // Where relu's y is not positive it is 0 or NaN.
  relu: { f: (x) => (x < 0 ? 0 : x), slope: (y) => (y > 0 ? 1 : y * 0) },
  tanh: { f: tanh, slope: (y) => 1 - y * y },
  sigmoid: { f: sigmoid, slope: (y) => y * (1 - y) },
};
const names = Object.keys(activationCode) as Activation[];
const byCode = names.sort((a, b) => activationCode[a] - activationCode[b]).map((name) => pointwise[name]);

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

export const referenceKernels: KernelFactory = (memory) => {
  const floats = new Float32Array(memory.buffer);
  /** The numbers from byte offset `ptr` on. */
  const from = (ptr: number): Float32Array => floats.subarray(ptr >> 2);

  const kernels: Kernels = {
    dense(yPtr, xPtr, wPtr, bPtr, n, inputs, outputs) {
      const [y, x, w, b] = [from(yPtr), from(xPtr), from(wPtr), from(bPtr)];
      for (let row = 0; row < n; row++) {
        for (let o = 0; o < outputs; o++) {
          let sum = b[o]!;
          for (let i = 0; i < inputs; i++) sum += x[row * inputs + i]! * w[i * outputs + o]!;
          y[row * outputs + o] = sum;
        }
      }
    },

    denseBackward(dxPtr, dwPtr, dbPtr, dyPtr, xPtr, wPtr, _scratch, n, inputs, outputs) {
      const [dw, db, dy, x, w] = [from(dwPtr), from(dbPtr), from(dyPtr), from(xPtr), from(wPtr)];
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < outputs; o++) {
          let sum = 0;
          for (let row = 0; row < n; row++) sum += x[row * inputs + i]! * dy[row * outputs + o]!;
          dw[i * outputs + o]! += sum;
        }
      }
      addColumnSums(db, dy, n, outputs);
      if (dxPtr === 0) return;
      const dx = from(dxPtr);
      for (let row = 0; row < n; row++) {
        for (let i = 0; i < inputs; i++) {
          let sum = 0;
          for (let o = 0; o < outputs; o++) sum += dy[row * outputs + o]! * w[i * outputs + o]!;
          dx[row * inputs + i]! += sum;
        }
      }
    },

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
      const [dw, db, dy, x, w] = [from(dwPtr), from(dbPtr), from(dyPtr), from(xPtr), from(wPtr)];
      const dx = dxPtr === 0 ? null : from(dxPtr);
      const outHeight = outputSide(height, kernel, stride, padding);
      const outWidth = outputSide(width, kernel, stride, padding);
      const shape = { height, width, inputs, outHeight, outWidth, kernel, stride, padding };
      addColumnSums(db, dy, n * outHeight * outWidth, outputs);
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
      for (let i = 0; i < sums.length; i++) dw[i]! += sums[i]!;
    },

    activate(code, yPtr, xPtr, count) {
      const [y, x, { f }] = [from(yPtr), from(xPtr), byCode[code]!];
      for (let i = 0; i < count; i++) y[i] = f(x[i]!);
    },

    activateBackward(code, dxPtr, dyPtr, yPtr, count) {
      const [dx, dy, y, { slope }] = [from(dxPtr), from(dyPtr), from(yPtr), byCode[code]!];
      for (let i = 0; i < count; i++) dx[i]! += dy[i]! * slope(y[i]!);
    },

    softmax(yPtr, xPtr, n, classes) {
      const [y, x] = [from(yPtr), from(xPtr)];
      for (let row = 0; row < n; row++) {
        const at = row * classes;
        const top = maximum(x, at, classes);
        let sum = 0;
        for (let i = at; i < at + classes; i++) sum += exp(x[i]! - top);
        for (let i = at; i < at + classes; i++) y[i] = exp(x[i]! - top) / sum;
      }
    },

    logSoftmax(yPtr, xPtr, n, classes) {
      const [y, x] = [from(yPtr), from(xPtr)];
      for (let row = 0; row < n; row++) {
        const at = row * classes;
        const top = maximum(x, at, classes);
        let sum = 0;
        for (let i = at; i < at + classes; i++) sum += exp(x[i]! - top);
        const logSum = log(sum);
        for (let i = at; i < at + classes; i++) y[i] = x[i]! - top - logSum;
      }
    },

    normalize(yPtr, xPtr, meanPtr, scalePtr, limit, n, size) {
      const [y, x, mean, scale] = [from(yPtr), from(xPtr), from(meanPtr), from(scalePtr)];
      for (let row = 0; row < n; row++) {
        for (let i = 0; i < size; i++) {
          const value = (x[row * size + i]! - mean[i]!) * scale[i]!;
          y[row * size + i] = value > limit ? limit : value < -limit ? -limit : value;
        }
      }
    },

    distances(yPtr, xPtr, cPtr, n, k, size) {
      const [y, x, c] = [from(yPtr), from(xPtr), from(cPtr)];
      for (let row = 0; row < n; row++) {
        for (let centre = 0; centre < k; centre++) {
          let sum = 0;
          for (let i = 0; i < size; i++) {
            const d = x[row * size + i]! - c[centre * size + i]!;
            sum += d * d;
          }
          y[row * k + centre] = sum;
        }
      }
    },

    distancesBackward(dxPtr, dcPtr, dyPtr, xPtr, cPtr, n, k, size) {
      const [dc, dy, x, c] = [from(dcPtr), from(dyPtr), from(xPtr), from(cPtr)];
      const dx = dxPtr === 0 ? null : from(dxPtr);
      for (let row = 0; row < n; row++) {
        for (let centre = 0; centre < k; centre++) {
          const slope = 2 * dy[row * k + centre]!;
          for (let i = 0; i < size; i++) {
            const step = slope * (x[row * size + i]! - c[centre * size + i]!);
            dc[centre * size + i]! -= step;
            if (dx) dx[row * size + i]! += step;
          }
        }
      }
    },

    sumOfSquares(xPtr, count) {
      const x = from(xPtr);
      let sum = 0;
      for (let i = 0; i < count; i++) sum += x[i]! * x[i]!;
      return sum;
    },

    scale(xPtr, factor, count) {
      const x = from(xPtr);
      for (let i = 0; i < count; i++) x[i]! *= factor;
    },

    sgd(wPtr, gPtr, vPtr, rate, momentum, count) {
      const [w, g, v] = [from(wPtr), from(gPtr), from(vPtr)];
      for (let i = 0; i < count; i++) {
        v[i] = momentum * v[i]! + g[i]!;
        w[i]! -= rate * v[i]!;
      }
    },

    adam(wPtr, gPtr, mPtr, vPtr, rate, beta1, beta2, epsilon, correction1, correction2, count) {
      const [w, g, m, v] = [from(wPtr), from(gPtr), from(mPtr), from(vPtr)];
      for (let i = 0; i < count; i++) {
        m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
        v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! * g[i]!;
        w[i]! -= ((rate / correction1) * m[i]!) / (Math.sqrt(v[i]! / correction2) + epsilon);
      }
    },
  };
  return kernels;
};

/** db[outputs] += column sums of dy[n, outputs]. */
function addColumnSums(db: Float32Array, dy: Float32Array, n: number, outputs: number): void {
  for (let o = 0; o < outputs; o++) {
    let sum = 0;
    for (let row = 0; row < n; row++) sum += dy[row * outputs + o]!;
    db[o]! += sum;
  }
}

/** Largest of x[at .. at + count). */
function maximum(x: Float32Array, at: number, count: number): number {
  let top = x[at]!;
  for (let i = at + 1; i < at + count; i++) if (x[i]! > top) top = x[i]!;
  return top;
}

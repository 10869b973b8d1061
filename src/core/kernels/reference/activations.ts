// Pointwise functions, and softmax over rows.
import { exp, log, tanh } from '../../math.ts';
import { type Activation, type ActivationKernels, activationCode } from '../contract/activations.ts';
import { type From, maximum } from './common.ts';

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

export const activations = (from: From): ActivationKernels => ({
  activate(code, yPtr, xPtr, count) {
    const [y, x, { f }] = [from(yPtr), from(xPtr), byCode[code]!];
    for (let i = 0; i < count; i++) y[i] = f(x[i]!);
  },

  activateBackward(code, dxPtr, dyPtr, yPtr, _xPtr, count) {
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
});

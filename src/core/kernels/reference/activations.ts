// Pointwise functions, and softmax over rows.
import { exp, log, tanh } from '../../math.ts';
import { type Activation, type ActivationKernels, activationCode } from '../contract/activations.ts';
import { type From, maximum } from './common.ts';

const sigmoid = (x: number): number => 1 / (1 + exp(-x));
const leak = Math.fround(0.01);
/** e^x - 1; the series near 0, where the difference would cancel. */
const expMinusOne = (x: number): number =>
  Math.abs(x) < 1e-3 ? x * (1 + (x / 2) * (1 + (x / 3) * (1 + x / 4))) : exp(x) - 1;
/** log(1 + t) for t >= 0; the quotient undoes the rounding of 1 + t (Kahan). */
const logOnePlus = (t: number): number => (1 + t === 1 ? t : (log(1 + t) * t) / (1 + t - 1));
/** gelu(x) = x sigmoid(geluInner(x)), since (1 + tanh(u)) / 2 = sigmoid(2 u). */
const geluScale = 2 * Math.sqrt(2 / Math.PI);
const geluInner = (x: number): number => geluScale * (x + 0.044715 * x * x * x);

/** f, and f' written in terms of y = f(x) and, where need be, x. A NaN stays one: `x < 0 ? 0 : x`, never a maximum. */
const pointwise: Record<Activation, { f(x: number): number; slope(y: number, x: number): number }> = {
  linear: { f: (x) => x, slope: () => 1 },
  // Where relu's y is not positive it is 0 or NaN.
  relu: { f: (x) => (x < 0 ? 0 : x), slope: (y) => (y > 0 ? 1 : y * 0) },
  tanh: { f: tanh, slope: (y) => 1 - y * y },
  sigmoid: { f: sigmoid, slope: (y) => y * (1 - y) },
  leakyRelu: { f: (x) => (x < 0 ? leak * x : x), slope: (y) => (y > 0 ? 1 : leak + y * 0) },
  elu: { f: (x) => (x < 0 ? expMinusOne(x) : x), slope: (y) => (y > 0 ? 1 : y + 1) },
  silu: { f: (x) => x * sigmoid(x), slope: (y, x) => sigmoid(x) + y * (1 - sigmoid(x)) },
  gelu: {
    f: (x) => x * sigmoid(geluInner(x)),
    slope(y, x) {
      const s = sigmoid(geluInner(x));
      return s + y * (1 - s) * geluScale * (1 + 3 * 0.044715 * x * x);
    },
  },
  softplus: {
    f: (x) => (x > 0 ? x + logOnePlus(exp(-x)) : logOnePlus(exp(x))),
    slope: (_y, x) => sigmoid(x),
  },
};
const names = Object.keys(activationCode) as Activation[];
const byCode = names.sort((a, b) => activationCode[a] - activationCode[b]).map((name) => pointwise[name]);

export const activations = (from: From): ActivationKernels => ({
  activate(code, yPtr, xPtr, count) {
    const [y, x, { f }] = [from(yPtr), from(xPtr), byCode[code]!];
    for (let i = 0; i < count; i++) y[i] = f(x[i]!);
  },

  activateBackward(code, dxPtr, dyPtr, yPtr, xPtr, count) {
    const [dx, dy, y, x] = [from(dxPtr), from(dyPtr), from(yPtr), from(xPtr)];
    const { slope } = byCode[code]!;
    for (let i = 0; i < count; i++) dx[i]! += dy[i]! * slope(y[i]!, x[i]!);
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

  softmaxBackward(dxPtr, dyPtr, yPtr, n, classes) {
    const [dx, dy, y] = [from(dxPtr), from(dyPtr), from(yPtr)];
    for (let at = 0; at < n * classes; at += classes) {
      let sum = 0;
      for (let i = at; i < at + classes; i++) sum += dy[i]! * y[i]!;
      for (let i = at; i < at + classes; i++) dx[i]! += y[i]! * (dy[i]! - sum);
    }
  },

  logSoftmaxBackward(dxPtr, dyPtr, yPtr, n, classes) {
    const [dx, dy, y] = [from(dxPtr), from(dyPtr), from(yPtr)];
    for (let at = 0; at < n * classes; at += classes) {
      let sum = 0;
      for (let i = at; i < at + classes; i++) sum += dy[i]!;
      for (let i = at; i < at + classes; i++) dx[i]! += dy[i]! - exp(y[i]!) * sum;
    }
  },
});

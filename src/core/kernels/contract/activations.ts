// Pointwise functions, and softmax over rows.
// What holds for all kernels stands at the head of `../../kernels.ts`.

/**
 * linear x | relu max(x, 0) | tanh | sigmoid 1 / (1 + e^-x) | leakyRelu x, or x / 100 below 0 (Maas, Hannun & Ng 2013) |
 * elu x, or e^x - 1 below 0 (Clevert, Unterthiner & Hochreiter 2016) | silu x sigmoid(x) (Elfwing, Uchibe & Doya 2018) |
 * gelu x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 (Hendrycks & Gimpel 2016) | softplus log(1 + e^x) (Dugas et al. 2001).
 *
 * The fast set's tanh, sigmoid, elu and softplus are within 2.5 units in the last place of the true value, silu within 3,
 * wherever e^-|x| is a normal float32 (|x| < 86.9; beyond, e^-|x| counts as 0); gelu within 3 units above -1 and within
 * 2e-7 below, where its exponent magnifies the rounding of x^3. Forms within 1.3 and 1.9 units were tried for tanh and
 * sigmoid: they took 90 and 50 % longer.
 */
export const activationCode = {
  linear: 0,
  relu: 1,
  tanh: 2,
  sigmoid: 3,
  leakyRelu: 4,
  elu: 5,
  silu: 6,
  gelu: 7,
  softplus: 8,
} as const;
export type Activation = keyof typeof activationCode;

export interface ActivationKernels {
  /** y = f(x) elementwise; `code` from activationCode. y may be x. */
  activate(code: number, y: number, x: number, count: number): void;

  /** dx += dy * f'(x), with f' computed from y = f(x) where it can be, else from x. */
  activateBackward(code: number, dx: number, dy: number, y: number, x: number, count: number): void;

  /** Row-wise softmax, shifted by the row's maximum. y may be x. */
  softmax(y: number, x: number, n: number, classes: number): void;

  /** Row-wise log-softmax. y may be x. */
  logSoftmax(y: number, x: number, n: number, classes: number): void;

  /** dx += y (dy - sum of dy y), row by row. */
  softmaxBackward(dx: number, dy: number, y: number, n: number, classes: number): void;

  /** dx += dy - e^y sum of dy, row by row. */
  logSoftmaxBackward(dx: number, dy: number, y: number, n: number, classes: number): void;
}

// Pointwise functions, and softmax over rows.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export const activationCode = { linear: 0, relu: 1, tanh: 2, sigmoid: 3 } as const;
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
}

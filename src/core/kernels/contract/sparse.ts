// Dense layers on rows that are mostly zeros, such as frames of a few lit pixels: zeros are skipped.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface SparseKernels {
  /** y[n,outputs] = x[n,inputs] w[inputs,outputs] + b[outputs]. `scratch` holds 2*inputs floats. */
  sparseDense(
    y: number,
    x: number,
    w: number,
    b: number,
    scratch: number,
    n: number,
    inputs: number,
    outputs: number,
  ): void;

  /** dw += xT dy. `scratch` holds 2*inputs floats. */
  sparseDenseBackward(
    dw: number,
    dy: number,
    x: number,
    scratch: number,
    n: number,
    inputs: number,
    outputs: number,
  ): void;
}

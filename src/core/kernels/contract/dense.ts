// Dense layers: matrix products with a bias.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface DenseKernels {
  /** y[n,outputs] = x[n,inputs] w[inputs,outputs] + b[outputs] */
  dense(y: number, x: number, w: number, b: number, n: number, inputs: number, outputs: number): void;

  /** dw += xT dy; db += column sums of dy; dx += dy wT. `scratch` holds inputs*outputs floats (wT). */
  denseBackward(
    dx: number,
    dw: number,
    db: number,
    dy: number,
    x: number,
    w: number,
    scratch: number,
    n: number,
    inputs: number,
    outputs: number,
  ): void;
}

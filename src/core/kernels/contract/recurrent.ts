// One time step of a gated recurrent unit, after its two matrix products.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface RecurrentKernels {
  /**
   * r = sigmoid(xr + hr), z = sigmoid(xz + hz), c = tanh(xc + r hc), h = (1 - z) c + z before, for n rows.
   * fromX rows lie `xStride` floats apart and hold [xr, xz, xc]; fromH[n,3*units] holds [hr, hz, hc].
   * gates[n,3*units] keeps r, z, c; h and before: [n,units].
   */
  gruStep(
    h: number,
    gates: number,
    fromX: number,
    fromH: number,
    before: number,
    xStride: number,
    n: number,
    units: number,
  ): void;

  /** dbefore += dh z; dfromX (rows `xStride` apart) and dfromH are overwritten with the gradients of both products. */
  gruStepBackward(
    dfromX: number,
    dfromH: number,
    dbefore: number,
    dh: number,
    gates: number,
    fromH: number,
    before: number,
    xStride: number,
    n: number,
    units: number,
  ): void;

  /** Rows of `units` floats, from x's rows `xStride` floats apart to y's rows `yStride` apart: copied. */
  copyRows(y: number, yStride: number, x: number, xStride: number, n: number, units: number): void;
  /** The same, added. */
  addRows(y: number, yStride: number, x: number, xStride: number, n: number, units: number): void;
}

// One number at a time: sums, products, scaling.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface ElementwiseKernels {
  /** x *= factor. */
  scale(x: number, factor: number, count: number): void;
  /** y = x. */
  copy(y: number, x: number, count: number): void;
  /** y = 0. */
  clear(y: number, count: number): void;
  /** y[n,size] = row[size], n times. */
  fillRows(y: number, row: number, n: number, size: number): void;
  /** y += x. */
  add(y: number, x: number, count: number): void;
  /** y = a b. y may be a or b. */
  multiply(y: number, a: number, b: number, count: number): void;
  /** y += a b. */
  addProduct(y: number, a: number, b: number, count: number): void;
}

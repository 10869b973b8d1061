// Whole vectors and rows: clipping normaliser, sum of squares.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface StatisticsKernels {
  /** y[n,size] = clip((x[n,size] - mean[size]) * scale[size], -limit, limit). y may be x. */
  normalize(y: number, x: number, mean: number, scale: number, limit: number, n: number, size: number): void;

  /** d[size] += sums of the columns of x[n,size]. */
  addColumnSums(d: number, x: number, n: number, size: number): void;

  /** Sum of squares; NaN or infinite if any element is (or the sum overflows). */
  sumOfSquares(x: number, count: number): number;
}

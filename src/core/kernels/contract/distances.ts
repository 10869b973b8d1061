// Squared distances to centres.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface DistanceKernels {
  /** y[n,k] = squared distance of x[n,size] to each centre c[k,size]. */
  distances(y: number, x: number, c: number, n: number, k: number, size: number): void;

  /** dx += 2 dy (x - c), dc += 2 dy (c - x), summed over the other index. */
  distancesBackward(
    dx: number,
    dc: number,
    dy: number,
    x: number,
    c: number,
    n: number,
    k: number,
    size: number,
  ): void;
}

// Max pooling over images, channels last.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface PoolingKernels {
  /**
   * y[n,outHeight,outWidth,channels] = the largest of each size*size window of x[n,height,width,channels],
   * outHeight = floor((height - size) / stride) + 1. `winners` (int32, like y) keeps where in its image each came
   * from; the first of equals wins, and a NaN wins over everything.
   */
  maxPool2d(
    y: number,
    winners: number,
    x: number,
    n: number,
    height: number,
    width: number,
    channels: number,
    size: number,
    stride: number,
  ): void;

  /** dx[n,image] += dy[n,pooled], each where its winner stood. */
  maxPool2dBackward(dx: number, dy: number, winners: number, n: number, image: number, pooled: number): void;
}

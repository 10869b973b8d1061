// Layer norm and batch norm.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface NormalizationKernels {
  /**
   * y[n,size] = (x - mean) * scale * gain + bias, row by row; mean and biased variance are the row's own,
   * scale = 1 / sqrt(variance + epsilon). `statistics`[n,2] keeps mean and scale.
   */
  layerNorm(
    y: number,
    statistics: number,
    x: number,
    gain: number,
    bias: number,
    epsilon: number,
    n: number,
    size: number,
  ): void;

  /** With h = (x - mean) scale, g = dy gain: dx += scale (g - mean g - h mean(g h)); dgain += sum dy h; dbias += sum dy. */
  layerNormBackward(
    dx: number,
    dgain: number,
    dbias: number,
    dy: number,
    x: number,
    gain: number,
    statistics: number,
    n: number,
    size: number,
  ): void;

  /** mean[size] and biased variance[size] of the columns of x[n,size]. */
  columnStatistics(mean: number, variance: number, x: number, n: number, size: number): void;

  /** y[n,size] = (x - mean[size]) * scale[size] * gain[size] + bias[size]. */
  batchNorm(
    y: number,
    x: number,
    mean: number,
    scale: number,
    gain: number,
    bias: number,
    n: number,
    size: number,
  ): void;

  /**
   * With h = (x - mean) scale: dgain += sum dy h; dbias += sum dy; and dx += gain scale (dy - mean dy - h mean(dy h)) where
   * mean and scale are those of this batch, or gain scale dy where they are `constant` (1). `scratch` holds 2*size.
   */
  batchNormBackward(
    dx: number,
    dgain: number,
    dbias: number,
    dy: number,
    x: number,
    mean: number,
    scale: number,
    gain: number,
    scratch: number,
    constant: number,
    n: number,
    size: number,
  ): void;
}

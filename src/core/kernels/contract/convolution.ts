// Convolutions over images, channels last.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface ConvolutionKernels {
  /**
   * Cross-correlation, channels last: x[n,height,width,inputs], w[kernel,kernel,inputs,outputs], b[outputs] ->
   * y[n,outHeight,outWidth,outputs], outHeight = floor((height + 2 padding - kernel) / stride) + 1.
   * `scratch` holds outHeight*outWidth*kernel*kernel*inputs floats (one unfolded image).
   */
  conv2d(
    y: number,
    x: number,
    w: number,
    b: number,
    scratch: number,
    n: number,
    height: number,
    width: number,
    inputs: number,
    outputs: number,
    kernel: number,
    stride: number,
    padding: number,
  ): void;

  /** Accumulates dx, dw, db. `scratch` holds 2*outHeight*outWidth*K + K*outputs floats, K = kernel*kernel*inputs. */
  conv2dBackward(
    dx: number,
    dw: number,
    db: number,
    dy: number,
    x: number,
    w: number,
    scratch: number,
    n: number,
    height: number,
    width: number,
    inputs: number,
    outputs: number,
    kernel: number,
    stride: number,
    padding: number,
  ): void;
}

// The Kernels contract: everything heavy that the network does, on one screen. Two implementations,
// `kernels/reference.ts` (plain TypeScript, written to be read) and `kernels/simd/` (AssemblyScript, f32x4).
//
// Arguments are byte offsets into one arena's memory, as `Tensor.ptr`: outputs first, then inputs, then sizes.
// All arrays are float32, row-major and 16-byte aligned where they begin a tensor (parameter slots are aligned too).
// Forward kernels overwrite their output. Backward kernels ACCUMULATE into d-something; a `dx` of 0 means
// "not wanted". Every output number is summed in one fixed order that depends neither on n nor on the
// position in the batch, without fused multiply-add: one row alone gives the same bits as in a batch.

/** Pointwise functions whose derivative can be written in terms of their output. */
export const activationCode = { linear: 0, relu: 1, tanh: 2, sigmoid: 3 } as const;
export type Activation = keyof typeof activationCode;

export interface Kernels {
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

  /** y = f(x) elementwise; `code` from activationCode. y may be x. */
  activate(code: number, y: number, x: number, count: number): void;
  /** dx += dy * f'(x), with f' computed from y = f(x). */
  activateBackward(code: number, dx: number, dy: number, y: number, count: number): void;

  /** Row-wise softmax, shifted by the row's maximum. y may be x. */
  softmax(y: number, x: number, n: number, classes: number): void;
  /** Row-wise log-softmax. y may be x. */
  logSoftmax(y: number, x: number, n: number, classes: number): void;

  /** y[n,size] = clip((x[n,size] - mean[size]) * scale[size], -limit, limit). y may be x. */
  normalize(y: number, x: number, mean: number, scale: number, limit: number, n: number, size: number): void;

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

  /** Sum of squares; NaN or infinite if any element is (or the sum overflows). */
  sumOfSquares(x: number, count: number): number;
  /** x *= factor. */
  scale(x: number, factor: number, count: number): void;
  /** Momentum SGD: v = momentum * v + g; w -= rate * v (as torch.optim.SGD, dampening 0). */
  sgd(w: number, g: number, v: number, rate: number, momentum: number, count: number): void;
  /**
   * Adam (Kingma & Ba 2015, Alg. 1): m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2;
   * w -= rate / correction1 * m / (sqrt(v / correction2) + epsilon), correctionK = 1 - bK^step.
   */
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    correction1: number,
    correction2: number,
    count: number,
  ): void;
}

export type KernelSetName = 'simd' | 'reference';

/** Binds a kernel set to one arena's memory. */
export type KernelFactory = (memory: WebAssembly.Memory) => Kernels;

// Scaled dot-product attention of a sequence with itself, several heads side by side.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface AttentionKernels {
  /**
   * qkv[n,time,3*size] holds queries, keys and values; head h has the columns from h * size / heads on of each.
   * weights[n,heads,time,time] = softmax(q kT / sqrt(size / heads)) along the last axis, 0 for later positions where
   * `causal` is 1; context[n,time,size] = weights v. `present` (0: all are there) is [n,time,presentStride]: a position whose
   * first number there is 0 has weight 0, and where nothing that may be seen is present, all weights and the context are 0.
   */
  attention(
    context: number,
    weights: number,
    qkv: number,
    n: number,
    time: number,
    heads: number,
    size: number,
    causal: number,
    present: number,
    presentStride: number,
  ): void;

  /** dqkv += the gradient of `context` through weights, values, keys and queries. `scratch` holds `time` floats. */
  attentionBackward(
    dqkv: number,
    dcontext: number,
    weights: number,
    qkv: number,
    scratch: number,
    n: number,
    time: number,
    heads: number,
    size: number,
  ): void;
}

// Multi-head self-attention (Vaswani et al. 2017, arXiv:1706.03762, eq. 1 and section 3.2.2):
//   q, k, v = x Win + bin;  A = softmax(q kT / sqrt(d)), head by head, d = size / heads;  y = (A v) Wout + bout.
// x[time, size] -> y[time, size]. Causal: a position sees only itself and those before it. `present`: an earlier layer of which
// the first number at a position says whether anything is there (0: no); nobody looks at what is not. The weights A are `inner.attention`,
// [batch, heads, time, time]: row t says where position t looked.
// Backward, with dA = dcontext vT: dscore = A (dA - sum A dA) / sqrt(d), dq += dscore k, dk += dscoreT q, dv += AT dcontext.
import type { InitializerSpec } from '../initializers.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface SelfAttentionSpec {
  readonly kind: 'selfAttention';
  readonly name: string;
  readonly heads: number;
  readonly causal: boolean;
  /** Name of the earlier layer, [time, ...], that says which positions are there; left out: all are. */
  readonly present?: string;
  readonly init: InitializerSpec;
}

export const selfAttention: LayerDef<SelfAttentionSpec> = {
  outputShape({ name, heads, present }, input, earlier) {
    const size = input[1] ?? 0;
    if (input.length !== 2 || !Number.isInteger(heads) || heads < 1 || size % heads !== 0) {
      throw misfit(
        name,
        input,
        input,
        `self-attention needs [time, size] and a number of heads that divides the size; heads is ${heads}`,
      );
    }
    if (present !== undefined && (earlier(present).length !== 2 || earlier(present)[0] !== input[0])) {
      throw misfit(
        name,
        earlier(present),
        input,
        `what says which positions are there must be [${input[0]}, ...]`,
      );
    }
    return input;
  },
  parameters({ init }, input) {
    const size = input[1]!;
    const fan = { fanIn: size, fanOut: size };
    return [
      { name: 'inWeight', shape: [size, 3 * size], init, ...fan },
      { name: 'inBias', shape: [3 * size], init: { scheme: 'zeros' }, ...fan },
      { name: 'outWeight', shape: [size, size], init, ...fan },
      { name: 'outBias', shape: [size], init: { scheme: 'zeros' }, ...fan },
    ];
  },
  build({ heads, causal, present }, input, { arena, kernels, maxBatch, x, dx, y, dy, parameters, earlier }) {
    const flags = present === undefined ? undefined : earlier(present).y;
    const [there, stride] = flags ? [flags.ptr, flags.shape[2]!] : [0, 0];
    const [time, size] = input as [number, number];
    const [inWeight, inBias] = [parameters['inWeight']!, parameters['inBias']!];
    const [outWeight, outBias] = [parameters['outWeight']!, parameters['outBias']!];
    const qkv = arena.f32(maxBatch, time, 3 * size).ptr;
    const dqkv = arena.f32(maxBatch, time, 3 * size).ptr;
    const context = arena.f32(maxBatch, time, size).ptr;
    const dcontext = arena.f32(maxBatch, time, size).ptr;
    const attention = arena.f32(maxBatch, heads, time, time);
    const transposed = arena.f32(size, 3 * size).ptr;
    const scores = arena.f32(time).ptr;
    return {
      inner: { attention },
      forward(n) {
        const rows = n * time;
        kernels.dense(qkv, x.ptr, inWeight.value.ptr, inBias.value.ptr, rows, size, 3 * size);
        kernels.attention(context, attention.ptr, qkv, n, time, heads, size, causal ? 1 : 0, there, stride);
        kernels.dense(y.ptr, context, outWeight.value.ptr, outBias.value.ptr, rows, size, size);
      },
      backward(n) {
        const rows = n * time;
        kernels.clear(dcontext, rows * size);
        kernels.denseBackward(
          dcontext,
          outWeight.grad.ptr,
          outBias.grad.ptr,
          dy.ptr,
          context,
          outWeight.value.ptr,
          transposed,
          rows,
          size,
          size,
        );
        kernels.clear(dqkv, rows * 3 * size);
        kernels.attentionBackward(dqkv, dcontext, attention.ptr, qkv, scores, n, time, heads, size);
        kernels.denseBackward(
          dx?.ptr ?? 0,
          inWeight.grad.ptr,
          inBias.grad.ptr,
          dqkv,
          x.ptr,
          inWeight.value.ptr,
          transposed,
          rows,
          size,
          3 * size,
        );
      },
    };
  },
};

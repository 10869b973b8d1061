// Optimisers over the ranges of the parameter vector that may move. State lives in arena memory beside the
// parameters; frozen ranges are simply not visited.
import type { Arena, Tensor } from './arena.ts';
import type { Kernels } from './kernels.ts';
import type { Params } from './network.ts';

export type OptimizerSpec =
  | {
      /** Kingma & Ba 2015, Algorithm 1. */
      readonly kind: 'adam';
      readonly rate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      /** Global gradient norm above which gradients are scaled down; 0 for none. */
      readonly clip: number;
    }
  | {
      /** v = momentum v + g; w -= rate v (Polyak 1964, in PyTorch's form). */
      readonly kind: 'sgd';
      readonly rate: number;
      readonly momentum: number;
      readonly clip: number;
    };

/** Adam with the paper's betas. @param epsilon 1e-8 in the paper; policy gradients do better with 1e-5. */
export const adam = (rate: number, clip: number, epsilon = 1e-8): OptimizerSpec => ({
  kind: 'adam',
  rate,
  beta1: 0.9,
  beta2: 0.999,
  epsilon,
  clip,
});

/** Floats [offset, offset + length) of the parameter vector. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

export interface Optimizer {
  readonly spec: OptimizerSpec;
  /** State vectors by name, each as long as the parameter vector. */
  readonly state: Readonly<Record<string, Tensor>>;
  /** Updates made so far; Adam's bias correction depends on it. */
  steps: number;
  /** Global L2 norm of the gradients in the ranges. */
  gradientNorm(ranges: readonly Range[]): number;
  /** One update at `factor` times the base rate, clipped by the norm just measured. */
  update(ranges: readonly Range[], factor: number, norm: number): void;
}

export function createOptimizer(
  spec: OptimizerSpec,
  params: Params,
  arena: Arena,
  kernels: Kernels,
): Optimizer {
  const { values, grads } = params;
  const first = arena.f32(values.data.length);
  const second = spec.kind === 'adam' ? arena.f32(values.data.length) : first;
  return {
    spec,
    state: spec.kind === 'adam' ? { m: first, v: second } : { v: first },
    steps: 0,

    gradientNorm(ranges) {
      let squares = 0;
      for (const { offset, length } of ranges)
        squares += kernels.sumOfSquares(grads.ptr + offset * 4, length);
      return Math.sqrt(squares);
    },

    update(ranges, factor, norm) {
      this.steps++;
      const rate = spec.rate * factor;
      // 1e-6 as torch.nn.utils.clip_grad_norm_ has it.
      const shrink = spec.clip > 0 && norm > spec.clip ? spec.clip / (norm + 1e-6) : 1;
      for (const { offset, length } of ranges) {
        const at = offset * 4;
        if (shrink !== 1) kernels.scale(grads.ptr + at, shrink, length);
        if (spec.kind === 'sgd') {
          kernels.sgd(values.ptr + at, grads.ptr + at, first.ptr + at, rate, spec.momentum, length);
        } else {
          kernels.adam(
            values.ptr + at,
            grads.ptr + at,
            first.ptr + at,
            second.ptr + at,
            rate,
            spec.beta1,
            spec.beta2,
            spec.epsilon,
            1 - power(spec.beta1, this.steps),
            1 - power(spec.beta2, this.steps),
            length,
          );
        }
      }
    },
  };
}

/** x^n for a whole n >= 0 by repeated squaring: plain products, the same on every engine. */
function power(x: number, n: number): number {
  let result = 1;
  for (let base = x, left = n; left > 0; left = Math.floor(left / 2), base *= base) {
    if (left % 2 === 1) result *= base;
  }
  return result;
}

// Optimisers over the ranges of the parameter vector that may move. State lives in arena memory beside the
// parameters; frozen ranges are simply not visited.
import type { Arena, Tensor } from './arena.ts';
import type { Kernels } from './kernels.ts';
import type { Params } from './network.ts';

/** Pulls on the weights besides the loss; each may be left out. */
export interface Regularization {
  /** Lasso: l1 sign(w) is added to the gradient, which drives useless weights to 0 (Tibshirani 1996). */
  readonly l1?: number;
  /** Ridge: l2 w is added to the gradient (Krogh & Hertz 1992); with adaptive rates it shrinks unevenly. */
  readonly l2?: number;
  /** Decoupled weight decay: w *= 1 - rate decay before the update (Loshchilov & Hutter 2019); with Adam this is AdamW. */
  readonly decay?: number;
}

interface Common {
  readonly rate: number;
  /** Global gradient norm above which gradients are scaled down (Pascanu et al. 2013); 0 for none. */
  readonly clip: number;
  readonly regularization?: Regularization;
}

export type OptimizerSpec = Common &
  (
    | {
        /** v = momentum v + g; w -= rate v (Polyak 1964), or rate (g + momentum v) (Nesterov 1983), in PyTorch's forms. */
        readonly kind: 'sgd';
        readonly momentum: number;
        readonly nesterov?: boolean;
      }
    | {
        /** s += g^2; w -= rate g / (sqrt(s) + epsilon) (Duchi, Hazan & Singer 2011). */
        readonly kind: 'adagrad';
        readonly epsilon: number;
      }
    | {
        /** v = decay v + (1 - decay) g^2; w -= rate g / (sqrt(v) + epsilon) (Tieleman & Hinton 2012). */
        readonly kind: 'rmsprop';
        readonly decay: number;
        readonly epsilon: number;
      }
    | {
        /** Kingma & Ba 2015, Algorithm 1. */
        readonly kind: 'adam';
        readonly beta1: number;
        readonly beta2: number;
        readonly epsilon: number;
      }
  );

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
  /**
   * One update at `factor` times the base rate, clipped by the norm just measured.
   * @param made updates that these ranges had before, where they are not all that may move; left out: `steps`.
   */
  update(ranges: readonly Range[], factor: number, norm: number, made?: number): void;
}

/** Names of the state vectors each kind keeps. */
const stateNames: Readonly<Record<OptimizerSpec['kind'], readonly string[]>> = {
  sgd: ['v'],
  adagrad: ['s'],
  rmsprop: ['v'],
  adam: ['m', 'v'],
};

export function createOptimizer(
  spec: OptimizerSpec,
  params: Params,
  arena: Arena,
  kernels: Kernels,
): Optimizer {
  const { values, grads } = params;
  const { l1 = 0, l2 = 0, decay = 0 } = spec.regularization ?? {};
  const state = Object.fromEntries(
    stateNames[spec.kind].map((name) => [name, arena.f32(values.data.length)]),
  );
  const [first, second] = Object.values(state).map(({ ptr }) => ptr) as [number, number];

  /** Moves `length` weights whose byte offset in every vector is `at`. */
  const move = (at: number, length: number, rate: number, steps: number): void => {
    const w = values.ptr + at;
    const g = grads.ptr + at;
    switch (spec.kind) {
      case 'sgd':
        if (spec.nesterov) kernels.nesterov(w, g, first + at, rate, spec.momentum, length);
        else kernels.sgd(w, g, first + at, rate, spec.momentum, length);
        return;
      case 'adagrad':
        kernels.adagrad(w, g, first + at, rate, spec.epsilon, length);
        return;
      case 'rmsprop':
        kernels.rmsprop(w, g, first + at, rate, spec.decay, spec.epsilon, length);
        return;
      case 'adam': {
        const { beta1, beta2, epsilon } = spec;
        const correction1 = 1 - power(beta1, steps);
        const correction2 = 1 - power(beta2, steps);
        const m = first + at;
        kernels.adam(w, g, m, second + at, rate, beta1, beta2, epsilon, correction1, correction2, length);
        return;
      }
      default:
        spec satisfies never;
    }
  };

  return {
    spec,
    state,
    steps: 0,

    gradientNorm(ranges) {
      let squares = 0;
      for (const { offset, length } of ranges)
        squares += kernels.sumOfSquares(grads.ptr + offset * 4, length);
      return Math.sqrt(squares);
    },

    update(ranges, factor, norm, made) {
      this.steps++;
      const steps = made === undefined ? this.steps : made + 1;
      const rate = spec.rate * factor;
      // 1e-6 as torch.nn.utils.clip_grad_norm_ has it.
      const shrink = spec.clip > 0 && norm > spec.clip ? spec.clip / (norm + 1e-6) : 1;
      for (const { offset, length } of ranges) {
        const at = offset * 4;
        if (shrink !== 1) kernels.scale(grads.ptr + at, shrink, length);
        if (l1 > 0 || l2 > 0) kernels.penalize(grads.ptr + at, values.ptr + at, l1, l2, length);
        if (decay > 0) kernels.scale(values.ptr + at, 1 - rate * decay, length);
        move(at, length, rate, steps);
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

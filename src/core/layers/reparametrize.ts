// A draw from a Gaussian that gradients can pass (Kingma & Welling 2014, arXiv:1312.6114, section 2.4): of x = [m, v], means and
// log-variances, y = m + e^(v/2) e. Backward: dm += dy, dv += dy e e^(v/2) / 2.
// The noise e is the inner tensor `noise` [maxBatch, size], 0 at first: whoever wants a draw writes standard normals there
// before the forward pass, from a stream of its own; with zeros it is the mean.
import { exp } from '../math.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface ReparametrizeSpec {
  readonly kind: 'reparametrize';
  readonly name: string;
}

export const reparametrize: LayerDef<ReparametrizeSpec> = {
  outputShape({ name }, input) {
    const half = input.at(-1)! / 2;
    if (input.length !== 1 || !Number.isInteger(half))
      throw misfit(name, input, [half], 'it takes a mean and a log-variance for each number');
    return [half];
  },
  parameters: () => [],
  build(_spec, input, { arena, maxBatch, x, dx, y, dy }) {
    const size = input[0]! / 2;
    const noise = arena.f32(maxBatch, size);
    return {
      inner: { noise },
      forward(n) {
        for (let r = 0; r < n; r++) {
          const mean = 2 * r * size;
          for (let d = 0; d < size; d++) {
            const e = noise.data[r * size + d]!;
            const deviation = e === 0 ? 0 : exp(x.data[mean + size + d]! / 2);
            y.data[r * size + d] = x.data[mean + d]! + deviation * e;
          }
        }
      },
      backward(n) {
        if (!dx) return;
        for (let r = 0; r < n; r++) {
          const mean = 2 * r * size;
          for (let d = 0; d < size; d++) {
            const grad = dy.data[r * size + d]!;
            const e = noise.data[r * size + d]!;
            dx.data[mean + d] = dx.data[mean + d]! + grad;
            if (e === 0) continue;
            const at = mean + size + d;
            dx.data[at] = dx.data[at]! + (grad * e * exp(x.data[at]! / 2)) / 2;
          }
        }
      },
    };
  },
};

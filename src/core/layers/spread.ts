// The head of a Gaussian policy: y = [x, s], the means as they come and a logarithm of the standard deviation for each, which is
// a parameter of its own and the same in every state (as in Schulman et al. 2017 and CleanRL).
// Backward: dx += dy[:size], ds += sum over the rows of dy[size:].
import { sizeOf } from '../arena.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface SpreadSpec {
  readonly kind: 'spread';
  readonly name: string;
  /** Every logarithm's first value. */
  readonly initial: number;
}

export const spread: LayerDef<SpreadSpec> = {
  outputShape({ name }, input) {
    if (input.length !== 1) throw misfit(name, input, [], 'it takes one number for each dimension');
    return [2 * input[0]!];
  },
  parameters: ({ initial }, input) => [
    {
      name: 'logStd',
      shape: input,
      init: { scheme: 'constant', value: initial },
      fanIn: 1,
      fanOut: 1,
    },
  ],
  build(_spec, input, { x, dx, y, dy, parameters }) {
    const size = sizeOf(input);
    const { value, grad } = parameters['logStd']!;
    return {
      forward(n) {
        for (let i = 0; i < n; i++) {
          for (let d = 0; d < size; d++) {
            y.data[2 * i * size + d] = x.data[i * size + d]!;
            y.data[(2 * i + 1) * size + d] = value.data[d]!;
          }
        }
      },
      backward(n) {
        for (let i = 0; i < n; i++) {
          for (let d = 0; d < size; d++) {
            if (dx) dx.data[i * size + d] = dx.data[i * size + d]! + dy.data[2 * i * size + d]!;
            grad.data[d] = grad.data[d]! + dy.data[(2 * i + 1) * size + d]!;
          }
        }
      },
    };
  },
};

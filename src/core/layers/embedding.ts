// Embedding: a learned vector for each of `vocabulary` symbols, y[...] = w[id] (Bengio, Ducharme, Vincent & Jauvin 2003).
// The ids arrive as whole numbers in float32: x[time] -> y[time, size]. Backward: dw[id] += dy; ids have no gradient.
// A row becomes NaN where an id is not in the table, so that a run stops with its name instead of learning nonsense.
import { sizeOf } from '../arena.ts';
import type { InitializerSpec } from '../initializers.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface EmbeddingSpec {
  readonly kind: 'embedding';
  readonly name: string;
  /** How many symbols there are. */
  readonly vocabulary: number;
  /** Numbers of one symbol's vector. */
  readonly size: number;
  readonly init: InitializerSpec;
}

export const embedding: LayerDef<EmbeddingSpec> = {
  outputShape({ name, vocabulary, size }, input) {
    const shape = [...input, size];
    if (![vocabulary, size].every((number) => Number.isInteger(number) && number >= 1)) {
      throw misfit(
        name,
        input,
        shape,
        `vocabulary (${vocabulary}) and size (${size}) must be whole numbers, 1 or more`,
      );
    }
    return shape;
  },
  parameters: ({ vocabulary, size, init }) => [
    { name: 'weight', shape: [vocabulary, size], init, fanIn: vocabulary, fanOut: size },
  ],
  build({ vocabulary, size }, input, { kernels, x, y, dy, parameters }) {
    const places = sizeOf(input);
    const weight = parameters['weight']!;
    return {
      forward: (n) => kernels.embedding(y.ptr, x.ptr, weight.value.ptr, n * places, vocabulary, size),
      backward: (n) =>
        kernels.embeddingBackward(weight.grad.ptr, dy.ptr, x.ptr, n * places, vocabulary, size),
    };
  },
};

// Conditioning: numbers that are not part of what is seen (an action, say) stand beside it, y = [x, g]; of a picture, beside every
// pixel, as planes of one value each. g is the inner tensor `given` [maxBatch, size], 0 at first: whoever wants an answer writes it
// there before the forward pass. Backward: dx += dy's first numbers; g takes no gradient.
import { sizeOf } from '../arena.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface ConditionSpec {
  readonly kind: 'condition';
  readonly name: string;
  /** How many numbers are given with each row. */
  readonly size: number;
}

export const condition: LayerDef<ConditionSpec> = {
  outputShape({ name, size }, input) {
    if (input.length === 0 || !Number.isInteger(size) || size < 1)
      throw misfit(name, input, [size], 'at least one whole number must be given beside the last axis');
    return [...input.slice(0, -1), input.at(-1)! + size];
  },
  parameters: () => [],
  build({ size }, input, { arena, maxBatch, x, dx, y, dy }) {
    const own = input.at(-1)!;
    const places = sizeOf(input) / own;
    const width = own + size;
    const given = arena.f32(maxBatch, size);
    return {
      inner: { given },
      forward(n) {
        for (let place = 0; place < n * places; place++) {
          const row = Math.floor(place / places);
          for (let i = 0; i < own; i++) y.data[place * width + i] = x.data[place * own + i]!;
          for (let i = 0; i < size; i++) y.data[place * width + own + i] = given.data[row * size + i]!;
        }
      },
      backward(n) {
        if (!dx) return;
        for (let place = 0; place < n * places; place++) {
          for (let i = 0; i < own; i++) {
            dx.data[place * own + i] = dx.data[place * own + i]! + dy.data[place * width + i]!;
          }
        }
      },
    };
  },
};

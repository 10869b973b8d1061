// Mask: outputs that are out of the question in what is seen become so small that a softmax gives them exactly nothing (invalid action
// masking: Huang & Ontanon 2020, arXiv:2006.14171). Output j is masked in a row where any of the network's own inputs forbidden[j] is
// above 0; where all would be, none is. y = x, or -10,000 (exp of that is 0; minus infinity would turn 0 log 0 into NaN).
// Backward: dx += dy where nothing is masked, so that a masked output takes no gradient.
import { sizeOf } from '../arena.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface MaskSpec {
  readonly kind: 'mask';
  readonly name: string;
  /** For every output the places in the network's input that forbid it. */
  readonly forbidden: readonly (readonly number[])[];
}

/** What a masked output is. */
const masked = -10_000;

export const mask: LayerDef<MaskSpec> = {
  outputShape({ name, forbidden }, input) {
    if (input.length !== 1 || input[0] !== forbidden.length)
      throw misfit(name, input, [forbidden.length], 'a mask needs one list of places for every output');
    return input;
  },
  parameters: () => [],
  build({ name, forbidden }, [outputs], { x, dx, y, dy, input, maxBatch }) {
    const size = sizeOf(input.shape) / maxBatch;
    const wrong = forbidden.flat().find((place) => !Number.isInteger(place) || place < 0 || place >= size);
    if (wrong !== undefined)
      throw new Error(`layer ${name}: there is no place ${wrong} in an input of ${size} numbers`);
    const width = outputs!;
    const out = new Uint8Array(maxBatch * width);
    return {
      forward(n) {
        for (let row = 0; row < n; row++) {
          let left = width;
          for (let j = 0; j < width; j++) {
            let lit = 0;
            for (const place of forbidden[j]!) if (input.data[row * size + place]! > 0) lit = 1;
            out[row * width + j] = lit;
            left -= lit;
          }
          if (left === 0) out.fill(0, row * width, (row + 1) * width);
        }
        for (let i = 0; i < n * width; i++) y.data[i] = out[i] === 1 ? masked : x.data[i]!;
      },
      backward(n) {
        if (!dx) return;
        for (let i = 0; i < n * width; i++) if (out[i] === 0) dx.data[i] = dx.data[i]! + dy.data[i]!;
      },
    };
  },
};

// Flatten and reshape: the same numbers under another shape, y = x. Rows are row-major, so nothing moves; output and
// gradient are views of the input's memory.
import { sizeOf } from '../arena.ts';
import { type LayerDef, type LayerPass, misfit } from './layer.ts';

/** [height, width, channels] -> [height * width * channels]. */
export interface FlattenSpec {
  readonly kind: 'flatten';
  readonly name: string;
}

export interface ReshapeSpec {
  readonly kind: 'reshape';
  readonly name: string;
  /** Shape of one row. */
  readonly shape: readonly number[];
}

const nothing: LayerPass = { forward: () => {}, backward: () => {} };

export const flatten: LayerDef<FlattenSpec> = {
  outputShape: (_spec, input) => [sizeOf(input)],
  parameters: () => [],
  reshapes: true,
  build: () => nothing,
};

export const reshape: LayerDef<ReshapeSpec> = {
  outputShape({ name, shape }, input) {
    if (!shape.every((size) => Number.isInteger(size) && size >= 1) || sizeOf(shape) !== sizeOf(input)) {
      throw misfit(name, input, shape, `the new shape must hold the same ${sizeOf(input)} numbers`);
    }
    return shape;
  },
  parameters: () => [],
  reshapes: true,
  build: () => nothing,
};

// A slice of the loss surface through the present weights, along two random directions (Li, Xu, Taylor, Studer &
// Goldstein 2018, arXiv:1712.09913, section 4). The directions are filter-normalised: each filter (the weights into one unit,
// or one output channel) of a direction is as long as that filter of the weights, so that a step of 1 means the same in
// every layer. Biases and other vectors stay as they are, as in the paper.
import type { Params, Slot } from '../network.ts';
import type { Random } from '../random.ts';

export interface LossSurface {
  /** The slice has size * size losses, row by row: the first direction runs along a row, the second from row to row. */
  readonly size: number;
  /** Both directions run from -span to span. */
  readonly span: number;
  /** Not finite where the loss is not. */
  readonly losses: readonly number[];
}

/** A direction in the space of one matrix: normal draws, each column as long as that column of the weights. */
function filterNormalized(weights: Float32Array, columns: number, random: Random): Float32Array {
  const direction = Float32Array.from(weights, () => random.normal());
  for (let column = 0; column < columns; column++) {
    let [ofWeights, ofDirection] = [0, 0];
    for (let i = column; i < weights.length; i += columns) {
      ofWeights += weights[i]! ** 2;
      ofDirection += direction[i]! ** 2;
    }
    const factor = ofDirection > 0 ? Math.sqrt(ofWeights / ofDirection) : 0;
    for (let i = column; i < weights.length; i += columns) direction[i] = direction[i]! * factor;
  }
  return direction;
}

/**
 * @param slots the parameters that the slice runs through. @param size odd, so that the middle is where the weights stand.
 * @param lossAt the loss of one fixed batch with the weights as they are. Whatever it does, the weights end as they began.
 */
export function lossSurface(
  params: Params,
  slots: readonly Slot[],
  random: Random,
  size: number,
  span: number,
  lossAt: () => number,
): LossSurface {
  const { data } = params.values;
  const before = data.slice();
  const matrices = slots
    .filter(({ shape }) => shape.length > 1)
    .map(({ offset, length, shape }) => {
      const weights = before.subarray(offset, offset + length);
      const columns = shape.at(-1)!;
      const direction = (): Float32Array => filterNormalized(weights, columns, random);
      return { offset, weights, first: direction(), second: direction() };
    });
  const half = (size - 1) / 2;
  const losses: number[] = [];
  try {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const [a, b] = [((column - half) / half) * span, ((row - half) / half) * span];
        for (const { offset, weights, first, second } of matrices) {
          for (let i = 0; i < weights.length; i++) {
            data[offset + i] = weights[i]! + a * first[i]! + b * second[i]!;
          }
        }
        losses.push(lossAt());
      }
    }
  } finally {
    data.set(before);
  }
  return { size, span, losses };
}

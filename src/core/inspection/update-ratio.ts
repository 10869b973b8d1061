// How far an update moved each parameter, as a share of how large it is: |after - before| / |before|. About a thousandth is
// healthy; a hundredth tears down what was learned, a hundred-thousandth learns nothing (A. Karpathy's rule of thumb).
import type { Params } from '../network.ts';

export interface UpdateRatio {
  /** The parameter's name, such as 'trunk.hidden1.weight'. */
  readonly name: string;
  /** 0 where nothing moved; Infinity where zeros did. */
  readonly ratio: number;
}

/** @param before the parameter vector as it was before the update. */
export function updateRatios({ values, slots }: Params, before: Float32Array): UpdateRatio[] {
  return slots.map(({ name, offset, length }) => {
    let moved = 0;
    let size = 0;
    for (let i = offset; i < offset + length; i++) {
      moved += (values.data[i]! - before[i]!) ** 2;
      size += before[i]! ** 2;
    }
    return { name, ratio: moved === 0 ? 0 : Math.sqrt(moved / size) };
  });
}

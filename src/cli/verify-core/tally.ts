// Counts how far computed numbers are from recorded ones, and by which bound a difference is a mismatch.

export interface CoreCase {
  /** The recording's name of it, with the kernel set where kernels are at work. */
  readonly name: string;
  /** Numbers further off than the bound. */
  readonly mismatches: number;
  /** The largest relative error of any number (of small ones: relative to `smallest`). */
  readonly worst: number;
}

/**
 * The relative error allowed of one pass. The reference computed in float64; ours reads the same inputs rounded to
 * float32 (6e-8 each) and keeps float32 results, a hundred times finer than this.
 */
export const passBound = 1e-5;

/** The same after 25 optimiser steps: each step builds on the last one's rounding, so ten times as much. */
export const traceBound = 1e-4;

/**
 * Numbers below this count as this large, which makes an absolute floor of 1e-6 for a pass. In a tensor, numbers
 * below its root mean square count as that: a float32 sum whose terms nearly cancel keeps the rounding of its
 * terms, which is as large as that of its neighbours (float64 sums would halve the speed of training).
 */
const smallest = 0.1;

const rootMeanSquare = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / Math.max(values.length, 1));

export function createTally(bound: number) {
  let mismatches = 0;
  let worst = 0;
  const compare = (ours: number, recorded: number, floor = smallest): void => {
    const error = Math.abs(ours - recorded) / Math.max(Math.abs(recorded), floor);
    // Not a number counts as infinitely wrong.
    worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    if (!(error <= bound)) mismatches++;
  };
  return {
    compare,
    /** Number by number; `ours` may be longer (a buffer for larger batches). */
    compareAll(ours: ArrayLike<number>, recorded: ArrayLike<number>): void {
      const floor = Math.max(smallest, rootMeanSquare(recorded));
      for (let i = 0; i < recorded.length; i++) compare(ours[i] ?? Number.NaN, recorded[i]!, floor);
    },
    done: (name: string): CoreCase => ({ name, mismatches, worst }),
  };
}

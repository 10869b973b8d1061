// Counts how far computed numbers are from recorded ones, and by which bound a difference is a mismatch.

export interface CoreCase {
  /** The recording's name of it, with the kernel set where kernels are at work. */
  readonly name: string;
  /** Numbers further off than the bound. */
  readonly mismatches: number;
  /** The largest relative error of any number (of small ones: on the scale that makes `absoluteFloor` the bound). */
  readonly worst: number;
}

/**
 * The relative error allowed of one pass. The reference computed in float64; ours reads the same inputs rounded to
 * float32 (6e-8 each), and what is left of a sum whose terms nearly cancel keeps the rounding of its terms.
 */
export const passBound = 2e-5;

/** The same after 25 optimiser steps: each step builds on the last one's rounding. */
export const traceBound = 1e-4;

/** An error below this is none, however small the number. */
const absoluteFloor = 1e-6;

export function createTally(bound: number) {
  let mismatches = 0;
  let worst = 0;
  const smallest = absoluteFloor / bound;
  const compare = (ours: number, recorded: number): void => {
    const error = Math.abs(ours - recorded) / Math.max(Math.abs(recorded), smallest);
    // Not a number counts as infinitely wrong.
    worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    if (!(error <= bound)) mismatches++;
  };
  return {
    compare,
    /** Number by number; `ours` may be longer (a buffer for larger batches). */
    compareAll(ours: ArrayLike<number>, recorded: ArrayLike<number>): void {
      for (let i = 0; i < recorded.length; i++) compare(ours[i] ?? Number.NaN, recorded[i]!);
    },
    done: (name: string): CoreCase => ({ name, mismatches, worst }),
  };
}

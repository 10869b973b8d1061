// Counts how far replayed steps are from recorded ones: a step with anything wrong in it is one mismatch.

export interface WorldCase {
  readonly name: string;
  readonly steps: number;
  /** Steps (or draws, or constants) that differ from the recording. */
  readonly mismatches: number;
  /** The largest absolute difference of any recorded number. */
  readonly worst: number;
}

export function createTally(name: string) {
  let steps = 0;
  let mismatches = 0;
  let worst = 0;
  let wrong = false;
  const close = (): void => {
    if (wrong) mismatches++;
    wrong = false;
  };
  return {
    /** Begins the next step (or something that counts as none); `exact`: whether its flags agree. */
    step(exact: boolean, count = 1): void {
      close();
      steps += count;
      wrong = !exact;
    },
    compare(ours: number, recorded: number, tolerance: number): void {
      const error = Math.abs(ours - recorded);
      // Not a number counts as infinitely wrong.
      worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
      if (!(error <= tolerance)) wrong = true;
    },
    done(): WorldCase {
      close();
      return { name, steps, mismatches, worst };
    },
  };
}

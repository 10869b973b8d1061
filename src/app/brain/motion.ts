// One update told slowly: forward from left to right, the loss lights, gradients run back from right to left,
// the weights settle. Pure: a clock is handed in.

export type PhaseName = 'forward' | 'loss' | 'gradients' | 'settles';

export interface Moment {
  readonly phase: PhaseName;
  /** 0 to 1 within the phase. */
  readonly t: number;
}

const phases: readonly (readonly [PhaseName, number])[] = [
  ['forward', 520],
  ['loss', 320],
  ['gradients', 620],
  ['settles', 440],
];
export const motionMilliseconds = phases.reduce((sum, [, length]) => sum + length, 0);

/** Where the telling stands, or null when it is over. */
export function momentAt(elapsed: number): Moment | null {
  let from = 0;
  for (const [phase, length] of phases) {
    if (elapsed < from + length) return { phase, t: Math.max(0, (elapsed - from) / length) };
    from += length;
  }
  return null;
}

/** How brightly a wave that passes `at` (0 to 1) shines when it has come as far as `front`. */
export const glow = (front: number, at: number): number => Math.max(0, 1 - Math.abs(front - at) * 3.2);

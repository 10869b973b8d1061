// How lanes see: the world as it is now, or the last few of its observations side by side, oldest first. The latter lie in the
// lanes' rows like everything else that a run must find again.

export interface Seeing {
  /** An episode begins at the lane's state: it is as if it had stood there for ever. */
  begin(lane: number): void;
  /** The lane has moved on by a step. */
  move(lane: number): void;
  /** Writes what the lane sees to target[at...]. */
  write(lane: number, target: Float32Array, at: number): void;
}

/** Writes what is seen of a lane at this moment to target[at...]. */
export type Look = (lane: number, target: Float32Array, at: number) => void;

/** The world as it is now, and nothing else. */
export const seeingNow = (look: Look): Seeing => ({
  begin: () => undefined,
  move: () => undefined,
  write: look,
});

/**
 * The last `steps` observations, [steps, size].
 * @param rows [lanes, stride], in each of which steps * size numbers from `at` on are its own.
 */
export function seeingBack(
  look: Look,
  rows: Float64Array,
  stride: number,
  at: number,
  steps: number,
  size: number,
): Seeing {
  const now = new Float32Array(size);
  const kept = steps * size;
  return {
    begin(lane) {
      const from = lane * stride + at;
      look(lane, now, 0);
      for (let t = 0; t < steps; t++) rows.set(now, from + t * size);
    },
    move(lane) {
      const from = lane * stride + at;
      rows.copyWithin(from, from + size, from + kept);
      look(lane, now, 0);
      rows.set(now, from + kept - size);
    },
    write(lane, target, to) {
      const from = lane * stride + at;
      for (let j = 0; j < kept; j++) target[to + j] = rows[from + j]!;
    },
  };
}

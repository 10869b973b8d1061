// Smooth motion out of coarse steps: a step that lasts several frames leaves all of them in its row, and here they
// are played one after the other at an even pace, a little behind, however unevenly the rows arrive.
import { clamp } from './motion.ts';

export interface Frames {
  /** Numbers of the frame as shown now, between two frames of the game. */
  readonly shown: Float64Array;
  /** Adds frames row[at...], `count` of them; `cut`: the first does not follow from what was before. */
  add(row: Float64Array, at: number, count: number, cut: boolean): void;
  /** Plays on at `rate` frames a second; `passed` is called for every frame that is reached, with those before and after. */
  play(seconds: number, rate: number, passed: (now: Float64Array, cut: boolean) => void): void;
  clear(): void;
}

const room = 64;
/** Frames kept in hand, so that a row that comes late leaves no gap. */
const inHand = 8;

export function createFrames(width: number): Frames {
  const held = Array.from({ length: room }, () => ({ numbers: new Float64Array(width), cut: true }));
  const shown = new Float64Array(width);
  let first = 0; // the frame reached last
  let end = 0; // one after the last one held
  let share = 0; // how far on from the first towards the next
  return {
    shown,
    add(row, at, count, cut) {
      for (let f = 0; f < count; f++) {
        if (end - first >= room) first++;
        const slot = held[end % room]!;
        for (let k = 0; k < width; k++) slot.numbers[k] = row[at + f * width + k]!;
        slot.cut = (cut && f === 0) || end === 0;
        end++;
      }
    },
    play(seconds, rate, passed) {
      if (end === 0) return;
      const waiting = end - 1 - first;
      // Catches up when much is waiting, dawdles when next to nothing is.
      share += seconds * rate * clamp(0.5 + (0.5 * waiting) / inHand, 0.6, 4);
      while (share >= 1 && first < end - 1) {
        share--;
        first++;
        const { numbers, cut } = held[first % room]!;
        passed(numbers, cut);
      }
      const here = held[first % room]!;
      const next = held[(first + 1) % room]!;
      const last = first === end - 1;
      if (last) share = Math.min(share, 1);
      const t = last || next.cut ? 0 : Math.min(1, share);
      for (let k = 0; k < width; k++)
        shown[k] = here.numbers[k]! + t * ((last ? here : next).numbers[k]! - here.numbers[k]!);
    },
    clear() {
      first = 0;
      end = 0;
      share = 0;
    },
  };
}

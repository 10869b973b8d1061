// Many lanes at training speed jump between any two frames. This keeps, for every lane, where it is *shown*:
// gliding towards where it is, fading in where a new episode begins, so that a crowd looks calm, not strobing.
import { approach } from './motion.ts';

export interface Glide {
  /** [lanes, fields]: the numbers to draw. */
  readonly shown: Float64Array;
  /** [lanes]: 0 just begun .. 1 settled. */
  readonly opacity: Float32Array;
  follow(rows: Float64Array, lanes: number, stride: number, elapsedAt: number, seconds: number): void;
}

/** An episode that lasted at least this long on screen ends with a cut; shorter ones glide into the next. */
const cutAfter = 0.4;

const turn = 2 * Math.PI;

/** `angles`: those of the fields that are angles in radians; they glide the shorter way round. */
export function createGlide(
  most: number,
  fields: readonly number[],
  tau: number,
  angles: readonly number[] = [],
): Glide {
  const width = fields.length;
  const round = fields.map((field) => angles.includes(field));
  const shown = new Float64Array(most * width);
  const opacity = new Float32Array(most);
  const elapsed = new Float64Array(most).fill(-1);
  const age = new Float32Array(most);
  return {
    shown,
    opacity,
    follow(rows, lanes, stride, elapsedAt, seconds) {
      for (let i = 0; i < lanes; i++) {
        const base = i * stride;
        const now = rows[base + elapsedAt]!;
        const fresh = elapsed[i]! < 0;
        const cut = fresh || (now < elapsed[i]! && age[i]! >= cutAfter);
        age[i] = now < elapsed[i]! || fresh ? 0 : age[i]! + seconds;
        elapsed[i] = now;
        if (cut) opacity[i] = 0;
        opacity[i] = approach(opacity[i]!, 1, seconds, 0.15);
        for (let k = 0; k < width; k++) {
          const at = i * width + k;
          let target = rows[base + fields[k]!]!;
          if (round[k]) target += turn * Math.round((shown[at]! - target) / turn);
          shown[at] = cut ? target : approach(shown[at]!, target, seconds, tau);
        }
      }
    },
  };
}

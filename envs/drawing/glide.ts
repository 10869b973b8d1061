// Many lanes at training speed jump between any two frames. This keeps, for every lane, where it is *shown*:
// gliding towards where it is, fading in where a new episode begins, so that a crowd looks calm, not strobing.
import { bookkeepingAt, mostTiles, type ViewFrame } from '../view.ts';
import { approach } from './motion.ts';

interface Gliding {
  /** [lanes, fields]: the numbers to draw. */
  readonly shown: Float64Array;
  /** [lanes]: 0 just begun .. 1 settled. */
  readonly opacity: Float32Array;
}

export interface Glide extends Gliding {
  /** The frame's lanes, as many as are told apart; returns how many these are. */
  follow(frame: ViewFrame): number;
}

export interface CellGlide extends Gliding {
  /** The same, of lanes on a board of so many columns. */
  follow(frame: ViewFrame, columns: number): number;
}

interface Follower extends Gliding {
  follow(rows: Float64Array, lanes: number, stride: number, elapsedAt: number, seconds: number): void;
}

/** An episode that lasted at least this long on screen ends with a cut; shorter ones glide into the next. */
const cutAfter = 0.4;

const turn = 2 * Math.PI;

/** `angles`: those of the fields that are angles in radians; they glide the shorter way round. */
export function createGlide(fields: readonly number[], tau: number, angles: readonly number[] = []): Glide {
  const follower = createFollower(fields, tau, angles);
  return {
    ...follower,
    follow({ rows, lanes, stride, secondsSinceLast }) {
      const shown = Math.min(lanes, mostTiles);
      follower.follow(rows, shown, stride, bookkeepingAt(stride, 'elapsed'), secondsSinceLast);
      return shown;
    },
  };
}

/** Of lanes that stand on a cell, its number at `field`, counted row by row: what glides is its column and its row. */
export function createCellGlide(field: number, tau: number): CellGlide {
  const follower = createFollower([0, 1], tau, []);
  const places = new Float64Array(3 * mostTiles);
  return {
    ...follower,
    follow({ rows, lanes, stride, secondsSinceLast }, columns) {
      const shown = Math.min(lanes, mostTiles);
      const elapsedAt = bookkeepingAt(stride, 'elapsed');
      for (let i = 0; i < shown; i++) {
        const cell = rows[i * stride + field]!;
        places[3 * i] = cell % columns;
        places[3 * i + 1] = Math.floor(cell / columns);
        places[3 * i + 2] = rows[i * stride + elapsedAt]!;
      }
      follower.follow(places, shown, 3, 2, secondsSinceLast);
      return shown;
    },
  };
}

function createFollower(fields: readonly number[], tau: number, angles: readonly number[]): Follower {
  const most = mostTiles;
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

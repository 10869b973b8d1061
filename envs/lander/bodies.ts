// The three bodies while they are being moved: poses and velocities of their centres of mass, unpacked from a row
// and packed again. One set for all lanes, wholly rewritten at every step.
import { cos, sin } from '../../src/core/math.ts';
import { hullCentre } from './craft.ts';
import { bodySize } from './row.ts';

/** x, y, angle of each body; body 0 is the hull, 1 and 2 are the legs 0 and 1. */
export const pose = new Float64Array(9);
/** vx, vy, omega of each. */
export const velocity = new Float64Array(9);
/** Cosine and sine of each angle. */
export const heading = new Float64Array(6);
/** Poses as the step began. */
export const poseBefore = new Float64Array(9);

export function turn(body: number): void {
  const angle = pose[3 * body + 2]!;
  heading[2 * body] = cos(angle);
  heading[2 * body + 1] = sin(angle);
}

/** Turns a body by a small angle (a step's worth at most), its heading by the first terms of the series. */
export function turnBy(body: number, by: number): void {
  pose[3 * body + 2] = pose[3 * body + 2]! + by;
  if (Math.abs(by) > 0.05) {
    turn(body);
    return;
  }
  const square = by * by;
  const sine = by * (1 - (square / 6) * (1 - square / 20));
  const less = (square / 2) * (1 - (square / 12) * (1 - square / 30));
  const c = heading[2 * body]!;
  const s = heading[2 * body + 1]!;
  heading[2 * body] = c - c * less - s * sine;
  heading[2 * body + 1] = s - s * less + c * sine;
}

/** The row keeps the hull's origin; what moves freely is its centre of mass. */
export function unpack(s: Float64Array): void {
  for (let body = 0; body < 3; body++) {
    const at = bodySize * body;
    for (let k = 0; k < 3; k++) {
      pose[3 * body + k] = s[at + k]!;
      velocity[3 * body + k] = s[at + 3 + k]!;
    }
    turn(body);
  }
  pose[0] = pose[0]! - hullCentre * heading[1]!;
  pose[1] = pose[1]! + hullCentre * heading[0]!;
  poseBefore.set(pose);
}

export function pack(s: Float64Array): void {
  for (let body = 0; body < 3; body++) {
    const at = bodySize * body;
    for (let k = 0; k < 3; k++) {
      s[at + k] = pose[3 * body + k]!;
      s[at + 3 + k] = velocity[3 * body + k]!;
    }
  }
  s[0] = pose[0]! + hullCentre * heading[1]!;
  s[1] = pose[1]! - hullCentre * heading[0]!;
}

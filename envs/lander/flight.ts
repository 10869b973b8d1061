// One step of the whole craft, in Box2D's order: who touches whom, speeds, places, sleep, and last a second look at
// what went into the ground during the step. What ends a flight is noted in the row.
import { pack, velocity } from './bodies.ts';
import { clearPoints, nearest, skin, touchGround } from './contacts.ts';
import { secondsPerStep } from './craft.ts';
import { hullToGround } from './hull.ts';
import { meetGround } from './meeting.ts';
import { movePlaces } from './places.ts';
import { landerAt as at } from './row.ts';
import { motor, moveSpeeds } from './speeds.ts';

/** Slower than this counts as still, m/s and radians a second; half a second of it sends all to sleep. */
const stillSpeed = 0.01;
const stillRate = Math.PI / 90;
const sleepAfter = 0.5;

/**
 * A leg counts as down from the moment it meets a piece of ground until it leaves one, even if it still touches
 * another: a quirk of the original that its scores depend on.
 */
function noteTouch(s: Float64Array, leg: number, touched: number): void {
  const before = s[at.touches[leg]!]!;
  if ((touched & ~before) !== 0) s[at.down[leg]!] = 1;
  else if ((before & ~touched) !== 0) s[at.down[leg]!] = 0;
  s[at.touches[leg]!] = touched;
}

function isStill(): boolean {
  for (let b = 0; b < 9; b += 3) {
    const vx = velocity[b]!;
    const vy = velocity[b + 1]!;
    if (vx * vx + vy * vy > stillSpeed * stillSpeed || Math.abs(velocity[b + 2]!) > stillRate) return false;
  }
  return true;
}

/** Moves everything that was unpacked by one step, and packs it; forces have already acted on the velocities. */
export function fly(s: Float64Array): void {
  clearPoints();
  for (let leg = 0; leg < 2; leg++) noteTouch(s, leg, touchGround(s, leg + 1));
  if (hullToGround(s) <= skin) s[at.crashed] = 1;
  for (let leg = 0; leg < 2; leg++) motor[leg] = s[at.motor[leg]!]!;
  moveSpeeds();
  for (let leg = 0; leg < 2; leg++) s[at.motor[leg]!] = motor[leg]!;
  const mended = movePlaces(secondsPerStep);
  s[at.still] = isStill() ? s[at.still]! + secondsPerStep : 0;
  // Rounded: half a second is 25 steps, however it adds up.
  if (mended && s[at.still]! > sleepAfter - 1e-9) s[at.asleep] = 1;
  for (let leg = 0; leg < 2; leg++) {
    const met = meetGround(s, leg + 1);
    if (met !== 0) noteTouch(s, leg, met | s[at.touches[leg]!]!);
  }
  if (hullToGround(s) < nearest) s[at.crashed] = 1;
  pack(s);
}

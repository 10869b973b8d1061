// A leg that meets the ground in the middle of a step, as Box2D treats it: it stops there while the rest of the craft
// goes on, and the next step brings them together again.
import { pose, poseBefore, turn, velocity } from './bodies.ts';
import * as touch from './contacts.ts';
import { clearPoints, legToGround, nearest, touchGround } from './contacts.ts';
import { friction, legInertia, legMass, secondsPerStep } from './craft.ts';
import { advance, mendLeg } from './places.ts';

const impulse = new Float64Array(2 * touch.mostPoints);
const mostRounds = 100;
/** N s; a leg's weight acts with 0.014 in a step. */
const settled = 1e-7;

/** The speeds of a leg that met the ground in the middle of a step: it alone, for the rest of the step. */
function moveLegSpeeds(body: number): void {
  const b = 3 * body;
  const { points } = touch;
  impulse.fill(0, 0, 2 * points);
  for (let round = 0; round < mostRounds; round++) {
    let change = 0;
    for (let k = 0; k < points; k++) {
      const x = touch.pointX[k]! - pose[b]!;
      const y = touch.pointY[k]! - pose[b + 1]!;
      const nx = touch.awayX[k]!;
      const ny = touch.awayY[k]!;
      // Friction along (ny, -nx), then the push along (nx, ny).
      const most = friction * impulse[2 * k]!;
      change = Math.max(change, pushLeg(b, 2 * k + 1, x, y, ny, -nx, -most, most));
      change = Math.max(change, pushLeg(b, 2 * k, x, y, nx, ny, 0, 1e9));
    }
    if (change < settled) break;
  }
}

function pushLeg(
  b: number,
  row: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
  low: number,
  high: number,
): number {
  const turning = x * dy - y * dx;
  const along = velocity[b]! * dx + velocity[b + 1]! * dy + velocity[b + 2]! * turning;
  const before = impulse[row]!;
  const wanted = before - along / (1 / legMass + (turning * turning) / legInertia);
  const by = Math.min(Math.max(wanted, low), high) - before;
  impulse[row] = before + by;
  velocity[b] = velocity[b]! + (dx * by) / legMass;
  velocity[b + 1] = velocity[b + 1]! + (dy * by) / legMass;
  velocity[b + 2] = velocity[b + 2]! + (turning * by) / legInertia;
  return Math.abs(by);
}

/** Puts a leg where it was after a part of the step. */
function between(b: number, endX: number, endY: number, endAngle: number, part: number): void {
  pose[b] = poseBefore[b]! + part * (endX - poseBefore[b]!);
  pose[b + 1] = poseBefore[b + 1]! + part * (endY - poseBefore[b + 1]!);
  pose[b + 2] = poseBefore[b + 2]! + part * (endAngle - poseBefore[b + 2]!);
  turn(b / 3);
}

/**
 * A leg that would end up in the ground is stopped where it meets it, and goes on from there by itself. Returns the
 * pieces of ground it met, one bit each.
 */
export function meetGround(s: Float64Array, body: number): number {
  const b = 3 * body;
  if (legToGround(s, body) >= nearest) return 0;
  const [x, y, angle] = [pose[b]!, pose[b + 1]!, pose[b + 2]!];
  between(b, x, y, angle, 0);
  if (legToGround(s, body) <= nearest) {
    between(b, x, y, angle, 1);
    return 0;
  }
  let free = 0;
  let deep = 1;
  for (let i = 0; i < 12; i++) {
    const middle = (free + deep) / 2;
    between(b, x, y, angle, middle);
    if (legToGround(s, body) > nearest) free = middle;
    else deep = middle;
  }
  clearPoints();
  const touched = touchGround(s, body);
  mendLeg();
  moveLegSpeeds(body);
  advance(body, (1 - deep) * secondsPerStep);
  return touched;
}

// One step of the poses: everything moves on at its new speed, then what the straight line got wrong is put right by
// moving and turning bodies directly, until hinges hold and nothing is too deep in the ground (nonlinear Gauss-Seidel,
// as in Box2D).
import { heading, pose, turnBy, velocity } from './bodies.ts';
import * as touch from './contacts.ts';
import {
  hingeHigh,
  hingeLow,
  hingeX,
  hingeY,
  hullCentre,
  hullInertia,
  hullMass,
  legInertia,
  legMass,
} from './craft.ts';
import { stop } from './speeds.ts';

/** Errors smaller than this are left alone, m and radians. */
const slop = 0.005;
const angularSlop = Math.PI / 90;
/** The most that one correction may turn a hinge back. */
const mostTurn = (8 * Math.PI) / 180;
const mostRounds = 60;

const [hullEase, hullTurn] = [1 / hullMass, 1 / hullInertia];
const [legEase, legTurn] = [1 / legMass, 1 / legInertia];

export function advance(body: number, seconds: number): void {
  const b = 3 * body;
  pose[b] = pose[b]! + seconds * velocity[b]!;
  pose[b + 1] = pose[b + 1]! + seconds * velocity[b + 1]!;
  turnBy(body, seconds * velocity[b + 2]!);
}

/** Turns a leg back to its stop, then brings both ends of the hinge together; true if both were nearly right. */
function mendHinge(leg: number): boolean {
  const b = 3 * leg + 3;
  let bendError = 0;
  const side = stop[leg]!;
  if (side !== 0) {
    const bend = pose[b + 2]! - pose[2]!;
    const over = side < 0 ? hingeLow[leg]! - bend : bend - hingeHigh[leg]!;
    bendError = over;
    const back = Math.min(Math.max(over - angularSlop, 0), mostTurn);
    if (back > 0) {
      const push = (-side * back) / (hullTurn + legTurn);
      turnBy(0, -hullTurn * push);
      turnBy(leg + 1, legTurn * push);
    }
  }
  const c = heading[0]!;
  const s = heading[1]!;
  const lc = heading[2 * leg + 2]!;
  const ls = heading[2 * leg + 3]!;
  // From each centre of mass to its end of the hinge.
  const ax = s * hullCentre;
  const ay = -c * hullCentre;
  const bx = lc * hingeX[leg]! - ls * hingeY;
  const by = ls * hingeX[leg]! + lc * hingeY;
  const dx = pose[b]! + bx - pose[0]! - ax;
  const dy = pose[b + 1]! + by - pose[1]! - ay;
  const both = hullEase + legEase;
  const xx = both + hullTurn * ay * ay + legTurn * by * by;
  const xy = -hullTurn * ax * ay - legTurn * bx * by;
  const yy = both + hullTurn * ax * ax + legTurn * bx * bx;
  const det = 1 / (xx * yy - xy * xy);
  const px = -(yy * dx - xy * dy) * det;
  const py = -(xx * dy - xy * dx) * det;
  pose[0] = pose[0]! - hullEase * px;
  pose[1] = pose[1]! - hullEase * py;
  turnBy(0, -hullTurn * (ax * py - ay * px));
  pose[b] = pose[b]! + legEase * px;
  pose[b + 1] = pose[b + 1]! + legEase * py;
  turnBy(leg + 1, legTurn * (bx * py - by * px));
  return bendError <= angularSlop && dx * dx + dy * dy <= slop * slop;
}

/** Lifts a leg where it is too deep, by a share of what is missing; returns how far apart they were. */
function mendPoint(k: number, share: number): number {
  const body = touch.pointBody[k]!;
  const b = 3 * body;
  const c = heading[2 * body]!;
  const s = heading[2 * body + 1]!;
  const cx = pose[b]!;
  const cy = pose[b + 1]!;
  let nx = touch.normalX[k]!;
  let ny = touch.normalY[k]!;
  let x = touch.cornerX[k]!;
  let y = touch.cornerY[k]!;
  let apart: number;
  if (touch.legsFace[k] === 1) {
    const fx = touch.faceX[k]!;
    const fy = touch.faceY[k]!;
    const wx = nx * c - ny * s;
    const wy = nx * s + ny * c;
    apart = (x - cx - fx * c + fy * s) * wx + (y - cy - fx * s - fy * c) * wy;
    nx = -wx;
    ny = -wy;
    x -= cx;
    y -= cy;
  } else {
    const rx = x * c - y * s;
    const ry = x * s + y * c;
    apart = (cx + rx - touch.faceX[k]!) * nx + (cy + ry - touch.faceY[k]!) * ny;
    x = rx;
    y = ry;
  }
  apart -= touch.skin;
  const missing = Math.min(0.2, -share * (apart + slop));
  if (missing > 0) {
    const lever = x * ny - y * nx;
    const push = missing / (legEase + legTurn * lever * lever);
    pose[b] = cx + legEase * push * nx;
    pose[b + 1] = cy + legEase * push * ny;
    turnBy(body, legTurn * push * lever);
  }
  return apart;
}

/** All bodies by one step; true if all errors were put right. */
export function movePlaces(seconds: number): boolean {
  for (let body = 0; body < 3; body++) advance(body, seconds);
  for (let round = 0; round < mostRounds; round++) {
    let least = 0;
    for (let k = 0; k < touch.points; k++) least = Math.min(least, mendPoint(k, 0.2));
    const right = mendHinge(1);
    const left = mendHinge(0);
    if (least >= -3 * slop && right && left) return true;
  }
  return false;
}

/** A leg alone, where it just met the ground. */
export function mendLeg(): void {
  for (let round = 0; round < 20; round++) {
    let least = 0;
    for (let k = 0; k < touch.points; k++) least = Math.min(least, mendPoint(k, 0.75));
    if (least >= -1.5 * slop) return;
  }
}

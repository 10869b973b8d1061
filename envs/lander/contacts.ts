// Where craft and ground touch. Outlines carry a thin skin, as in Box2D: within it they count as touching, and at
// rest they stand a little apart. A leg against a piece of ground gives up to two points, found by separating axes
// and clipping.
import { heading, pose } from './bodies.ts';
import { legHalfHeight, legHalfWidth } from './craft.ts';
import { pieceAt, pieceWidth } from './ground.ts';
import { landerAt } from './row.ts';

/** Thickness of both skins together, m. */
export const skin = 0.02;
/** Outlines come no nearer than this in the course of a step. */
export const nearest = 0.005;
export const mostPoints = 16;

/** How many points there are; each is described by the arrays below. */
export let points = 0;
export const clearPoints = (): void => {
  points = 0;
};
/** The body it belongs to: 1 or 2. */
export const pointBody = new Int8Array(mostPoints);
/** 1 where the face belongs to the leg and the corner to the ground. */
export const legsFace = new Int8Array(mostPoints);
/** The corner: in the leg's frame, or on the ground where the face is the leg's. */
export const cornerX = new Float64Array(mostPoints);
export const cornerY = new Float64Array(mostPoints);
/** A point of the face and its outward normal, in the other one's frame. */
export const faceX = new Float64Array(mostPoints);
export const faceY = new Float64Array(mostPoints);
export const normalX = new Float64Array(mostPoints);
export const normalY = new Float64Array(mostPoints);
/** Where the point is now, and the normal away from the ground. */
export const pointX = new Float64Array(mostPoints);
export const pointY = new Float64Array(mostPoints);
export const awayX = new Float64Array(mostPoints);
export const awayY = new Float64Array(mostPoints);

// What `legGap` found of the last leg and piece: whether a face of the leg parts them best or the ground, and its
// outward normal.
let byLeg = false;
/** The normal, and half the leg's size along it. */
const best = new Float64Array(3);

/**
 * How far a leg is from the piece of ground between (ax, ay) and (bx, by): the distance along the axis that parts them
 * best, negative where they overlap.
 */
function legGap(body: number, ax: number, ay: number, bx: number, by: number): number {
  const cx = pose[3 * body]!;
  const cy = pose[3 * body + 1]!;
  const c = heading[2 * body]!;
  const s = heading[2 * body + 1]!;
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  let nx = (ay - by) / length;
  let ny = (bx - ax) / length;
  let offset = (cx - ax) * nx + (cy - ay) * ny;
  if (offset < 0) {
    // A piece of ground has two sides: what is beneath is pushed further down.
    nx = -nx;
    ny = -ny;
    offset = -offset;
  }
  const alongX = nx * c + ny * s;
  const alongY = ny * c - nx * s;
  const ground = offset - Math.abs(alongX) * legHalfWidth - Math.abs(alongY) * legHalfHeight;
  // The ends of the piece in the leg's frame.
  const aX = (ax - cx) * c + (ay - cy) * s;
  const aY = (ay - cy) * c - (ax - cx) * s;
  const bX = (bx - cx) * c + (by - cy) * s;
  const bY = (by - cy) * c - (bx - cx) * s;
  const right = Math.min(aX, bX) - legHalfWidth;
  const left = -Math.max(aX, bX) - legHalfWidth;
  const top = Math.min(aY, bY) - legHalfHeight;
  const foot = -Math.max(aY, bY) - legHalfHeight;
  const leg = Math.max(right, left, top, foot);
  byLeg = leg > 0.98 * ground + 0.001;
  if (byLeg) {
    const sideways = leg === right || leg === left;
    const sign = leg === right || leg === top ? 1 : -1;
    best[0] = sideways ? sign * c : sign * -s;
    best[1] = sideways ? sign * s : sign * c;
    best[2] = sideways ? legHalfWidth : legHalfHeight;
  } else {
    best[0] = nx;
    best[1] = ny;
  }
  return Math.max(leg, ground);
}

/** The ends of a segment while it is clipped: x, y, x, y. */
const segment = new Float64Array(4);

/** Keeps of the segment what lies where x * px + y * py <= limit; false where nothing is left. */
function clip(px: number, py: number, limit: number): boolean {
  const a = segment[0]! * px + segment[1]! * py - limit;
  const b = segment[2]! * px + segment[3]! * py - limit;
  if (a > 0 && b > 0) return false;
  if (a > 0 || b > 0) {
    const t = a / (a - b);
    const x = segment[0]! + t * (segment[2]! - segment[0]!);
    const y = segment[1]! + t * (segment[3]! - segment[1]!);
    if (a > 0) {
      segment[0] = x;
      segment[1] = y;
    } else {
      segment[2] = x;
      segment[3] = y;
    }
  }
  return true;
}

function addPoint(body: number, x: number, y: number, fx: number, fy: number): boolean {
  const apart = (x - fx) * best[0]! + (y - fy) * best[1]!;
  if (apart > skin || points === mostPoints) return false;
  const k = points++;
  const cx = pose[3 * body]!;
  const cy = pose[3 * body + 1]!;
  const c = heading[2 * body]!;
  const s = heading[2 * body + 1]!;
  pointBody[k] = body;
  legsFace[k] = byLeg ? 1 : 0;
  pointX[k] = x - 0.5 * apart * best[0]!;
  pointY[k] = y - 0.5 * apart * best[1]!;
  if (byLeg) {
    awayX[k] = -best[0]!;
    awayY[k] = -best[1]!;
    cornerX[k] = x;
    cornerY[k] = y;
    faceX[k] = (fx - cx) * c + (fy - cy) * s;
    faceY[k] = (fy - cy) * c - (fx - cx) * s;
    normalX[k] = best[0]! * c + best[1]! * s;
    normalY[k] = best[1]! * c - best[0]! * s;
  } else {
    awayX[k] = best[0]!;
    awayY[k] = best[1]!;
    cornerX[k] = (x - cx) * c + (y - cy) * s;
    cornerY[k] = (y - cy) * c - (x - cx) * s;
    faceX[k] = fx;
    faceY[k] = fy;
    normalX[k] = best[0]!;
    normalY[k] = best[1]!;
  }
  return true;
}

/** Adds the points at which a leg touches a piece of ground; false where it does not touch. */
function touchPiece(body: number, ax: number, ay: number, bx: number, by: number): boolean {
  if (legGap(body, ax, ay, bx, by) > skin) return false;
  const cx = pose[3 * body]!;
  const cy = pose[3 * body + 1]!;
  const c = heading[2 * body]!;
  const s = heading[2 * body + 1]!;
  let fx = ax;
  let fy = ay;
  // Along the face that parts them.
  const tx = -best[1]!;
  const ty = best[0]!;
  if (byLeg) {
    fx = cx + best[0]! * best[2]!;
    fy = cy + best[1]! * best[2]!;
    const half = legHalfWidth + legHalfHeight - best[2]!;
    const middle = cx * tx + cy * ty;
    segment[0] = ax;
    segment[1] = ay;
    segment[2] = bx;
    segment[3] = by;
    if (!clip(tx, ty, middle + half) || !clip(-tx, -ty, half - middle)) return false;
  } else {
    // The leg's face that looks most nearly against the normal.
    const alongX = best[0]! * c + best[1]! * s;
    const alongY = best[1]! * c - best[0]! * s;
    const sideways = Math.abs(alongX) > Math.abs(alongY);
    const lx = (sideways ? alongX : alongY) > 0 ? -1 : 1;
    const x1 = sideways ? lx * legHalfWidth : legHalfWidth;
    const y1 = sideways ? legHalfHeight : lx * legHalfHeight;
    const x2 = sideways ? x1 : -x1;
    const y2 = sideways ? -y1 : y1;
    segment[0] = cx + x1 * c - y1 * s;
    segment[1] = cy + x1 * s + y1 * c;
    segment[2] = cx + x2 * c - y2 * s;
    segment[3] = cy + x2 * s + y2 * c;
    const a = ax * tx + ay * ty;
    const b = bx * tx + by * ty;
    if (!clip(tx, ty, Math.max(a, b)) || !clip(-tx, -ty, -Math.min(a, b))) return false;
  }
  const first = addPoint(body, segment[0]!, segment[1]!, fx, fy);
  return addPoint(body, segment[2]!, segment[3]!, fx, fy) || first;
}

const { ground } = landerAt;

/** How far a leg's corners reach from its middle, its skin included. */
const legReach = Math.sqrt(legHalfWidth * legHalfWidth + legHalfHeight * legHalfHeight) + skin;

/** Adds a leg's points with all of the ground; returns the pieces it touches, one bit each. */
export function touchGround(s: Float64Array, body: number): number {
  const x = pose[3 * body]!;
  const low = pose[3 * body + 1]! - legReach;
  const last = pieceAt(x + legReach);
  let touched = 0;
  for (let i = pieceAt(x - legReach); i <= last; i++) {
    const a = s[ground + i]!;
    const b = s[ground + i + 1]!;
    if (low > a && low > b) continue;
    if (touchPiece(body, i * pieceWidth, a, (i + 1) * pieceWidth, b)) touched |= 1 << i;
  }
  return touched;
}

/** The smallest distance between a leg and the ground, or more than the skin where it is certainly further. */
export function legToGround(s: Float64Array, body: number): number {
  const x = pose[3 * body]!;
  const low = pose[3 * body + 1]! - legReach;
  const last = pieceAt(x + legReach);
  let least = 1;
  for (let i = pieceAt(x - legReach); i <= last; i++) {
    const a = s[ground + i]!;
    const b = s[ground + i + 1]!;
    if (low > a && low > b) continue;
    least = Math.min(least, legGap(body, i * pieceWidth, a, (i + 1) * pieceWidth, b));
  }
  return least;
}

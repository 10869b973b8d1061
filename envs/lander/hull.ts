// Whether the hull touches the ground, which ends the flight: the distance between its outline and a piece of
// ground along the axis that parts them best.
import { heading, pose } from './bodies.ts';
import { hullCentre, hullOutline } from './craft.ts';
import { pieceAt, pieceWidth } from './ground.ts';
import { landerAt } from './row.ts';

const count = hullOutline.length / 2;
const xs = Float64Array.from({ length: count }, (_, i) => hullOutline[2 * i]!);
// From the centre of mass, which is what the hull's pose is.
const ys = Float64Array.from({ length: count }, (_, i) => hullOutline[2 * i + 1]! - hullCentre);
const faceX = new Float64Array(count);
const faceY = new Float64Array(count);
const faceAt = new Float64Array(count);
let reach = 0;
for (let i = 0; i < count; i++) {
  const j = (i + 1) % count;
  const [dx, dy] = [xs[j]! - xs[i]!, ys[j]! - ys[i]!];
  const length = Math.sqrt(dx * dx + dy * dy);
  faceX[i] = dy / length;
  faceY[i] = -dx / length;
  faceAt[i] = faceX[i]! * xs[i]! + faceY[i]! * ys[i]!;
  reach = Math.max(reach, Math.sqrt(xs[i]! * xs[i]! + ys[i]! * ys[i]!));
}
const margin = 0.05;

/** The smallest distance between hull and ground; more than `margin` may be given as any larger number. */
export function hullToGround(s: Float64Array): number {
  const cx = pose[0]!;
  const cy = pose[1]!;
  const low = cy - reach - margin;
  const last = pieceAt(cx + reach);
  let least = 1;
  for (let i = pieceAt(cx - reach); i <= last; i++) {
    const a = s[landerAt.ground + i]!;
    const b = s[landerAt.ground + i + 1]!;
    if (low > a && low > b) continue;
    least = Math.min(least, gapTo(i * pieceWidth - cx, a - cy, (i + 1) * pieceWidth - cx, b - cy));
  }
  return least;
}

/** Distance to a piece of ground, its ends given from the hull's centre of mass. */
function gapTo(ax: number, ay: number, bx: number, by: number): number {
  const c = heading[0]!;
  const s = heading[1]!;
  const aX = ax * c + ay * s;
  const aY = ay * c - ax * s;
  const bX = bx * c + by * s;
  const bY = by * c - bx * s;
  const length = Math.sqrt((bX - aX) * (bX - aX) + (bY - aY) * (bY - aY));
  let nx = (aY - bY) / length;
  let ny = (bX - aX) / length;
  if (aX * nx + aY * ny > 0) {
    nx = -nx;
    ny = -ny;
  }
  let least = 1e9;
  let most = -1e9;
  for (let i = 0; i < count; i++) {
    least = Math.min(least, (xs[i]! - aX) * nx + (ys[i]! - aY) * ny);
    const face = Math.min(faceX[i]! * aX + faceY[i]! * aY, faceX[i]! * bX + faceY[i]! * bY) - faceAt[i]!;
    most = Math.max(most, face);
  }
  return Math.max(least, most);
}

// Closed curves in the plane, as points [x0, y0, x1, y1, ...] in metres (x right, y down) whose last joins the first: what a
// centre line is made of, whether a person drew it or a number stands for it. Nothing here knows of roads or cars.

/** The room a track may take, m. */
export const field = { width: 140, height: 88 } as const;
/** A centre line bends at least this wide, m; a car at full lock turns in 8 m. */
export const tightest = 11;
/** Two stretches of a track lie at least this far apart, middle to middle, m; the widest road is 12 m. */
export const apart = 14;
const shortest = 160; // m
const longest = 620; // m: in fifty seconds, an average of 12.4 m/s

const countOf = (loop: Float64Array): number => loop.length / 2;

export function lengthOf(loop: Float64Array): number {
  let sum = 0;
  let [x, y] = [loop.at(-2)!, loop.at(-1)!];
  for (let i = 0; i < loop.length; i += 2) {
    const [dx, dy] = [loop[i]! - x, loop[i + 1]! - y];
    sum += Math.sqrt(dx * dx + dy * dy);
    [x, y] = [loop[i]!, loop[i + 1]!];
  }
  return sum;
}

/** `count` points at equal distances along the loop, the first where it begins. */
export function evenly(loop: Float64Array, count: number): Float64Array {
  const n = countOf(loop);
  const stride = lengthOf(loop) / count;
  const out = new Float64Array(2 * count);
  let walked = 0;
  let next = 0;
  for (let i = 0; i < n && next < count; i++) {
    const [x, y] = [loop[2 * i]!, loop[2 * i + 1]!];
    const j = (i + 1) % n;
    const [dx, dy] = [loop[2 * j]! - x, loop[2 * j + 1]! - y];
    const edge = Math.sqrt(dx * dx + dy * dy);
    while (next < count && (next * stride <= walked + edge || i === n - 1)) {
      const t = edge > 0 ? Math.min(1, (next * stride - walked) / edge) : 0;
      out[2 * next] = x + t * dx;
      out[2 * next + 1] = y + t * dy;
      next++;
    }
    walked += edge;
  }
  return out;
}

/** The closed uniform cubic B-spline of these control points, `fine` points for each: twice smooth everywhere. */
function rounded(control: Float64Array, fine: number): Float64Array {
  const n = countOf(control);
  const out = new Float64Array(2 * n * fine);
  for (let k = 0; k < fine; k++) {
    const t = k / fine;
    const u = 1 - t;
    const before = (u * u * u) / 6;
    const here = (3 * t * t * t - 6 * t * t + 4) / 6;
    const next = (3 * u * u * u - 6 * u * u + 4) / 6;
    const after = (t * t * t) / 6;
    for (let i = 0; i < n; i++) {
      const [a, b, c, d] = [2 * ((i + n - 1) % n), 2 * i, 2 * ((i + 1) % n), 2 * ((i + 2) % n)];
      const to = 2 * (i * fine + k);
      for (let e = 0; e < 2; e++) {
        out[to + e] =
          before * control[a + e]! +
          here * control[b + e]! +
          next * control[c + e]! +
          after * control[d + e]!;
      }
    }
  }
  return out;
}

/** Curvature at point i in 1/m, positive to the right: of the circle through it and its neighbours (Menger 1930). */
export function bendAt(loop: Float64Array, i: number): number {
  const n = countOf(loop);
  const [a, b, c] = [2 * ((i + n - 1) % n), 2 * i, 2 * ((i + 1) % n)];
  const [ux, uy] = [loop[b]! - loop[a]!, loop[b + 1]! - loop[a + 1]!];
  const [vx, vy] = [loop[c]! - loop[b]!, loop[c + 1]! - loop[b + 1]!];
  const [wx, wy] = [ux + vx, uy + vy];
  const sides = Math.sqrt((ux * ux + uy * uy) * (vx * vx + vy * vy) * (wx * wx + wy * wy));
  return sides > 0 ? (2 * (ux * vy - uy * vx)) / sides : 1e3;
}

function sharpestBend(loop: Float64Array): number {
  let most = 0;
  for (let i = 0; i < countOf(loop); i++) most = Math.max(most, Math.abs(bendAt(loop, i)));
  return most;
}

/**
 * Irons out bends sharper than `most` by moving the points there towards the middle of their neighbours, until there are
 * none or patience ends. Changes the loop, which should be evenly spaced.
 */
function relax(loop: Float64Array, most: number): Float64Array {
  const n = countOf(loop);
  let now = loop;
  const moves = new Uint8Array(n);
  const before = new Float64Array(2 * n);
  for (let pass = 1; pass <= 600; pass++) {
    moves.fill(0);
    let any = false;
    for (let i = 0; i < n; i++) {
      if (Math.abs(bendAt(now, i)) <= most) continue;
      any = true;
      for (let k = -2; k <= 2; k++) moves[(i + k + n) % n] = 1;
    }
    if (!any) break;
    before.set(now);
    for (let i = 0; i < n; i++) {
      if (moves[i] === 0) continue;
      for (let d = 0; d < 2; d++) {
        const middle = (before[2 * ((i + n - 1) % n) + d]! + before[2 * ((i + 1) % n) + d]!) / 2;
        now[2 * i + d] = (before[2 * i + d]! + middle) / 2;
      }
    }
    if (pass % 20 === 0) now = evenly(now, n);
  }
  return now;
}

/** A centre line along these control points: rounded, ironed out where it bends too sharply, a point every 2 m or so. */
export function centreLine(control: Float64Array): Float64Array {
  const rough = rounded(control, 8);
  const knots = evenly(rough, Math.max(8, Math.round(lengthOf(rough) / 4)));
  // A little wider than asked for, since the last rounding moves the points once more.
  const fine = rounded(relax(knots, 1 / (tightest * 1.06)), 6);
  return evenly(fine, Math.max(16, Math.round(lengthOf(fine) / 2)));
}

/** Whether any two of its edges cross. */
export function crossesItself(loop: Float64Array): boolean {
  const n = countOf(loop);
  const side = (a: number, b: number, c: number): number =>
    (loop[2 * b]! - loop[2 * a]!) * (loop[2 * c + 1]! - loop[2 * a + 1]!) -
    (loop[2 * b + 1]! - loop[2 * a + 1]!) * (loop[2 * c]! - loop[2 * a]!);
  for (let i = 0; i < n; i++) {
    const iNext = (i + 1) % n;
    for (let j = i + 2; j < n; j++) {
      const jNext = (j + 1) % n;
      if (jNext === i) continue;
      if (side(i, iNext, j) > 0 === side(i, iNext, jNext) > 0) continue;
      if (side(j, jNext, i) > 0 !== side(j, jNext, iNext) > 0) return true;
    }
  }
  return false;
}

/** The smallest distance between two points that are further apart than half a circle of that width along the loop, m. */
export function closest(loop: Float64Array): number {
  const n = countOf(loop);
  const spacing = lengthOf(loop) / n;
  const skip = Math.ceil((1.6 * apart) / spacing);
  let least = Infinity;
  for (let i = 0; i < n; i++) {
    for (let j = i + skip; j < n && j <= i + n - skip; j++) {
      const [dx, dy] = [loop[2 * i]! - loop[2 * j]!, loop[2 * i + 1]! - loop[2 * j + 1]!];
      least = Math.min(least, dx * dx + dy * dy);
    }
  }
  return Math.sqrt(least);
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function boundsOf(loop: Float64Array): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < loop.length; i += 2) {
    left = Math.min(left, loop[i]!);
    right = Math.max(right, loop[i]!);
    top = Math.min(top, loop[i + 1]!);
    bottom = Math.max(bottom, loop[i + 1]!);
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** Why nobody should have to drive round this centre line, in a sentence; undefined if it will do. */
export function loopProblem(loop: Float64Array): string | undefined {
  const length = lengthOf(loop);
  const { width, height } = boundsOf(loop);
  if (length < shortest)
    return `The track is ${Math.round(length)} m long; it must be at least ${shortest} m.`;
  if (length > longest)
    return `The track is ${Math.round(length)} m long; at most ${longest} m can be driven in time.`;
  if (width > field.width || height > field.height) {
    return `The track is ${Math.round(width)} m by ${Math.round(height)} m; there is room for ${field.width} m by ${field.height} m.`;
  }
  if (crossesItself(loop)) return 'The track crosses itself; a circuit must not.';
  const radius = 1 / sharpestBend(loop);
  if (radius < tightest) {
    return `The tightest bend has a radius of ${radius.toFixed(1)} m; it must be at least ${tightest} m.`;
  }
  const gap = closest(loop);
  if (gap < apart) return `Two stretches are only ${gap.toFixed(1)} m apart; they need ${apart} m.`;
  return undefined;
}

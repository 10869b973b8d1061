// From a card's numbers to a drawn digit: the pen's strokes as polylines, and those as a small grey picture.
// Pure functions over caller-owned buffers; a view can draw the same strokes as large as it likes.
import { cos, sin } from '../../src/core/math.ts';
import { glyphs, mostPoints, mostSpans, mostStrokes } from './glyphs.ts';

/** How a hand writes; the part of the world's parameters that shapes a digit. */
export type Hand = Readonly<{
  jitter: number;
  slant: number;
  thickness: number;
  otherShapes: number;
  noise: number;
}>;

/**
 * A card: one written digit, as numbers. All but the first are plain draws, so that the hand's parameters decide what
 * they mean: `shape` and `noiseSeed` uniform in [0, 1), the others uniform in [-1, 1).
 */
export const cardNames = [
  ...['digit', 'shape', 'shiftX', 'shiftY', 'width', 'height', 'slant', 'turn', 'thickness', 'noiseSeed'],
  ...Array.from({ length: mostPoints }, (_, i) => [`jitterX${i}`, `jitterY${i}`]).flat(),
];
export const cardLength = cardNames.length;
const jitterAt = cardLength - 2 * mostPoints;

// What a draw of 1 means at jitter 1, in parts of the picture's side (or radians, or a factor).
const shiftSpread = 0.065;
const sizeSpread = 0.18;
const slantSpread = 0.22;
const turnSpread = 0.15;
const thicknessSpread = 0.3;
const pointSpread = 0.06;
/** A digit of usual size, in parts of the picture's side. */
const usualWidth = 0.58;
const usualHeight = 0.77;

/** Polylines in [0, 1]² (x right, y down): stroke i is the points from ends[i - 1] (or 0) up to ends[i]. */
export interface Polylines {
  /** x0, y0, x1, y1, ... */
  readonly points: Float64Array;
  readonly ends: Int32Array;
  count: number;
  /** Half the pen's width, in parts of the picture's side. */
  radius: number;
}

/** Polylines with what it takes to trace them. */
export interface Strokes extends Polylines {
  /** Straight pieces per curved span: 3 suffice for a small picture, more look smooth close up. */
  readonly piecesPerSpan: number;
  /** [piecesPerSpan + 1, 4]: what the four control points around a span count for at each of its points. */
  readonly curve: Float64Array;
}

export const createStrokes = (piecesPerSpan = 3): Strokes => ({
  piecesPerSpan,
  curve: Float64Array.from(
    Array.from({ length: piecesPerSpan + 1 }, (_, i) => catmullRom(i / piecesPerSpan)).flat(),
  ),
  points: new Float64Array(2 * (mostSpans * piecesPerSpan + mostStrokes)),
  ends: new Int32Array(mostStrokes),
  count: 0,
  radius: 0,
});

/** Weights of the points before, at the beginning, at the end of and after a span, t of the way along it (Catmull & Rom 1974). */
const catmullRom = (t: number): readonly number[] => [
  0.5 * t * (-1 + t * (2 - t)),
  0.5 * (2 + t * t * (-5 + 3 * t)),
  0.5 * t * (1 + t * (4 - 3 * t)),
  0.5 * t * t * (-1 + t),
];
/** Those of a straight line, which is one piece. */
const straightLine = Float64Array.of(0, 1, 0, 0, 0, 0, 1, 0);

const controls = new Float64Array(2 * mostPoints);

/** Writes the strokes of the card at s[at...] into `out`. */
export function traceCard(s: Float64Array, at: number, hand: Hand, out: Strokes): void {
  const shapes = glyphs[s[at]!]!;
  const draw = s[at + 1]!;
  const others = shapes.length - 1;
  // Below `otherShapes` one of the alternatives, each as often as the next; the usual shape otherwise.
  const which =
    draw < hand.otherShapes && others > 0 ? 1 + Math.floor((draw / hand.otherShapes) * others) : 0;
  const glyph = shapes[which]!;
  const j = hand.jitter;
  const middleX = 0.5 + j * shiftSpread * s[at + 2]!;
  const middleY = 0.5 + j * shiftSpread * s[at + 3]!;
  const width = usualWidth * (1 + j * sizeSpread * s[at + 4]!);
  const height = usualHeight * (1 + 0.6 * j * sizeSpread * s[at + 5]!);
  const lean = hand.slant + j * slantSpread * s[at + 6]!;
  const turn = j * turnSpread * s[at + 7]!;
  const c = cos(turn);
  const d = sin(turn);
  out.radius = 0.5 * hand.thickness * Math.max(0.3, 1 + j * thicknessSpread * s[at + 8]!);
  const wobble = j * pointSpread;
  const { points, strokes } = glyph;
  for (let i = 0; i < points.length; i += 2) {
    const y = height * (points[i + 1]! - 0.5 + wobble * s[at + jitterAt + i + 1]!);
    const x = width * (points[i]! - 0.5 + wobble * s[at + jitterAt + i]!) - lean * y;
    controls[i] = middleX + c * x - d * y;
    controls[i + 1] = middleY + d * x + c * y;
  }
  let n = 0;
  for (let i = 0; i < strokes.length; i++) {
    n = traceStroke(strokes[i]!, out, n);
    out.ends[i] = n;
  }
  out.count = strokes.length;
}

/** Appends one stroke as a polyline of Catmull-Rom spans from point number n on; returns the number after it. */
function traceStroke(
  visits: readonly number[],
  { piecesPerSpan, curve, points }: Strokes,
  n: number,
): number {
  const last = visits.length - 1;
  const closed = last > 2 && visits[0] === visits[last];
  let end = n;
  for (let k = 0; k < last; k++) {
    const from = visits[k]!;
    const to = visits[k + 1]!;
    if (from === to) continue;
    // Beyond a loose end the curve is led by the end itself, beyond a closed one by the loop's other side.
    const before = k > 0 ? visits[k - 1]! : closed ? visits[last - 1]! : from;
    const after = k + 1 < last ? visits[k + 2]! : closed ? visits[1]! : to;
    const straight = before === from && after === to;
    const weights = straight ? straightLine : curve;
    const pieces = straight ? 1 : piecesPerSpan;
    for (let i = end === n ? 0 : 1; i <= pieces; i++) {
      for (let axis = 0; axis < 2; axis++) {
        points[2 * end + axis] =
          weights[4 * i]! * controls[2 * before + axis]! +
          weights[4 * i + 1]! * controls[2 * from + axis]! +
          weights[4 * i + 2]! * controls[2 * to + axis]! +
          weights[4 * i + 3]! * controls[2 * after + axis]!;
      }
      end++;
    }
  }
  return end;
}

// Minimum and maximum without a branch, exact to the last bit: on pixels a processor would guess every other one wrong, and that
// was a third of the time of a picture.
const atLeast0 = (x: number): number => 0.5 * (x + Math.abs(x));
const atMost1 = (x: number): number => x - atLeast0(x - 1);
const clamped = (x: number): number => atMost1(atLeast0(x));

/**
 * Paints the strokes into a square grey picture, side x side, 0 paper and 1 ink, at picture[at...]. A pixel is as
 * dark as its centre is deep inside the pen's trail, over one pixel's width: anti-aliasing without sampling.
 * @param side even, in pixels.
 * @param grain speckle of every pixel, up to so much lighter or darker, by a hash of the pixel and `grainSeed` in [0, 1).
 * @param nearest scratch of side² numbers.
 */
export function paintStrokes(
  strokes: Polylines,
  side: number,
  grain: number,
  grainSeed: number,
  picture: Float32Array,
  at: number,
  nearest: Float64Array,
): void {
  const reach = strokes.radius * side + 0.5;
  nearest.fill(reach * reach);
  const { points, ends } = strokes;
  let from = 0;
  for (let i = 0; i < strokes.count; i++) {
    const end = ends[i]!;
    let bx = points[2 * from]! * side - 0.5;
    let by = points[2 * from + 1]! * side - 0.5;
    for (let k = from + 1; k < end; k++) {
      // In pixels; pixel (column, row) has its centre at whole coordinates.
      const ax = bx;
      const ay = by;
      bx = points[2 * k]! * side - 0.5;
      by = points[2 * k + 1]! * side - 0.5;
      const dx = bx - ax;
      const dy = by - ay;
      const squared = dx * dx + dy * dy;
      const scale = squared > 0 ? 1 / squared : 0;
      const left = Math.max(0, Math.ceil((ax < bx ? ax : bx) - reach) | 0);
      const right = Math.min(side - 1, Math.floor((ax < bx ? bx : ax) + reach) | 0);
      const top = Math.max(0, Math.ceil((ay < by ? ay : by) - reach) | 0);
      const low = Math.min(side - 1, Math.floor((ay < by ? by : ay) + reach) | 0);
      // Seen from its middle, a piece goes half its way to either side.
      const halfX = 0.5 * dx;
      const halfY = 0.5 * dy;
      const middleX = ax + halfX;
      const middleY = ay + halfY;
      const perPixel = dx * scale;
      for (let y = top; y <= low; y++) {
        const py = y - middleY;
        const across = py * dy * scale;
        const row = y * side;
        for (let x = left; x <= right; x++) {
          // Distance from the pixel's centre to the piece, squared.
          const px = x - middleX;
          const unbounded = px * perPixel + across;
          // Twice that, held within the piece: -1 at one end, 1 at the other.
          const along = Math.abs(unbounded + 0.5) - Math.abs(unbounded - 0.5);
          const ox = px - along * halfX;
          const oy = py - along * halfY;
          const distance = ox * ox + oy * oy;
          const before = nearest[row + x]!;
          nearest[row + x] = before - atLeast0(before - distance);
        }
      }
    }
    from = end;
  }
  // Four speckles out of every hash: 256 shades are plenty.
  const speck = grain / 128;
  let state = Math.floor(grainSeed * 4294967296) | 0;
  for (let i = 0; i < side * side; i += 4) {
    // mulberry32, begun at the card's seed.
    state = (state + 0x6d2b79f5) | 0;
    let hash = Math.imul(state ^ (state >>> 15), 1 | state);
    hash = (hash + Math.imul(hash ^ (hash >>> 7), 61 | hash)) ^ hash;
    hash ^= hash >>> 14;
    // Its four bytes, each with its sign: -128 to 127. Out of the pen's reach that is the speckle alone.
    picture[at + i] = clamped(reach - Math.sqrt(nearest[i]!) + speck * (hash >> 24));
    picture[at + i + 1] = clamped(reach - Math.sqrt(nearest[i + 1]!) + speck * ((hash << 8) >> 24));
    picture[at + i + 2] = clamped(reach - Math.sqrt(nearest[i + 2]!) + speck * ((hash << 16) >> 24));
    picture[at + i + 3] = clamped(reach - Math.sqrt(nearest[i + 3]!) + speck * ((hash << 24) >> 24));
  }
}

// A digit that a person drew, as the scanner would have it: brought to the middle, to the size of the written ones, and
// gone over with the world's own pen.
import { type Polylines, paintStrokes } from './pen.ts';

// In parts of the picture's side: how high a digit is written, how wide at most, and how wide the widest scribble.
const height = 0.71;
const mostWidth = 0.46;
const widest = 0.8;
/** A drawing of no width or height is not enlarged without end. */
const least = 1e-9;

/**
 * Paints a drawing into a picture of side x side at picture[at...].
 * @param lines of the pen, x0, y0, x1, y1, ... each, in any unit, x to the right and y down; one of a single point is a dot.
 * @param thickness of the pen, in parts of the picture's side.
 */
export function paintDrawing(
  lines: readonly (readonly number[])[],
  thickness: number,
  side: number,
  picture: Float32Array,
  at: number,
): void {
  const [xs, ys] = [0, 1].map((axis) => lines.flatMap((line) => line.filter((_, i) => i % 2 === axis)));
  const [x, y] = [spanOf(xs!), spanOf(ys!)];
  const scaleY = Math.min(height / Math.max(y.size, least), widest / Math.max(x.size, least));
  // Wider than anybody's digit of that height: pressed together a little, rather than made small.
  const scaleX = Math.min(scaleY, mostWidth / Math.max(x.size, least));
  const points: number[] = [];
  const ends: number[] = [];
  for (const line of lines) {
    const dotted = line.length === 2 ? [...line, ...line] : line;
    for (let i = 0; i + 1 < dotted.length; i += 2) {
      points.push(0.5 + (dotted[i]! - x.middle) * scaleX, 0.5 + (dotted[i + 1]! - y.middle) * scaleY);
    }
    ends.push(points.length / 2);
  }
  const strokes: Polylines = {
    points: Float64Array.from(points),
    ends: Int32Array.from(ends),
    count: lines.length,
    radius: thickness / 2,
  };
  paintStrokes(strokes, side, 0, 0, picture, at, new Float64Array(side * side));
}

function spanOf(values: readonly number[]): { readonly middle: number; readonly size: number } {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return values.length === 0 ? { middle: 0, size: 0 } : { middle: (low + high) / 2, size: high - low };
}

// Something seen as a small picture: a frame with all its channels in one, or, where a world shows a few numbers, one bar each
// from the middle line.
import { createTiles, largestOf } from '../brain/pictures.ts';
import type { Palette } from '../theme.ts';
import { flattenFrame, frameColours } from './frame-tiles.ts';

/** Paints the row at values[at...], of the given shape, into the square at x, y. */
export function paintSeen(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  at: number,
  shape: readonly number[],
  x: number,
  y: number,
  side: number,
  palette: Palette,
): void {
  if (shape.length !== 3) {
    bars(context, values.subarray(at, at + shape.reduce((a, b) => a * b, 1)), x, y, side, palette);
    return;
  }
  const [rows, columns] = shape as readonly [number, number, number];
  const tiles = createTiles(columns, rows, 1, frameColours(palette));
  tiles.paint(0, flattenFrame(values, at, shape), 0, 1, 1);
  tiles.flush();
  tiles.draw(context, 0, x, y, side, side);
}

function bars(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  x: number,
  y: number,
  side: number,
  palette: Palette,
): void {
  context.fillStyle = palette.stage;
  context.fillRect(x, y, side, side);
  const scale = largestOf(values);
  const step = (side - 4) / values.length;
  const middle = y + side / 2;
  values.forEach((value, i) => {
    const tall = (Math.abs(value) / scale) * (side / 2 - 3);
    context.fillStyle = value >= 0 ? palette.positive : palette.negative;
    context.fillRect(
      x + 2 + i * step,
      value >= 0 ? middle - tall : middle,
      Math.max(1, step - 1),
      Math.max(1, tall),
    );
  });
  context.fillStyle = palette.edge;
  context.fillRect(x, middle - 0.5, side, 1);
}

// All lanes of Heights as small maps: the last places each was asked about, with a stem as long as the error, and a
// bar that is full when all answers were exact.
import { clamp } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createPlaneWall } from '../drawing/plane-wall.ts';
import { css } from '../drawing/sheet.ts';
import { heightsAt as at, edge, kept, keptLength } from './dynamics.ts';

const near = 0.1;

export const createWall = (paint: Paint): Look =>
  createPlaneWall(paint, (context, row, side) => markStems(paint, context, row, side));

function markStems(
  { theme }: Paint,
  context: CanvasRenderingContext2D,
  row: Float64Array,
  side: number,
): number {
  const unit = (side - 8) / (2 * edge);
  const foot = clamp(side * 0.022, 1.2, 3);
  const given = Math.min(kept, row[at.total]!);
  let sum = 0;
  for (let k = 0; k < given; k++) {
    const slot = at.last + keptLength * k;
    const error = row[slot + 3]! - row[slot + 2]!;
    const [x, y] = [row[slot]! * unit, -row[slot + 1]! * unit];
    // Within the tile, however wrong it was.
    const tip = clamp(y - error * side * 0.2, -side / 2 + 2, side / 2 - 2);
    sum += Math.abs(error);
    context.fillStyle = css(theme.soft);
    context.beginPath();
    context.arc(x, y, foot, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = css(Math.abs(error) < near ? theme.positive : theme.negative);
    context.fillRect(x - foot * 0.5, Math.min(y, tip), foot, Math.abs(tip - y));
  }
  return given > 0 ? clamp(1 - sum / given, 0, 1) : 0;
}

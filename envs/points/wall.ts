// All lanes of Points as small planes: the last answers of each, right ones as the shape of their class, wrong ones
// as crosses, and a bar for how many were right.
import { clamp } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createPlaneWall } from '../drawing/plane-wall.ts';
import { css } from '../drawing/sheet.ts';
import { pointsAt as at, kept, keptLength } from './dynamics.ts';
import { classColour, traceClass } from './pieces.ts';
import { edge } from './shapes.ts';

export const createWall = (paint: Paint): Look =>
  createPlaneWall(paint, (context, row, side) => markClasses(paint, context, row, side));

function markClasses(
  { theme }: Paint,
  context: CanvasRenderingContext2D,
  row: Float64Array,
  side: number,
): number {
  const unit = (side - 6) / (2 * edge);
  const radius = clamp(side * 0.032, 1.6, 4);
  const given = Math.min(kept, row[at.total]!);
  let right = 0;
  for (let k = 0; k < given; k++) {
    const slot = at.last + keptLength * k;
    const [x, y, label] = [row[slot]! * unit, -row[slot + 1]! * unit, row[slot + 2]!];
    context.beginPath();
    if (row[slot + 3] === label) {
      right++;
      traceClass(context, label, x, y, radius);
      context.fillStyle = css(classColour(theme, label));
      context.fill();
    } else {
      const arm = radius * 1.25;
      context.moveTo(x - arm, y - arm);
      context.lineTo(x + arm, y + arm);
      context.moveTo(x + arm, y - arm);
      context.lineTo(x - arm, y + arm);
      context.strokeStyle = css(theme.negative);
      context.lineWidth = Math.max(1.4, radius * 0.6);
      context.stroke();
    }
  }
  return given > 0 ? right / given : 0;
}

// All lanes of Points as small planes: the last answers of each, right ones as the shape of their class, wrong ones
// as crosses, and a bar for how many were right.
import type { Graphics } from 'pixi.js';
import { clamp } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createPlaneWall } from '../drawing/plane-wall.ts';
import { pointsAt as at, kept, keptLength } from './dynamics.ts';
import { classColour, traceClass } from './pieces.ts';
import { edge } from './shapes.ts';

export const createWall = (paint: Paint): Look =>
  createPlaneWall(paint, (marks, row, side) => markClasses(paint, marks, row, side));

function markClasses({ theme }: Paint, marks: Graphics, row: Float64Array, side: number): number {
  const unit = (side - 6) / (2 * edge);
  const radius = clamp(side * 0.032, 1.6, 4);
  const given = Math.min(kept, row[at.total]!);
  let right = 0;
  for (let k = 0; k < given; k++) {
    const slot = at.last + keptLength * k;
    const [x, y, label] = [row[slot]! * unit, -row[slot + 1]! * unit, row[slot + 2]!];
    if (row[slot + 3] === label) {
      right++;
      traceClass(marks.context, label, x, y, radius);
      marks.fill(classColour(theme, label));
    } else {
      const arm = radius * 1.25;
      marks
        .moveTo(x - arm, y - arm)
        .lineTo(x + arm, y + arm)
        .moveTo(x + arm, y - arm)
        .lineTo(x - arm, y + arm)
        .stroke({ color: theme.negative, width: Math.max(1.4, radius * 0.6) });
    }
  }
  return given > 0 ? right / given : 0;
}

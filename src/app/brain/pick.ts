// What lies under a finger, and where the arrow keys lead: from a point on the canvas, or from one unit to the
// next. Pure.
import { ends, type Selection } from './draw.ts';
import type { Column } from './layout.ts';
import type { Link } from './links.ts';

/** Distance from a point to the curve of a link, sampled. */
function distance(source: Column, column: Column, link: Link, x: number, y: number): number {
  const [x0, y0, x1, y1] = ends(source, column, link);
  let nearest = Number.POSITIVE_INFINITY;
  for (let k = 1; k < 16; k++) {
    const t = k / 16;
    // Both control points lie level with their ends, 45 % of the way across.
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    const bend = (x1 - x0) * 0.45;
    const px = a * x0 + b * (x0 + bend) + c * (x1 - bend) + d * x1;
    const py = (a + b) * y0 + (c + d) * y1;
    nearest = Math.min(nearest, Math.hypot(px - x, py - y));
  }
  return nearest;
}

export function pick(
  columns: readonly Column[],
  links: readonly Link[],
  x: number,
  y: number,
): Selection | null {
  let best: Selection | null = null;
  let nearest = 12;
  columns.forEach((column, index) => {
    for (let unit = 0; unit < column.count; unit++) {
      const away = Math.hypot(column.xs[unit]! - x, column.ys[unit]! - y) - column.radius;
      if (away < Math.min(nearest, 5)) {
        nearest = away;
        best = { column: index, unit, input: null };
      }
    }
  });
  if (best) return best;
  nearest = 7;
  for (const link of links) {
    const column = columns[link.column]!;
    const away = distance(columns[column.from]!, column, link, x, y);
    if (away < nearest) {
      nearest = away;
      best = { column: link.column, unit: link.unit, input: link.input };
    }
  }
  return best;
}

/** The selection after an arrow key; the first unit when nothing is chosen yet. */
export function moveSelection(
  columns: readonly Column[],
  from: Selection | null,
  key: string,
): Selection | null {
  if (!from) return { column: 0, unit: 0, input: null };
  const column = columns[from.column]!;
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const unit = from.unit + (key === 'ArrowUp' ? -1 : 1);
    return unit < 0 || unit >= column.count ? from : { column: from.column, unit, input: null };
  }
  const next = key === 'ArrowRight' ? rightOf(columns, from.column) : column.from;
  const target = next < 0 ? undefined : columns[next];
  if (!target) return from;
  const unit = Math.round((from.unit / Math.max(1, column.count - 1)) * (target.count - 1));
  return { column: next, unit, input: null };
}

/** What reads this column; failing that the next column in order, so that every head is reached. */
function rightOf(columns: readonly Column[], index: number): number {
  const reader = columns.findIndex((column) => column.from === index);
  if (reader >= 0) return reader;
  return index + 1 < columns.length ? index + 1 : -1;
}

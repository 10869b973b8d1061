// What is on the cards of Sorter, close up and on the wall: a digit as a hand wrote it.
import { Graphics } from 'pixi.js';
import type { Face } from '../drawing/sorter.ts';
import { createStrokes, type DigitsParams, traceCard } from './dynamics.ts';

const strokes = createStrokes(6);

/**
 * Draws the card at row[from...] into `ink`, as the pen went, `side` pixels large round the origin. Round joins cost
 * ten times the triangles of bevelled ones, which small cards do not show.
 */
export function drawCard(
  ink: Graphics,
  row: Float64Array,
  from: number,
  params: DigitsParams,
  side: number,
  join: 'round' | 'bevel' = 'round',
): void {
  traceCard(row, from, params, strokes);
  const { points, ends } = strokes;
  ink.clear();
  let k = 0;
  for (let stroke = 0; stroke < strokes.count; stroke++) {
    const end = ends[stroke]!;
    for (let first = true; k < end; k++, first = false) {
      const x = (points[2 * k]! - 0.5) * side;
      const y = (points[2 * k + 1]! - 0.5) * side;
      if (first) ink.moveTo(x, y);
      else ink.lineTo(x, y);
    }
  }
  ink.stroke({ color: 0xffffff, width: Math.max(1.5, 2 * strokes.radius * side), cap: 'round', join });
}

/** What is on a card close up. */
export function createFace(): Face & { readonly root: Graphics } {
  const root = new Graphics();
  let side = 100;
  return {
    root,
    lay(width) {
      side = width;
    },
    show: (row, from, params) => drawCard(root, row, from, params as DigitsParams, side),
  };
}

// A stroke of the pointer while a closed line is being drawn: the line so far, where it began and how it would close.
import { type Container, Graphics } from 'pixi.js';
import type { Paint } from './paint.ts';

export interface Sketch {
  readonly root: Container;
  /** Points [x0, y0, ...] in pixels; none for nothing. */
  show(points: readonly number[]): void;
}

export function createSketch(paint: Paint): Sketch {
  const root = paint.tint(new Graphics(), 'accent');
  return {
    root,
    show(points) {
      root.clear();
      if (points.length < 4) return;
      const [x, y] = [points[0]!, points[1]!];
      root
        .poly([...points], false)
        .stroke({ color: 0xffffff, width: 4, cap: 'round', join: 'round' })
        .moveTo(points.at(-2)!, points.at(-1)!)
        .lineTo(x, y)
        .stroke({ color: 0xffffff, width: 1.5, alpha: 0.4 })
        .circle(x, y, 7)
        .fill(0xffffff);
    },
  };
}

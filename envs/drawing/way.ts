// The way something came, as dots at even distances that fade with age. A fixed pool: the oldest dot is taken again.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import type { Paint } from './paint.ts';

export interface Way {
  readonly root: Container;
  /** It is at (x, y) now, in pixels; `heavy`: dots put down here are large. */
  to(x: number, y: number, heavy: boolean): void;
  clear(): void;
  destroy(): void;
}

/** Dots `gap` pixels apart at most. */
export function createWay(paint: Paint, most: number, gap: () => number): Way {
  const root = new Container();
  const shape = new GraphicsContext().circle(0, 0, 2).fill(0xffffff);
  const dots = Array.from({ length: most }, () => {
    const dot = paint.tint(new Graphics(shape), 'accent');
    dot.visible = false;
    root.addChild(dot);
    return dot;
  });
  let next = 0;
  let count = 0;
  let [lastX, lastY] = [0, 0];
  return {
    root,
    to(x, y, heavy) {
      if (count > 0 && (x - lastX) ** 2 + (y - lastY) ** 2 < gap() ** 2) return;
      [lastX, lastY] = [x, y];
      const dot = dots[next]!;
      next = (next + 1) % most;
      count = Math.min(count + 1, most);
      dot.position.set(x, y);
      dot.scale.set(heavy ? 1.7 : 0.8);
      dot.visible = true;
      for (let k = 0; k < count; k++) {
        const age = k / most;
        dots[(next - 1 - k + 2 * most) % most]!.alpha = 0.75 * (1 - age) * (1 - age) + 0.05;
      }
    },
    clear() {
      count = 0;
      for (const dot of dots) dot.visible = false;
    },
    destroy() {
      shape.destroy();
    },
  };
}

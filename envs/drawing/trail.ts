// Where something has just been: dots that shrink and fade. Set down at an even pace, so that their spacing is the speed.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import type { Paint, Role } from './paint.ts';

export interface Trail {
  readonly root: Container;
  /** The thing is at (x, y) now; `radius`: that of the newest dot, px. */
  follow(x: number, y: number, radius: number, seconds: number): void;
  /** Forgets where it was: it is somewhere else now. */
  clear(): void;
  destroy(): void;
}

export function createTrail(paint: Paint, count: number, role: Role, hertz = 30): Trail {
  const root = new Container();
  const shape = new GraphicsContext().circle(0, 0, 1).fill(0xffffff);
  const life = count / hertz;
  const dots = Array.from({ length: count }, () => {
    const node = paint.tint(new Graphics(shape), role);
    node.visible = false;
    root.addChild(node);
    return { node, age: life };
  });
  let next = 0;
  let due = 0;
  return {
    root,
    follow(x, y, radius, seconds) {
      due -= seconds;
      if (due <= 0) {
        due = Math.max(0, due + 1 / hertz);
        const dot = dots[next]!;
        next = (next + 1) % count;
        dot.age = 0;
        dot.node.position.set(x, y);
      }
      for (const dot of dots) {
        dot.age += seconds;
        const left = 1 - dot.age / life;
        dot.node.visible = left > 0;
        if (left <= 0) continue;
        dot.node.scale.set(radius * (0.35 + 0.65 * left));
        dot.node.alpha = 0.65 * left;
      }
    },
    clear() {
      for (const dot of dots) {
        dot.age = life;
        dot.node.visible = false;
      }
    },
    destroy() {
      shape.destroy();
    },
  };
}

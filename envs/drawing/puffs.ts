// Exhaust, smoke and dust: soft round puffs that fly, swell and fade, and spread along the ground where they meet it. A
// fixed pool; when it is used up the oldest puff is taken again.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { clamp } from './motion.ts';

export interface Puffs {
  readonly root: Container;
  /** One puff of `size` px leaves (x, y) at (vx, vy) px/s and lasts for about `life` seconds. */
  emit(x: number, y: number, vx: number, vy: number, size: number, life: number, colour: number): void;
  /** `floor`: the y, downwards, below which nothing flies. */
  update(seconds: number, floor: (x: number) => number): void;
  /** Numbers in -1..1 that fill the range evenly; nothing here needs chance. `also`: a second one beside the last. */
  spread(): number;
  also(): number;
  clear(): void;
  destroy(): void;
}

const radius = 16;

export function createPuffs(most: number): Puffs {
  const root = new Container();
  const shape = new GraphicsContext().circle(0, 0, radius).fill(0xffffff);
  const flying = Array.from({ length: most }, () => {
    const node = new Graphics(shape);
    node.visible = false;
    root.addChild(node);
    return { node, vx: 0, vy: 0, size: 1, left: 0, life: 1 };
  });
  let next = 0;
  let walk = 0;
  const spread = (): number => {
    walk++;
    return ((walk * 0.754877666) % 1) * 2 - 1;
  };
  return {
    root,
    spread,
    also: () => ((walk * 0.569840291) % 1) * 2 - 1,
    emit(x, y, vx, vy, size, life, colour) {
      const puff = flying[next]!;
      next = (next + 1) % most;
      puff.vx = vx;
      puff.vy = vy;
      puff.size = size / radius / 2;
      puff.life = life * (1 + 0.3 * spread());
      puff.left = puff.life;
      puff.node.tint = colour;
      puff.node.position.set(x, y);
      puff.node.visible = true;
    },
    update(seconds, floor) {
      for (const puff of flying) {
        if (!puff.node.visible) continue;
        puff.left -= seconds;
        if (puff.left <= 0) {
          puff.node.visible = false;
          continue;
        }
        const { node } = puff;
        const t = 1 - puff.left / puff.life;
        node.x += puff.vx * seconds;
        node.y += puff.vy * seconds;
        const lowest = floor(node.x);
        if (node.y > lowest) {
          node.y = lowest;
          // What came down goes off to either side.
          puff.vx += 0.7 * Math.abs(puff.vy) * spread();
          puff.vy *= -0.08;
        }
        node.scale.set(puff.size * (0.7 + 1.1 * t));
        node.alpha = 0.75 * clamp((1 - t) * 1.4, 0, 1) * (1 - 0.4 * t);
      }
    },
    clear() {
      for (const puff of flying) puff.node.visible = false;
    },
    destroy() {
      shape.destroy();
    },
  };
}

// Small honest effects: chips that fly and fade, rings that open. A fixed pool; when it is used up the oldest
// piece is taken again. Nothing here decides anything, so directions come from a fixed low-discrepancy walk.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { easeOut } from './motion.ts';

export interface Particles {
  readonly root: Container;
  /** `count` chips of `size` px leave (x, y) at up to `speed` px/s; `lift` adds an upward speed. */
  burst(
    x: number,
    y: number,
    count: number,
    colour: number,
    speed: number,
    lift?: number,
    size?: number,
  ): void;
  /** A ring that opens to `radius` px and fades. */
  ring(x: number, y: number, radius: number, colour: number): void;
  update(seconds: number): void;
  clear(): void;
  destroy(): void;
}

interface Chip {
  readonly node: Graphics;
  vx: number;
  vy: number;
  spin: number;
  age: number;
  life: number;
}

interface Ring {
  readonly node: Graphics;
  age: number;
  radius: number;
}

const ringLife = 0.5;
const gravity = 620; // px/s^2
const unused = 1e9;

export function createParticles(chips = 96, rings = 6): Particles {
  const root = new Container();
  const chipShape = new GraphicsContext().roundRect(-0.5, -0.5, 1, 1, 0.3).fill(0xffffff);
  // Drawn large and scaled down: its line thins out as it opens, like a ripple.
  const ringShape = new GraphicsContext().circle(0, 0, 50).stroke({ color: 0xffffff, width: 5 });
  const make = (shape: GraphicsContext): Graphics => {
    const node = new Graphics(shape);
    node.visible = false;
    root.addChild(node);
    return node;
  };
  const flying: Chip[] = Array.from({ length: chips }, () => ({
    node: make(chipShape),
    vx: 0,
    vy: 0,
    spin: 0,
    age: unused,
    life: 1,
  }));
  const opening: Ring[] = Array.from({ length: rings }, () => ({
    node: make(ringShape),
    age: unused,
    radius: 0,
  }));
  let nextChip = 0;
  let nextRing = 0;
  let walk = 0;

  return {
    root,
    burst(x, y, count, colour, speed, lift = 0, size = 5) {
      for (let i = 0; i < count; i++) {
        const chip = flying[nextChip]!;
        nextChip = (nextChip + 1) % flying.length;
        walk++;
        // Two irrational strides fill the square evenly; no generator needed.
        const u = ((walk * 0.754877666) % 1) * 2 - 1;
        const v = ((walk * 0.569840291) % 1) * 2 - 1;
        chip.vx = u * speed;
        chip.vy = v * speed - lift;
        chip.spin = u * 9;
        chip.age = 0;
        chip.life = 0.4 + 0.2 * (v + 1);
        chip.node.position.set(x, y);
        chip.node.scale.set(size * (0.7 + 0.3 * u));
        chip.node.tint = colour;
        chip.node.alpha = 1;
        chip.node.visible = true;
      }
    },
    ring(x, y, radius, colour) {
      const ring = opening[nextRing]!;
      nextRing = (nextRing + 1) % opening.length;
      ring.age = 0;
      ring.radius = radius;
      ring.node.position.set(x, y);
      ring.node.tint = colour;
      ring.node.scale.set(0.01);
      ring.node.visible = true;
    },
    update(seconds) {
      for (const chip of flying) {
        if (chip.age >= unused) continue;
        chip.age += seconds;
        const left = 1 - chip.age / chip.life;
        if (left <= 0) {
          chip.age = unused;
          chip.node.visible = false;
          continue;
        }
        chip.vy += gravity * seconds;
        chip.node.x += chip.vx * seconds;
        chip.node.y += chip.vy * seconds;
        chip.node.rotation += chip.spin * seconds;
        chip.node.alpha = left < 0.5 ? left * 2 : 1;
      }
      for (const ring of opening) {
        if (ring.age >= unused) continue;
        ring.age += seconds;
        const t = ring.age / ringLife;
        if (t >= 1) {
          ring.age = unused;
          ring.node.visible = false;
          continue;
        }
        ring.node.scale.set((ring.radius / 50) * (0.15 + 0.85 * easeOut(t)));
        ring.node.alpha = 0.7 * (1 - t);
      }
    },
    clear() {
      for (const piece of [...flying, ...opening]) {
        piece.age = unused;
        piece.node.visible = false;
      }
    },
    destroy() {
      root.destroy({ children: true });
      chipShape.destroy();
      ringShape.destroy();
    },
  };
}

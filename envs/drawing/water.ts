// A sea seen from the side: sky, waves that run, light that falls in, water that deepens, weed on the ground, bubbles. Its size is
// given in cells of a board: the surface is in row 0, the ground under the last row of water.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { sin } from '../../src/core/math.ts';
import type { Paint } from './paint.ts';

const bubbleCount = 18;
const bubbleLife = 1.6; // s

export interface Water {
  readonly root: Container;
  /** In front of what swims. */
  readonly front: Container;
  lay(cell: number, columns: number, rows: number): void;
  bubble(x: number, y: number): void;
  update(seconds: number): void;
  destroy(): void;
}

export function createWater(paint: Paint): Water {
  const root = new Container();
  const front = new Container();
  const sky = paint.tint(new Graphics(), 'line');
  const depths = paint.tint(new Graphics(), 'positive');
  const rays = paint.tint(new Graphics(), 'ink');
  const weeds = paint.tint(new Graphics(), 'soft');
  const ground = paint.tint(new Graphics(), 'faint');
  const waves = new Container();
  const waveShape = new GraphicsContext();
  const crests = [0, 1].map((i) => {
    const crest = paint.tint(new Graphics(waveShape), i === 0 ? 'soft' : 'positive');
    waves.addChild(crest);
    return crest;
  });
  const frame = new Graphics();
  waves.mask = frame;
  root.addChild(sky, depths, rays, weeds, ground);
  front.addChild(frame, waves);
  const bubbleShape = new GraphicsContext().circle(0, 0, 1).stroke({ color: 0xffffff, width: 0.4 });
  const bubbles = Array.from({ length: bubbleCount }, () => {
    const node = paint.tint(new Graphics(bubbleShape), 'soft');
    node.visible = false;
    front.addChild(node);
    return { node, age: bubbleLife, x: 0, y: 0, size: 2 };
  });
  let next = 0;
  let clock = 0;
  let size = 40;
  let wave = 80;

  return {
    root,
    front,
    lay(cell, columns, rows) {
      size = cell;
      const [width, top, bottom] = [columns * cell, cell * 0.55, rows * cell];
      const { dark } = paint.theme;
      sky
        .clear()
        .roundRect(0, 0, width, bottom, cell * 0.25)
        .fill({ color: 0xffffff, alpha: 0.3 });
      depths.clear();
      // By night the deep is darker, on paper it is fuller.
      const bands = 2 * rows;
      for (let k = 0; k < bands; k++) {
        const t = k / (bands - 1);
        const y = top + ((bottom - top) * k) / bands;
        const alpha = dark ? 0.24 - 0.16 * t : 0.1 + 0.2 * t;
        depths.rect(0, y, width, (bottom - top) / bands).fill({ color: 0xffffff, alpha });
      }
      rays.clear();
      paint.tint(rays, dark ? 'ink' : 'background');
      for (const [x, spread] of [
        [0.17, 0.5],
        [0.38, 0.8],
        [0.71, 0.6],
      ] as const) {
        const [from, end] = [x * width, Math.min(bottom, top + cell * 5.5)];
        const lean = cell * 1.3;
        rays
          .poly([
            from,
            top,
            from + cell * spread,
            top,
            from + cell * spread * 1.5 - lean,
            end,
            from - lean,
            end,
          ])
          .fill({ color: 0xffffff, alpha: dark ? 0.028 : 0.3 });
      }
      // Each blade is a few bent strokes.
      weeds.clear();
      weeds.alpha = 0.3;
      for (const [x, tall] of [
        [0.05, 1.2],
        [0.085, 0.8],
        [0.33, 0.6],
        [0.62, 0.9],
        [0.655, 0.55],
        [0.93, 1.3],
        [0.965, 0.7],
      ] as const) {
        const [base, height] = [x * width, tall * cell];
        const bend = cell * 0.16;
        weeds
          .moveTo(base, bottom)
          .quadraticCurveTo(base - bend, bottom - height * 0.3, base, bottom - height * 0.5)
          .quadraticCurveTo(base + bend, bottom - height * 0.75, base, bottom - height);
      }
      weeds.stroke({ color: 0xffffff, width: Math.max(1.5, cell * 0.07), cap: 'round' });
      ground
        .clear()
        .rect(0, bottom - 1, width, 2)
        .fill(0xffffff);
      frame.clear().rect(0, 0, width, bottom).fill(0xffffff);
      wave = 2 * cell;
      waveShape.clear().moveTo(-2 * wave, 0);
      for (let x = -2 * wave; x < width + 2 * wave; x += wave) {
        waveShape
          .quadraticCurveTo(x + wave / 4, -cell * 0.12, x + wave / 2, 0)
          .quadraticCurveTo(x + (3 * wave) / 4, cell * 0.12, x + wave, 0);
      }
      waveShape.stroke({ color: 0xffffff, width: 2, cap: 'round' });
      crests.forEach((crest, i) => {
        crest.y = top + i * cell * 0.12;
        crest.alpha = i === 0 ? 0.75 : 0.5;
      });
    },
    bubble(x, y) {
      if (paint.theme.reducedMotion) return;
      const one = bubbles[next]!;
      next = (next + 1) % bubbleCount;
      one.age = 0;
      one.x = x;
      one.y = y;
      one.size = size * (0.05 + 0.02 * (next % 3));
    },
    update(seconds) {
      if (!paint.theme.reducedMotion) clock += seconds;
      crests.forEach((crest, i) => {
        crest.x = ((clock * size * (i === 0 ? 0.5 : -0.35) + i * size) % wave) + (i === 0 ? 0 : wave);
      });
      for (const one of bubbles) {
        one.age += seconds;
        const y = one.y - one.age * size * 1.1;
        one.node.visible = one.age < bubbleLife && y > size * 0.7;
        if (!one.node.visible) continue;
        one.node.position.set(one.x + sin(one.age * 7 + one.x) * size * 0.05, y);
        one.node.scale.set(one.size);
        one.node.alpha = 0.8 * (1 - one.age / bubbleLife);
      }
    },
    destroy() {
      waveShape.destroy();
      bubbleShape.destroy();
    },
  };
}

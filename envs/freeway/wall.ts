// All lanes of Freeway as roads on a wall: a bright square crosses, the cars are bars with their wake, longer the faster they are.
import { Graphics, GraphicsContext, Sprite, Texture } from 'pixi.js';
import { createBoardTiles, layGround } from '../drawing/board-tiles.ts';
import { createGlide } from '../drawing/glide.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { carColour } from './pieces.ts';
import { freewayAt as at, crossing, gridSize, laneCount, slowest } from './rules.ts';

export function createWall(paint: Paint): Look {
  const groundShape = new GraphicsContext();
  const roadShape = new GraphicsContext();
  const lanes = createBoardTiles(
    paint,
    gridSize,
    (tile) => {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.25;
      const road = paint.tint(new Graphics(roadShape), 'line');
      road.alpha = 0.45;
      const sprites = (count: number): Sprite[] =>
        Array.from({ length: count }, () => new Sprite(Texture.WHITE));
      const wakes = sprites(laneCount);
      const cars = sprites(laneCount);
      const chicken = new Sprite(Texture.WHITE);
      chicken.anchor.set(0.5);
      tile.addChild(ground, road, ...wakes, ...cars, chicken);
      return { wakes, cars, chicken };
    },
    lay,
  );
  const { root, tiles } = lanes;
  const glide = createGlide([at.chicken], 0.05);
  let cell = 5;

  function lay(size: number, side: number): number {
    cell = size;
    layGround(groundShape, side);
    roadShape
      .clear()
      .rect(-3, cell, side + 6, laneCount * cell)
      .fill(0xffffff);
    for (const { cars, wakes, chicken, badge } of tiles) {
      for (const car of cars) car.setSize(cell * 0.9, Math.max(1, cell * 0.55));
      for (const wake of wakes) wake.alpha = 0.3;
      chicken.setSize(Math.max(3, cell * 1.1));
      badge.root.position.set(side / 2, side * 0.5);
    }
    return side * 0.5;
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride } = frame;
      const shown = lanes.fit(frame);
      const { theme } = paint;
      const shades = Array.from({ length: slowest }, (_, k) => carColour(theme, k + 1));
      glide.follow(frame);
      for (let i = 0; i < shown; i++) {
        const base = i * stride;
        const { cars, wakes, chicken, badge } = tiles[i]!;
        for (let k = 0; k < laneCount; k++) {
          const speed = rows[base + at.speeds + k]!;
          const rest = Math.min(slowest, Math.max(1, Math.abs(speed)));
          const x = rows[base + at.cars + k]!;
          const y = (k + 1) * cell + cell * 0.22;
          const car = cars[k]!;
          const wake = wakes[k]!;
          car.tint = shades[rest - 1]!;
          car.position.set((x + 0.05) * cell, y);
          // Behind the car, up to the edge of the road.
          const length = (slowest - rest) * 0.35;
          const from = speed > 0 ? Math.max(0, x - length) : x + 1;
          const to = speed > 0 ? x : Math.min(gridSize, x + 1 + length);
          wake.tint = car.tint;
          wake.visible = to > from;
          wake.setSize(Math.max(0.1, (to - from) * cell), Math.max(1, cell * 0.55));
          wake.position.set(from * cell, y);
        }
        const cluster = frame.laneCluster?.[i];
        badge.show(cluster);
        chicken.tint = laneColour(theme, cluster, theme.accent);
        chicken.alpha = glide.opacity[i]!;
        chicken.position.set((crossing + 0.5) * cell, (glide.shown[i]! + 0.5) * cell);
      }
      lanes.markBest(frame, shown);
    },
    destroy() {
      groundShape.destroy();
      roadShape.destroy();
      lanes.destroy();
    },
  };
}

// All lanes of MountainCar as tiles: the valley, where each car is in it, and how much of its time is used up.
import { Graphics, GraphicsContext } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { percent } from '../drawing/text.ts';
import { createTimedTiles } from '../drawing/timed-tiles.ts';
import {
  createCarShapes,
  destroyCarShapes,
  drawCarShapes,
  fillGround,
  type Lie,
  strokeRoad,
  tiltAt,
  xOf,
  yOf,
} from '../drawing/valley.ts';
import type { WorldParams } from '../environment.ts';
import { valleyAt as at, climbed, roadEnd, type ValleyParams } from './valley.ts';

export function createWall(paint: Paint, maxSteps: number): Look {
  const roadShape = new GraphicsContext();
  const groundShape = new GraphicsContext();
  const flagShape = new GraphicsContext();
  const shapes = createCarShapes();
  const glide = createGlide([at.position], 0.05);
  const lanes = createTimedTiles(
    paint,
    1.6,
    maxSteps,
    (tile, time) => {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      const road = paint.tint(new Graphics(roadShape), 'faint');
      const flag = paint.tint(new Graphics(flagShape), 'soft');
      const car = new Graphics(shapes.ghost);
      tile.addChild(ground, road, flag, time, car);
      return { flag, car };
    },
    lay,
  );
  const { tiles, best } = lanes;

  let params: WorldParams | undefined;
  let p: ValleyParams;
  let lie: Lie = { metre: 50, rise: 20, left: 50, middle: 30 };

  function lay(w: number, h: number): void {
    const metre = (w - 12) / (roadEnd - p.wallPosition + 0.12);
    const rise = Math.min(h * 0.26, metre * 0.5);
    lie = {
      metre,
      rise,
      left: w / 2 - ((p.wallPosition + roadEnd) / 2) * metre,
      middle: h * 0.54,
    };
    const [from, to] = [(6 - lie.left) / metre, (w - 6 - lie.left) / metre];
    const foot = h - Math.max(7, h * 0.12);
    drawCarShapes(shapes, clamp(w * 0.19, 10, 38));
    fillGround(groundShape.clear(), lie, from, to, 40, foot);
    strokeRoad(roadShape.clear(), lie, from, to, 40, Math.max(1, w * 0.012));
    const [x, y] = [xOf(lie, p.flagPosition), yOf(lie, p.flagPosition)];
    const tall = h * 0.16;
    flagShape
      .clear()
      .rect(x - 0.75, y - tall, 1.5, tall)
      .moveTo(x, y - tall)
      .lineTo(x + tall * 0.6, y - tall * 0.75)
      .lineTo(x, y - tall * 0.5)
      .closePath()
      .fill(0xffffff);
    // Left of the flag.
    best.label.position.set(w * 0.66, 11);
    for (const { time } of tiles) {
      time.y = foot;
    }
  }

  const row = new Float64Array(2);
  return {
    root: lanes.root,
    resize: lanes.resize,
    draw(frame) {
      const { rows } = frame;
      const changed = frame.params !== params;
      params = frame.params;
      p = frame.params as unknown as ValleyParams;
      const shown = lanes.fit(frame, changed);
      glide.follow(frame);
      const { theme } = paint;
      for (let i = 0; i < shown; i++) {
        const { car } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        const x = clamp(glide.shown[i]!, p.wallPosition, roadEnd);
        car.position.set(xOf(lie, x), yOf(lie, x));
        car.rotation = tiltAt(lie, x);
        car.tint = laneColour(theme, cluster, theme.accent);
        car.alpha = glide.opacity[i]!;
      }
      // The best has gathered most of the energy that it takes to get up.
      const energy = (base: number): number => {
        row[0] = rows[base]!;
        row[1] = rows[base + 1]!;
        return climbed(row, p);
      };
      best.showBy(frame, tiles, shown, energy, percent);
    },
    destroy() {
      for (const shape of [roadShape, groundShape, flagShape]) shape.destroy();
      lanes.destroy();
      destroyCarShapes(shapes);
    },
  };
}

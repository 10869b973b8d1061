// All lanes of MountainCar as tiles: the valley, where each car is in it, and how much of its time is used up.
import { Graphics, GraphicsContext } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { clusterColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { percent } from '../drawing/text.ts';
import type { Tiles } from '../drawing/tiles.ts';
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
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import type { WorldParams } from '../environment.ts';
import { bookkeepingAt, mostTiles } from '../view.ts';
import { valleyAt as at, climbed, roadEnd, type ValleyParams } from './valley.ts';

export function createWall(paint: Paint, maxSteps: number): Look {
  const backShape = new GraphicsContext();
  const roadShape = new GraphicsContext();
  const groundShape = new GraphicsContext();
  const flagShape = new GraphicsContext();
  const timeShape = new GraphicsContext();
  const shapes = createCarShapes();
  const glide = createGlide(mostTiles, [at.position], 0.05);
  const lanes = createLaneTiles(paint, {
    aspect: 1.6,
    gap: 8,
    make(tile) {
      const back = new Graphics(backShape);
      const ground = paint.tint(new Graphics(groundShape), 'line');
      const road = paint.tint(new Graphics(roadShape), 'faint');
      const flag = paint.tint(new Graphics(flagShape), 'soft');
      // The line fills up as time runs out.
      const track = paint.tint(new Graphics(timeShape), 'line');
      const time = paint.tint(new Graphics(timeShape), 'soft');
      const car = new Graphics(shapes.ghost);
      tile.addChild(back, ground, road, flag, track, time, car);
      return { back, flag, track, time, car };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);

  let params: WorldParams | undefined;
  let p: ValleyParams;
  let lie: Lie = { metre: 50, rise: 20, left: 50, middle: 30 };

  function arrange({ width: w, height: h }: Tiles): void {
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
    backShape
      .clear()
      .roundRect(0.5, 0.5, w - 1, h - 1, 6)
      .fill(0xffffff);
    best.edge.clear().roundRect(0, 0, w, h, 6).stroke({ color: 0xffffff, width: 2 });
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
    timeShape
      .clear()
      .rect(0, 0, w - 12, 3)
      .fill(0xffffff);
    // Left of the flag.
    best.label.position.set(w * 0.66, 11);
    best.label.visible = w >= 60;
    for (const { track, time, badge } of tiles) {
      track.position.set(6, foot);
      time.position.set(6, foot);
      badge.root.position.set(13, 13);
    }
  }

  const row = new Float64Array(2);
  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride } = frame;
      const changed = frame.params !== params;
      params = frame.params;
      p = frame.params as unknown as ValleyParams;
      const shown = lanes.fit(frame, changed);
      const elapsedAt = bookkeepingAt(stride, 'elapsed');
      glide.follow(rows, shown, stride, elapsedAt, frame.secondsSinceLast);
      const { theme } = paint;
      for (let i = 0; i < shown; i++) {
        const { back, time, car, badge } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        back.tint = theme.line;
        back.alpha = theme.dark ? 0.4 : 0.45;
        const x = clamp(glide.shown[i]!, p.wallPosition, roadEnd);
        car.position.set(xOf(lie, x), yOf(lie, x));
        car.rotation = tiltAt(lie, x);
        car.tint = cluster === undefined ? theme.accent : clusterColour(theme, cluster);
        car.alpha = glide.opacity[i]!;
        badge.show(cluster);
        time.scale.x = clamp(rows[i * stride + elapsedAt]! / maxSteps, 0.02, 1);
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
      for (const shape of [backShape, roadShape, groundShape, flagShape, timeShape]) shape.destroy();
      best.destroy();
      lanes.destroy();
      destroyCarShapes(shapes);
    },
  };
}

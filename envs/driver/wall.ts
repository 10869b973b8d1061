// All lanes of Driver as tiles: the track each lane is on, where its car is, and how much of the lap it has done.
import { Graphics, GraphicsContext } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import { bookkeepingAt, mostTiles } from '../view.ts';
import { driverAt as at, type DriverParams } from './dynamics.ts';
import { boundsOf, field } from './loop.ts';
import { drawRibbon } from './pieces.ts';
import { roadOf } from './road.ts';

/** Lanes begin new tracks faster than tracks can be drawn: so many a second, and each kept for the next lane that gets it. */
const newShapes = 120;
const mostShapes = 192;
const showsFor = 0.25; // s that a tile keeps its track at least

/** A track as large as a tile can show it: pixels a metre, and where the field's middle is in the tile. */
interface Ribbon {
  readonly shape: GraphicsContext;
  readonly metre: number;
  readonly x: number;
  readonly y: number;
}

export function createWall(paint: Paint): Look {
  const back = new GraphicsContext();
  const carShape = new GraphicsContext().circle(0, 0, 4).fill(0xffffff);
  const startShape = new GraphicsContext().circle(0, 0, 2).fill(0xffffff);
  const lapShape = new GraphicsContext();
  const empty = new GraphicsContext();
  const shapes = new Map<number, Ribbon>();
  const lanes = createLaneTiles(paint, {
    aspect: field.width / field.height,
    gap: 10,
    make(tile) {
      const ground = paint.tint(new Graphics(back), 'line');
      const road = new Graphics(empty);
      const start = paint.tint(new Graphics(startShape), 'ink');
      const rail = paint.tint(new Graphics(lapShape), 'line');
      const lap = paint.tint(new Graphics(lapShape), 'soft');
      const car = new Graphics(carShape);
      tile.addChild(ground, road, start, rail, lap, car);
      return { ground, road, start, rail, lap, car };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);
  const glide = createGlide([at.x, at.y], 0.05);
  const shown = new Float64Array(mostTiles).fill(-1);
  const age = new Float32Array(mostTiles);
  let params: unknown;
  let p: DriverParams;
  let room = { width: 80, height: 50 };

  function forget(): void {
    shown.fill(-1);
    for (const { road } of tiles) road.context = empty;
    for (const { shape } of shapes.values()) shape.destroy();
    shapes.clear();
  }

  function arrange({ width: w, height: h }: Tiles): void {
    forget();
    room = { width: w, height: h - 10 };
    back
      .clear()
      .roundRect(0.5, 0.5, w - 1, h - 1, 6)
      .fill(0xffffff);
    best.edge.clear().roundRect(0, 0, w, h, 6).stroke({ color: 0xffffff, width: 2 });
    lapShape
      .clear()
      .rect(0, 0, w - 12, 3)
      .fill(0xffffff);
    best.label.position.set(w - 7, 11);
    best.label.visible = w >= 60;
    for (const { rail, lap, car, badge } of tiles) {
      rail.position.set(6, h - 8);
      lap.position.set(6, h - 8);
      car.scale.set(clamp(w / 110, 0.65, 1.4));
      lap.scale.x = 0.01;
      badge.root.position.set(13, 13);
    }
  }

  /** The picture of a track, drawn now if the frame's share of new ones is not used up. */
  function ribbonOf(id: number, mayDraw: boolean): Ribbon | undefined {
    const found = shapes.get(id);
    if (found || !mayDraw) return found;
    if (shapes.size >= mostShapes) forget();
    const road = roadOf(id, p);
    const bounds = boundsOf(road.line);
    const rim = p.roadWidth + 2;
    const metre = Math.min(
      (room.width - 10) / (bounds.width + rim),
      (room.height - 8) / (bounds.height + rim),
    );
    const shape = new GraphicsContext();
    drawRibbon(shape, road, p.roadWidth, metre);
    const ribbon = {
      shape,
      metre,
      x: room.width / 2 - (bounds.left + bounds.width / 2) * metre,
      y: room.height / 2 - (bounds.top + bounds.height / 2) * metre,
    };
    shapes.set(id, ribbon);
    return ribbon;
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride, secondsSinceLast: seconds } = frame;
      const changed = frame.params !== params;
      params = frame.params;
      p = frame.params as DriverParams;
      const count = lanes.fit(frame, changed);
      glide.follow(frame);
      const { theme } = paint;
      let left = clamp(Math.round(newShapes * seconds), 1, 8);
      for (let i = 0; i < count; i++) {
        const { ground, road, start, lap, car, badge } = tiles[i]!;
        const row = i * stride;
        const id = rows[row + at.track]!;
        age[i] = age[i]! + seconds;
        const known = shapes.has(id);
        if (shown[i] !== id && (age[i]! > showsFor || shown[i] === -1)) {
          const ribbon = ribbonOf(id, left > 0);
          if (!known) left--;
          if (ribbon) {
            road.context = ribbon.shape;
            road.position.set(ribbon.x, ribbon.y);
            const { sections } = roadOf(id, p);
            start.position.set(
              ribbon.x + sections[0]! * ribbon.metre,
              ribbon.y + sections[1]! * ribbon.metre,
            );
            shown[i] = id;
            age[i] = 0;
            glide.shown[2 * i] = rows[row + at.x]!;
            glide.shown[2 * i + 1] = rows[row + at.y]!;
          }
        }
        const cluster = frame.laneCluster?.[i];
        ground.alpha = theme.dark ? 0.3 : 0.35;
        road.tint = theme.faint;
        road.alpha = 0.7;
        badge.show(cluster);
        const ribbon = shapes.get(id);
        const there = shown[i] === id && ribbon !== undefined;
        car.visible = there;
        start.visible = shown[i] !== -1;
        if (!there) continue;
        car.tint = laneColour(theme, cluster, theme.accent);
        car.alpha = glide.opacity[i]!;
        car.position.set(
          ribbon.x + glide.shown[2 * i]! * ribbon.metre,
          ribbon.y + glide.shown[2 * i + 1]! * ribbon.metre,
        );
        lap.scale.x = clamp(rows[row + at.progress]! / roadOf(id, p).length, 0.01, 1);
      }
      best.show(frame, tiles, count, bookkeepingAt(stride, 'episodeReturn'), (value) =>
        String(Math.round(value)),
      );
    },
    destroy() {
      forget();
      for (const shape of [back, carShape, startShape, lapShape, empty]) shape.destroy();
      best.destroy();
      lanes.destroy();
    },
  };
}

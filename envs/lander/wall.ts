// All lanes of the lander as small diagrams: the line of the ground, the pad, the craft, and its flame where one burns.
import { Container, Graphics, GraphicsContext, Sprite, Texture } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import { bookkeepingAt } from '../view.ts';
import { worldHeight, worldWidth } from './craft.ts';
import { padFrom, padTo, pieceWidth } from './ground.ts';
import { createShapes, destroyShapes, drawShapes } from './pieces.ts';
import { landerAt as at, corners } from './row.ts';

/** Ground lines glide to the next lane's, as everything on the wall does. */
const fields = [0, 1, 2, ...Array.from({ length: corners }, (_, i) => at.ground + i)];
const groundField = 3;

export function createWall(paint: Paint): Look {
  const frameShape = new GraphicsContext();
  const padShape = new GraphicsContext();
  const flameShape = new GraphicsContext();
  const shapes = createShapes();
  const glide = createGlide(fields, 0.06);
  const lanes = createLaneTiles(paint, {
    aspect: 1.5,
    gap: 8,
    make(tile) {
      const back = new Graphics(frameShape);
      const ground = Array.from({ length: corners - 1 }, () => paint.tint(new Sprite(Texture.WHITE), 'soft'));
      const pad = paint.tint(new Graphics(padShape), 'accent');
      const craft = new Container();
      const flame = paint.tint(new Graphics(flameShape), 'accent');
      const body = new Graphics(shapes.ghost);
      craft.addChild(flame, body);
      tile.addChild(back, ...ground, pad, craft);
      return { back, ground, pad, craft, flame, body };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);
  let metre = 4;
  let left = 0;
  let bottom = 100;

  function arrange({ width: w, height: h }: Tiles): void {
    metre = Math.min(w / worldWidth, h / (worldHeight + 0.6));
    left = (w - worldWidth * metre) / 2;
    bottom = h - 3;
    const size = Math.max(3.6, metre * 1.3);
    drawShapes(shapes, size);
    frameShape
      .clear()
      .roundRect(0.5, 0.5, w - 1, h - 1, 6)
      .fill(0xffffff);
    best.edge.clear().roundRect(0, 0, w, h, 6).stroke({ color: 0xffffff, width: 2 });
    best.label.position.set(w - 7, 11);
    best.label.visible = w >= 60;
    padShape
      .clear()
      .roundRect(0, -1.5, (padTo - padFrom) * pieceWidth * metre, 3, 1.5)
      .fill(0xffffff);
    const u = size / 30;
    flameShape
      .clear()
      .poly([-6 * u, 12 * u, 6 * u, 12 * u, 0, 34 * u])
      .fill(0xffffff);
    for (const { badge } of tiles) badge.root.position.set(13, 13);
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride } = frame;
      const shown = lanes.fit(frame);
      const { theme } = paint;
      glide.follow(frame);
      const pixels = Texture.WHITE.width;
      for (let i = 0; i < shown; i++) {
        const { back, ground, pad, craft, flame, body, badge } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        const k = i * fields.length;
        const field = (n: number): number => glide.shown[k + n]!;
        back.tint = theme.line;
        back.alpha = theme.dark ? 0.4 : 0.45;
        body.tint = laneColour(theme, cluster, theme.ink);
        badge.show(cluster);
        for (let c = 0; c < corners - 1; c++) {
          const y = bottom - field(groundField + c) * metre;
          const dy = bottom - field(groundField + c + 1) * metre - y;
          const piece = ground[c]!;
          const m = piece.localTransform;
          m.set(
            (pieceWidth * metre) / pixels,
            dy / pixels,
            0,
            1.5 / pixels,
            left + c * pieceWidth * metre,
            y,
          );
          piece.setFromMatrix(m);
        }
        pad.position.set(
          left + padFrom * pieceWidth * metre,
          bottom - field(groundField + padFrom) * metre + 0.75,
        );
        craft.position.set(
          left + clamp(field(0), 0.7, worldWidth - 0.7) * metre,
          Math.max(8, bottom - field(1) * metre),
        );
        craft.rotation = -field(2);
        craft.alpha = glide.opacity[i]!;
        flame.visible = rows[i * stride + at.engine] === 2;
      }
      best.show(frame, tiles, shown, bookkeepingAt(stride, 'episodeReturn'));
    },
    destroy() {
      for (const shape of [frameShape, padShape, flameShape]) shape.destroy();
      best.destroy();
      lanes.destroy();
      destroyShapes(shapes);
    },
  };
}

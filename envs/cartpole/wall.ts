// All lanes of CartPole as tiles: where each cart stands, how its pole leans, and how long it has stood. A tile is
// a diagram: places along the rail and lengths of poles have scales of their own.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createShapes, destroyShapes, drawShapes, measure } from '../drawing/cart.ts';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { clusterColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import type { WorldParams } from '../environment.ts';
import { bookkeepingAt, mostTiles } from '../view.ts';
import { cartPoleAt as at, type CartPoleParams, cartpole } from './dynamics.ts';

export function createWall(paint: Paint): Look {
  const frameShape = new GraphicsContext();
  const railShape = new GraphicsContext();
  const timeShape = new GraphicsContext();
  const shapes = createShapes();
  const glide = createGlide(mostTiles, [at.x, at.theta], 0.05);
  const lanes = createLaneTiles(paint, {
    aspect: 1.6,
    gap: 8,
    make(tile) {
      const back = new Graphics(frameShape);
      const rail = paint.tint(new Graphics(railShape), 'line');
      // The rail fills up as the lane stands longer: full is a perfect game.
      const time = paint.tint(new Graphics(timeShape), 'soft');
      const cart = new Container();
      const body = new Graphics(shapes.ghost);
      const pole = new Graphics(shapes.pole);
      cart.addChild(body, pole);
      tile.addChild(back, rail, time, cart);
      return { back, rail, time, cart, body, pole };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);

  let params: WorldParams | undefined;
  let p: CartPoleParams;
  let middle = 50;
  let reach = 1;

  function arrange({ width: w, height: h }: Tiles): void {
    const size = {
      ...measure(w / 7, Math.min(h * 0.56, (h * 0.56 * Math.sqrt(p.poleHalfLength)) / 0.72), p),
      cart: w * 0.2,
      body: w * 0.075,
      wheel: Math.max(1, w * 0.015),
      thickness: Math.max(2.5, w * 0.035),
    };
    middle = w / 2;
    reach = (w / 2 - size.cart / 2 - 6) / p.trackHalfWidth;
    drawShapes(shapes, size);
    frameShape
      .clear()
      .roundRect(0.5, 0.5, w - 1, h - 1, 6)
      .fill(0xffffff);
    best.edge.clear().roundRect(0, 0, w, h, 6).stroke({ color: 0xffffff, width: 2 });
    railShape
      .clear()
      .rect(6, 0, w - 12, 3)
      .fill(0xffffff);
    timeShape
      .clear()
      .rect(0, 0, w - 12, 3)
      .fill(0xffffff);
    best.label.position.set(w - 7, 11);
    best.label.visible = w >= 60;
    for (const { rail, time, cart, pole, badge } of tiles) {
      rail.y = Math.round(h * 0.82);
      time.position.set(6, rail.y);
      cart.y = rail.y;
      pole.y = -size.wheel - size.body * 0.86;
      badge.root.position.set(13, 13);
    }
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride } = frame;
      const changed = frame.params !== params;
      params = frame.params;
      p = frame.params as CartPoleParams;
      const shown = lanes.fit(frame, changed);
      const elapsedAt = bookkeepingAt(stride, 'elapsed');
      glide.follow(rows, shown, stride, elapsedAt, frame.secondsSinceLast);
      const { theme } = paint;
      for (let i = 0; i < shown; i++) {
        const { back, time, cart, body, pole, badge } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        back.tint = theme.line;
        back.alpha = theme.dark ? 0.4 : 0.45;
        body.tint = theme.ink;
        pole.tint = cluster === undefined ? theme.accent : clusterColour(theme, cluster);
        badge.show(cluster);
        cart.x = middle + clamp(glide.shown[2 * i]!, -p.trackHalfWidth, p.trackHalfWidth) * reach;
        cart.alpha = glide.opacity[i]!;
        pole.rotation = glide.shown[2 * i + 1]!;
        time.scale.x = clamp(rows[i * stride + elapsedAt]! / cartpole.maxSteps, 0.02, 1);
      }
      best.show(frame, tiles, shown, elapsedAt);
    },
    destroy() {
      for (const shape of [frameShape, railShape, timeShape]) shape.destroy();
      best.destroy();
      lanes.destroy();
      destroyShapes(shapes);
    },
  };
}

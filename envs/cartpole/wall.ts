// All lanes of CartPole as tiles: where each cart stands, how its pole leans, and how long it has stood. A tile is
// a diagram: places along the rail and lengths of poles have scales of their own.
import { Container, Graphics } from 'pixi.js';
import { createShapes, destroyShapes, drawShapes, measure } from '../drawing/cart.ts';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createTimedTiles } from '../drawing/timed-tiles.ts';
import type { WorldParams } from '../environment.ts';
import { bookkeepingAt } from '../view.ts';
import { cartPoleAt as at, type CartPoleParams, cartpole } from './dynamics.ts';

export function createWall(paint: Paint): Look {
  const shapes = createShapes();
  const glide = createGlide([at.x, at.theta], 0.05);
  const lanes = createTimedTiles(
    paint,
    1.6,
    cartpole.maxSteps,
    (tile, time) => {
      const cart = new Container();
      const body = new Graphics(shapes.ghost);
      const pole = new Graphics(shapes.pole);
      cart.addChild(body, pole);
      tile.addChild(time, cart);
      return { cart, body, pole };
    },
    lay,
  );
  const { tiles, best } = lanes;

  let params: WorldParams | undefined;
  let p: CartPoleParams;
  let middle = 50;
  let reach = 1;

  function lay(w: number, h: number): void {
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
    for (const { time, cart, pole } of tiles) {
      time.y = Math.round(h * 0.82);
      cart.y = time.y;
      pole.y = -size.wheel - size.body * 0.86;
    }
  }

  return {
    root: lanes.root,
    resize: lanes.resize,
    draw(frame) {
      const changed = frame.params !== params;
      params = frame.params;
      p = frame.params as CartPoleParams;
      const shown = lanes.fit(frame, changed);
      glide.follow(frame);
      const { theme } = paint;
      for (let i = 0; i < shown; i++) {
        const { cart, body, pole } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        body.tint = theme.ink;
        pole.tint = laneColour(theme, cluster, theme.accent);
        cart.x = middle + clamp(glide.shown[2 * i]!, -p.trackHalfWidth, p.trackHalfWidth) * reach;
        cart.alpha = glide.opacity[i]!;
        pole.rotation = glide.shown[2 * i + 1]!;
      }
      best.show(frame, tiles, shown, bookkeepingAt(frame.stride, 'elapsed'));
    },
    destroy() {
      lanes.destroy();
      destroyShapes(shapes);
    },
  };
}

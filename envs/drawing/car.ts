// A car seen from above: a body with its glass, four wheels of which the front ones turn, brake lights. Also the plain shape
// that stands for a car among many.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { cos, sin } from '../../src/core/math.ts';
import { easeOut } from './motion.ts';
import type { Paint } from './paint.ts';

/** In metres. */
export interface CarSize {
  readonly length: number;
  readonly width: number;
}

/** Cars are drawn at this many pixels a metre and scaled: small shapes would get too few corners. */
export const carFine = 20;

export interface CarShapes {
  readonly body: GraphicsContext;
  readonly glass: GraphicsContext;
  readonly wheel: GraphicsContext;
  readonly lights: GraphicsContext;
  readonly ghost: GraphicsContext;
}

/** One set of shapes for all cars of a view. */
export function carShapes(car: CarSize): CarShapes {
  const [l, w] = [(car.length * carFine) / 2, (car.width * carFine) / 2];
  const white = 0xffffff;
  return {
    // A nose a little slimmer than the tail.
    body: new GraphicsContext()
      .moveTo(-l + 8, -w)
      .lineTo(l * 0.45, -w)
      .quadraticCurveTo(l, -w * 0.92, l, -w * 0.35)
      .lineTo(l, w * 0.35)
      .quadraticCurveTo(l, w * 0.92, l * 0.45, w)
      .lineTo(-l + 8, w)
      .quadraticCurveTo(-l, w, -l, w - 8)
      .lineTo(-l, -w + 8)
      .quadraticCurveTo(-l, -w, -l + 8, -w)
      .fill(white),
    glass: new GraphicsContext()
      .poly([l * 0.32, -w * 0.62, l * 0.08, -w * 0.78, l * 0.08, w * 0.78, l * 0.32, w * 0.62], true)
      .fill(white)
      .poly([-l * 0.55, -w * 0.74, -l * 0.72, -w * 0.6, -l * 0.72, w * 0.6, -l * 0.55, w * 0.74], true)
      .fill(white),
    wheel: new GraphicsContext().roundRect(-8, -3.6, 16, 7.2, 2.5).fill(white),
    lights: new GraphicsContext()
      .roundRect(-l, -w * 0.8, 4, 9, 1.5)
      .roundRect(-l, w * 0.8 - 9, 4, 9, 1.5)
      .fill(white),
    ghost: new GraphicsContext().roundRect(-l, -w, 2 * l, 2 * w, 12).fill(white),
  };
}

export const destroyCarShapes = (shapes: CarShapes): void => {
  for (const shape of Object.values(shapes) as GraphicsContext[]) shape.destroy();
};

export interface CarPicture {
  readonly root: Container;
  /** The whole at so many pixels a metre. */
  scale(metre: number): void;
  /** Where it stands in pixels, where it points, how far its front wheels are turned (radians), and whether it brakes. */
  pose(x: number, y: number, angle: number, wheels: number, brakes: boolean): void;
}

export function createCar(paint: Paint, shapes: CarShapes, car: CarSize): CarPicture {
  const root = new Container();
  const [l, w] = [(car.length * carFine) / 2, (car.width * carFine) / 2];
  const wheels = [
    [l * 0.62, -w],
    [l * 0.62, w],
    [-l * 0.62, -w],
    [-l * 0.62, w],
  ].map(([x, y]) => {
    const wheel = paint.tint(new Graphics(shapes.wheel), 'ink');
    wheel.position.set(x!, y!);
    root.addChild(wheel);
    return wheel;
  });
  const body = paint.tint(new Graphics(shapes.body), 'accent');
  const glass = paint.tint(new Graphics(shapes.glass), 'background');
  glass.alpha = 0.75;
  const lights = paint.tint(new Graphics(shapes.lights), 'negative');
  root.addChild(body, glass, lights);
  return {
    root,
    scale(metre) {
      root.scale.set(metre / carFine);
    },
    pose(x, y, angle, turned, brakes) {
      root.position.set(x, y);
      root.rotation = angle;
      wheels[0]!.rotation = turned;
      wheels[1]!.rotation = turned;
      lights.alpha = brakes ? 1 : 0;
    },
  };
}

export interface Wreck {
  readonly root: Container;
  /** A car left the road here (pixels), heading that way, at so many pixels a second. */
  leave(x: number, y: number, angle: number, speed: number, metre: number): void;
  update(seconds: number): void;
}

const wreckLasts = 0.9; // s

/** What left the road: slides on, turns and fades. */
export function createWreck(paint: Paint, shapes: CarShapes, size: CarSize): Wreck {
  const picture = createCar(paint, shapes, size);
  const { root } = picture;
  root.visible = false;
  let from = { x: 0, y: 0, angle: 0, way: 0, spin: 0 };
  let age = wreckLasts;
  return {
    root,
    leave(x, y, angle, speed, metre) {
      const seconds = 0.4;
      // Slow ones barely turn; which way is told by the place alone.
      const spin = Math.min(speed / (12 * metre), 1.2) * (Math.round(x) % 2 === 0 ? 1 : -1);
      from = { x, y, angle, way: Math.min(speed * seconds, 6 * metre), spin };
      picture.scale(metre);
      age = 0;
    },
    update(seconds) {
      age += seconds;
      root.visible = age < wreckLasts;
      if (!root.visible) return;
      const gone = paint.theme.reducedMotion ? 0 : easeOut(age / wreckLasts);
      const way = gone * from.way;
      const x = from.x + cos(from.angle) * way;
      const y = from.y + sin(from.angle) * way;
      picture.pose(x, y, from.angle + gone * from.spin, 0, true);
      root.alpha = 0.8 * (1 - age / wreckLasts);
    },
  };
}

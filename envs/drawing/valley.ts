// The pieces MountainCar is drawn from: the road with its metres, the car tilted along it, the flag, and the line up
// to which the car's energy would carry it. Each is built once; `lay` redraws it for a new size.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { heightAt, roadEnd, slopeAt, type ValleyParams } from '../mountaincar/valley.ts';
import { clamp } from './motion.ts';
import { mix, type Paint } from './paint.ts';
import { createLabel, number } from './text.ts';

/** How a valley lies in a room, in pixels. */
export interface Lie {
  /** Pixels of a metre along the map, and of the height 1. */
  readonly metre: number;
  readonly rise: number;
  /** Where x = 0 and where height 0 are drawn. */
  readonly left: number;
  readonly middle: number;
}

export const xOf = (lie: Lie, x: number): number => lie.left + x * lie.metre;
/** Beyond the hills' tops the road runs on level. */
export const yOf = (lie: Lie, x: number): number =>
  lie.middle - lie.rise * heightAt(clamp(x, -3 * hilltop, hilltop));
/** How a car that stands at x is turned, clockwise. */
export const tiltAt = (lie: Lie, x: number): number => -Math.atan((3 * slopeAt(x) * lie.rise) / lie.metre);

/** The top of the right hill, m; the left one is three times as far. */
const hilltop = Math.PI / 6;

/** The road from x = from to x = to, drawn with so many straight pieces. */
function road(shape: GraphicsContext, lie: Lie, from: number, to: number, pieces: number): GraphicsContext {
  shape.moveTo(xOf(lie, from), yOf(lie, from));
  for (let i = 1; i <= pieces; i++) {
    const x = from + ((to - from) * i) / pieces;
    shape.lineTo(xOf(lie, x), yOf(lie, x));
  }
  return shape;
}

export const strokeRoad = (
  shape: GraphicsContext,
  lie: Lie,
  from: number,
  to: number,
  pieces: number,
  width: number,
): GraphicsContext =>
  road(shape, lie, from, to, pieces).stroke({ color: 0xffffff, width, cap: 'round', join: 'round' });

/** Everything below the road, down to y = bottom. */
export const fillGround = (
  shape: GraphicsContext,
  lie: Lie,
  from: number,
  to: number,
  pieces: number,
  bottom: number,
): GraphicsContext =>
  road(shape, lie, from, to, pieces)
    .lineTo(xOf(lie, to), bottom)
    .lineTo(xOf(lie, from), bottom)
    .closePath()
    .fill(0xffffff);

/** Ground, road, metre marks and the wall at the left. */
export function createRoad(paint: Paint) {
  const root = new Container();
  const ground = new Graphics();
  const line = paint.tint(new Graphics(), 'faint');
  const ticks = paint.tint(new Graphics(), 'faint');
  const wall = paint.tint(new Graphics(), 'soft');
  const labels = new Container();
  root.addChild(ground, line, ticks, wall, labels);
  return {
    root,
    lay(lie: Lie, p: ValleyParams, width: number, height: number, car: number): void {
      const from = -lie.left / lie.metre - 0.1;
      const to = (width - lie.left) / lie.metre + 0.1;
      const { theme } = paint;
      // Opaque, so that what lies behind a hill is hidden by it.
      ground.tint = mix(theme.background, theme.line, theme.dark ? 0.32 : 0.45);
      fillGround(ground.context.clear(), lie, from, to, 160, height + 400);
      strokeRoad(line.context.clear(), lie, from, to, 160, 2.5);
      const tall = car * 0.62;
      const wallX = xOf(lie, p.wallPosition) - car * 0.5;
      wall
        .clear()
        .roundRect(wallX - 6, yOf(lie, p.wallPosition) - tall, 6, tall + car * 0.4, 3)
        .fill(0xffffff);
      ticks.clear();
      for (const label of labels.removeChildren()) label.destroy();
      const first = Math.ceil(p.wallPosition / 0.5) * 0.5;
      for (let x = first; x <= roadEnd; x += 0.5) {
        const [px, py] = [xOf(lie, x), yOf(lie, x)];
        ticks.rect(px - 1, py + 7, 2, 7).fill(0xffffff);
        const label = createLabel(`${number(x, 1)} m`, { align: 0.5 });
        // The role of a label made anew on every resize is not kept: theme changes lay the road again.
        label.style.fill = theme.soft;
        label.position.set(px, py + 26);
        labels.addChild(label);
      }
    },
  };
}

export interface CarShapes {
  readonly body: GraphicsContext;
  readonly rim: GraphicsContext;
  readonly window: GraphicsContext;
  readonly wheel: GraphicsContext;
  readonly hub: GraphicsContext;
  readonly ghost: GraphicsContext;
}

export const createCarShapes = (): CarShapes => ({
  body: new GraphicsContext(),
  rim: new GraphicsContext(),
  window: new GraphicsContext(),
  wheel: new GraphicsContext(),
  hub: new GraphicsContext(),
  ghost: new GraphicsContext(),
});

/** A car `length` px long whose wheels touch y = 0. */
export function drawCarShapes(s: CarShapes, length: number): void {
  const wheel = length * 0.13;
  const sill = -wheel * 0.9;
  const body = length * 0.24;
  const cabin = length * 0.2;
  const outline = (shape: GraphicsContext, grow: number): GraphicsContext =>
    shape
      .roundRect(
        -length / 2 - grow,
        sill - body - grow,
        length + 2 * grow,
        body + 2 * grow,
        body * 0.45 + grow,
      )
      .fill(0xffffff)
      .roundRect(
        -length * 0.3 - grow,
        sill - body - cabin - grow,
        length * 0.54 + 2 * grow,
        cabin * 1.7 + 2 * grow,
        cabin * 0.6 + grow,
      )
      .fill(0xffffff);
  outline(s.body.clear(), 0);
  outline(s.rim.clear(), 2.5);
  s.window
    .clear()
    .roundRect(-length * 0.23, sill - body - cabin * 0.72, length * 0.18, cabin * 0.62, cabin * 0.2)
    .roundRect(length * 0.0, sill - body - cabin * 0.72, length * 0.17, cabin * 0.62, cabin * 0.2)
    .fill(0xffffff);
  s.wheel.clear().circle(0, 0, wheel).fill(0xffffff);
  // Off-centre, so that one sees the wheel turn.
  s.hub
    .clear()
    .circle(0, -wheel * 0.45, Math.max(1, wheel * 0.26))
    .fill(0xffffff);
  outline(s.ghost.clear(), 0)
    .circle(-length * 0.27, -wheel, wheel)
    .circle(length * 0.27, -wheel, wheel)
    .fill(0xffffff);
}

export const destroyCarShapes = (s: CarShapes): void => {
  for (const context of Object.values(s) as GraphicsContext[]) context.destroy();
};

/** The car in full; its origin is where it stands on the road. */
export function createCar(paint: Paint, shapes: CarShapes) {
  const root = new Container();
  const wheels = [-1, 1].map((side) => {
    const node = new Container();
    node.addChild(
      paint.tint(new Graphics(shapes.wheel), 'ink'),
      paint.tint(new Graphics(shapes.hub), 'background'),
    );
    return { side, node };
  });
  root.addChild(
    paint.tint(new Graphics(shapes.rim), 'background'),
    paint.tint(new Graphics(shapes.body), 'accent'),
    paint.tint(new Graphics(shapes.window), 'background'),
    ...wheels.map(({ node }) => node),
  );
  return {
    root,
    pose(lie: Lie, x: number, length: number): void {
      root.position.set(xOf(lie, x), yOf(lie, x));
      root.rotation = tiltAt(lie, x);
      for (const { side, node } of wheels) {
        node.position.set(side * length * 0.27, -length * 0.13);
        node.rotation = (x * lie.metre) / (length * 0.13);
      }
    },
  };
}

/** The goal: a pole with a pennant that waves, its foot at the origin. */
export function createFlag(paint: Paint) {
  const root = new Container();
  const pole = paint.tint(new Graphics(), 'ink');
  const cloth = paint.tint(new Graphics(), 'accent');
  root.addChild(cloth, pole);
  let age = 0;
  return {
    root,
    lay(tall: number): void {
      pole
        .clear()
        .roundRect(-1.5, -tall, 3, tall + 2, 1.5)
        .circle(0, -tall, 3.2)
        .fill(0xffffff);
      const w = tall * 0.52;
      cloth
        .clear()
        .moveTo(1, 0)
        .lineTo(w, tall * 0.15)
        .lineTo(1, tall * 0.3)
        .closePath()
        .fill(0xffffff)
        .stroke({ color: 0xffffff, width: 2, join: 'round' });
      cloth.y = -tall + 4;
    },
    wave(seconds: number): void {
      if (paint.theme.reducedMotion) return;
      age += seconds;
      cloth.skew.y = 0.09 * Math.sin(age * 3.1);
      cloth.scale.x = 1 + 0.05 * Math.sin(age * 4.3);
    },
  };
}

/** How high the car's energy would carry it: a dashed level line, hidden where the hills are higher. */
export function createReach(paint: Paint) {
  const root = new Container();
  const dashes = paint.tint(new Graphics(), 'accent');
  dashes.alpha = 0.6;
  root.addChild(dashes);
  return {
    root,
    lay(lie: Lie, p: ValleyParams): void {
      const [from, to] = [xOf(lie, p.wallPosition), xOf(lie, roadEnd)];
      dashes.clear();
      for (let x = from; x < to; x += 12) dashes.rect(x, -0.75, Math.min(6, to - x), 1.5).fill(0xffffff);
    },
    show(lie: Lie, height: number): void {
      root.y = lie.middle - lie.rise * Math.min(height, 1.12);
    },
  };
}

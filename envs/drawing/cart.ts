// The pieces CartPole is drawn from: cart, wheels and pole, the two pushes, the track with its metres, and the
// wedge the pole must stay in. Each is built once; `lay` redraws it for a new size, all else only moves it.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { type CartPoleParams, maxAngle } from '../cartpole/dynamics.ts';
import { approach, clamp, createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, number, percent, setText } from './text.ts';

const lineWeight = 2;
const rimWeight = 2.5;
export const cartLength = 0.56; // m, as drawn; the rules know only its middle

/** Sizes in pixels that follow from the room and the world's parameters. */
export interface Size {
  readonly metre: number;
  readonly pole: number;
  readonly thickness: number;
  readonly cart: number;
  readonly body: number;
  readonly wheel: number;
}

export function measure(metre: number, pole: number, p: CartPoleParams): Size {
  const cart = clamp(cartLength * metre, 34, 92);
  return {
    metre,
    pole,
    // A pole ten times as heavy is drawn about three times as thick.
    thickness: clamp(cart * 0.135 * Math.sqrt(p.poleMass / 0.1), 4, cart * 0.5),
    cart,
    body: cart * 0.36 * clamp(Math.sqrt(Math.sqrt(p.cartMass)), 0.7, 1.4),
    wheel: cart * 0.1,
  };
}

/** The shapes of a cart and its pole, shared by the hero, its fallen double and all ghosts. */
export interface Shapes {
  readonly body: GraphicsContext;
  readonly wheel: GraphicsContext;
  readonly hub: GraphicsContext;
  readonly pole: GraphicsContext;
  readonly bodyRim: GraphicsContext;
  readonly poleRim: GraphicsContext;
  readonly ghost: GraphicsContext;
}

export const createShapes = (): Shapes => ({
  body: new GraphicsContext(),
  wheel: new GraphicsContext(),
  hub: new GraphicsContext(),
  pole: new GraphicsContext(),
  bodyRim: new GraphicsContext(),
  poleRim: new GraphicsContext(),
  ghost: new GraphicsContext(),
});

export function drawShapes(s: Shapes, size: Size): void {
  const { cart, body, wheel } = size;
  const top = -wheel - body;
  s.body
    .clear()
    .roundRect(-cart / 2, top, cart, body, body * 0.26)
    .fill(0xffffff);
  s.wheel.clear().circle(0, 0, wheel).fill(0xffffff);
  // Off-centre, so that one sees the wheel turn.
  s.hub
    .clear()
    .circle(0, -wheel * 0.48, Math.max(1.2, wheel * 0.24))
    .fill(0xffffff);
  const half = size.thickness / 2;
  s.pole
    .clear()
    .roundRect(-half, -size.pole, size.thickness, size.pole + half, half)
    .fill(0xffffff);
  const r = rimWeight;
  s.bodyRim
    .clear()
    .roundRect(-cart / 2 - r, top - r, cart + 2 * r, body + 2 * r, body * 0.26 + r)
    .fill(0xffffff);
  s.poleRim
    .clear()
    .roundRect(-half - r, -size.pole - r, 2 * (half + r), size.pole + half + 2 * r, half + r)
    .fill(0xffffff);
  s.ghost
    .clear()
    .roundRect(-cart / 2, top, cart, body + wheel, body * 0.26)
    .fill(0xffffff);
}

export const destroyShapes = (s: Shapes): void => {
  for (const context of Object.values(s) as GraphicsContext[]) context.destroy();
};

export interface Rig {
  readonly root: Container;
  readonly pole: Container;
  pose(x: number, theta: number, size: Size): void;
}

/** A cart in full: body, two turning wheels, pole and hinge. Its origin is on the rail. */
export function createRig(paint: Paint, shapes: Shapes): Rig {
  const root = new Container();
  const wheels = [-1, 1].map(() => {
    const wheel = new Container();
    wheel.addChild(
      paint.tint(new Graphics(shapes.wheel), 'ink'),
      paint.tint(new Graphics(shapes.hub), 'background'),
    );
    return wheel;
  });
  const pole = new Container();
  // A rim in the background's colour keeps the hero apart from the crowd behind it.
  pole.addChild(
    paint.tint(new Graphics(shapes.poleRim), 'background'),
    paint.tint(new Graphics(shapes.pole), 'accent'),
  );
  const hinge = paint.tint(new Graphics().circle(0, 0, 1).fill(0xffffff), 'background');
  const rim = paint.tint(new Graphics(shapes.bodyRim), 'background');
  root.addChild(rim, paint.tint(new Graphics(shapes.body), 'ink'), ...wheels, pole, hinge);
  return {
    root,
    pole,
    pose(x, theta, size) {
      root.x = x * size.metre;
      wheels.forEach((wheel, i) => {
        wheel.position.set((i === 0 ? -1 : 1) * size.cart * 0.29, -size.wheel);
        wheel.rotation = (x * size.metre) / size.wheel;
      });
      const hingeY = -size.wheel - size.body * 0.86;
      pole.y = hingeY;
      hinge.y = hingeY;
      hinge.scale.set(clamp(size.thickness * 0.32, 2, 7));
      pole.rotation = theta;
    },
  };
}

/** Both pushes beside the cart: the taken one bold, each as long as it is likely. */
export function createArrows(paint: Paint) {
  const root = new Container();
  const sides = [-1, 1].map((side) => {
    const arrow = new Container();
    const shaft = new Graphics().rect(0, -1.75, 1, 3.5).fill(0xffffff);
    const tail = new Graphics().circle(0, 0, 1.75).fill(0xffffff);
    const head = new Graphics()
      .moveTo(-8, -7)
      .lineTo(0, 0)
      .lineTo(-8, 7)
      .stroke({ color: 0xffffff, width: 3.5, cap: 'round', join: 'round' });
    arrow.addChild(tail, shaft, head);
    arrow.scale.x = side;
    const label = paint.tint(createLabel('', { mono: true, align: side < 0 ? 1 : 0 }), 'soft');
    root.addChild(paint.tint(arrow, 'accent'), label);
    return { side, arrow, shaft, head, label, strength: 0, length: 24 };
  });
  const due = createPace(8);
  return {
    root,
    /** `toLeft` and `toRight`: the action that pushes there, whichever its number. */
    show(
      action: number,
      chances: Float32Array,
      toLeft: number,
      toRight: number,
      size: Size,
      seconds: number,
    ) {
      const write = due(seconds);
      for (const s of sides) {
        const own = s.side < 0 ? toLeft : toRight;
        const p = chances[own];
        s.strength = approach(s.strength, action === own ? 1 : 0, seconds, 0.04);
        s.length = approach(s.length, 14 + 30 * (p ?? 0.5), seconds, 0.07);
        s.shaft.scale.x = s.length - 2;
        s.head.x = s.length;
        s.arrow.x = s.side * (size.cart / 2 + 12);
        s.arrow.y = -size.wheel - size.body / 2;
        s.arrow.alpha = 0.22 + 0.78 * s.strength;
        s.label.position.set(s.arrow.x + s.side * (s.length + 8), s.arrow.y);
        s.label.visible = p !== undefined;
        if (p !== undefined && write) setText(s.label, percent(p));
      }
    },
  };
}

/** Rail, metre marks, end stops and the floor. Redrawn only when room or track change. */
export function createTrack(paint: Paint) {
  const root = new Container();
  const floor = paint.tint(new Graphics(), 'line');
  const rail = paint.tint(new Graphics(), 'faint');
  const ticks = paint.tint(new Graphics(), 'faint');
  const stops = paint.tint(new Graphics(), 'soft');
  const labels = new Container();
  root.addChild(floor, rail, ticks, stops, labels);
  return {
    root,
    lay(size: Size, params: CartPoleParams, width: number, height: number): void {
      const end = params.trackHalfWidth * size.metre + size.cart / 2;
      floor.alpha = paint.theme.dark ? 0.22 : 0.4;
      floor
        .clear()
        .rect(-end - 4 * width, 0, 2 * end + 8 * width, height + 400)
        .fill(0xffffff);
      rail
        .clear()
        .roundRect(-end - 8, -lineWeight / 2, 2 * end + 16, lineWeight, 1)
        .fill(0xffffff);
      stops.clear();
      for (const side of [-1, 1]) {
        const tall = size.wheel + size.body * 0.72;
        stops.roundRect(side > 0 ? end : -end - 6, -tall, 6, tall + 1, 3).fill(0xffffff);
      }
      // As many labels as have room: every metre, every second, every fifth ...
      const every = [1, 2, 5].find((m) => m * size.metre >= 56) ?? 10;
      ticks.clear();
      for (const label of labels.removeChildren()) label.destroy();
      const last = Math.floor(params.trackHalfWidth / (every / 2)) * (every / 2);
      for (let m = -last; m <= last + 1e-9; m += every / 2) {
        const whole = Math.abs(m / every - Math.round(m / every)) < 1e-6;
        ticks.rect(m * size.metre - 1, 8, lineWeight, whole ? 8 : 4).fill(0xffffff);
        if (!whole) continue;
        const label = createLabel(`${number(m, 0)}\u00a0m`, { align: 0.5 });
        // The role of a label made anew on every resize is not kept: theme changes lay the track again.
        label.tint = paint.theme.soft;
        label.position.set(m * size.metre, 28);
        labels.addChild(label);
      }
    },
  };
}

/** How far the pole may lean, as a faint wedge on the hero's hinge. */
export function createWedge(paint: Paint) {
  const root = new Container();
  const area = paint.tint(new Graphics(), 'soft');
  const edges = paint.tint(new Graphics(), 'faint');
  const label = paint.tint(createLabel('', { size: 11 }), 'soft');
  root.addChild(area, edges, label);
  return {
    root,
    lay(size: Size, params: CartPoleParams): void {
      const limit = maxAngle(params);
      const radius = size.pole + size.thickness / 2 + 12;
      area
        .clear()
        .moveTo(0, 0)
        .arc(0, 0, radius, -Math.PI / 2 - limit, -Math.PI / 2 + limit)
        .closePath();
      area.fill(0xffffff);
      edges.clear();
      // The edge is dashed by turning the plane, which leaves the trigonometry to Pixi.
      for (const side of [-1, 1]) {
        edges.save().rotateTransform(side * limit);
        for (let r = 12; r < radius; r += 10)
          edges.rect(-0.75, -Math.min(r + 5, radius), 1.5, 5).fill(0xffffff);
        edges.restore();
      }
      setText(label, `${number(params.maxAngleDegrees, 0)}°`);
      const tip = area.bounds;
      label.position.set(tip.maxX + 6, limit < 1 ? -radius * (1 - limit * limit * 0.5) : -radius / 2);
    },
    warn(lean: number): void {
      area.alpha = 0.07 + 0.13 * clamp(lean * 2 - 1, 0, 1);
      edges.alpha = 0.9;
    },
  };
}

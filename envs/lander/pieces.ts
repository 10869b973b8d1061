// The craft as drawn: hull, bell and window, two legs that bend on their struts; and the pushes it may choose from,
// drawn around it. Shapes are in pixels, drawn anew only when the scale changes.
import { Container, Graphics, GraphicsContext, Sprite, Texture } from 'pixi.js';
import { approach, createPace } from '../drawing/motion.ts';
import { mix, type Paint } from '../drawing/paint.ts';
import type { Puffs } from '../drawing/puffs.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';
import type { ViewFrame } from '../view.ts';
import { hullOutline, legHalfHeight, legHalfWidth } from './craft.ts';
import { engineOf, type LanderParams } from './dynamics.ts';
import { landerAt } from './row.ts';

/** The numbers of a row that a craft's picture needs, three bodies with x, y and angle, in this order. */
export const poseFields: readonly number[] = [landerAt.hull, ...landerAt.leg].flatMap((at) => [
  at,
  at + 1,
  at + 2,
]);

export interface Shapes {
  readonly hull: GraphicsContext;
  readonly rim: GraphicsContext;
  readonly fittings: GraphicsContext;
  readonly window: GraphicsContext;
  readonly band: GraphicsContext;
  readonly leg: GraphicsContext;
  readonly foot: GraphicsContext;
  /** All of it in one, as it stands. */
  readonly ghost: GraphicsContext;
}

export const createShapes = (): Shapes => ({
  hull: new GraphicsContext(),
  rim: new GraphicsContext(),
  fittings: new GraphicsContext(),
  window: new GraphicsContext(),
  band: new GraphicsContext(),
  leg: new GraphicsContext(),
  foot: new GraphicsContext(),
  ghost: new GraphicsContext(),
});

export const destroyShapes = (s: Shapes): void => {
  for (const context of Object.values(s) as GraphicsContext[]) context.destroy();
};

export function drawShapes(s: Shapes, metre: number): void {
  const u = metre / 30; // the original's unit of design
  const outline = (scale: number) =>
    Array.from({ length: hullOutline.length / 2 }, (_, i) => ({
      x: hullOutline[2 * i]! * metre * scale,
      y: -hullOutline[2 * i + 1]! * metre * scale - (scale - 1) * 3 * u,
    }));
  s.hull
    .clear()
    .roundShape(outline(1), 4 * u)
    .fill(0xffffff);
  s.rim
    .clear()
    .roundShape(outline(1.12), 5 * u)
    .fill(0xffffff);
  s.fittings
    .clear()
    // The bell of the main engine, a nozzle on either side, an aerial.
    .poly([-5 * u, 9 * u, 5 * u, 9 * u, 8 * u, 15 * u, -8 * u, 15 * u])
    .roundRect(-18.5 * u, -15 * u, 5 * u, 5 * u, 1.5 * u)
    .roundRect(13.5 * u, -15 * u, 5 * u, 5 * u, 1.5 * u)
    .rect(6 * u, -25 * u, 1.6 * u, 9 * u)
    .circle(6.8 * u, -25 * u, 2 * u)
    .fill(0xffffff);
  s.window
    .clear()
    .circle(0, -7 * u, 5.2 * u)
    .fill(0xffffff);
  s.band
    .clear()
    .rect(-16.9 * u, 2.2 * u, 33.8 * u, 3.4 * u)
    .fill(0xffffff);
  const [w, h] = [Math.max(1.2, legHalfWidth * metre), legHalfHeight * metre];
  s.leg
    .clear()
    .roundRect(-w, -h, 2 * w, 2 * h, w)
    .fill(0xffffff);
  s.foot
    .clear()
    .roundRect(-2.4 * w, h - w, 4.8 * w, 1.4 * w, 0.7 * w)
    .fill(0xffffff);
  s.ghost
    .clear()
    .roundShape(outline(1), 4 * u)
    .fill(0xffffff);
  for (const side of [-1, 1]) {
    s.ghost
      .moveTo(side * 15 * u, 4 * u)
      .lineTo(side * 28 * u, 18 * u)
      .stroke({ color: 0xffffff, width: 2 * w, cap: 'round' });
  }
}

/** A straight bar between two points, without an angle to be found. */
function createBar(paint: Paint) {
  const bar = new Sprite(Texture.WHITE);
  paint.tint(bar, 'soft');
  const pixels = Texture.WHITE.width;
  return {
    bar,
    between(x1: number, y1: number, x2: number, y2: number, width: number): void {
      const [dx, dy] = [x2 - x1, y2 - y1];
      const length = Math.sqrt(dx * dx + dy * dy) || 1;
      const [nx, ny] = [(-dy / length) * width, (dx / length) * width];
      const m = bar.localTransform;
      m.set(dx / pixels, dy / pixels, nx / pixels, ny / pixels, x1 - nx / 2, y1 - ny / 2);
      bar.setFromMatrix(m);
    },
  };
}

export interface Craft {
  readonly root: Container;
  /** Nine numbers from pose[at...] as `poseFields` has them; `down`: which legs count as standing. */
  show(pose: ArrayLike<number>, at: number, metre: number, down: readonly boolean[]): void;
}

export function createCraft(paint: Paint, shapes: Shapes): Craft {
  const root = new Container();
  const hull = new Container();
  // The rim, in the background's colour, keeps the craft apart from the crowd behind it.
  const rim = paint.tint(new Graphics(shapes.rim), 'background');
  root.addChild(rim);
  hull.addChild(
    paint.tint(new Graphics(shapes.fittings), 'soft'),
    paint.tint(new Graphics(shapes.hull), 'ink'),
    paint.tint(new Graphics(shapes.band), 'accent'),
    paint.tint(new Graphics(shapes.window), 'background'),
  );
  const legs = [0, 1].map(() => {
    const leg = new Container();
    const foot = new Graphics(shapes.foot);
    leg.addChild(paint.tint(new Graphics(shapes.leg), 'ink'), foot);
    const struts = [createBar(paint), createBar(paint)];
    root.addChild(...struts.map(({ bar }) => bar), leg);
    return { leg, foot, struts };
  });
  root.addChild(hull);
  /** A point of a turned body, in pixels. */
  const place = (node: Container, x: number, y: number, metre: number): [number, number] => {
    const { a, b, c, d, tx, ty } = node.localTransform;
    return [tx + (a * x - c * y) * metre, ty + (b * x - d * y) * metre];
  };
  return {
    root,
    show(pose, at, metre, down) {
      hull.position.set(pose[at]! * metre, -pose[at + 1]! * metre);
      hull.rotation = -pose[at + 2]!;
      hull.updateLocalTransform();
      rim.position.copyFrom(hull.position);
      rim.rotation = hull.rotation;
      const width = Math.max(1.3, metre * 0.06);
      legs.forEach(({ leg, foot, struts }, i) => {
        const k = at + 3 * i + 3;
        leg.position.set(pose[k]! * metre, -pose[k + 1]! * metre);
        leg.rotation = -pose[k + 2]!;
        leg.updateLocalTransform();
        paint.tint(foot, down[i] ? 'accent' : 'ink');
        // Leg 0 stands on the right.
        const side = i === 0 ? 1 : -1;
        const [topX, topY] = place(leg, 0, legHalfHeight * 0.8, metre);
        const [kneeX, kneeY] = place(leg, 0, -legHalfHeight * 0.55, metre);
        const [highX, highY] = place(hull, side * 0.48, 0.16, metre);
        const [lowX, lowY] = place(hull, side * 0.3, -0.3, metre);
        struts[0]!.between(highX, highY, topX, topY, width);
        struts[1]!.between(lowX, lowY, kneeX, kneeY, width);
      });
    },
  };
}

/** What comes out of the engines: a flickering tongue at the nozzle, and exhaust that flies on by itself. */
export function createFire(paint: Paint, puffs: Puffs) {
  const root = new Container();
  const mainShape = new GraphicsContext();
  const sideShape = new GraphicsContext();
  const main = paint.tint(new Graphics(mainShape), 'accent');
  const side = paint.tint(new Graphics(sideShape), 'accent');
  root.addChild(main, side);
  let metre = 30;
  let due = 0;
  let flicker = 0;

  function exhaust(engine: number, seconds: number): void {
    const { theme } = paint;
    const below = engine === 2;
    const { a, b, c, d, tx, ty } = root.localTransform;
    // The nozzle and the way out of it, in the hull's frame with y upwards.
    const [nx, ny] = below ? [0, -0.5] : [(2 - engine) * 0.6, 0.42];
    const [ox, oy] = below ? [0, -1] : [2 - engine, 0];
    due += seconds * (below ? 110 : 60);
    for (; due >= 1; due--) {
      const fan = puffs.spread() * 0.22;
      const speed = metre * (below ? 8 : 5) * (1 + 0.25 * puffs.also());
      const [ex, ey] = [ox - oy * fan, oy + ox * fan];
      const [vx, vy] = [(a * ex - c * ey) * speed, (b * ex - d * ey) * speed];
      const heat = Math.abs(puffs.also());
      // Some way out already: they left one after the other in the course of the frame.
      const since = Math.min(seconds, 0.1) * heat;
      puffs.emit(
        tx + (a * nx - c * ny) * metre + vx * since,
        ty + (b * nx - d * ny) * metre + vy * since,
        vx,
        vy,
        metre * (below ? 0.26 : 0.15),
        below ? 0.36 : 0.22,
        heat > 0.6 ? mix(theme.accent, theme.ink, 0.6) : mix(theme.accent, theme.soft, 0.35 * heat),
      );
    }
  }

  return {
    root,
    lay(newMetre: number): void {
      metre = newMetre;
      const u = metre / 30;
      mainShape
        .clear()
        .poly([-6.5 * u, 0, 6.5 * u, 0, 0, 24 * u])
        .fill(0xffffff);
      sideShape
        .clear()
        .poly([0, -3 * u, 0, 3 * u, 16 * u, 0])
        .fill(0xffffff);
      main.y = 14 * u;
      side.y = -12 * u;
    },
    /** At the hull's place and turn, as Pixi counts them. */
    show(engine: number, x: number, y: number, rotation: number, seconds: number): void {
      const calm = paint.theme.reducedMotion;
      root.position.set(x, y);
      root.rotation = rotation;
      main.visible = engine === 2;
      side.visible = engine === 1 || engine === 3;
      if (engine === 0) {
        due = 0;
        return;
      }
      flicker = (flicker + seconds * 17) % 1;
      const reach = calm ? 1 : 0.8 + 0.4 * flicker;
      main.scale.y = reach;
      side.scale.x = (2 - engine) * reach;
      side.x = ((2 - engine) * 18 * metre) / 30;
      root.updateLocalTransform();
      if (!calm) exhaust(engine, seconds);
    },
    destroy(): void {
      mainShape.destroy();
      sideShape.destroy();
    },
  };
}

/** Where each engine pushes: left, up, right around the hull; coasting stands out of the flame's way. */
const spots = [
  { name: 'coast', x: 0.8, y: 0.8 },
  { name: 'left', x: -1, y: 0 },
  { name: 'up', x: 0, y: -1 },
  { name: 'right', x: 1, y: 0 },
] as const;

/** What it is about to do: an arrow for each push, the chosen one bold, each with its chance. */
export function createMoves(paint: Paint) {
  const root = new Container();
  const moves = spots.map(({ x, y }, engine) => {
    const move = new Container();
    const arrow = new Graphics();
    if (engine === 0) arrow.circle(0, 0, 4).stroke({ color: 0xffffff, width: 2.5 });
    else {
      arrow
        .moveTo(-12 * x, -12 * y)
        .lineTo(4 * x, 4 * y)
        .moveTo(-4 * x - 7 * y, -4 * y - 7 * x)
        .lineTo(4 * x, 4 * y)
        .lineTo(-4 * x + 7 * y, -4 * y + 7 * x)
        .stroke({ color: 0xffffff, width: 3, cap: 'round', join: 'round' });
    }
    const label = paint.tint(createLabel('', { mono: true, align: (1 - Math.sign(x)) / 2 }), 'soft');
    move.addChild(paint.tint(arrow, 'accent'));
    root.addChild(move, label);
    return { engine, x, y, move, label, strength: 0 };
  });
  const due = createPace(8);
  return {
    root,
    show(frame: ViewFrame, p: LanderParams, metre: number, angle: number, seconds: number): void {
      const write = due(seconds);
      const reach = Math.max(34, 1.15 * metre + 14);
      root.rotation = -angle;
      for (const m of moves) {
        const action = engineOf(m.engine, p);
        const chance = frame.probabilities[action];
        m.strength = approach(m.strength, frame.action[0] === action ? 1 : 0, seconds, 0.05);
        m.move.position.set(m.x * reach, m.y * reach);
        m.move.alpha = 0.22 + 0.78 * m.strength;
        // Written upright however the craft leans.
        m.label.position.set(m.x * (reach + 14), m.y * (reach + 20));
        m.label.rotation = angle;
        m.label.visible = chance !== undefined;
        if (chance !== undefined && write) setText(m.label, percent(chance));
      }
    },
  };
}

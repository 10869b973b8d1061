// What Freeway is drawn with: five makes of car from racer to lorry with as much wind behind them as they are fast, the chicken,
// the flag that counts crossings, and which of the moves round the chicken an action is.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { approach, createSlide } from '../drawing/motion.ts';
import type { MoveMark } from '../drawing/moves.ts';
import { mix, type Paint } from '../drawing/paint.ts';
import { createLabel, setText } from '../drawing/text.ts';
import type { WorldParams } from '../environment.ts';
import { minatar, minatarAction } from '../minatar.ts';
import type { ViewTheme } from '../view.ts';
import { heeded } from './dynamics.ts';
import { freewayAt as at, type FreewayParams, gridSize, slowest } from './rules.ts';

/** The faster a car, the more it stands out. `speed` is its rest between two cells: 1 is the fastest. */
export const carColour = (theme: ViewTheme, speed: number): number =>
  mix(theme.ink, theme.background, 0.08 + 0.09 * (speed - 1));

type Box = readonly [x: number, y: number, width: number, height: number, round: number];

// Seen from above and driving right, in cells.
const bodies: readonly (readonly Box[])[] = [
  [
    [-0.44, -0.15, 0.6, 0.3, 0.1],
    [0.02, -0.08, 0.42, 0.16, 0.08],
    [-0.46, -0.25, 0.1, 0.5, 0.03],
    [0.28, -0.22, 0.08, 0.44, 0.03],
  ],
  [[-0.42, -0.23, 0.84, 0.46, 0.2]],
  [[-0.4, -0.24, 0.8, 0.48, 0.11]],
  [[-0.43, -0.28, 0.86, 0.56, 0.08]],
  [
    [-0.47, -0.31, 0.64, 0.62, 0.04],
    [0.21, -0.26, 0.26, 0.52, 0.08],
  ],
];
const windows: readonly (readonly Box[])[] = [
  [[-0.16, -0.07, 0.2, 0.14, 0.06]],
  [
    [0.02, -0.16, 0.13, 0.32, 0.05],
    [-0.3, -0.14, 0.08, 0.28, 0.03],
  ],
  [
    [0.06, -0.18, 0.13, 0.36, 0.04],
    [-0.3, -0.17, 0.09, 0.34, 0.03],
  ],
  [[0.2, -0.21, 0.12, 0.42, 0.04]],
  [[0.34, -0.19, 0.07, 0.38, 0.03]],
];
/** Lengths of the lines behind a car, from its middle line outwards. */
const winds: readonly (readonly number[])[] = [[0.95, 0.6], [0.55, 0.35], [0.32, 0.18], [0.16], []];

const fillBoxes = (g: GraphicsContext, boxes: readonly Box[], c: number): void => {
  g.clear();
  for (const [x, y, w, h, r] of boxes) g.roundRect(x * c, y * c, w * c, h * c, r * c).fill(0xffffff);
};

function drawWind(g: GraphicsContext, speed: number, c: number): void {
  g.clear();
  winds[speed - 1]!.forEach((length, k) => {
    for (const side of k === 0 ? [0] : [-1, 1]) {
      const y = side * 0.17 * c;
      g.moveTo(-0.56 * c, y).lineTo((-0.56 - length) * c, y);
    }
  });
  g.stroke({ color: 0xffffff, width: Math.max(1.5, 0.05 * c), cap: 'round' });
}

export interface Traffic {
  readonly root: Container;
  lay(cell: number): void;
  draw(row: Float64Array, fresh: boolean, seconds: number): void;
  destroy(): void;
}

/** Where a car's middle is: within its cell, as far as its rest has gone by. */
const placeOf = (x: number, speed: number, timer: number): number => {
  const rest = Math.abs(speed);
  const gone = (rest - timer + 0.5) / (rest + 1) - 0.5;
  return x + (speed < 0 ? -gone : gone);
};

/** All cars, each with a twin that comes in at one end of the road while it leaves at the other. */
export function createTraffic(paint: Paint, lanes: number): Traffic {
  const root = new Container();
  const road = new Graphics();
  const shapes = bodies.map(() => ({
    body: new GraphicsContext(),
    glass: new GraphicsContext(),
    wind: new GraphicsContext(),
  }));
  const build = () => {
    const node = new Container();
    const wind = new Graphics(shapes[0]!.wind);
    const body = new Graphics(shapes[0]!.body);
    const glass = paint.tint(new Graphics(shapes[0]!.glass), 'background');
    wind.alpha = 0.4;
    node.addChild(wind, body, glass);
    root.addChild(node);
    return { node, wind, body, glass };
  };
  const cars = Array.from({ length: lanes }, () => ({
    both: [build(), build()],
    slide: createSlide(0.15),
    speed: 0,
  }));
  root.addChild(road);
  root.mask = road;
  let cell = 40;

  return {
    root,
    lay(size) {
      cell = size;
      road
        .clear()
        .rect(0, 0, gridSize * cell, gridSize * cell)
        .fill(0xffffff);
      shapes.forEach(({ body, glass, wind }, kind) => {
        fillBoxes(body, bodies[kind]!, cell);
        fillBoxes(glass, windows[kind]!, cell);
        drawWind(wind, kind + 1, cell);
      });
    },
    draw(row, fresh, seconds) {
      cars.forEach((car, i) => {
        const speed = row[at.speeds + i]!;
        const place = placeOf(row[at.cars + i]!, speed, row[at.timers + i]!);
        // Another car, or the same one come round: not a way that was driven.
        const jumps = fresh || speed !== car.speed || Math.abs(place - car.slide.x) > 2;
        car.slide.to(place, i + 1, seconds, jumps || paint.theme.reducedMotion);
        const kind = Math.min(slowest, Math.max(1, Math.abs(speed)));
        const colour = carColour(paint.theme, kind);
        car.both.forEach(({ node, wind, body, glass }, k) => {
          const round = k === 0 ? 0 : car.slide.x < gridSize / 2 ? gridSize : -gridSize;
          node.position.set((car.slide.x + round + 0.5) * cell, (i + 1.5) * cell);
          node.scale.x = speed < 0 ? -1 : 1;
          if (speed !== car.speed) {
            wind.context = shapes[kind - 1]!.wind;
            body.context = shapes[kind - 1]!.body;
            glass.context = shapes[kind - 1]!.glass;
          }
          body.tint = colour;
          wind.tint = colour;
        });
        car.speed = speed;
      });
    },
    destroy() {
      for (const { body, glass, wind } of shapes) for (const shape of [body, glass, wind]) shape.destroy();
    },
  };
}

export interface Chicken {
  readonly root: Container;
  lay(cell: number): void;
}

/** In its cell's middle, looking right. */
export function createChicken(paint: Paint): Chicken {
  const root = new Container();
  const rim = paint.tint(new Graphics(), 'background');
  const legs = paint.tint(new Graphics(), 'negative');
  const body = paint.tint(new Graphics(), 'accent');
  const trim = paint.tint(new Graphics(), 'negative');
  const marks = paint.tint(new Graphics(), 'background');
  root.addChild(rim, legs, body, trim, marks);
  const plump = (g: Graphics, c: number, more: number): void => {
    g.ellipse(-0.04 * c, 0.07 * c, 0.3 * c + more, 0.23 * c + more).fill(0xffffff);
    g.circle(0.17 * c, -0.17 * c, 0.15 * c + more).fill(0xffffff);
    g.roundRect(0.04 * c - more, -0.18 * c, 0.26 * c + 2 * more, 0.24 * c, 0.05 * c).fill(0xffffff);
    g.moveTo(-0.2 * c, 0.1 * c)
      .lineTo(-0.42 * c - more, -0.16 * c - more)
      .lineTo(-0.06 * c, -0.06 * c)
      .closePath()
      .fill(0xffffff);
  };
  return {
    root,
    lay(c) {
      rim.clear();
      plump(rim, c, Math.max(1.5, 0.06 * c));
      legs.clear();
      for (const x of [-0.1, 0.06])
        legs
          .moveTo(x * c, 0.26 * c)
          .lineTo(x * c, 0.4 * c)
          .lineTo((x + 0.08) * c, 0.4 * c);
      legs.stroke({ color: 0xffffff, width: Math.max(1.5, 0.055 * c), cap: 'round', join: 'round' });
      body.clear();
      plump(body, c, 0);
      trim.clear();
      for (const [x, y] of [
        [0.1, -0.33],
        [0.18, -0.36],
        [0.25, -0.32],
      ] as const)
        trim.circle(x * c, y * c, 0.055 * c).fill(0xffffff);
      trim
        .moveTo(0.3 * c, -0.22 * c)
        .lineTo(0.44 * c, -0.15 * c)
        .lineTo(0.3 * c, -0.09 * c)
        .closePath()
        .fill(0xffffff);
      marks.clear();
      marks.circle(0.2 * c, -0.19 * c, Math.max(1, 0.035 * c)).fill(0xffffff);
      marks
        .moveTo(-0.16 * c, 0.03 * c)
        .arcTo(-0.08 * c, 0.22 * c, 0.08 * c, 0.05 * c, 0.12 * c)
        .stroke({ color: 0xffffff, width: Math.max(1, 0.045 * c), cap: 'round' });
    },
  };
}

export interface Flag {
  readonly root: Container;
  lay(cell: number): void;
  /** Shows the count; raises itself when it has grown. */
  show(count: number, seconds: number): void;
}

/** Stands with the foot of its pole at the origin. */
export function createFlag(paint: Paint): Flag {
  const root = new Container();
  const pole = paint.tint(new Graphics(), 'soft');
  const cloth = new Container();
  const back = paint.tint(new Graphics(), 'accent');
  const label = paint.tint(createLabel('', { bold: true, mono: true, align: 0.5 }), 'background');
  cloth.addChild(back, label);
  root.addChild(pole, cloth);
  let shown = -1;
  let raised = 1;
  let drop = 10;
  return {
    root,
    lay(cell) {
      const [width, height] = [Math.max(28, 0.8 * cell), Math.max(14, 0.42 * cell)];
      const tall = Math.max(cell * 0.86, height + 4);
      pole.clear().roundRect(-1.25, -tall, 2.5, tall, 1.25).fill(0xffffff);
      back.clear().roundRect(0, 0, width, height, 3).fill(0xffffff);
      label.position.set(width / 2, height / 2);
      cloth.x = 1;
      cloth.pivot.y = 0;
      drop = tall - height - 2;
      root.scale.set(1);
      cloth.y = -tall + 1;
      pole.y = 0;
      back.alpha = 1;
    },
    show(count, seconds) {
      if (count !== shown) {
        if (count > shown && shown >= 0 && !paint.theme.reducedMotion) raised = 0;
        shown = count;
        setText(label, String(count));
      }
      raised = approach(raised, 1, seconds, 0.12);
      cloth.pivot.y = -(1 - raised) * drop;
      cloth.scale.x = 0.7 + 0.3 * raised;
    },
  };
}

/** Round the chicken: stay, up, down. */
export const marks: readonly MoveMark[] = [
  { dx: 0, dy: 0, label: 'right' },
  { dx: 0, dy: -1, label: 'right' },
  { dx: 0, dy: 1, label: 'right' },
];

/** Which mark the world's action is, mirrored controls and idle buttons seen through. */
export function markOf(action: number, given: WorldParams): number {
  const p = given as FreewayParams;
  const asked = minatarAction(action, heeded, p);
  if (asked !== minatar.up && asked !== minatar.down) return 0;
  return (asked === minatar.up) === (p.mirrored === 0) ? 1 : 2;
}

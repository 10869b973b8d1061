// What Seaquest is drawn from: the submarine, fish, enemy submarines, divers, two kinds of shots, and the gauges. Shapes are drawn
// white in a cell of side 1, swimming to the right, and are then tinted, scaled and turned.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { approach, clamp, createPace } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { mostDivers } from './sea.ts';

export interface Shapes {
  readonly fish: GraphicsContext;
  readonly fishEye: GraphicsContext;
  readonly enemy: GraphicsContext;
  readonly enemyPorts: GraphicsContext;
  readonly diver: GraphicsContext;
  readonly shot: GraphicsContext;
  readonly shell: GraphicsContext;
  readonly wake: GraphicsContext;
}

export const createShapes = (): Shapes => ({
  fish: new GraphicsContext()
    .moveTo(0.4, 0)
    .quadraticCurveTo(0.16, -0.3, -0.16, -0.06)
    .lineTo(-0.4, -0.24)
    .quadraticCurveTo(-0.3, 0, -0.4, 0.24)
    .lineTo(-0.16, 0.06)
    .quadraticCurveTo(0.16, 0.3, 0.4, 0)
    .fill(0xffffff)
    .poly([0.02, -0.17, -0.06, -0.32, 0.16, -0.19])
    .fill(0xffffff),
  fishEye: new GraphicsContext().circle(0.21, -0.045, 0.05).fill(0xffffff),
  // All corners where the player's is all curves.
  enemy: new GraphicsContext()
    .poly([0.46, 0.06, 0.3, 0.24, -0.34, 0.24, -0.44, 0.02, -0.34, -0.06, 0.28, -0.06])
    .fill(0xffffff)
    .poly([-0.12, -0.06, -0.06, -0.28, 0.16, -0.28, 0.16, -0.06])
    .fill(0xffffff)
    .poly([-0.4, 0.02, -0.5, -0.14, -0.5, 0.2])
    .fill(0xffffff),
  enemyPorts: new GraphicsContext()
    .poly([-0.2, 0.04, -0.08, 0.04, -0.08, 0.13, -0.2, 0.13])
    .poly([0.06, 0.04, 0.18, 0.04, 0.18, 0.13, 0.06, 0.13])
    .fill(0xffffff),
  diver: new GraphicsContext()
    .circle(0.24, -0.04, 0.12)
    .fill(0xffffff)
    .roundRect(-0.14, -0.1, 0.3, 0.16, 0.08)
    .fill(0xffffff)
    .roundRect(-0.1, -0.24, 0.2, 0.1, 0.05)
    .fill(0xffffff)
    .moveTo(-0.1, 0)
    .lineTo(-0.3, 0.08)
    .lineTo(-0.43, 0.02)
    .moveTo(0.1, 0.02)
    .lineTo(0.26, 0.2)
    .stroke({ color: 0xffffff, width: 0.075, cap: 'round', join: 'round' }),
  shot: new GraphicsContext()
    .roundRect(-0.26, -0.075, 0.46, 0.15, 0.075)
    .fill(0xffffff)
    .poly([-0.2, 0, -0.34, -0.13, -0.34, 0.13])
    .fill(0xffffff),
  shell: new GraphicsContext().poly([0.26, 0, 0, 0.14, -0.2, 0, 0, -0.14]).fill(0xffffff),
  wake: wakeShape(),
});

/** Two lines of dashes behind, fading. */
function wakeShape(): GraphicsContext {
  const shape = new GraphicsContext();
  for (const y of [-0.1, 0.1]) {
    for (let k = 0; k < 3; k++) {
      shape
        .roundRect(-0.78 - 0.26 * k, y - 0.025, 0.2, 0.05, 0.025)
        .fill({ color: 0xffffff, alpha: 0.6 - 0.18 * k });
    }
  }
  return shape;
}

export const destroyShapes = (shapes: Shapes): void => {
  for (const shape of Object.values(shapes) as GraphicsContext[]) shape.destroy();
};

export interface Submarine {
  readonly root: Container;
  /** Turns towards its way and lets the screw run. Its bow is at the origin, its stern a cell behind. */
  show(way: number, seconds: number, jump: boolean): void;
}

export function createSubmarine(paint: Paint): Submarine {
  const root = new Container();
  const body = new Container();
  body.x = -0.5;
  const hull = (grow: number): Graphics =>
    new Graphics()
      .roundRect(-0.84 - grow, -0.22 - grow, 1.68 + 2 * grow, 0.5 + 2 * grow, 0.25 + grow)
      .roundRect(-0.3 - grow, -0.42 - grow, 0.52 + 2 * grow, 0.3 + 2 * grow, 0.1 + grow)
      .fill(0xffffff);
  const screw = paint.tint(new Graphics().ellipse(0, 0, 0.05, 0.24).fill(0xffffff), 'ink');
  screw.position.set(-0.94, 0.03);
  const periscope = paint.tint(
    new Graphics()
      .moveTo(0, -0.4)
      .lineTo(0, -0.6)
      .lineTo(0.16, -0.6)
      .stroke({ color: 0xffffff, width: 0.07, cap: 'round', join: 'round' }),
    'ink',
  );
  const stripe = paint.tint(
    new Graphics().roundRect(-0.72, 0.1, 1.44, 0.06, 0.03).fill(0xffffff),
    'background',
  );
  stripe.alpha = 0.35;
  const ports = new Graphics();
  for (const x of [-0.46, -0.14, 0.18]) ports.circle(x, -0.03, 0.075);
  ports.fill(0xffffff);
  // The window in the bow: the cell of the submarine that counts.
  const window = new Graphics().roundRect(0.42, -0.13, 0.28, 0.2, 0.1).fill(0xffffff);
  body.addChild(
    paint.tint(hull(0.06), 'background'),
    screw,
    periscope,
    paint.tint(hull(0), 'accent'),
    stripe,
    paint.tint(ports, 'background'),
    paint.tint(window, 'ink'),
  );
  root.addChild(body);
  let turn = 1;
  let spin = 0;
  return {
    root,
    show(way, seconds, jump) {
      turn = jump ? way : approach(turn, way, seconds, 0.06);
      // It turns about its middle, and stays whole while doing so.
      body.scale.x = Math.abs(turn) < 0.15 ? 0.15 * way : turn;
      body.x = -0.5 * turn;
      spin = paint.theme.reducedMotion ? 0 : (spin + seconds * 5) % 2;
      screw.scale.y = 0.35 + 0.65 * Math.abs(spin - 1);
    },
  };
}

/** Air as a bar and divers as places, side by side under the sea. */
export function createGauges(paint: Paint) {
  const root = new Container();
  const airName = paint.tint(createLabel('air', { bold: true }), 'soft');
  const airTrack = paint.tint(new Graphics(), 'line');
  const airBar = new Graphics();
  const airTicks = paint.tint(new Graphics(), 'background');
  const airFigure = paint.tint(createLabel('', { mono: true, align: 1 }), 'ink');
  const diverName = paint.tint(createLabel('divers', { bold: true }), 'soft');
  const diverFigure = paint.tint(createLabel('', { mono: true, align: 1 }), 'ink');
  const empty = new GraphicsContext();
  const taken = new GraphicsContext();
  const places = Array.from({ length: mostDivers }, () => {
    const ring = paint.tint(new Graphics(empty), 'faint');
    const disc = paint.tint(new Graphics(taken), 'ink');
    root.addChild(ring, disc);
    return { ring, disc, shown: 0 };
  });
  root.addChild(airName, airTrack, airBar, airTicks, airFigure, diverName, diverFigure);
  const due = createPace(8);
  let clock = 0;
  let length = 100;
  let shownAir = 1;
  return {
    root,
    lay(width: number, cell: number): void {
      const tight = width < 270;
      const tall = clamp(cell * 0.34, 8, 14);
      const middle = width * (tight ? 0.5 : 0.52);
      airName.position.set(tight ? 2 : 6, 0);
      const from = tight ? 24 : 34;
      const figures = 38;
      length = Math.max(20, middle - from - (tight ? 6 : figures + 8));
      airFigure.visible = !tight;
      airFigure.position.set(middle - 4, 0);
      for (const bar of [airTrack, airBar]) {
        bar
          .clear()
          .roundRect(0, -tall / 2, length, tall, 3)
          .fill(0xffffff);
        bar.position.set(from, 0);
      }
      airTicks.clear();
      for (let k = 1; k < 10; k++)
        airTicks.rect(from + (length * k) / 10 - 0.5, -tall / 2, 1, tall).fill(0xffffff);
      diverName.position.set(middle + (tight ? 0 : 12), 0);
      const first = middle + (tight ? 48 : 66);
      const pitch = Math.min(cell * 0.5, (width - first - (tight ? 2 : 30)) / mostDivers);
      const r = Math.min(pitch * 0.38, tall / 2);
      empty.clear().circle(0, 0, r).stroke({ color: 0xffffff, width: 1.5 });
      taken.clear().circle(0, 0, r).fill(0xffffff);
      places.forEach(({ ring, disc }, i) => {
        ring.position.set(first + pitch * (i + 0.5), 0);
        disc.position.copyFrom(ring.position);
      });
      diverFigure.visible = !tight;
      diverFigure.position.set(width - 6, 0);
    },
    show(air: number, divers: number, seconds: number): void {
      clock += seconds;
      shownAir = approach(shownAir, air, seconds, 0.06);
      airBar.scale.x = clamp(shownAir, 0, 1);
      const low = air < 0.2;
      paint.tint(airBar, low ? 'negative' : 'positive');
      airBar.alpha = low && !paint.theme.reducedMotion && clock % 0.5 < 0.2 ? 0.45 : 1;
      places.forEach((place, i) => {
        place.shown = approach(place.shown, i < divers ? 1 : 0, seconds, 0.07);
        place.disc.scale.set(place.shown);
      });
      if (!due(seconds)) return;
      setText(airName, low ? 'air!' : 'air');
      setText(airFigure, `${Math.round(100 * Math.max(0, air))}%`);
      setText(diverFigure, divers < 0 ? `\u2212${-divers}` : String(divers));
    },
    destroy(): void {
      empty.destroy();
      taken.destroy();
    },
  };
}

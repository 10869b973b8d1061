// What Asterix is drawn from: spiky enemies, cut diamonds, the streaks behind them, and the hero with a winged helmet. Shapes are
// drawn white, or in greys for facets, in a cell of side 1, and are then tinted and scaled.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { cos, sin } from '../../src/core/math.ts';
import type { Paint } from '../drawing/paint.ts';
import type { ViewTheme } from '../view.ts';

/** Gold: on paper darker, to be seen. */
export const goldColour = (theme: ViewTheme): number => (theme.dark ? 0xf3c64b : 0xb98200);

const spikes = 9;

export interface Shapes {
  readonly enemy: GraphicsContext;
  readonly face: GraphicsContext;
  readonly gold: GraphicsContext;
  readonly gleam: GraphicsContext;
  readonly streak: GraphicsContext;
}

export const createShapes = (): Shapes => ({
  enemy: spiky(0.44, 0.29),
  face: new GraphicsContext()
    .circle(-0.1, -0.01, 0.058)
    .circle(0.1, -0.01, 0.058)
    .fill(0xffffff)
    .moveTo(-0.2, -0.14)
    .lineTo(-0.05, -0.07)
    .moveTo(0.2, -0.14)
    .lineTo(0.05, -0.07)
    .stroke({ color: 0xffffff, width: 0.05, cap: 'round' }),
  gold: diamond(),
  gleam: new GraphicsContext()
    .moveTo(0, -0.2)
    .quadraticCurveTo(0, 0, 0.2, 0)
    .quadraticCurveTo(0, 0, 0, 0.2)
    .quadraticCurveTo(0, 0, -0.2, 0)
    .quadraticCurveTo(0, 0, 0, -0.2)
    .fill(0xffffff),
  streak: streak(),
});

export const destroyShapes = (shapes: Shapes): void => {
  for (const shape of Object.values(shapes) as GraphicsContext[]) shape.destroy();
};

/** A star whose points alternate between two radii. */
export function spiky(outer: number, inner: number): GraphicsContext {
  const shape = new GraphicsContext();
  const points: number[] = [];
  for (let i = 0; i < 2 * spikes; i++) {
    const radius = i % 2 === 0 ? outer : inner;
    const angle = (Math.PI * i) / spikes;
    points.push(radius * sin(angle), -radius * cos(angle));
  }
  return shape.poly(points).fill(0xffffff).stroke({ color: 0xffffff, width: 0.03, join: 'round' });
}

/** A cut stone from the side: crown above, pavilion below, facets as greys. */
function diamond(): GraphicsContext {
  const [top, girdle, point] = [-0.27, -0.07, 0.36];
  const facet = (colour: number, ...points: number[]): void => {
    shape.poly(points).fill(colour);
  };
  const shape = new GraphicsContext();
  facet(0xffffff, -0.22, top, 0.22, top, 0.38, girdle, -0.38, girdle);
  facet(0xd8d8d8, -0.22, top, -0.12, girdle, -0.38, girdle);
  facet(0xe4e4e4, 0.22, top, 0.38, girdle, 0.12, girdle);
  facet(0xb4b4b4, -0.38, girdle, -0.12, girdle, 0, point);
  facet(0xf2f2f2, -0.12, girdle, 0.12, girdle, 0, point);
  facet(0x9a9a9a, 0.12, girdle, 0.38, girdle, 0, point);
  return shape;
}

/** Three bars that fade and thin out to the left, for something that goes to the right. */
function streak(): GraphicsContext {
  const shape = new GraphicsContext();
  for (const [y, length] of [
    [-0.16, 0.75],
    [0, 1],
    [0.16, 0.75],
  ] as const) {
    for (let k = 0; k < 4; k++) {
      const from = -0.42 - (length * k) / 4;
      shape
        .roundRect(from - length / 4 + 0.03, y - 0.028, length / 4 - 0.06, 0.056, 0.028)
        .fill({ color: 0xffffff, alpha: 0.62 - 0.16 * k });
    }
  }
  return shape;
}

export interface Hero {
  readonly root: Container;
  /** Looks that way, in cells. */
  look(dx: number, dy: number): void;
}

/** A round head under a winged helmet. */
export function createHero(paint: Paint): Hero {
  const root = new Container();
  const rim = paint.tint(new Graphics().circle(0, 0.03, 0.42).fill(0xffffff), 'background');
  const head = paint.tint(new Graphics().circle(0, 0.04, 0.36).fill(0xffffff), 'accent');
  const wings = new Graphics();
  for (const side of [-1, 1]) {
    wings
      .moveTo(side * 0.27, -0.1)
      .quadraticCurveTo(side * 0.34, -0.34, side * 0.56, -0.48)
      .quadraticCurveTo(side * 0.58, -0.2, side * 0.34, -0.02)
      .closePath();
  }
  wings.fill(0xffffff);
  const helmet = new Graphics()
    .moveTo(-0.36, -0.02)
    .arc(0, 0.0, 0.36, Math.PI, 0)
    .quadraticCurveTo(0, -0.12, -0.36, -0.02)
    .fill(0xffffff);
  const eyes = new Container();
  for (const side of [-1, 1]) {
    const eye = paint.tint(new Graphics().circle(0, 0, 0.075).fill(0xffffff), 'background');
    eye.position.set(side * 0.13, 0.1);
    eyes.addChild(eye);
  }
  root.addChild(rim, paint.tint(wings, 'ink'), head, paint.tint(helmet, 'ink'), eyes);
  return {
    root,
    look(dx, dy) {
      eyes.position.set(0.07 * dx, 0.05 * dy);
    },
  };
}

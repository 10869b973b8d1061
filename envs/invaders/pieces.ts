// What Space Invaders is drawn with: three kinds of alien in two poses each, the cannon, shot and bomb, and which of the moves
// round the cannon an action is.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { clamp, createSlide, popIn } from '../drawing/motion.ts';
import type { MoveMark } from '../drawing/moves.ts';
import { mix, type Paint } from '../drawing/paint.ts';
import type { Particles } from '../drawing/particles.ts';
import type { WorldParams } from '../environment.ts';
import { minatar, minatarAction, swapSides } from '../minatar.ts';
import type { ViewTheme } from '../view.ts';
import { heeded } from './dynamics.ts';
import { invadersAt as at, fleetColumns, fleetRows, type InvadersParams } from './rules.ts';

/** Four shades of the accent, lightest on top, so that rows are told apart without colour. */
export const rowColour = (theme: ViewTheme, row: number): number =>
  [
    mix(theme.accent, theme.ink, 0.5),
    mix(theme.accent, theme.ink, 0.25),
    theme.accent,
    mix(theme.accent, theme.background, 0.25),
  ][row]!;

/** The kind of alien in each row of the fleet, and how high its eyes are, in cells. */
const kindOf = [0, 1, 1, 2] as const;
const eyesAt = [-0.11, -0.03, -0.08] as const;

/** Draws one kind of alien in one pose, in the middle of a cell of c pixels. */
function drawAlien(g: GraphicsContext, kind: number, pose: number, c: number): void {
  const lean = pose === 0 ? 1 : -1;
  const leg = (x: number, y: number, toX: number, toY: number): void => {
    for (const side of [-1, 1]) g.moveTo(side * x * c, y * c).lineTo(side * toX * c, toY * c);
  };
  g.clear();
  if (kind === 0) {
    g.roundRect(-0.2 * c, -0.33 * c, 0.4 * c, 0.46 * c, 0.2 * c).fill(0xffffff);
    g.roundRect(-0.3 * c, -0.06 * c, 0.6 * c, 0.17 * c, 0.085 * c).fill(0xffffff);
    leg(0.17, 0.1, 0.17 + 0.07 * lean, 0.3);
    leg(0.05, 0.1, 0.05 - 0.02 * lean, 0.26);
  } else if (kind === 1) {
    g.roundRect(-0.3 * c, -0.18 * c, 0.6 * c, 0.36 * c, 0.13 * c).fill(0xffffff);
    leg(0.13, -0.16, 0.2, -0.32);
    leg(0.29, 0, 0.39, -0.15 * lean);
    leg(0.17, 0.16, 0.17 + 0.07 * lean, 0.31);
  } else {
    g.roundRect(-0.36 * c, -0.26 * c, 0.72 * c, 0.38 * c, 0.19 * c).fill(0xffffff);
    leg(0.25, 0.08, 0.25 + 0.06 * lean, 0.3);
    leg(0.09, 0.08, 0.09 - 0.05 * lean, 0.28);
  }
  g.stroke({ color: 0xffffff, width: Math.max(1.5, 0.085 * c), cap: 'round', join: 'round' });
}

const drawEyes = (g: GraphicsContext, c: number): void => {
  g.clear();
  for (const side of [-1, 1]) g.circle(side * 0.1 * c, 0, Math.max(1, 0.055 * c)).fill(0xffffff);
};

export interface Fleet {
  readonly root: Container;
  lay(cell: number): void;
  /** Shows the fleet of a row; true where a new wave has just come. `fresh`: another game. */
  draw(row: Float64Array, fresh: boolean, seconds: number): boolean;
  destroy(): void;
}

const marchTakes = 0.1; // s, for the fleet's step sideways or down

/** The fleet steps as one, its legs with it; who is hit bursts. */
export function createFleet(paint: Paint, particles: Particles): Fleet {
  const root = new Container();
  const shapes = eyesAt.map(() => [new GraphicsContext(), new GraphicsContext()] as const);
  const eyeShape = new GraphicsContext();
  const aliens = Array.from({ length: fleetRows * fleetColumns }, (_, i) => {
    const [row, column] = [Math.floor(i / fleetColumns), i % fleetColumns];
    const node = new Container();
    const body = new Graphics(shapes[kindOf[row]!]![0]);
    const eyes = paint.tint(new Graphics(eyeShape), 'background');
    node.addChild(body, eyes);
    root.addChild(node);
    return { node, body, eyes, row, column, lives: true, age: 1 };
  });
  const slide = createSlide(marchTakes);
  let cell = 40;
  let held = 0;

  return {
    root,
    lay(size) {
      cell = size;
      shapes.forEach((poses, kind) => {
        poses.forEach((shape, pose) => {
          drawAlien(shape, kind, pose, cell);
        });
      });
      drawEyes(eyeShape, cell);
      for (const { node, eyes, row, column } of aliens) {
        node.position.set((column + 0.5) * cell, (row + 0.5) * cell);
        eyes.y = eyesAt[kindOf[row]!]! * cell;
      }
    },
    draw(row, fresh, seconds) {
      const calm = paint.theme.reducedMotion;
      const living = row[at.aliens]!;
      // Aliens only die; more of them is a new wave.
      const arrived = (living & ~held) !== 0;
      held = living;
      const [left, top] = [row[at.left]!, row[at.top]!];
      slide.to(left, top, seconds, fresh || arrived || calm);
      root.position.set(slide.x * cell, slide.y * cell);
      const pose = (left + top) & 1;
      aliens.forEach((alien, i) => {
        const lives = ((living >> i) & 1) === 1;
        const colour = rowColour(paint.theme, alien.row);
        if (lives !== alien.lives || (lives && arrived)) {
          alien.lives = lives;
          // A wave comes in from the top, and from the middle outwards.
          alien.age = lives ? -0.05 * alien.row - 0.03 * Math.abs(alien.column - 2.5) : 0;
          if (!lives && !fresh && !calm) {
            const { x, y } = alien.node.position;
            particles.burst(root.x + x, root.y + y, 9, colour, cell * 3, cell, cell * 0.16);
          }
        }
        alien.age += seconds;
        const t = calm ? 1 : clamp(alien.age / (lives ? 0.3 : 0.12), 0, 1);
        alien.node.scale.set(lives ? popIn(t) : 1 + 0.3 * t);
        alien.node.alpha = lives ? Math.min(1, t * 2) : 1 - t;
        alien.node.visible = alien.node.alpha > 0;
        alien.body.tint = colour;
        alien.body.context = shapes[kindOf[alien.row]!]![pose]!;
      });
      return arrived && !fresh;
    },
    destroy() {
      for (const shape of [...shapes.flat(), eyeShape]) shape.destroy();
    },
  };
}

/** Stands on the lower edge of its cell. The barrel is apart: it recoils. */
export function drawCannon(body: GraphicsContext, barrel: GraphicsContext, c: number): void {
  body
    .clear()
    .roundRect(-0.46 * c, 0.12 * c, 0.92 * c, 0.33 * c, 0.12 * c)
    .fill(0xffffff)
    .roundRect(-0.24 * c, -0.06 * c, 0.48 * c, 0.3 * c, 0.12 * c)
    .fill(0xffffff);
  barrel
    .clear()
    .roundRect(-0.07 * c, -0.4 * c, 0.14 * c, 0.5 * c, 0.06 * c)
    .fill(0xffffff);
}

export const drawShot = (g: GraphicsContext, c: number): void => {
  g.clear()
    .roundRect(-0.055 * c, -0.26 * c, 0.11 * c, 0.52 * c, 0.055 * c)
    .fill(0xffffff);
};

/** A bolt; mirrored at every other row, it wriggles. */
export const drawBomb = (g: GraphicsContext, c: number): void => {
  g.clear()
    .moveTo(0.07 * c, -0.28 * c)
    .lineTo(-0.09 * c, -0.08 * c)
    .lineTo(0.09 * c, 0.08 * c)
    .lineTo(-0.07 * c, 0.28 * c)
    .stroke({ color: 0xffffff, width: Math.max(2, 0.1 * c), cap: 'round', join: 'round' });
};

/** Round the cannon: stay, left, right, fire. */
export const marks: readonly MoveMark[] = [
  { dx: 0, dy: 0, label: 'below' },
  { dx: -1, dy: 0, label: 'below' },
  { dx: 1, dy: 0, label: 'below' },
  { dx: 0, dy: -1, label: 'right', fires: true },
];

/** Which mark the world's action is, mirrored controls and idle buttons seen through. */
export function markOf(action: number, given: WorldParams): number {
  const p = given as InvadersParams;
  const asked = minatarAction(action, heeded, p);
  const does = p.mirrored === 0 ? asked : swapSides(asked);
  return does === minatar.left ? 1 : does === minatar.right ? 2 : does === minatar.fire ? 3 : 0;
}

// What the grid world is drawn from: its ground, shared by the close-up and all tiles of the wall, the one who walks on it, and
// the sheet on which what the network believes of each cell lies beside what is true.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { mix, type Paint } from '../drawing/paint.ts';
import { css } from '../drawing/sheet.ts';
import { number } from '../drawing/text.ts';
import type { ProbeAnswers } from '../environment.ts';
import type { ViewTheme } from '../view.ts';
import { type GridMap, kinds, stepX, stepY } from './map.ts';
import { isEnd, type Solution } from './solution.ts';

/** Shapes of a map, drawn white. */
export interface Ground {
  readonly floor: GraphicsContext;
  readonly walls: GraphicsContext;
  readonly pits: GraphicsContext;
  readonly rims: GraphicsContext;
  readonly poles: GraphicsContext;
  readonly flags: GraphicsContext;
  readonly winds: GraphicsContext;
}

const layers = ['floor', 'walls', 'pits', 'rims', 'poles', 'flags', 'winds'] as const;
const roles = {
  floor: 'background',
  walls: 'faint',
  pits: 'background',
  rims: 'negative',
  poles: 'ink',
  flags: 'positive',
  winds: 'soft',
} as const satisfies Record<keyof Ground, keyof ViewTheme>;

export const createGround = (): Ground =>
  Object.fromEntries(layers.map((name) => [name, new GraphicsContext()])) as unknown as Ground;

export const destroyGround = (ground: Ground): void => {
  for (const name of layers) ground[name].destroy();
};

/** Nodes that show a ground, back to front. */
export const groundNodes = (paint: Paint, ground: Ground): Graphics[] =>
  layers.map((name) => {
    const node = paint.tint(new Graphics(ground[name]), roles[name]);
    if (name === 'floor') node.alpha = 0.75;
    if (name === 'winds') node.alpha = 0.6;
    return node;
  });

const radians = [-Math.PI / 2, 0, Math.PI / 2, Math.PI] as const;

/** Draws a map with cells of that size, its upper left at the origin. */
export function layGround(ground: Ground, map: GridMap, cell: number): void {
  for (const name of layers) ground[name].clear();
  const { width, height, cells } = map;
  const gap = Math.max(0.5, cell * 0.035);
  const round = cell * 0.16;
  const isWall = (x: number, y: number): boolean =>
    x < width && y < height && cells[y * width + x] === kinds.wall;
  for (let i = 0; i < cells.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const [left, top] = [x * cell, y * cell];
    const [midX, midY] = [left + cell / 2, top + cell / 2];
    const kind = cells[i]!;
    if (kind === kinds.wall) {
      // Walls that touch are one wall.
      ground.walls.roundRect(left + gap, top + gap, cell - 2 * gap, cell - 2 * gap, round);
      if (isWall(x + 1, y)) ground.walls.rect(left + cell / 2, top + gap, cell, cell - 2 * gap);
      if (isWall(x, y + 1)) ground.walls.rect(left + gap, top + cell / 2, cell - 2 * gap, cell);
      if (isWall(x + 1, y) && isWall(x, y + 1) && isWall(x + 1, y + 1)) {
        ground.walls.rect(left + cell / 2, top + cell / 2, cell, cell);
      }
      ground.walls.fill(0xffffff);
      continue;
    }
    ground.floor.roundRect(left + gap, top + gap, cell - 2 * gap, cell - 2 * gap, round).fill(0xffffff);
    if (kind === kinds.pit) {
      ground.pits.circle(midX, midY, cell * 0.36).fill(0xffffff);
      ground.rims
        .circle(midX, midY, cell * 0.36)
        .stroke({ color: 0xffffff, width: Math.max(1, cell * 0.05) });
      ground.rims.circle(midX, midY + cell * 0.06, cell * 0.24).fill({ color: 0xffffff, alpha: 0.28 });
      ground.rims.circle(midX, midY + cell * 0.1, cell * 0.13).fill({ color: 0xffffff, alpha: 0.4 });
    } else if (kind === kinds.goal) {
      const pole = Math.max(1, cell * 0.06);
      ground.poles.roundRect(midX - cell * 0.17, midY - cell * 0.32, pole, cell * 0.64, pole / 2);
      ground.poles
        .roundRect(midX - cell * 0.28, midY + cell * 0.28, cell * 0.28, pole, pole / 2)
        .fill(0xffffff);
      ground.flags
        .moveTo(midX - cell * 0.17 + pole, midY - cell * 0.3)
        .lineTo(midX + cell * 0.28, midY - cell * 0.13)
        .lineTo(midX - cell * 0.17 + pole, midY + cell * 0.05)
        .closePath()
        .fill(0xffffff);
    } else if (kind >= kinds.windUp) {
      const way = kind - kinds.windUp;
      const [dx, dy] = [stepX[way]!, stepY[way]!];
      const to = (along: number, aside: number): [number, number] => [
        midX + cell * (dx * along - dy * aside),
        midY + cell * (dy * along + dx * aside),
      ];
      for (const at of [-0.2, 0, 0.2]) {
        ground.winds
          .moveTo(...to(at - 0.07, -0.13))
          .lineTo(...to(at + 0.07, 0))
          .lineTo(...to(at - 0.07, 0.13));
      }
      ground.winds.stroke({ color: 0xffffff, width: Math.max(1, cell * 0.045), cap: 'round', join: 'round' });
    }
  }
}

export interface Walker {
  readonly root: Container;
  lay(cell: number): void;
  /** Eyes go where it went; 0..1 each way. */
  face(x: number, y: number): void;
}

/** A disc with eyes. */
export function createWalker(paint: Paint): Walker {
  const root = new Container();
  const body = new Container();
  const rim = paint.tint(new Graphics().circle(0, 0, 0.36).fill(0xffffff), 'background');
  const disc = paint.tint(new Graphics().circle(0, 0, 0.31).fill(0xffffff), 'accent');
  const eyes = [-1, 1].map(() => paint.tint(new Graphics().circle(0, 0, 0.055).fill(0xffffff), 'background'));
  body.addChild(rim, disc, ...eyes);
  root.addChild(body);
  return {
    root,
    lay: (cell) => body.scale.set(cell),
    face(x, y) {
      eyes.forEach((eye, i) => {
        const side = i === 0 ? -0.11 : 0.11;
        // Beside each other across the way it looks.
        eye.position.set(
          0.12 * x + side * (1 - 0.6 * Math.abs(x)),
          0.12 * y + side * 0.6 * Math.abs(x) * 1 - 0.02,
        );
      });
    },
  };
}

export interface Beliefs {
  readonly map: GridMap;
  readonly solution: Solution;
  readonly answers: ProbeAnswers | undefined;
  readonly values: boolean;
  readonly acts: boolean;
}

const fontOf = (px: number, weight = 400): string => `${weight} ${px}px "JetBrains Mono Variable", monospace`;

function triangle(c: CanvasRenderingContext2D, x: number, y: number, way: number, size: number): void {
  c.save();
  c.translate(x, y);
  c.rotate(radians[way]!);
  c.beginPath();
  c.moveTo(size, 0);
  c.lineTo(-size * 0.5, -size * 0.85);
  c.lineTo(-size * 0.5, size * 0.85);
  c.closePath();
  c.restore();
}

/** Paints the beliefs of a network filled and the exact solution in outline, cell by cell. */
export function paintBeliefs(c: CanvasRenderingContext2D, theme: ViewTheme, cell: number, b: Beliefs): void {
  const { map, solution, answers } = b;
  const believed = answers !== undefined && answers.count === map.cells.length ? answers : undefined;
  const values = believed && believed.values.length > 0 ? believed.values : undefined;
  const outputs = believed && believed.outputs.length > 0 ? believed.outputs : undefined;
  let scale = 1e-6;
  for (const i of map.open) scale = Math.max(scale, Math.abs(solution.values[i]!));
  const colour = (value: number): number => (value < 0 ? theme.negative : theme.positive);
  const strength = (value: number): number => Math.min(1, (value / scale) ** 2);
  const numbers = b.values && cell >= 38;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  for (const i of map.open) {
    if (isEnd(map, i)) continue;
    const [left, top] = [(i % map.width) * cell, Math.floor(i / map.width) * cell];
    const [x, y] = [left + cell / 2, top + cell / 2];
    const inset = cell * 0.06;
    if (b.values) {
      const exact = solution.values[i]!;
      if (values) {
        const value = values[i]!;
        c.fillStyle = css(colour(value), 0.06 + 0.5 * strength(value));
        c.beginPath();
        c.roundRect(left + inset, top + inset, cell - 2 * inset, cell - 2 * inset, cell * 0.14);
        c.fill();
        if (numbers) {
          c.font = fontOf(Math.min(13, cell * 0.23), 600);
          c.fillStyle = css(theme.ink);
          c.fillText(number(value, 2), x, top + cell * 0.17);
        }
      }
      c.strokeStyle = css(colour(exact), 0.25 + 0.75 * strength(exact));
      c.lineWidth = 1.25;
      c.beginPath();
      if (numbers) {
        c.roundRect(x - cell * 0.35, top + cell * 0.72, cell * 0.7, cell * 0.23, cell * 0.07);
        c.stroke();
        c.font = fontOf(Math.min(12, cell * 0.2));
        c.fillStyle = css(mix(theme.soft, theme.ink, 0.5));
        c.fillText(number(exact, 2), x, top + cell * 0.84);
      } else {
        c.roundRect(left + inset, top + inset, cell - 2 * inset, cell - 2 * inset, cell * 0.14);
        c.stroke();
      }
    }
    if (!b.acts) continue;
    const far = cell * (numbers ? 0.11 : 0.25);
    const size = cell * (numbers ? 0.105 : 0.14);
    const midY = numbers ? top + cell * 0.445 : y;
    for (let a = 0; a < 4; a++) {
      const chance = outputs?.[4 * i + a] ?? 0;
      if (solution.best[4 * i + a] === 1) {
        triangle(c, x + stepX[a]! * far, midY + stepY[a]! * far, a, size);
        c.strokeStyle = css(theme.ink, 0.85);
        c.lineWidth = 1.25;
        c.stroke();
      }
      if (chance < 0.03) continue;
      triangle(c, x + stepX[a]! * far, midY + stepY[a]! * far, a, size * Math.sqrt(chance));
      c.fillStyle = css(theme.accent, 0.35 + 0.65 * chance);
      c.fill();
    }
  }
}

/** On how many open cells the network would do something that is best. */
export function agreement(map: GridMap, solution: Solution, outputs: Float32Array): number {
  let agreed = 0;
  for (const i of map.open) {
    let likeliest = 0;
    for (let a = 1; a < 4; a++) if (outputs[4 * i + a]! > outputs[4 * i + likeliest]!) likeliest = a;
    agreed += solution.best[4 * i + likeliest]!;
  }
  return agreed;
}

// What the grid world is drawn from: the one who walks on it, and the sheet on which what the network believes of each cell lies
// beside what is true. Its ground is in floor.ts.
import { Container, Graphics } from 'pixi.js';
import { mix, type Paint } from '../drawing/paint.ts';
import { css } from '../drawing/sheet.ts';
import { number } from '../drawing/text.ts';
import type { ProbeAnswers } from '../environment.ts';
import type { ViewTheme } from '../view.ts';
import { type GridMap, stepX, stepY } from './map.ts';
import { isEnd, type Solution } from './solution.ts';

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

const radians = [-Math.PI / 2, 0, Math.PI / 2, Math.PI] as const;

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

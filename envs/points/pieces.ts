// The pieces Points is drawn from: a shape and a colour for each class, the dots of the data set, and the list of
// classes with what the brain thinks of each.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createRandom } from '../../src/core/random.ts';
import { createPanel } from '../drawing/hud.ts';
import { approach, createPace } from '../drawing/motion.ts';
import { clusterColour, type Paint } from '../drawing/paint.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';
import type { ViewTheme } from '../view.ts';
import { mostClasses } from './drawn.ts';
import type { PointsParams } from './dynamics.ts';
import { samplePoint } from './shapes.ts';

export const classes = Array.from({ length: mostClasses }, (_, label) => label);

/** What a shape is traced into: Pixi's or a canvas's. */
type Path = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'closePath' | 'arc'>;

function polygon(into: Path, x: number, y: number, corners: readonly number[]): void {
  into.moveTo(x + corners[0]!, y + corners[1]!);
  for (let i = 2; i < corners.length; i += 2) into.lineTo(x + corners[i]!, y + corners[i + 1]!);
  into.closePath();
}

/** Told apart by shape first: disc, square, triangle, diamond. */
export function traceClass(into: Path, label: number, x: number, y: number, r: number): void {
  const s = 0.88 * r;
  if (label === 0) {
    into.moveTo(x + r, y);
    into.arc(x, y, r, 0, 2 * Math.PI);
  } else if (label === 1) polygon(into, x, y, [-s, -s, s, -s, s, s, -s, s]);
  else if (label === 2) polygon(into, x, y, [0, -1.15 * r, 1.1 * r, 0.8 * r, -1.1 * r, 0.8 * r]);
  else polygon(into, x, y, [0, -1.25 * r, 1.05 * r, 0, 0, 1.25 * r, -1.05 * r, 0]);
}

/** A class's shape of radius 1, filled or as a line, to be scaled and tinted. */
export const classShape = (label: number): GraphicsContext => {
  const shape = new GraphicsContext();
  traceClass(shape, label, 0, 0, 1);
  return shape.fill(0xffffff);
};
export const classOutline = (label: number, radius: number, weight: number): GraphicsContext => {
  const shape = new GraphicsContext();
  traceClass(shape, label, 0, 0, radius);
  return shape.stroke({ color: 0xffffff, width: weight, join: 'round' });
};

// Not orange, in which what is wrong is marked.
export const classColour = (theme: ViewTheme, label: number): number =>
  clusterColour(theme, [0, 3, 4, 2][label]!);

const dotCount = 260;

/** Some points of the data set, small, with a rim that keeps them apart from what is behind. */
export function createDots(paint: Paint) {
  const root = new Container();
  const rims = paint.tint(new Graphics(), 'background');
  const kinds = classes.map(() => new Graphics());
  root.addChild(rims, ...kinds);
  const point = new Float64Array(3);
  return {
    root,
    lay(params: PointsParams, unit: number): void {
      const random = createRandom('picture');
      const radius = unit > 26 ? 3.4 : 2;
      rims.clear();
      kinds.forEach((kind, label) => {
        kind.clear();
        kind.tint = classColour(paint.theme, label);
      });
      for (let i = 0; i < dotCount; i++) {
        samplePoint(point, 0, random, params);
        const [x, y, label] = [point[0]! * unit, -point[1]! * unit, point[2]!];
        traceClass(rims.context, label, x, y, radius + 1);
        rims.fill(0xffffff);
        traceClass(kinds[label]!.context, label, x, y, radius);
        kinds[label]!.fill(0xffffff);
      }
    },
  };
}

const rowHeight = 26;

/** The classes, each with its shape, its letter, and how likely the brain holds it. */
export function createChoices(paint: Paint, shapes: readonly GraphicsContext[]) {
  const panel = createPanel(paint);
  const { root } = panel;
  const heading = paint.tint(createLabel('says', { bold: true }), 'ink');
  heading.position.set(12, 15);
  root.addChild(heading);
  let length = 60;
  const rows = classes.map((label) => {
    const row = new Container();
    row.y = 30 + rowHeight * label + rowHeight / 2;
    const icon = new Graphics(shapes[label]);
    icon.scale.set(6);
    icon.x = 20;
    const name = paint.tint(createLabel('ABCD'[label]!, { bold: true, align: 0.5 }), 'ink');
    name.x = 38;
    const track = paint.tint(new Graphics(), 'line');
    const bar = new Graphics().rect(0, -3, 1, 6).fill(0xffffff);
    bar.x = 50;
    const chance = paint.tint(createLabel('', { size: 11, mono: true, align: 1 }), 'ink');
    const ring = paint.tint(new Graphics(), 'ink');
    row.addChild(ring, track, bar, icon, name, chance);
    root.addChild(row);
    return { row, icon, name, track, bar, chance, ring, shown: 0 };
  });
  const due = createPace(8);
  return {
    root,
    height: (count: number): number => 36 + rowHeight * count,
    lay(width: number, count: number): void {
      length = width - 50 - 46;
      panel.lay(width, 36 + rowHeight * count);
      rows.forEach(({ row, icon, track, bar, chance, ring }, label) => {
        row.visible = label < count;
        icon.tint = classColour(paint.theme, label);
        bar.tint = icon.tint;
        track.clear().roundRect(50, -3, length, 6, 3).fill(0xffffff);
        chance.x = width - 12;
        ring
          .clear()
          .roundRect(6, -rowHeight / 2 + 2, width - 12, rowHeight - 4, 6)
          .stroke({ color: 0xffffff, width: 1.5 });
      });
    },
    show(probabilities: Float32Array, action: number, seconds: number): void {
      const write = due(seconds);
      rows.forEach((row, label) => {
        const p = probabilities[label];
        row.shown = approach(row.shown, p ?? 0, seconds, 0.06);
        row.bar.scale.x = Math.max(0.5, row.shown * length);
        row.ring.visible = action === label;
        row.chance.visible = p !== undefined;
        if (write && p !== undefined) setText(row.chance, percent(p));
      });
    },
  };
}

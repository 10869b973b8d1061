// Points as the classic playground: the plane with its points, each class a shape and a colour, behind them what the
// brain would say of every place, and on it the point that is being asked about. wall.ts has all lanes as small planes.
import { Container, Graphics } from 'pixi.js';
import { crossShape, tickShape } from '../drawing/marks.ts';
import { clamp, createPace, popIn } from '../drawing/motion.ts';
import { mix, type Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import type { Shading } from '../drawing/plane.ts';
import { createPlaneCrowd } from '../drawing/plane-crowd.ts';
import { createPlaneDesk } from '../drawing/plane-desk.ts';
import { setText } from '../drawing/text.ts';
import type { WorldParams } from '../environment.ts';
import { bookkeepingAt, type Editor, type ViewFrame } from '../view.ts';
import { cells, withPoint } from './drawn.ts';
import { pointsAt as at, kept, keptLength, type PointsParams, points, probesPerSide } from './dynamics.ts';
import { classColour, classes, classOutline, classShape, createChoices, createDots } from './pieces.ts';
import { classesOf, edge, reach } from './shapes.ts';
import { createWall } from './wall.ts';

const arriveTakes = 0.2; // s, for a point to appear
const verdictLasts = 0.8; // s

export const createPointsView = pictureOf(1.5, createCloseUp, createWall);

/** From the probabilities of the classes: the likeliest one's colour, the paler the less sure. */
const shadingOf = ({ theme }: Paint, count: number): Shading => {
  // Mixed beforehand: a surface has tens of thousands of pixels.
  const shades = classes.map((label) => {
    const colour = classColour(theme, label);
    return Array.from({ length: 65 }, (_, k) => mix(theme.background, colour, 0.1 + (0.42 * k) / 64));
  });
  return {
    border: mix(theme.background, theme.ink, 0.75),
    band(said, from) {
      let best = 0;
      for (let c = 1; c < count; c++) if (said[from + c]! > said[from + best]!) best = c;
      return best;
    },
    colour(said, from, band) {
      const sure = (said[from + band]! - 1 / count) / (1 - 1 / count);
      return shades[band]![Math.round(64 * sure)]!;
    },
  };
};

function createCloseUp(paint: Paint): Look {
  const desk = createPlaneDesk(paint, edge, reach, probesPerSide, points.observation.names, 'right');
  const { plane, particles, guides, tally, put } = desk;
  const dots = createDots(paint);
  const shapes = classes.map(classShape);
  const outlines = classes.map((label) => classOutline(label, 13, 2.5));
  const tick = tickShape(8, 3);
  const cross = crossShape(8, 3);
  const crowd = createPlaneCrowd(
    paint,
    () => {
      const point = new Graphics(shapes[0]);
      point.scale.set(4.2);
      point.alpha = 0.8;
      return point;
    },
    (point, place, rows, base) => {
      const label = rows[base + at.label]!;
      point.context = shapes[label]!;
      point.tint = classColour(paint.theme, label);
      put(place, rows[base + at.x]!, rows[base + at.y]!);
    },
  );
  const memory = Array.from({ length: kept }, () => {
    const slot = new Container();
    const rim = paint.tint(new Graphics(shapes[0]), 'background');
    const shape = new Graphics(shapes[0]);
    const wrong = paint.tint(new Graphics(cross), 'negative');
    slot.addChild(rim, shape, wrong);
    slot.visible = false;
    return { slot, rim, shape, wrong };
  });
  const asked = new Container();
  const halo = paint.tint(new Graphics().circle(0, 0, 8).fill(0xffffff), 'background');
  const disc = paint.tint(new Graphics().circle(0, 0, 5.5).fill(0xffffff), 'ink');
  const answer = new Graphics(outlines[0]);
  asked.addChild(halo, disc, answer);
  const verdict = new Container();
  const right = paint.tint(new Graphics(tick), 'positive');
  const wrong = paint.tint(new Graphics(cross), 'negative');
  const plate = paint.tint(new Graphics().circle(0, 0, 13).fill(0xffffff), 'background');
  plate.alpha = 0.85;
  verdict.addChild(plate, right, wrong);
  plane.above.addChild(dots.root, crowd.root, ...memory.map(({ slot }) => slot), guides, asked, verdict);
  plane.above.addChild(particles.root);
  const choices = createChoices(paint, shapes);
  desk.root.addChild(choices.root);

  const due = createPace(8);
  let params: WorldParams | undefined;
  let arrivedAge = arriveTakes;
  let verdictAge = verdictLasts;
  let lastTotal = -1;
  let lastElapsed = -1;

  function lay(): void {
    const p = params as PointsParams | undefined;
    desk.lay();
    const { panel, wide, meter } = desk;
    const count = p ? classesOf(p) : 2;
    choices.lay(panel.width, count);
    choices.root.position.set(panel.x, panel.y);
    meter.root.position.set(panel.x, panel.y + choices.height(count) + (wide ? 12 : 6));
    for (const { rim, shape, wrong: missed } of memory) {
      const size = clamp(plane.side / 66, 4, 6);
      rim.scale.set(size + 2);
      shape.scale.set(size);
      missed.scale.set(size / 6);
    }
    if (p) dots.lay(p, plane.unit);
  }

  function take(frame: ViewFrame, row: Float64Array): void {
    const total = row[at.total]!;
    const elapsed = row[bookkeepingAt(frame.stride, 'elapsed')]!;
    const calm = paint.theme.reducedMotion;
    const fresh = lastTotal < 0 || total < lastTotal;
    if (!fresh && elapsed < lastElapsed && !Number.isNaN(frame.lastReturn)) {
      const perfect = frame.lastReturn >= points.maxSteps;
      const text = perfect
        ? `All ${points.maxSteps} right`
        : `${frame.lastReturn} of ${points.maxSteps} right`;
      desk.say(text, perfect ? 'accent' : 'ink');
      if (perfect && !calm) particles.ring(0, 0, plane.side / 2, paint.theme.accent);
    }
    if (total !== lastTotal) {
      if (!fresh && total > 0) {
        const slot = at.last + keptLength * ((total - 1) % kept);
        const good = row[slot + 2] === row[slot + 3];
        put(verdict, row[slot]!, row[slot + 1]!);
        right.visible = good;
        wrong.visible = !good;
        verdictAge = 0;
        if (!good && !calm) {
          particles.ring(row[slot]! * plane.unit, -row[slot + 1]! * plane.unit, 34, paint.theme.negative);
        }
      }
      arrivedAge = 0;
      showMemory(row, total);
    }
    lastTotal = total;
    lastElapsed = elapsed;
  }

  function showMemory(row: Float64Array, total: number): void {
    memory.forEach(({ slot, rim, shape, wrong: missed }, i) => {
      slot.visible = i < total;
      if (i >= total) return;
      const from = at.last + keptLength * i;
      const label = row[from + 2]!;
      const age = (total - 1 - i + kept) % kept;
      put(slot, row[from]!, row[from + 1]!);
      rim.context = shapes[label]!;
      shape.context = shapes[label]!;
      shape.tint = classColour(paint.theme, label);
      missed.visible = label !== row[from + 3];
      slot.alpha = 1 - (0.75 * age) / kept;
    });
  }

  function drawAsked(frame: ViewFrame, row: Float64Array, seconds: number): void {
    arrivedAge += seconds;
    const [x, y] = [row[at.x]!, row[at.y]!];
    put(asked, x, y);
    const t = paint.theme.reducedMotion ? 1 : clamp(arrivedAge / arriveTakes, 0, 1);
    asked.scale.set(popIn(t));
    const choice = clamp(frame.action[0] ?? 0, 0, classes.length - 1);
    answer.visible = frame.overlays.acts && frame.probabilities.length > 0;
    answer.context = outlines[choice]!;
    answer.tint = classColour(paint.theme, choice);
    desk.showGuides(frame, x, y, 10);
    guides.alpha = 0.7;
    verdictAge += seconds;
    const left = clamp((verdictLasts - verdictAge) / 0.3, 0, 1);
    verdict.visible = left > 0;
    verdict.alpha = left;
    verdict.scale.set(popIn(clamp(verdictAge / 0.16, 0, 1)));
  }

  /** Pixels between two places of a stroke: a cell is never jumped over. */
  const editor: Editor = {
    setting: 'drawn',
    along: { shape: 'drawn' },
    tools: ['class A', 'class B', 'class C', 'class D', 'erase'],
    stroke(tool, stroke, current) {
      const label = 'ABCD'.indexOf(tool.slice(-1));
      const half = plane.side / 2;
      const stride = (plane.unit * reach) / cells;
      let text = current;
      const touch = (px: number, py: number): void => {
        const [x, y] = [px - plane.root.x, py - plane.root.y];
        if (Math.abs(x) <= half && Math.abs(y) <= half)
          text = withPoint(text, x / plane.unit / reach, -y / plane.unit / reach, label);
      };
      for (let i = 0; i + 1 < stroke.length; i += 2) {
        const [x, y] = [stroke[i]!, stroke[i + 1]!];
        const [fromX, fromY] = i === 0 ? [x, y] : [stroke[i - 2]!, stroke[i - 1]!];
        const longest = Math.max(Math.abs(x - fromX), Math.abs(y - fromY));
        const parts = Math.max(1, Math.ceil(longest / stride));
        for (let k = 1; k <= parts; k++)
          touch(fromX + ((x - fromX) * k) / parts, fromY + ((y - fromY) * k) / parts);
      }
      return text === current || points.params.drawn.kind !== 'drawing' || points.params.drawn.problem(text)
        ? undefined
        : text;
    },
  };

  return {
    root: desk.root,
    editor,
    draw(frame) {
      const seconds = frame.secondsSinceLast;
      const row = frame.hero;
      const p = frame.params as PointsParams;
      if (frame.params !== params) {
        params = frame.params;
        lay();
      }
      take(frame, row);
      desk.showAnswers(frame, classesOf(p), () => shadingOf(paint, classesOf(p)));
      crowd.show(frame);
      drawAsked(frame, row, seconds);
      if (due(seconds)) setText(tally, `${row[at.right]!} of ${row[at.answered]!}`);
      choices.root.visible = frame.overlays.acts && frame.probabilities.length > 0;
      if (choices.root.visible) choices.show(frame.probabilities, frame.action[0]!, seconds);
      desk.finish(frame);
    },
    resize(w, h) {
      desk.resize(w, h);
      lay();
    },
    repaint() {
      lay();
      lastTotal = -1;
    },
    destroy() {
      desk.destroy();
      crowd.destroy();
      for (const shape of [...shapes, ...outlines, tick, cross]) shape.destroy();
    },
  };
}

// Heights as a map: the true contour lines, under them the land as the brain believes it, and the places it was
// asked about, each with a stem as long as its error. wall.ts has all lanes as small maps.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { clamp, createPace, popIn } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPlaneCrowd } from '../drawing/plane-crowd.ts';
import { createPlaneDesk } from '../drawing/plane-desk.ts';
import { createLabel, number, setText } from '../drawing/text.ts';
import type { WorldParams } from '../environment.ts';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import {
  heightsAt as at,
  edge,
  type HeightsParams,
  heights,
  kept,
  keptLength,
  probesPerSide,
} from './dynamics.ts';
import { createContours, createScale, heightShading } from './pieces.ts';
import { createWall } from './wall.ts';

const arriveTakes = 0.2; // s, for a point to appear
/** How long the stem of an error of 1 is, in parts of the map's side. */
const stemPerError = 0.22;
/** Nearer than this, an answer counts as good. */
const near = 0.1;

export const createHeightsView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const desk = createPlaneDesk(paint, edge, edge, probesPerSide, heights.observation.names, 'usual error');
  const { plane, particles, guides, tally, put } = desk;
  const contours = createContours(paint);
  const dot = new GraphicsContext().circle(0, 0, 1).fill(0xffffff);
  const stemShape = new GraphicsContext().rect(-1.25, 0, 2.5, 1).fill(0xffffff);
  const capShape = new GraphicsContext().roundRect(-5, -1.25, 10, 2.5, 1.25).fill(0xffffff);
  const crowd = createPlaneCrowd(
    paint,
    () => {
      const point = paint.tint(new Graphics(dot), 'ink');
      point.scale.set(2.6);
      point.alpha = 0.35;
      return point;
    },
    (_point, place, rows, base) => put(place, rows[base + at.x]!, rows[base + at.y]!),
  );
  const memory = Array.from({ length: kept }, () => {
    const slot = new Container();
    const stem = new Graphics(stemShape);
    const cap = new Graphics(capShape);
    const rim = paint.tint(new Graphics(dot), 'background');
    const foot = paint.tint(new Graphics(dot), 'ink');
    rim.scale.set(5);
    foot.scale.set(3.4);
    slot.addChild(stem, cap, rim, foot);
    slot.visible = false;
    return { slot, stem, cap };
  });
  const asked = new Container();
  for (const [radius, role] of [
    [10, 'background'],
    [8, 'accent'],
    [5, 'background'],
    [3.2, 'ink'],
  ] as const) {
    asked.addChild(paint.tint(new Graphics().circle(0, 0, radius).fill(0xffffff), role));
  }
  plane.above.addChild(contours.root, crowd.root, ...memory.map(({ slot }) => slot), guides, asked);
  plane.above.addChild(particles.root);
  const scale = createScale(paint);
  const legend = paint.tint(createLabel('lines: the land', { size: 11 }), 'soft');
  const legendToo = paint.tint(createLabel('colours: its belief', { size: 11 }), 'soft');
  desk.root.addChild(legend, legendToo, scale.root);

  const due = createPace(8);
  let params: WorldParams | undefined;
  let arrivedAge = arriveTakes;
  let lastTotal = -1;
  let lastElapsed = -1;

  function lay(): void {
    desk.lay();
    const { panel, seen, wide, meter } = desk;
    const { side } = plane;
    legend.position.set(seen.x + 2, seen.y + side - 22);
    legendToo.position.set(legend.x, legend.y + 16);
    const tall = wide ? Math.min(side - meter.height - 12, 230) : Math.max(80, side - 44 - meter.height - 6);
    scale.lay(panel.width, tall);
    scale.root.position.set(panel.x, panel.y);
    meter.root.position.set(panel.x, panel.y + tall + (wide ? 12 : 6));
    if (params) contours.lay(side, params as HeightsParams);
  }

  function take(frame: ViewFrame, row: Float64Array): void {
    const total = row[at.total]!;
    const elapsed = row[bookkeepingAt(frame.stride, 'elapsed')]!;
    const fresh = lastTotal < 0 || total < lastTotal;
    if (!fresh && elapsed < lastElapsed && !Number.isNaN(frame.lastReturn)) {
      const error = 1 - frame.lastReturn / heights.maxSteps;
      const good = frame.lastReturn >= heights.solvedAt;
      const text = `Off by ${number(error, 2)} on average`;
      desk.say(text, good ? 'accent' : 'ink');
    }
    if (total !== lastTotal) {
      if (!fresh && total > 0 && !paint.theme.reducedMotion) {
        const slot = at.last + keptLength * ((total - 1) % kept);
        const good = Math.abs(row[slot + 2]! - row[slot + 3]!) < near;
        const { positive, negative } = paint.theme;
        particles.ring(row[slot]! * plane.unit, -row[slot + 1]! * plane.unit, 26, good ? positive : negative);
      }
      arrivedAge = 0;
      showMemory(row, total);
    }
    lastTotal = total;
    lastElapsed = elapsed;
  }

  /** A stem stands up where the answer was too high, and hangs down where it was too low. */
  function showMemory(row: Float64Array, total: number): void {
    memory.forEach(({ slot, stem, cap }, i) => {
      slot.visible = i < total;
      if (i >= total) return;
      const from = at.last + keptLength * i;
      const error = row[from + 3]! - row[from + 2]!;
      const y = -row[from + 1]! * plane.unit;
      const half = plane.side / 2 - 2;
      // Within the map, however wrong it was.
      const length = clamp(y - error * stemPerError * plane.side, -half, half) - y;
      const tint = Math.abs(error) < near ? paint.theme.positive : paint.theme.negative;
      put(slot, row[from]!, row[from + 1]!);
      stem.scale.y = length;
      stem.tint = tint;
      cap.y = length;
      cap.tint = tint;
      cap.visible = Math.abs(length) > 4;
      const age = (total - 1 - i + kept) % kept;
      slot.alpha = 1 - (0.75 * age) / kept;
    });
  }

  function drawAsked(frame: ViewFrame, row: Float64Array, seconds: number): void {
    arrivedAge += seconds;
    const [x, y] = [row[at.x]!, row[at.y]!];
    put(asked, x, y);
    asked.scale.set(popIn(paint.theme.reducedMotion ? 1 : clamp(arrivedAge / arriveTakes, 0, 1)));
    desk.showGuides(frame, x, y, 12);
    guides.alpha = 0.8;
  }

  function drawSurface(frame: ViewFrame): void {
    const answered = desk.showAnswers(frame, 1, () => heightShading(paint.theme));
    legend.visible = answered && desk.wide;
    legendToo.visible = legend.visible;
  }

  return {
    root: desk.root,
    draw(frame) {
      const seconds = frame.secondsSinceLast;
      const row = frame.hero;
      if (frame.params !== params) {
        params = frame.params;
        lay();
      }
      take(frame, row);
      drawSurface(frame);
      crowd.show(frame);
      drawAsked(frame, row, seconds);
      if (due(seconds)) {
        const answered = row[at.answered]!;
        setText(tally, answered > 0 ? number(row[at.error]! / answered, 2) : '\u2013');
      }
      const acts = frame.overlays.acts && frame.deviations.length > 0;
      scale.show(row[at.height]!, frame.action[0]!, frame.deviations[0], acts, seconds);
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
      for (const shape of [dot, stemShape, capShape]) shape.destroy();
    },
  };
}

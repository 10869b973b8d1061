// Points as the classic playground: the plane with its points, each class a shape and a colour, behind them what the
// brain would say of every place, and on it the point that is being asked about. wall.ts has all lanes as small planes.
import { Container, Graphics } from 'pixi.js';
import { badgeShape, createBadge } from '../drawing/badges.ts';
import { createBars, createMeter } from '../drawing/hud.ts';
import { crossShape, tickShape } from '../drawing/marks.ts';
import { clamp, createPace, popIn } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { createPaint, mix, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { createPicture, type Look, margin } from '../drawing/picture.ts';
import { axisRoom, createPlane, createSurface, type Shading } from '../drawing/plane.ts';
import { createLabel, setText } from '../drawing/text.ts';
import type { ProbeAnswers, WorldParams } from '../environment.ts';
import { bookkeepingAt, type CreateView, type Editor, mostTiles, type ViewFrame } from '../view.ts';
import { cells, withPoint } from './drawn.ts';
import { pointsAt as at, kept, keptLength, type PointsParams, points, probesPerSide } from './dynamics.ts';
import { classColour, classes, classOutline, classShape, createChoices, createDots } from './pieces.ts';
import { classesOf, edge, reach } from './shapes.ts';
import { createWall } from './wall.ts';

const arriveTakes = 0.2; // s, for a point to appear
const verdictLasts = 0.8; // s
// Px, for what stands beside the plane.
const column = 132;
const narrowColumn = 112;

export const createPointsView: CreateView = (theme) => {
  const paint = createPaint(theme);
  const close = createCloseUp(paint);
  return createPicture(paint, 1.5, close.look, createWall(paint), close.editor);
};

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

function createCloseUp(paint: Paint): { readonly look: Look; readonly editor: Editor } {
  const root = new Container();
  const plane = createPlane(paint, edge, reach);
  const surface = createSurface(probesPerSide);
  surface.root.visible = false;
  plane.below.addChild(surface.root);
  const dots = createDots(paint);
  const shapes = classes.map(classShape);
  const outlines = classes.map((label) => classOutline(label, 13, 2.5));
  const tick = tickShape(8, 3);
  const cross = crossShape(8, 3);
  const crowd = new Container();
  const badges = badgeShape();
  const ghosts = Array.from({ length: mostTiles }, () => {
    const node = new Graphics(shapes[0]);
    const badge = createBadge(paint, badges);
    badge.root.scale.set(0.75);
    node.visible = false;
    crowd.addChild(node, badge.root);
    return { node, badge };
  });
  const memory = Array.from({ length: kept }, () => {
    const slot = new Container();
    const rim = paint.tint(new Graphics(shapes[0]), 'background');
    const shape = new Graphics(shapes[0]);
    const wrong = paint.tint(new Graphics(cross), 'negative');
    slot.addChild(rim, shape, wrong);
    slot.visible = false;
    return { slot, rim, shape, wrong };
  });
  const guides = paint.tint(new Graphics(), 'ink');
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
  const particles = createParticles(24, 3);
  plane.above.addChild(dots.root, crowd, ...memory.map(({ slot }) => slot), guides, asked, verdict);
  plane.above.addChild(particles.root);
  const sees = createBars(
    paint,
    points.observation.names.map((name) => ({ name, unit: '', usual: reach })),
    'sees',
  );
  const choices = createChoices(paint, shapes);
  const meter = createMeter(paint);
  const tally = paint.tint(createLabel('', { size: 20, bold: true }), 'ink');
  const tallyNote = paint.tint(createLabel('right'), 'soft');
  const notice = createNotice(paint);
  root.addChild(plane.root, tally, tallyNote, sees.root, choices.root, meter.root, notice.root);

  const due = createPace(8);
  let width = 740;
  let wide = true;
  let height = 420;
  let params: WorldParams | undefined;
  let shownAnswers: ProbeAnswers | undefined;
  let arrivedAge = arriveTakes;
  let verdictAge = verdictLasts;
  let lastTotal = -1;
  let lastElapsed = -1;
  let owed = 0;
  let next = 0;

  function lay(): void {
    const p = params as PointsParams | undefined;
    wide = width >= 2 * (column + margin + 12) + axisRoom + 200;
    const room = wide ? width - 2 * (column + margin + 12) : width - narrowColumn - margin - 14;
    const side = Math.floor(Math.min(height - axisRoom - 8, room - axisRoom));
    plane.lay(side);
    surface.lay(side);
    const left = wide ? (width - side) / 2 : width - side - 10;
    plane.root.position.set(
      Math.round(left + side / 2),
      Math.round((height - axisRoom - side) / 2 + side / 2),
    );
    const top = plane.root.y - side / 2;
    const beside = wide ? Math.round(left + side + 18) : margin - 6;
    const count = p ? classesOf(p) : 2;
    sees.fit(column);
    sees.root.position.set(Math.max(margin, left - axisRoom - 14 - column), top);
    // On a phone there is one column: the score, then the panels; what is seen is shown on the plane alone.
    tally.position.set(wide ? sees.root.x + 2 : beside + 2, wide ? top + sees.height + 24 : top + 10);
    tallyNote.position.set(tally.x, tally.y + 20);
    choices.lay(wide ? column : narrowColumn, count);
    choices.root.position.set(beside, wide ? top : top + 44);
    meter.root.position.set(beside, choices.root.y + choices.height(count) + (wide ? 12 : 6));
    for (const { rim, shape, wrong: missed } of memory) {
      const size = clamp(side / 66, 4, 6);
      rim.scale.set(size + 2);
      shape.scale.set(size);
      missed.scale.set(size / 6);
    }
    if (p) dots.lay(p, plane.unit);
    shownAnswers = undefined;
    particles.clear();
    notice.hide();
  }

  const put = (node: Container, x: number, y: number): void => {
    node.position.set(x * plane.unit, -y * plane.unit);
  };

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
      notice.say(text, plane.root.x, plane.root.y - plane.side / 2 + 18, width, perfect ? 'accent' : 'ink');
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
    // What the network is given: how far along either axis.
    guides.visible = frame.overlays.sees;
    if (guides.visible) {
      const [px, py, half] = [x * plane.unit, -y * plane.unit, plane.side / 2];
      guides.clear();
      for (let d = py + 10; d < half; d += 8) guides.rect(px - 0.75, d, 1.5, Math.min(4, half - d));
      for (let d = px - 14; d > -half; d -= 8) guides.rect(Math.max(-half, d), py - 0.75, 4, 1.5);
      guides.fill(0xffffff);
      guides.alpha = 0.7;
    }
    verdictAge += seconds;
    const left = clamp((verdictLasts - verdictAge) / 0.3, 0, 1);
    verdict.visible = left > 0;
    verdict.alpha = left;
    verdict.scale.set(popIn(clamp(verdictAge / 0.16, 0, 1)));
  }

  /** The lanes' points, each renewed about twice a second: calm, however fast they learn. */
  function drawCrowd(frame: ViewFrame, seconds: number): void {
    const shown = Math.min(frame.lanes, mostTiles);
    owed = Math.min(shown, owed + shown * 2 * seconds);
    for (; owed >= 1; owed--) {
      const i = next % shown;
      next = (next + 1) % shown;
      const { node, badge } = ghosts[i]!;
      const base = i * frame.stride;
      const label = frame.rows[base + at.label]!;
      node.context = shapes[label]!;
      node.tint = classColour(paint.theme, label);
      put(node, frame.rows[base + at.x]!, frame.rows[base + at.y]!);
      badge.root.position.copyFrom(node.position);
    }
    ghosts.forEach(({ node, badge }, i) => {
      const cluster = i < shown ? frame.laneCluster?.[i] : undefined;
      node.visible = i < shown && cluster === undefined;
      node.scale.set(4.2);
      node.alpha = 0.8;
      badge.show(cluster);
    });
  }

  function drawSurface(frame: ViewFrame, p: PointsParams): void {
    const { probes } = frame;
    const count = classesOf(p);
    const whole = probes !== undefined && probes.outputs.length === probes.count * count;
    surface.root.visible = frame.overlays.acts && whole;
    if (!surface.root.visible || probes === shownAnswers || !probes) return;
    shownAnswers = probes;
    surface.show(probes.outputs, count, shadingOf(paint, count));
  }

  const look: Look = {
    root,
    draw(frame) {
      const seconds = frame.secondsSinceLast;
      const row = frame.hero;
      const p = frame.params as PointsParams;
      if (frame.params !== params) {
        params = frame.params;
        lay();
      }
      take(frame, row);
      drawSurface(frame, p);
      drawCrowd(frame, seconds);
      drawAsked(frame, row, seconds);
      if (due(seconds)) setText(tally, `${row[at.right]!} of ${row[at.answered]!}`);
      sees.root.visible = frame.overlays.sees && wide;
      if (sees.root.visible) sees.show(frame.observation, seconds);
      choices.root.visible = frame.overlays.acts && frame.probabilities.length > 0;
      if (choices.root.visible) choices.show(frame.probabilities, frame.action[0]!, seconds);
      particles.update(seconds);
      notice.update(seconds);
      meter.show(frame.value, seconds, frame.overlays.values);
    },
    resize(w, h) {
      width = w;
      height = h;
      lay();
    },
    repaint() {
      lay();
      lastTotal = -1;
    },
    destroy() {
      particles.destroy();
      surface.destroy();
      for (const shape of [...shapes, ...outlines, tick, cross, badges]) shape.destroy();
    },
  };

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
  return { look, editor };
}

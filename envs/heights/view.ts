// Heights as a map: the true contour lines, under them the land as the brain believes it, and the places it was
// asked about, each with a stem as long as its error. wall.ts has all lanes as small maps.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { badgeShape, createBadge } from '../drawing/badges.ts';
import { createBars, createMeter } from '../drawing/hud.ts';
import { clamp, createPace, popIn } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { clusterColour, createPaint, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { createPicture, type Look, margin } from '../drawing/picture.ts';
import { axisRoom, createPlane, createSurface } from '../drawing/plane.ts';
import { createLabel, number, setText } from '../drawing/text.ts';
import type { ProbeAnswers, WorldParams } from '../environment.ts';
import { bookkeepingAt, type CreateView, mostTiles, type ViewFrame } from '../view.ts';
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
// Px, for what stands beside the map.
const column = 132;
const narrowColumn = 112;
/** How long the stem of an error of 1 is, in parts of the map's side. */
const stemPerError = 0.22;
/** Nearer than this, an answer counts as good. */
const near = 0.1;

export const createHeightsView: CreateView = (theme) => {
  const paint = createPaint(theme);
  return createPicture(paint, 1.5, createCloseUp(paint), createWall(paint));
};

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  const plane = createPlane(paint, edge, edge);
  const surface = createSurface(probesPerSide);
  surface.root.visible = false;
  plane.below.addChild(surface.root);
  const contours = createContours(paint);
  const dot = new GraphicsContext().circle(0, 0, 1).fill(0xffffff);
  const stemShape = new GraphicsContext().rect(-1.25, 0, 2.5, 1).fill(0xffffff);
  const capShape = new GraphicsContext().roundRect(-5, -1.25, 10, 2.5, 1.25).fill(0xffffff);
  const badges = badgeShape();
  const crowd = new Container();
  const ghosts = Array.from({ length: mostTiles }, () => {
    const node = new Graphics(dot);
    const badge = createBadge(paint, badges);
    node.scale.set(2.6);
    node.visible = false;
    badge.root.scale.set(0.75);
    crowd.addChild(node, badge.root);
    return { node, badge };
  });
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
  const guides = paint.tint(new Graphics(), 'ink');
  const asked = new Container();
  for (const [radius, role] of [
    [10, 'background'],
    [8, 'accent'],
    [5, 'background'],
    [3.2, 'ink'],
  ] as const) {
    asked.addChild(paint.tint(new Graphics().circle(0, 0, radius).fill(0xffffff), role));
  }
  const particles = createParticles(8, 3);
  plane.above.addChild(contours.root, crowd, ...memory.map(({ slot }) => slot), guides, asked);
  plane.above.addChild(particles.root);
  const sees = createBars(
    paint,
    heights.observation.names.map((name) => ({ name, unit: '', usual: edge })),
    'sees',
  );
  const scale = createScale(paint);
  const meter = createMeter(paint);
  const tally = paint.tint(createLabel('', { size: 20, bold: true }), 'ink');
  const tallyNote = paint.tint(createLabel('usual error'), 'soft');
  const legend = paint.tint(createLabel('lines: the land', { size: 11 }), 'soft');
  const legendToo = paint.tint(createLabel('colours: its belief', { size: 11 }), 'soft');
  const notice = createNotice(paint);
  root.addChild(
    plane.root,
    tally,
    tallyNote,
    legend,
    legendToo,
    sees.root,
    scale.root,
    meter.root,
    notice.root,
  );

  const due = createPace(8);
  let width = 740;
  let height = 420;
  let wide = true;
  let params: WorldParams | undefined;
  let shownAnswers: ProbeAnswers | undefined;
  let arrivedAge = arriveTakes;
  let lastTotal = -1;
  let lastElapsed = -1;
  let owed = 0;
  let next = 0;

  function lay(): void {
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
    sees.fit(column);
    sees.root.position.set(Math.max(margin, left - axisRoom - 14 - column), top);
    // On a phone there is one column: the error, then the scale; what is seen is shown on the map alone.
    tally.position.set(wide ? sees.root.x + 2 : beside + 2, wide ? top + sees.height + 24 : top + 10);
    tallyNote.position.set(tally.x, tally.y + 20);
    legend.position.set(sees.root.x + 2, top + side - 22);
    legendToo.position.set(legend.x, legend.y + 16);
    const scaleTop = wide ? top : top + 44;
    const tall = wide ? Math.min(side - meter.height - 12, 230) : Math.max(80, side - 44 - meter.height - 6);
    scale.lay(wide ? column : narrowColumn, tall);
    scale.root.position.set(beside, scaleTop);
    meter.root.position.set(beside, scaleTop + tall + (wide ? 12 : 6));
    if (params) contours.lay(side, params as HeightsParams);
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
    const fresh = lastTotal < 0 || total < lastTotal;
    if (!fresh && elapsed < lastElapsed && !Number.isNaN(frame.lastReturn)) {
      const error = 1 - frame.lastReturn / heights.maxSteps;
      const good = frame.lastReturn >= heights.solvedAt;
      const text = `Off by ${number(error, 2)} on average`;
      notice.say(text, plane.root.x, plane.root.y - plane.side / 2 + 18, width, good ? 'accent' : 'ink');
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
    // What the network is given: how far along either axis.
    guides.visible = frame.overlays.sees;
    if (!guides.visible) return;
    const [px, py, half] = [x * plane.unit, -y * plane.unit, plane.side / 2];
    guides.clear();
    for (let d = py + 12; d < half; d += 8) guides.rect(px - 0.75, d, 1.5, Math.min(4, half - d));
    for (let d = px - 16; d > -half; d -= 8) guides.rect(Math.max(-half, d), py - 0.75, 4, 1.5);
    guides.fill(0xffffff);
    guides.alpha = 0.8;
  }

  /** The lanes' points, each renewed about twice a second: calm, however fast they learn. */
  function drawCrowd(frame: ViewFrame, seconds: number): void {
    const shown = Math.min(frame.lanes, mostTiles);
    owed = Math.min(shown, owed + shown * 2 * seconds);
    for (; owed >= 1; owed--) {
      const i = next % shown;
      next = (next + 1) % shown;
      const { node, badge } = ghosts[i]!;
      put(node, frame.rows[i * frame.stride + at.x]!, frame.rows[i * frame.stride + at.y]!);
      badge.root.position.copyFrom(node.position);
    }
    ghosts.forEach(({ node, badge }, i) => {
      const cluster = i < shown ? frame.laneCluster?.[i] : undefined;
      node.visible = i < shown && cluster === undefined;
      node.tint = cluster === undefined ? paint.theme.ink : clusterColour(paint.theme, cluster);
      node.alpha = 0.35;
      badge.show(cluster);
    });
  }

  function drawSurface(frame: ViewFrame): void {
    const { probes } = frame;
    const whole = probes !== undefined && probes.outputs.length === probes.count;
    surface.root.visible = frame.overlays.acts && whole;
    legend.visible = surface.root.visible && wide;
    legendToo.visible = legend.visible;
    if (!surface.root.visible || probes === shownAnswers || !probes) return;
    shownAnswers = probes;
    surface.show(probes.outputs, 1, heightShading(paint.theme));
  }

  return {
    root,
    draw(frame) {
      const seconds = frame.secondsSinceLast;
      const row = frame.hero;
      if (frame.params !== params) {
        params = frame.params;
        lay();
      }
      take(frame, row);
      drawSurface(frame);
      drawCrowd(frame, seconds);
      drawAsked(frame, row, seconds);
      if (due(seconds)) {
        const answered = row[at.answered]!;
        setText(tally, answered > 0 ? number(row[at.error]! / answered, 2) : '\u2013');
      }
      sees.root.visible = frame.overlays.sees && wide;
      if (sees.root.visible) sees.show(frame.observation, seconds);
      const acts = frame.overlays.acts && frame.deviations.length > 0;
      scale.show(row[at.height]!, frame.action[0]!, frame.deviations[0], acts, seconds);
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
      for (const shape of [dot, stemShape, capShape, badges]) shape.destroy();
    },
  };
}

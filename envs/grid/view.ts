// Grid as a small board game: a map that can be painted, somebody walking on it, and on every cell what the network believes
// beside what is true. Reads rows and nothing else; wall.ts has all lanes as small maps.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createGhosts } from '../drawing/ghosts.ts';
import { createCellGlide } from '../drawing/glide.ts';
import { createMeter } from '../drawing/hud.ts';
import { approach, clamp, createPace, createSlide, easeOut } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { type Look, margin, pictureOf } from '../drawing/picture.ts';
import { createPlanes } from '../drawing/planes.ts';
import { createSheet } from '../drawing/sheet.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import { gridAt as at, type GridParams, grid } from './dynamics.ts';
import { paintFloor } from './floor.ts';
import { channels, frameSide, type GridMap, kinds, readMap, stepX, stepY } from './map.ts';
import { paintMap, tools } from './painting.ts';
import { agreement, createWalker, paintBeliefs } from './pieces.ts';
import { solve } from './solution.ts';
import { createVisitKey, paintVisits, visitKeyHeight } from './visits.ts';
import { createWall } from './wall.ts';

const trailLength = 14;
const endTakes = 0.5; // s, for whoever reached a goal or fell to leave
const streaks = 40;

/** Winds by an arrow: their names would not fit side by side. */
const arrows = ['\u2191', '\u2192', '\u2193', '\u2190'];
const captions = channels.map((name, channel) => arrows[channel + 1 - kinds.windUp] ?? name);

export const createGridView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  const board = new Container(); // in pixels, its origin the map's upper left
  const back = paint.tint(new Graphics(), 'line');
  back.alpha = 0.5;
  const ground = createSheet();
  const start = paint.tint(createLabel('S', { size: 15, bold: true, align: 0.5 }), 'faint');
  const sheet = createSheet();
  const dotShape = new GraphicsContext().circle(0, 0, 1).fill(0xffffff);
  const trail = Array.from({ length: trailLength }, () => paint.tint(new Graphics(dotShape), 'accent'));
  const streakShape = new GraphicsContext().roundRect(-0.5, -0.5, 1, 1, 0.5).fill(0xffffff);
  const gusts = Array.from({ length: streaks }, () => paint.tint(new Graphics(streakShape), 'soft'));
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const dot = new Graphics(dotShape);
    root.addChild(dot, badge);
    return { dot };
  });
  const walker = createWalker(paint);
  const leaving = createWalker(paint);
  leaving.root.visible = false;
  const arrow = paint.tint(
    new Graphics()
      .moveTo(-5, -8)
      .lineTo(4, 0)
      .lineTo(-5, 8)
      .stroke({ color: 0xffffff, width: 3.5, cap: 'round', join: 'round' }),
    'ink',
  );
  const chance = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'ink');
  const particles = createParticles(60, 4);
  const notice = createNotice(paint);
  board.addChild(back, ground.root, ...gusts, start, sheet.root, ...trail, ghosts.root);
  board.addChild(leaving.root, walker.root, arrow, chance, particles.root);
  const legend = paint.tint(createLabel('', { align: 0.5 }), 'soft');
  const tally = paint.tint(createLabel('', { align: 0.5 }), 'ink');
  const visitKey = createVisitKey(paint);
  const planes = createPlanes(paint, frameSide, captions);
  const meter = createMeter(paint);
  root.addChild(board, legend, tally, visitKey.root, planes.root, meter.root, notice.root);

  const slide = createSlide(0.22);
  const glide = createCellGlide(at.cell, 0.07);
  const visited = new Float64Array(2 * trailLength);
  const due = createPace(8);
  let [width, height, cell] = [740, 420, 40];
  let map: GridMap | undefined;
  let windy: Int32Array = new Int32Array();
  let laidFor = '';
  let painted = '';
  let lastElapsed = -1;
  let lastCell = -1;
  let visitedCount = 0;
  let leftAge = endTakes;
  let fell = false;
  let clock = 0;
  let slipped = 1;
  let held: Float64Array | undefined;

  const middle = (place: number): number => (place + 0.5) * cell;

  /** The count of visits, where it is wanted and is of this map. */
  const visitsOf = ({ overlays, visits }: ViewFrame, now: GridMap): Float64Array | undefined =>
    overlays.visited && visits?.length === now.cells.length ? visits : undefined;

  function lay(now: GridMap, withSees: boolean, withMeter: boolean, withVisits: boolean): void {
    const key = `${width} ${height} ${withSees} ${withMeter} ${withVisits}`;
    if (key === laidFor && now === map) return;
    [laidFor, map] = [key, now];
    painted = '';
    windy = now.open.filter((i) => now.cells[i]! >= kinds.windUp);
    const [columns, rows] = [now.width, now.height];
    visitKey.lay(width);
    const below = 44 + (withVisits ? visitKeyHeight : 0); // legend and tally
    const whole = (w: number): number => Math.floor(Math.min((height - below - 8) / rows, w / columns, 72));
    const full = whole(width - 2 * margin);
    const panel = 190;
    const sides = (width - full * columns) / 2 >= panel + margin + 8;
    const shared = !sides && (withSees || withMeter);
    const column = width < 480 ? 126 : panel;
    cell = Math.max(6, shared && withSees ? whole(width - column - margin - 30) : full);
    const [wide, high] = [cell * columns, cell * rows];
    const left =
      shared && withSees ? column + margin + (width - column - margin - wide) / 2 : (width - wide) / 2;
    const top = Math.max(4, (height - below - high) / 2);
    board.position.set(Math.round(left), Math.round(top));
    // In one column the meter is above the planes, and these end above the key, which takes all of the width.
    const atTop = sides || width >= 480 ? board.y : 2;
    const planesTop = sides || !withMeter ? atTop : atTop + meter.height + 8;
    planes.lay(column, height - planesTop - 2 - (sides || !withVisits ? 0 : visitKeyHeight));
    planes.root.position.set(sides ? Math.max(margin, board.x - planes.width - 20) : 8, planesTop);
    meter.root.position.set(
      sides ? board.x + wide + 20 : withSees ? 8 : width - meter.width - margin,
      sides ? board.y : withSees ? atTop : board.y + high + 2,
    );
    back
      .clear()
      .roundRect(-5, -5, wide + 10, high + 10, cell * 0.2 + 4)
      .fill(0xffffff);
    ground.lay(wide, high);
    ground.draw((context) => paintFloor(context, paint.theme, now, cell));
    sheet.lay(wide, high);
    start.position.set(middle(now.start % columns), middle(Math.floor(now.start / columns)));
    walker.lay(cell);
    leaving.lay(cell);
    const textX = board.x + wide / 2;
    legend.position.set(Math.round(textX), board.y + high + 17);
    tally.position.set(Math.round(textX), board.y + high + 35);
    visitKey.root.y = board.y + high + 44;
    particles.clear();
    notice.hide();
  }

  /** What the last step did: a slip, an end, a new beginning. */
  function take(frame: ViewFrame, row: Float64Array, now: GridMap): boolean {
    const elapsed = row[bookkeepingAt(frame.stride, 'elapsed')]!;
    const fresh = lastElapsed < 0 || elapsed < lastElapsed;
    const cellNow = row[at.cell]!;
    const [x, y] = [cellNow % now.width, Math.floor(cellNow / now.width)];
    const calm = paint.theme.reducedMotion;
    if (fresh && lastElapsed >= 0 && !Number.isNaN(frame.lastReturn)) end(frame, now);
    if (fresh) visitedCount = 0;
    else if (cellNow !== lastCell) {
      visited.copyWithin(2, 0);
      [visited[0], visited[1]] = [lastCell % now.width, Math.floor(lastCell / now.width)];
      visitedCount = Math.min(trailLength, visitedCount + 1);
    }
    if (!fresh && elapsed !== lastElapsed && row[at.asked] !== row[at.went]) {
      slipped = 0;
      if (!calm)
        particles.burst(middle(x), middle(y), 4, paint.theme.soft, cell * 1.4, cell * 0.8, cell * 0.1);
    }
    [lastElapsed, lastCell] = [elapsed, cellNow];
    return fresh;
  }

  function end(frame: ViewFrame, now: GridMap): void {
    const p = frame.params as GridParams;
    const late = lastElapsed >= grid.maxSteps - 2;
    // The row has begun anew: which end it was follows from the cell beside which it stood, or from the return.
    const steps = lastElapsed + 1;
    const worth = frame.lastReturn + steps * p.stepCost;
    fell = Math.abs(worth - p.pitReward) < Math.abs(worth - p.goalReward);
    const ends = [0, 1, 2, 3].map((a) => now.next[4 * lastCell + a] ?? lastCell);
    const where = ends.find((to) => now.cells[to] === (fell ? kinds.pit : kinds.goal)) ?? lastCell;
    const [x, y] = [middle(where % now.width), middle(Math.floor(where / now.width))];
    const text =
      late && Math.abs(worth) < 0.2 ? 'Time is up' : fell ? 'Into the pit' : `Goal after ${steps} steps`;
    notice.say(text, tally.x, tally.y, width, fell ? 'negative' : 'ink');
    if (text === 'Time is up') return;
    leftAge = 0;
    leaving.root.position.set(x, y);
    if (paint.theme.reducedMotion) return;
    if (fell) particles.ring(x, y, cell * 0.7, paint.theme.negative);
    else {
      particles.burst(x, y, 14, paint.theme.positive, cell * 3, cell * 2.4, cell * 0.13);
      particles.ring(x, y, cell * 1.2, paint.theme.positive);
    }
  }

  function drawGhosts(frame: ViewFrame, now: GridMap): void {
    const shown = glide.follow(frame, now.width);
    const busy = frame.overlays.values ? 0.5 : 1;
    ghosts.show(frame, shown > 1 ? shown : 0, ({ root: ghost, dot }, i, group) => {
      ghost.position.set(middle(glide.shown[2 * i]!), middle(glide.shown[2 * i + 1]!));
      dot.scale.set(cell * 0.15);
      dot.tint = laneColour(paint.theme, group, paint.theme.soft);
      dot.alpha = 0.4 * busy * glide.opacity[i]!;
    });
  }

  function drawWind(now: GridMap, seconds: number): void {
    clock += seconds;
    const calm = paint.theme.reducedMotion;
    gusts.forEach((gust, k) => {
      const i = windy[k];
      gust.visible = i !== undefined && !calm;
      if (i === undefined || calm) return;
      const way = now.cells[i]! - kinds.windUp;
      // Each cell's gust is at another point of its way.
      const t = (clock * 0.9 + i * 0.37) % 1;
      const across = ((i * 0.61) % 1) * 0.5 - 0.25;
      const [dx, dy] = [stepX[way]!, stepY[way]!];
      gust.position.set(
        middle(i % now.width) + cell * (dx * (t - 0.5) * 0.8 + dy * across),
        middle(Math.floor(i / now.width)) + cell * (dy * (t - 0.5) * 0.8 + dx * across),
      );
      gust.scale.set(cell * (dx === 0 ? 0.035 : 0.22), cell * (dx === 0 ? 0.22 : 0.035));
      gust.alpha = 0.6 * Math.min(1, 4 * t, 4 * (1 - t));
    });
  }

  function drawBeliefs(frame: ViewFrame, now: GridMap, anew: boolean): void {
    const { acts, values } = frame.overlays;
    const visits = visitsOf(frame, now);
    const believes = acts || values;
    const shows = believes || visits !== undefined;
    sheet.root.visible = shows;
    legend.visible = believes;
    tally.visible = believes && !notice.root.visible;
    visitKey.root.visible = visits !== undefined;
    // Also at once after anything else it depends on has changed.
    const state = `${acts} ${values} ${visits === undefined} ${paint.theme.ink} ${paint.theme.accent} ${laidFor}`;
    if (!shows || !(anew || state !== painted)) return;
    painted = state;
    const solution = solve(now, frame.params as GridParams);
    sheet.draw((context) => {
      if (visits) paintVisits(context, paint.theme, cell, now, visits, !values);
      if (believes)
        paintBeliefs(context, paint.theme, cell, { map: now, solution, answers: frame.probes, values, acts });
    });
    if (visits) visitKey.show(now, visits);
    const outputs = frame.probes?.outputs ?? new Float32Array();
    const asked = outputs.length === 4 * now.cells.length;
    setText(legend, asked ? 'filled: network \u00b7 outlined: exact' : 'outlined: exact, by value iteration');
    /** Under the board, and not beyond the room. */
    const below = (wide: number): number =>
      Math.round(clamp(board.x + (cell * now.width) / 2, wide / 2 + 6, width - wide / 2 - 6));
    legend.x = below(legend.width);
    visitKey.root.x = below(visitKey.width);
    setText(
      tally,
      asked ? `the best move on ${agreement(now, solution, outputs)} of ${now.open.length} cells` : '',
    );
  }

  function drawWalker(
    frame: ViewFrame,
    row: Float64Array,
    now: GridMap,
    fresh: boolean,
    write: boolean,
  ): void {
    const seconds = frame.secondsSinceLast;
    const [x, y] = [row[at.cell]! % now.width, Math.floor(row[at.cell]! / now.width)];
    slide.to(x, y, seconds, fresh || paint.theme.reducedMotion);
    walker.root.position.set(middle(slide.x), middle(slide.y));
    slipped = Math.min(1, slipped + seconds / 0.35);
    // A slip leaves it swaying.
    walker.root.rotation = paint.theme.reducedMotion
      ? 0
      : (1 - slipped) * (slipped % 0.25 < 0.125 ? 0.25 : -0.25);
    const went = row[at.went]!;
    walker.face(went < 0 ? 0 : stepX[went]!, went < 0 ? 0 : stepY[went]!);
    trail.forEach((dot, i) => {
      dot.visible = i < visitedCount;
      dot.position.set(middle(visited[2 * i]!), middle(visited[2 * i + 1]!));
      dot.scale.set(cell * 0.1 * (1 - i / (trailLength + 4)));
      dot.alpha = (frame.overlays.values ? 0.35 : 0.6) * (1 - i / trailLength);
    });
    const action = frame.action[0] ?? 0;
    arrow.visible = frame.overlays.acts;
    arrow.rotation = (action - 1) * (Math.PI / 2);
    const [dx, dy] = [stepX[action] ?? 0, stepY[action] ?? 0];
    arrow.scale.set(clamp(cell / 52, 0.35, 1));
    arrow.position.set(walker.root.x + dx * cell * 0.46, walker.root.y + dy * cell * 0.46);
    const p = frame.probabilities[action];
    chance.visible = frame.overlays.acts && !frame.overlays.values && p !== undefined && cell >= 30;
    chance.position.set(
      walker.root.x + dx * cell * 0.86,
      walker.root.y + dy * cell * 0.78 + (dy === 0 ? -cell * 0.28 : 0),
    );
    if (write && p !== undefined) setText(chance, percent(p));

    leftAge += seconds;
    const t = leftAge / endTakes;
    leaving.root.visible = t < 1;
    if (t >= 1) return;
    // Into a pit it shrinks away; from a goal it rises.
    leaving.root.scale.set(fell ? 1 - easeOut(t) : 1 + 0.35 * easeOut(t));
    leaving.root.alpha = fell ? 1 : 1 - t;
    leaving.face(0, fell ? 1 : -1);
  }

  function draw(frame: ViewFrame): void {
    const params = frame.params as GridParams;
    const now = readMap(params.map);
    const seconds = frame.secondsSinceLast;
    const metered = frame.overlays.values && !Number.isNaN(frame.value);
    lay(now, frame.overlays.sees, metered, visitsOf(frame, now) !== undefined);
    const row = frame.hero;
    if (row[at.cell]! >= now.cells.length) return; // a row of another map, for one frame
    const fresh = take(frame, row, now);
    const write = due(seconds);
    drawWind(now, seconds);
    drawGhosts(frame, now);
    drawBeliefs(frame, now, write || held === undefined);
    held = row;
    drawWalker(frame, row, now, fresh, write || fresh);
    start.visible = params.fixedStart === 1;
    start.alpha = approach(
      start.alpha,
      frame.overlays.values || frame.overlays.acts ? 0.35 : 1,
      seconds,
      0.1,
    );
    particles.update(seconds);
    notice.update(seconds);
    planes.root.visible = frame.overlays.sees;
    if (frame.overlays.sees) planes.show(frame.observation);
    meter.show(frame.value, seconds, frame.overlays.values);
  }

  return {
    root,
    draw,
    resize(w, h) {
      [width, height] = [w, h];
    },
    repaint() {
      painted = '';
      laidFor = '';
    },
    editor: {
      setting: 'map',
      tools: Object.keys(tools),
      stroke: (tool, points, current) => paintMap(current, tool, points, { x: board.x, y: board.y, cell }),
    },
    destroy() {
      particles.destroy();
      planes.destroy();
      visitKey.destroy();
      sheet.destroy();
      ground.destroy();
      ghosts.destroy();
      for (const shape of [dotShape, streakShape]) shape.destroy();
    },
  };
}

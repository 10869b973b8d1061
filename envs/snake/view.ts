// Snake as a small finished game: a rounded snake that glides, looks where it goes and swallows what it eats. Reads rows and
// nothing else; wall.ts has all lanes as boards.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createGhosts } from '../drawing/ghosts.ts';
import { createCellGlide } from '../drawing/glide.ts';
import { createMeter } from '../drawing/hud.ts';
import { approach, clamp, createPace } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { type Look, margin, pictureOf } from '../drawing/picture.ts';
import { createPlanes } from '../drawing/planes.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import {
  snakeAt as at,
  headingAfter,
  largestSide,
  neighbours,
  nowhere,
  sideOf,
  startLength,
} from './board.ts';
import { frameSide, type SnakeParams, snake } from './dynamics.ts';
import { createFood, createMoves, createPath, createSerpent, traceBody } from './pieces.ts';
import { createWall } from './wall.ts';

const longestMove = 0.2; // s
const corpseTakes = 0.9; // s

export const createSnakeView = pictureOf(1.5, createCloseUp, createWall);

const bites = (count: number): string => `${count} ${count === 1 ? 'bite' : 'bites'}`;

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  const board = new Container(); // in pixels, its origin the board's upper left
  const ground = paint.tint(new Graphics(), 'line');
  ground.alpha = 0.4;
  const checks = paint.tint(new Graphics(), 'line');
  checks.alpha = 0.35;
  const walls = paint.tint(new Graphics(), 'faint');
  const dotShape = new GraphicsContext().circle(0, 0, 1).fill(0xffffff);
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const dot = new Graphics(dotShape);
    root.addChild(dot, badge);
    return { dot };
  });
  const food = createFood(paint);
  const corpse = paint.tint(new Graphics(), 'soft');
  corpse.visible = false;
  const serpent = createSerpent(paint);
  const moves = createMoves(paint);
  const particles = createParticles(120, 4);
  board.addChild(
    ground,
    checks,
    walls,
    ghosts.root,
    moves.root,
    food.root,
    corpse,
    serpent.root,
    particles.root,
  );
  const score = paint.tint(createLabel('', { size: 15, bold: true, align: 0.5 }), 'ink');
  const hunger = new Container();
  const track = paint.tint(new Graphics(), 'line');
  const left = paint.tint(new Graphics(), 'soft');
  hunger.addChild(track, left);
  const notice = createNotice(paint);
  const planes = createPlanes(paint, frameSide, snake.observation.names);
  const meter = createMeter(paint);
  root.addChild(board, score, hunger, planes.root, meter.root, notice.root);

  const path = createPath();
  const glide = createCellGlide(at.head, 0.06);
  const due = createPace(8);
  let [width, height, cell, side] = [740, 420, 36, 10];
  let laidFor = '';
  let [lastMoves, lastLength] = [-1, startLength];
  let [since, span] = [0, longestMove];
  let lastRow: Float64Array | undefined;
  let lastAction = 0;
  let corpseAge = corpseTakes;
  let patience = 1;

  const middle = (place: number): number => (place + 0.5) * cell;

  function lay(params: SnakeParams, withSees: boolean, withMeter: boolean): void {
    const key = `${width} ${height} ${params.board} ${params.wrap} ${withSees} ${withMeter}`;
    if (key === laidFor) return;
    laidFor = key;
    side = sideOf(params.board);
    const below = 40; // score and hunger
    const full = Math.floor(Math.min(height - below - 8, width - 2 * margin) / side);
    const panel = 166;
    const sides = (width - full * side) / 2 >= panel + margin + 4;
    const shared = !sides && (withSees || withMeter);
    const column = width < 480 ? 120 : panel;
    cell = Math.max(4, shared ? Math.floor(Math.min(full, (width - column - margin - 28) / side)) : full);
    const wide = cell * side;
    board.position.set(
      Math.round(shared ? (width + column - wide) / 2 : (width - wide) / 2),
      Math.round(Math.max(5, (height - below - wide) / 2)),
    );
    const planesTop = sides || !withMeter ? board.y : board.y + meter.height + 8;
    planes.lay(column, height - planesTop - 2);
    const atLeft = sides ? Math.max(margin, board.x - planes.width - 22) : 8;
    planes.root.position.set(atLeft, planesTop);
    meter.root.position.set(sides ? board.x + wide + 22 : atLeft, board.y);
    ground
      .clear()
      .roundRect(0, 0, wide, wide, cell * 0.2)
      .fill(0xffffff);
    checks.clear();
    for (let i = 0; i < side * side; i++) {
      const [x, y] = [i % side, Math.floor(i / side)];
      if ((x + y) % 2 === 0) checks.rect(x * cell + 1, y * cell + 1, cell - 2, cell - 2).fill(0xffffff);
    }
    walls.clear();
    if (params.wrap === 0) {
      walls.roundRect(-3, -3, wide + 6, wide + 6, cell * 0.2 + 3).stroke({ color: 0xffffff, width: 3 });
    } else {
      // Open edges are dashed.
      for (let d = 4; d < wide - 4; d += 14) {
        for (const edge of [-2, wide]) walls.rect(d, edge, 6, 2).rect(edge, d, 2, 6);
      }
      walls.fill(0xffffff);
    }
    const textX = Math.round(board.x + wide / 2);
    score.position.set(textX, board.y + wide + 19);
    hunger.position.set(textX - 40, board.y + wide + 34);
    track.clear().roundRect(0, -1.5, 80, 3, 1.5).fill(0xffffff);
    left.clear().roundRect(0, -1.5, 80, 3, 1.5).fill(0xffffff);
    particles.clear();
    notice.hide();
  }

  function die(frame: ViewFrame, params: SnakeParams): void {
    const before = lastRow;
    if (!before) return;
    const eaten = before[at.length]! - startLength;
    const heading = headingAfter(before[at.heading]!, lastAction);
    const next = neighbours(side, params.wrap === 1)[4 * before[at.head]! + heading]!;
    const full = eaten + startLength + 1 >= side * side && next === before[at.food];
    const starved = before[at.hungry]! >= params.patience * before[at.length]! - 2;
    const late = before[bookkeepingAt(frame.stride, 'elapsed')]! >= snake.maxSteps - 2;
    const why = full
      ? 'The board is full'
      : late
        ? 'Time is up'
        : starved
          ? 'Starved'
          : next === nowhere
            ? 'Into the wall'
            : 'Bit itself';
    const count = full ? side * side - startLength : eaten;
    notice.say(`${why} after ${bites(count)}`, score.x, score.y, width, full ? 'accent' : 'ink');
    if (late) return;
    traceBody(before, 1, path);
    corpse.clear();
    path.x.forEach((x, i) => {
      const [px, py] = [middle(x), middle(path.y[i]!)];
      if (path.lifts[i]) corpse.moveTo(px, py);
      else corpse.lineTo(px, py);
      if (paint.theme.reducedMotion || i % 2 === 1) return;
      particles.burst(px, py, 2, full ? paint.theme.accent : paint.theme.soft, cell * 1.6, cell, cell * 0.16);
    });
    corpse.stroke({ color: 0xffffff, width: 0.7 * cell, cap: 'round', join: 'round' });
    corpseAge = 0;
    const [x, y] = [
      middle(before[at.head]! % largestSide),
      middle(Math.floor(before[at.head]! / largestSide)),
    ];
    if (!paint.theme.reducedMotion) {
      particles.ring(x, y, cell * (full ? 5 : 1.3), full ? paint.theme.accent : paint.theme.negative);
    }
  }

  function take(frame: ViewFrame, row: Float64Array, params: SnakeParams): void {
    const seconds = frame.secondsSinceLast;
    const now = row[at.moves]!;
    const fresh = lastMoves < 0 || now < lastMoves;
    since += seconds;
    if (fresh) {
      if (lastMoves >= 0 && !Number.isNaN(frame.lastReturn)) die(frame, params);
      serpent.clear();
      [since, span] = [longestMove, longestMove];
    } else if (now !== lastMoves) {
      span = clamp(since, seconds, longestMove);
      since = Math.min(seconds, span);
      if (row[at.length]! > lastLength) {
        serpent.swallow();
        const [x, y] = [middle(row[at.head]! % largestSide), middle(Math.floor(row[at.head]! / largestSide))];
        if (!paint.theme.reducedMotion) {
          particles.burst(x, y, 9, paint.theme.negative, cell * 2.6, cell * 1.6, cell * 0.13);
        }
      }
    }
    [lastMoves, lastLength] = [now, row[at.length]!];
    lastRow = row;
    lastAction = frame.action[0] ?? 0;
  }

  function drawGhosts(frame: ViewFrame): void {
    const shown = glide.follow(frame, largestSide);
    ghosts.show(frame, shown > 1 ? shown : 0, ({ root: ghost, dot }, i, group) => {
      ghost.position.set(middle(glide.shown[2 * i]!), middle(glide.shown[2 * i + 1]!));
      dot.scale.set(cell * 0.14);
      dot.tint = laneColour(paint.theme, group, paint.theme.soft);
      dot.alpha = 0.25 * glide.opacity[i]!;
    });
  }

  function draw(frame: ViewFrame): void {
    const params = frame.params as SnakeParams;
    const seconds = frame.secondsSinceLast;
    const calm = paint.theme.reducedMotion;
    lay(params, frame.overlays.sees, frame.overlays.values && !Number.isNaN(frame.value));
    const row = frame.hero;
    take(frame, row, params);
    traceBody(row, calm ? 1 : Math.min(1, since / span), path);
    serpent.show(path, cell, row[at.heading]!, seconds, calm);
    food.show(row[at.food]!, cell, seconds, calm);
    drawGhosts(frame);
    moves.root.visible = frame.overlays.acts;
    if (frame.overlays.acts) moves.show(frame, neighbours(side, params.wrap === 1), cell);
    corpseAge += seconds;
    corpse.visible = corpseAge < corpseTakes;
    corpse.alpha = 0.55 * clamp(1 - corpseAge / corpseTakes, 0, 1);
    const most = params.patience * row[at.length]!;
    patience = approach(patience, 1 - row[at.hungry]! / most, seconds, 0.1);
    left.scale.x = clamp(patience, 0, 1);
    paint.tint(left, patience < 0.25 ? 'negative' : 'soft');
    if (due(seconds)) setText(score, bites(row[at.length]! - startLength));
    score.visible = !notice.root.visible;
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
    destroy() {
      particles.destroy();
      planes.destroy();
      dotShape.destroy();
      ghosts.destroy();
    },
  };
}

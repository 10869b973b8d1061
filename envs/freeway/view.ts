// Freeway as a small finished game: eight lanes of cars that roll smoothly through their cells, a chicken that hops, a flag that
// counts, feathers where it went wrong; other lanes' chickens as ghosts. Reads rows and nothing else; wall.ts has all lanes.
import { Graphics, GraphicsContext } from 'pixi.js';
import { createBoard } from '../drawing/board.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { createPace, easeOut, popIn } from '../drawing/motion.ts';
import { createMoves } from '../drawing/moves.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPlanes } from '../drawing/planes.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import { createChicken, createFlag, createTraffic, markOf, marks } from './pieces.ts';
import { freewayAt as at, crossing, frames, gridSize, kerb, laneCount } from './rules.ts';
import { createWall } from './wall.ts';

const hopTakes = 0.17; // s

export const createFreewayView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const board = createBoard(
    paint,
    gridSize,
    0,
    26,
    createPlanes(paint, gridSize, ['chicken', 'car', '1 fast', '2', '3', '4', '5 slow']),
  );
  const { middle, particles } = board;
  const ground = paint.tint(new Graphics(), 'line');
  ground.alpha = 0.25;
  const road = paint.tint(new Graphics(), 'line');
  road.alpha = 0.45;
  const zebra = paint.tint(new Graphics(), 'ink');
  zebra.alpha = 0.06;
  const lines = paint.tint(new Graphics(), 'faint');
  lines.alpha = 0.45;
  const edges = paint.tint(new Graphics(), 'faint');
  const clockTrack = paint.tint(new Graphics(), 'line');
  const clock = paint.tint(new Graphics(), 'soft');
  const count = paint.tint(createLabel('', { size: 13.5, bold: true }), 'soft');
  const left = paint.tint(createLabel('', { align: 1 }), 'soft');
  const traffic = createTraffic(paint, laneCount);
  const ghostShape = new GraphicsContext();
  const ghosts = createGhosts(paint, 0.75, (root, badge, lane) => {
    const dot = new Graphics(ghostShape);
    root.addChild(dot, badge);
    // Spread evenly over the width of the crossing, so that a crowd does not hide itself.
    return { dot, aside: (((lane + 1) * 0.618034) % 1) - 0.5 };
  });
  const glide = createGlide([at.chicken], 0.08);
  const flag = createFlag(paint);
  const shadow = paint.tint(new Graphics(), 'background');
  shadow.alpha = 0.35;
  const chicken = createChicken(paint);
  const moves = createMoves(paint, marks);
  board.things.addChild(
    ground,
    road,
    zebra,
    lines,
    edges,
    clockTrack,
    clock,
    count,
    left,
    ghosts.root,
    flag.root,
  );
  board.things.addChild(traffic.root, shadow, chicken.root, moves.root, particles.root);

  const due = createPace(8);
  let cell = 40;
  const episodes = createEpisodes();
  let lastReturn = 0;
  let lastRow = kerb;
  let hopFrom = kerb;
  let hopAge = 1;
  let bornAge = 1;
  let groundY = 0; // under the chicken, px

  function lay(): void {
    const { side } = board;
    cell = board.cell;
    ground
      .clear()
      .roundRect(0, 0, side, side, cell * 0.25)
      .fill(0xffffff);
    road
      .clear()
      .rect(0, cell, side, laneCount * cell)
      .fill(0xffffff);
    zebra.clear();
    for (let k = 0; k < 2 * laneCount; k++) {
      zebra.rect(crossing * cell + 2, cell * (1.125 + 0.5 * k), cell - 4, cell * 0.25).fill(0xffffff);
    }
    lines.clear();
    const dash = cell * 0.4;
    for (let lane = 1; lane < laneCount; lane++) {
      for (let x = cell * 0.3; x < side - dash; x += cell)
        lines.roundRect(x, (lane + 1) * cell - 0.75, dash, 1.5, 0.75).fill(0xffffff);
    }
    edges.clear();
    for (const y of [cell, side - cell]) edges.rect(0, y - 1, side, 2).fill(0xffffff);
    clockTrack
      .clear()
      .roundRect(0, side + 3, side, 3, 1.5)
      .fill(0xffffff);
    clock.clear().roundRect(0, 0, side, 3, 1.5).fill(0xffffff);
    clock.y = side + 3;
    count.position.set(cell * 0.25, cell * 0.5);
    left.position.set(side - cell * 0.25, cell * 0.5);
    // On a phone the flag alone counts.
    for (const label of [count, left]) label.visible = cell >= 26;
    flag.lay(cell);
    flag.root.position.set((crossing + 1) * cell + 4, cell - 1);
    traffic.lay(cell);
    chicken.lay(cell);
    shadow
      .clear()
      .ellipse(0, 0, cell * 0.28, cell * 0.09)
      .fill(0xffffff);
    ghostShape
      .clear()
      .circle(0, 0, cell * 0.16)
      .fill(0xffffff);
    moves.lay(cell);
  }

  /** Where the chicken has come from, and what that means. */
  function follow(row: Float64Array, points: number, fresh: boolean): void {
    const now = row[at.chicken]!;
    const calm = paint.theme.reducedMotion;
    if (fresh) {
      hopAge = hopTakes;
      bornAge = 0;
    } else if (points > lastReturn) {
      bornAge = 0;
      hopAge = hopTakes;
      if (!calm) {
        particles.ring(middle(crossing), middle(0), cell * 1.5, paint.theme.accent);
        particles.burst(middle(crossing), middle(0), 10, paint.theme.accent, cell * 2, cell, cell * 0.12);
      }
    } else if (now !== lastRow) {
      const steps = Math.abs(now - lastRow);
      const hit = now === kerb && (steps > 1 || (row[at.cars + lastRow - 1] ?? -1) === crossing);
      if (hit) {
        bornAge = 0;
        hopAge = hopTakes;
        if (!calm) {
          // Feathers.
          particles.burst(
            middle(crossing),
            middle(lastRow),
            14,
            paint.theme.accent,
            cell * 2.4,
            cell * 1.6,
            cell * 0.14,
          );
          particles.ring(middle(crossing), middle(lastRow), cell * 1.1, paint.theme.negative);
        }
      } else {
        hopFrom = lastRow;
        hopAge = 0;
      }
    }
    lastRow = now;
    lastReturn = points;
  }

  function drawChicken(row: Float64Array, seconds: number): void {
    const calm = paint.theme.reducedMotion;
    hopAge += seconds;
    bornAge += seconds;
    const t = calm ? 1 : Math.min(1, hopAge / hopTakes);
    const now = row[at.chicken]!;
    groundY = middle(hopFrom + (now - hopFrom) * (t < 1 ? easeOut(t) : 1));
    const lift = 4 * t * (1 - t);
    const born = calm ? 1 : popIn(bornAge / 0.25);
    chicken.root.position.set(middle(crossing), groundY - lift * cell * 0.3);
    // Stretched in the air, squashed for a moment as it lands.
    const landing = t < 1 || calm ? 0 : Math.max(0, 1 - (hopAge - hopTakes) / 0.1);
    chicken.root.scale.set(
      born * (1 + 0.12 * landing - 0.06 * lift),
      born * (1 - 0.14 * landing + 0.14 * lift),
    );
    shadow.position.set(middle(crossing), groundY + cell * 0.4);
    shadow.scale.set(born * (1 - 0.35 * lift));
    if (t === 1) hopFrom = now;
  }

  function drawGhosts(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const { theme } = paint;
    const faint = 0.6 * faintness(shown, 8);
    ghosts.show(frame, shown, ({ root: ghost, dot, aside }, i, group) => {
      ghost.position.set(middle(crossing + aside * 0.9), middle(glide.shown[i]!));
      dot.tint = laneColour(theme, group, theme.soft);
      dot.alpha = faint * glide.opacity[i]!;
    });
  }

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    if (board.fit(frame)) lay();
    const row = frame.hero;
    const points = row[bookkeepingAt(frame.stride, 'episodeReturn')]!;
    const { fresh, ended } = episodes(frame);
    if (ended) {
      const times = frame.lastReturn === 1 ? '1 crossing' : `${frame.lastReturn} crossings`;
      board.say(`Time is up: ${times}`, 9, 'ink');
    }
    follow(row, points, fresh);
    drawGhosts(frame);
    traffic.draw(row, fresh, seconds);
    drawChicken(row, seconds);
    moves.root.position.set(middle(crossing), groundY);
    moves.block(2, row[at.chicken] === kerb);
    moves.show(frame, markOf);
    flag.show(points, seconds);
    clock.scale.x = Math.max(0, row[at.framesLeft]!) / frames;
    if (due(seconds)) {
      setText(count, points === 1 ? '1 crossing' : `${points} crossings`);
      setText(left, `${Math.max(0, row[at.framesLeft]!)} steps left`);
    }
    board.finish(frame);
  }

  return {
    root: board.root,
    draw,
    resize: board.resize,
    destroy() {
      board.destroy();
      traffic.destroy();
      ghosts.destroy();
      ghostShape.destroy();
    },
  };
}

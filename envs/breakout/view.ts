// Breakout as a small finished game: rounded bricks, a glowing ball with its trail, the paddle with its next
// move, other lanes' balls as ghosts. Reads rows and nothing else; wall.ts has all lanes as boards.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createBoard } from '../drawing/board.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { clamp, createPace, createSlide, popIn } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPlanes } from '../drawing/planes.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import { breakoutAt as at, breakout, gridSize } from './dynamics.ts';
import { brickCount, createMoves, rowColour } from './pieces.ts';
import { createWall } from './wall.ts';

const trailLength = 12;
const lostTakes = 0.45; // s, for a missed ball to leave

export const createBreakoutView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const board = createBoard(
    paint,
    gridSize,
    0,
    24,
    createPlanes(paint, gridSize, breakout.observation.names),
  );
  const { middle, particles } = board;
  const ground = paint.tint(new Graphics(), 'line');
  ground.alpha = 0.4;
  const walls = paint.tint(new Graphics(), 'faint');
  const goneLine = paint.tint(new Graphics(), 'faint');
  const dots = paint.tint(new Graphics(), 'faint');
  dots.alpha = 0.35;
  const score = paint.tint(createLabel('', { size: 20, bold: true, align: 0.5 }), 'faint');
  const brickShape = new GraphicsContext();
  const bricks = Array.from({ length: brickCount }, (_, i) => {
    const node = new Graphics(brickShape);
    return { node, row: Math.floor(i / gridSize), column: i % gridSize, stands: true, age: 1 };
  });
  const ghostShape = new GraphicsContext();
  const ghostPaddleShape = new GraphicsContext();
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const ball = new Graphics(ghostShape);
    const paddle = new Graphics(ghostPaddleShape);
    root.addChild(paddle, ball, badge);
    return { ball, paddle };
  });
  const glide = createGlide([at.ballX, at.ballY, at.paddle], 0.08);
  const trailShape = new GraphicsContext().circle(0, 0, 1).fill(0xffffff);
  const trail = Array.from({ length: trailLength }, () => paint.tint(new Graphics(trailShape), 'accent'));
  const trailAt = new Float32Array(2 * trailLength);
  const ball = new Container();
  for (const [radius, alpha] of [
    [2.7, 0.05],
    [2.1, 0.08],
    [1.55, 0.14],
  ] as const) {
    const glow = paint.tint(new Graphics(trailShape), 'accent');
    glow.scale.set(radius);
    glow.alpha = alpha;
    ball.addChild(glow);
  }
  ball.addChild(paint.tint(new Graphics(trailShape), 'ink'));
  const lost = paint.tint(new Graphics(trailShape), 'ink');
  lost.visible = false;
  const paddle = paint.tint(new Graphics(), 'ink');
  const moves = createMoves(paint);
  board.things.addChild(
    ground,
    dots,
    walls,
    goneLine,
    score,
    ghosts.root,
    ...bricks.map((brick) => brick.node),
  );
  board.things.addChild(...trail, moves.root, paddle, ball, lost, particles.root);

  const ballSlide = createSlide(0.2);
  const paddleSlide = createSlide(0.2);
  const due = createPace(8);
  let cell = 40;
  const episodes = createEpisodes();
  let lostAge = lostTakes;
  let lostFrom = { x: 0, y: 0, direction: 1 };
  let standing = brickCount;
  let trailDue = 0;

  function lay(): void {
    const { side } = board;
    cell = board.cell;
    ground
      .clear()
      .roundRect(0, 0, side, side, cell * 0.25)
      .fill(0xffffff);
    walls
      .clear()
      .moveTo(-2, side)
      .lineTo(-2, cell * 0.25)
      .arcTo(-2, -2, cell * 0.25, -2, cell * 0.25)
      .lineTo(side - cell * 0.25, -2)
      .arcTo(side + 2, -2, side + 2, cell * 0.25, cell * 0.25)
      .lineTo(side + 2, side)
      .stroke({ color: 0xffffff, width: 2, cap: 'round' });
    goneLine.clear();
    for (let d = 6; d < side - 6; d += 12) goneLine.rect(d, side + 1, 5, 1.5).fill(0xffffff);
    dots.clear();
    for (let i = 1; i < gridSize; i++) {
      for (let k = 5; k < gridSize; k++) dots.circle(i * cell, k * cell, 1).fill(0xffffff);
    }
    const half = cell / 2 - Math.max(1, cell * 0.05);
    brickShape
      .clear()
      .roundRect(-half, -half, 2 * half, 2 * half, cell * 0.18)
      .fill(0xffffff);
    ghostShape
      .clear()
      .circle(0, 0, cell * 0.17)
      .fill(0xffffff);
    ghostPaddleShape
      .clear()
      .roundRect(-cell * 0.42, -cell * 0.14, cell * 0.84, cell * 0.28, cell * 0.14)
      .fill(0xffffff);
    paddle
      .clear()
      .roundRect(-cell * 0.48, -cell * 0.2, cell * 0.96, cell * 0.4, cell * 0.2)
      .fill(0xffffff);
    ball.scale.set(cell * 0.27);
    lost.scale.set(cell * 0.27);
    score.position.set(side / 2, middle(5));
    for (const brick of bricks) brick.node.position.set(middle(brick.column), middle(brick.row + 1));
    moves.lay(cell);
  }

  function endGame(result: number, steps: number): void {
    const bricksWord = result === 1 ? 'brick' : 'bricks';
    const late = steps >= breakout.maxSteps - 3;
    board.say(`${late ? 'Time is up:' : 'Missed after'} ${result} ${bricksWord}`, 6.2, 'ink');
    if (!late) lostAge = 0;
  }

  function drawBricks(row: Float64Array, fresh: boolean, seconds: number): void {
    const calm = paint.theme.reducedMotion;
    let now = 0;
    bricks.forEach((brick, i) => {
      const stands = row[at.bricks + i] === 1;
      if (stands) now++;
      if (stands !== brick.stands) {
        brick.stands = stands;
        // A wall that grows back does so from the middle outwards.
        brick.age = stands ? -0.02 * Math.abs(brick.column - 4.5) - 0.04 * brick.row : 0;
        if (!stands && !fresh && !calm) {
          const colour = rowColour(paint.theme, brick.row);
          particles.burst(brick.node.x, brick.node.y, 7, colour, cell * 3.2, cell * 1.5, cell * 0.2);
        }
      }
      brick.age += seconds;
      const t = calm ? 1 : clamp(brick.age / (stands ? 0.28 : 0.14), 0, 1);
      brick.node.scale.set(stands ? popIn(t) : 1 + 0.25 * t);
      brick.node.alpha = stands ? Math.min(1, t * 2) : 1 - t;
      brick.node.tint = rowColour(paint.theme, brick.row);
    });
    if (!fresh && now === brickCount && standing < brickCount) {
      board.say('Wall cleared: a new one grows', 6.2, 'accent');
      if (!calm) particles.ring(middle(4.5), middle(2), cell * 5, paint.theme.accent);
    }
    standing = now;
  }

  function drawTrail(fresh: boolean, seconds: number): void {
    const calm = paint.theme.reducedMotion;
    trailDue -= seconds;
    if (fresh) {
      for (let i = 0; i < trailLength; i++) {
        trailAt[2 * i] = ballSlide.x;
        trailAt[2 * i + 1] = ballSlide.y;
      }
    } else if (trailDue <= 0) {
      trailDue = 1 / 60;
      trailAt.copyWithin(2, 0);
      trailAt[0] = ballSlide.x;
      trailAt[1] = ballSlide.y;
    }
    trail.forEach((dot, i) => {
      const left = 1 - (i + 1) / (trailLength + 1);
      dot.visible = !calm;
      dot.position.set(middle(trailAt[2 * i]!), middle(trailAt[2 * i + 1]!));
      dot.scale.set(cell * 0.24 * left);
      dot.alpha = 0.42 * left;
    });
  }

  function drawGhosts(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const { theme: t } = paint;
    const faint = faintness(shown, 4);
    ghosts.show(frame, shown, ({ ball: dot, paddle: bar, badge }, i, group) => {
      dot.position.set(middle(glide.shown[3 * i]!), middle(glide.shown[3 * i + 1]!));
      bar.position.set(middle(glide.shown[3 * i + 2]!), middle(gridSize - 1));
      badge.position.copyFrom(dot.position);
      const tint = laneColour(t, group, t.soft);
      dot.tint = tint;
      bar.tint = tint;
      dot.alpha = 0.75 * faint * glide.opacity[i]!;
      bar.alpha = 0.5 * faint * glide.opacity[i]!;
    });
  }

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    if (board.fit(frame)) lay();
    const row = frame.hero;
    const { fresh, ended, before } = episodes(frame);
    if (ended) endGame(frame.lastReturn, before);
    drawBricks(row, fresh, seconds);
    ballSlide.to(row[at.ballX]!, row[at.ballY]!, seconds, fresh || paint.theme.reducedMotion);
    paddleSlide.to(row[at.paddle]!, gridSize - 1, seconds, fresh || paint.theme.reducedMotion);
    drawTrail(fresh, seconds);
    drawGhosts(frame);
    ball.position.set(middle(ballSlide.x), middle(ballSlide.y));
    paddle.position.set(middle(paddleSlide.x), middle(paddleSlide.y));
    moves.root.position.copyFrom(paddle.position);
    moves.root.visible = frame.overlays.acts;
    if (frame.overlays.acts) moves.show(frame, paddleSlide.x, seconds);

    lostAge += seconds;
    const gone = lostAge / lostTakes;
    lost.visible = gone < 1;
    if (gone < 1) {
      // It keeps the way it had and falls off the board.
      lost.position.set(
        middle(lostFrom.x + lostFrom.direction * gone * 2),
        middle(lostFrom.y + (paint.theme.reducedMotion ? 1 : gone * 2.4)),
      );
      lost.alpha = 1 - gone;
    } else {
      const direction = row[at.direction] === 1 || row[at.direction] === 2 ? 1 : -1;
      lostFrom = { x: row[at.ballX]!, y: row[at.ballY]!, direction };
    }
    if (due(seconds)) {
      const bricksHit = row[bookkeepingAt(frame.stride, 'episodeReturn')]!;
      setText(score, `${bricksHit} ${bricksHit === 1 ? 'brick' : 'bricks'}`);
    }
    score.alpha = board.speaks ? 0 : 1;
    board.finish(frame);
  }

  return {
    root: board.root,
    draw,
    resize: board.resize,
    destroy() {
      board.destroy();
      ghosts.destroy();
      for (const shape of [brickShape, ghostShape, ghostPaddleShape, trailShape]) shape.destroy();
    },
  };
}

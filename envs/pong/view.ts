// Pong as a finished game: a glowing ball with its trail, paddles that give a little, the score as large quiet
// figures; what the brain means to do and where the ball will come. wall.ts has all lanes as small tables.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createEpisodes } from '../drawing/episode.ts';
import { createFrames } from '../drawing/frames.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { createBars, createMeter } from '../drawing/hud.ts';
import { approach, clamp } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { type Look, margin, pictureOf } from '../drawing/picture.ts';
import type { WorldParams } from '../environment.ts';
import type { ViewFrame } from '../view.ts';
import { pong } from './dynamics.ts';
import {
  createBall,
  createFlight,
  createMoves,
  createTable,
  drawPaddle,
  paddleHeightOf,
  tableWidth,
} from './pieces.ts';
import {
  pongAt as at,
  ballSize,
  fieldHeight,
  fieldWidth,
  framesPerSecond,
  mostFrames,
  type PongParams,
  paddleWidth,
  pathLength,
} from './table.ts';
import { createWall } from './wall.ts';

const lostTakes = 0.4; // s, for a missed ball to leave
// Px: beside the learner's paddle, and at the left for what is seen.
const movesRoom = 66;
const barsRoom = 180;
const leftRoom = margin + barsRoom + 14;
const sides = [0, 1] as const;

export const createPongView = pictureOf(1.3, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  const scene = new Container(); // in pixels, its origin the field's top left
  const table = createTable(paint);
  const circle = new GraphicsContext().circle(0, 0, 1).fill(0xffffff);
  const paddleShapes = [new GraphicsContext(), new GraphicsContext()] as const;
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const ball = new Graphics(circle);
    const paddle = new Graphics(paddleShapes[1]);
    root.addChild(paddle, ball, badge);
    return { ball, paddle };
  });
  const glide = createGlide([at.ballX, at.ballY, at.paddle + 1], 0.07);
  const flight = createFlight(paint, circle);
  const paddles = sides.map((side) =>
    paint.tint(new Graphics(paddleShapes[side]), side === 0 ? 'ink' : 'accent'),
  );
  const ball = createBall(paint, circle);
  const lost = paint.tint(new Graphics(circle), 'ink');
  lost.visible = false;
  const moves = createMoves(paint);
  const particles = createParticles(48, 6);
  const notice = createNotice(paint);
  scene.addChild(
    table.root,
    ghosts.root,
    flight.root,
    lost,
    ball.root,
    ...paddles,
    moves.root,
    particles.root,
  );
  const sees = createBars(
    paint,
    pong.observation.names.map((name) => ({ name, unit: '', usual: 1 })),
    'sees',
  );
  const meter = createMeter(paint);
  root.addChild(scene, sees.root, meter.root, notice.root);

  const frames = createFrames(pathLength);
  const squash = [0, 0];
  const before = new Float64Array(pathLength);
  let width = 740;
  let height = 420;
  let wide = true;
  let params: WorldParams | undefined;
  let p: PongParams | undefined;
  let scale = 0.6;
  const episodes = createEpisodes();
  let lastScore = [0, 0];
  let cutNext = true;
  let speedX = 0;
  let speedY = 0;
  let lostAge = lostTakes;

  const ballX = (x: number): number => (x + ballSize / 2) * scale;
  const paddleX = (side: 0 | 1): number =>
    (side === 0 ? -paddleWidth / 2 : fieldWidth + paddleWidth / 2) * scale;

  function lay(): void {
    const tall = (height - 14) / fieldHeight;
    wide = width >= tall * tableWidth + leftRoom + movesRoom + margin;
    scale = Math.min(tall, (width - movesRoom - 2 * margin) / tableWidth);
    const [w, h, behind] = [fieldWidth * scale, fieldHeight * scale, paddleWidth * scale];
    const middle = (width - w) / 2;
    // Panels stand at the left; where the middle leaves them no room, the table moves over.
    const x = wide ? Math.max(middle, leftRoom + behind) : Math.min(middle, width - movesRoom - w - behind);
    scene.position.set(Math.round(x), Math.round((height - h) / 2));
    table.lay(scale);
    ball.lay(scale);
    moves.lay(scale);
    const left = Math.max(margin, Math.min(x - behind - 14 - barsRoom, margin + 40));
    sees.fit(x - behind - 14 - left, h);
    sees.root.position.set(left, scene.y);
    // On a phone the meter is at the right, below what the paddle is about to do.
    const meterX = wide ? left : width - meter.width - 4;
    const meterY = scene.y + (wide ? sees.height + 8 : h - meter.height);
    meter.root.position.set(meterX, meterY);
    if (p) for (const side of sides) drawPaddle(paddleShapes[side], scale, paddleHeightOf(side, p));
    particles.clear();
    notice.hide();
  }

  /** The row is the next game's already: the score is the last one seen, and the point that ended the game. */
  function endGame(steps: number): void {
    const [theirs = 0, mine = 0] = lastScore;
    const late = steps >= pong.maxSteps - 3;
    const most = p?.pointsToWin ?? 21;
    const won = mine > theirs;
    const end = late ? [theirs, mine] : won ? [theirs, most] : [most, mine];
    const word = late ? 'Time is up' : won ? 'Won' : 'Lost';
    const x = scene.x + (fieldWidth / 2) * scale;
    const y = scene.y + fieldHeight * scale * 0.4;
    notice.say(`${word} ${end[1]} to ${end[0]}`, x, y, width, won && !late ? 'accent' : 'ink');
    if (won && !late && !paint.theme.reducedMotion) {
      const [cx, cy] = [(fieldWidth / 2) * scale, fieldHeight * scale * 0.4];
      particles.ring(cx, cy, 120, paint.theme.accent);
      particles.burst(cx, cy, 18, paint.theme.accent, 220, 150, 6);
    }
  }

  function take(frame: ViewFrame, row: Float64Array): void {
    const { elapsed, before: seen, fresh, ended } = episodes(frame);
    if (elapsed === seen) return;
    if (fresh) {
      if (ended) endGame(seen);
      frames.clear();
      cutNext = true;
    }
    const count = clamp(row[at.frames]!, 0, mostFrames);
    if (count > 0) frames.add(row, at.path, count, cutNext);
    else
      frames.add(
        Float64Array.of(row[at.ballX]!, row[at.ballY]!, row[at.paddle]!, row[at.paddle + 1]!),
        0,
        1,
        true,
      );
    cutNext = false;
    for (const side of sides) {
      const points = row[at.score + side]!;
      if (points !== lastScore[side] || fresh) {
        table.score(side, points, !fresh);
        if (!fresh) cutNext = true;
      }
    }
    lastScore = [row[at.score]!, row[at.score + 1]!];
  }

  /** What happened between two frames of the game: a bounce, a hit, a ball that got through. */
  function passed(now: Float64Array, cut: boolean): void {
    const calm = paint.theme.reducedMotion;
    const [x, y] = [ballX(now[0]!), ballX(now[1]!)];
    if (cut) {
      if (before[0]! < 0 || before[0]! > fieldWidth - ballSize) {
        lostAge = 0;
        lost.position.set(ballX(before[0]!), ballX(before[1]!));
        const through = before[0]! < 0;
        if (!calm) particles.ring(lost.x, lost.y, 44, through ? paint.theme.positive : paint.theme.negative);
      }
      ball.jump(x, y);
      speedX = 0;
      speedY = 0;
    } else {
      const [dx, dy] = [now[0]! - before[0]!, now[1]! - before[1]!];
      if (speedX * dx < 0) {
        const side = dx < 0 ? 1 : 0;
        squash[side] = 1;
        if (!calm) {
          const face = side === 1 ? fieldWidth * scale : 0;
          particles.burst(face, y, 6, side === 1 ? paint.theme.accent : paint.theme.soft, 90, 30, 4);
        }
      } else if (speedY * dy < 0 && !calm) {
        particles.ring(x, dy > 0 ? 0 : fieldHeight * scale, 22, paint.theme.soft);
      }
      speedX = dx;
      speedY = dy;
    }
    before.set(now);
    ball.pass(x, y);
  }

  function drawPaddles(seconds: number): void {
    sides.forEach((side) => {
      const paddle = paddles[side]!;
      squash[side] = approach(squash[side]!, 0, seconds, 0.07);
      const give = paint.theme.reducedMotion ? 0 : squash[side]!;
      const whole = p !== undefined && paddleHeightOf(side, p) === fieldHeight;
      const middle = whole ? fieldHeight / 2 : frames.shown[2 + side]! + (p?.paddleHeight ?? 70) / 2;
      paddle.position.set(paddleX(side) + (side === 0 ? -1 : 1) * give * 5 * scale, middle * scale);
      paddle.scale.set(1 - 0.28 * give, whole ? 1 : 1 + 0.1 * give);
    });
  }

  function drawCrowd(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const faint = faintness(shown, 4);
    ghosts.show(frame, shown, ({ ball: dot, paddle, badge }, i, group) => {
      dot.position.set(ballX(glide.shown[3 * i]!), ballX(glide.shown[3 * i + 1]!));
      dot.scale.set(ballSize * 0.3 * scale);
      paddle.position.set(paddleX(1), (glide.shown[3 * i + 2]! + (p?.paddleHeight ?? 70) / 2) * scale);
      badge.position.copyFrom(dot.position);
      const tint = laneColour(paint.theme, group, paint.theme.soft);
      dot.tint = tint;
      paddle.tint = tint;
      dot.alpha = 0.6 * faint * glide.opacity[i]!;
      paddle.alpha = 0.25 * faint * glide.opacity[i]!;
    });
  }

  function drawLost(seconds: number): void {
    lostAge += seconds;
    const gone = lostAge / lostTakes;
    lost.visible = gone < 1;
    if (!lost.visible) return;
    if (!paint.theme.reducedMotion) lost.x += (lost.x < 100 * scale ? -1 : 1) * 200 * scale * seconds;
    lost.scale.set((ballSize / 2) * scale * (1 - 0.5 * gone));
    lost.alpha = 1 - gone;
  }

  return {
    root,
    draw(frame) {
      const seconds = frame.secondsSinceLast;
      const row = frame.hero;
      if (frame.params !== params) {
        params = frame.params;
        p = frame.params as PongParams;
        lay();
      }
      const now = p!;
      take(frame, row);
      frames.play(seconds, (framesPerSecond * now.frameSkip) / mostFrames, passed);
      const [x, y] = [ballX(frames.shown[0]!), ballX(frames.shown[1]!)];
      ball.show(x, y, speedY, seconds);
      drawPaddles(seconds);
      drawCrowd(frame);
      drawLost(seconds);
      table.update(seconds);
      meter.show(frame.value, seconds, frame.overlays.values);
      const acts = frame.overlays.acts;
      flight.root.visible = (acts || frame.overlays.sees) && speedX !== 0;
      if (flight.root.visible) flight.show(frames.shown[0]!, frames.shown[1]!, speedX, speedY, scale);
      moves.root.visible = acts;
      const foot = fieldHeight * scale - (meter.root.visible && !wide ? meter.height + 42 : 0);
      moves.root.position.set(paddleX(1) + paddleWidth * scale * 0.5 + 14, Math.min(paddles[1]!.y, foot));
      if (acts) moves.show(frame, now.mirrored !== 0, seconds);
      sees.root.visible = frame.overlays.sees && wide;
      if (sees.root.visible) sees.show(frame.observation, seconds);
      particles.update(seconds);
      notice.update(seconds);
    },
    resize(w, h) {
      width = w;
      height = h;
      lay();
    },
    destroy() {
      particles.destroy();
      ghosts.destroy();
      for (const shape of [circle, ...paddleShapes]) shape.destroy();
    },
  };
}

// The table Pong is played on: what stands where in the row, and what happens in one frame of play. Both sides obey
// the same rules; a side is 0 (the opponent's, at the left) or 1 (the learner's, at the right).
import type { RandomSource } from '../../src/core/random.ts';

export type PongParams = Readonly<{
  opponent: string;
  serve: string;
  paddleSpeed: number;
  paddleHeight: number;
  ballSpeed: number;
  spin: number;
  maxSpin: number;
  frameSkip: number;
  pointsToWin: number;
  mirrored: number;
  hitReward: number;
  renewal: number;
}>;

export type Side = 0 | 1;

// Pixels, as in PufferLib's Pong; y counts downwards. A paddle stands just outside the field.
export const fieldWidth = 500;
export const fieldHeight = 640;
export const ballSize = 32;
export const paddleWidth = 20;
export const framesPerSecond = 60;
export const mostFrames = 8;
const firstSpin = 1;

/** Numbers kept of each frame of a step: ball x and y, then the top of either paddle. */
export const pathLength = 4;

/** Where each number stands in the row. Pairs count by side. Places are top left corners. */
export const pongAt = {
  paddle: 0,
  ballX: 2,
  ballY: 3,
  /** Speeds of the ball, pixels per frame. */
  speedX: 4,
  speedY: 5,
  score: 6,
  /** Balls returned so far in this game. */
  hits: 8,
  /** Balls returned by anyone since the serve. */
  rally: 10,
  /** How many frames the last step took: fewer than asked for where it won a point. */
  frames: 11,
  /** What was seen in each of them; for the picture, since a ball may turn within a step. */
  path: 12,
} as const;
const at = pongAt;

export const stateNames = [
  ...['theirPaddle', 'myPaddle', 'ballX', 'ballY', 'speedX', 'speedY', 'theirScore', 'myScore'],
  ...['theirHits', 'myHits', 'rally', 'frames'],
  ...Array.from({ length: mostFrames }, (_, f) => [
    `pathX${f}`,
    `pathY${f}`,
    `theirs${f}`,
    `mine${f}`,
  ]).flat(),
];

/** What a side does in a step: one of the world's actions, or `follow`. */
export const stay = 0;
export const up = 1;
export const down = 2;
/** Follows the ball with its middle, at `pace` of a paddle's speed; such a player never spins the ball. */
export const follow = -1;

/** Which way an action moves a paddle: 1 is down, as y counts. */
export const directionOf = (action: number): number => (action === up ? -1 : action === down ? 1 : 0);

export const clampTo = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value;

/** How fast an opponent that follows the ball is, beside a paddle's own speed. */
const paceOf = (p: PongParams): number => (p.opponent === 'weak tracker' ? 0.5 : 1);

/** The ball goes up from here and both paddles stand in the middle. Two draws. */
export function serve(s: Float64Array, random: RandomSource, p: PongParams): void {
  const rises = random.integer(2);
  const toLeft = random.integer(2) === 1 && p.serve === 'either way';
  s[at.paddle] = (fieldHeight - p.paddleHeight) / 2;
  s[at.paddle + 1] = s[at.paddle]!;
  s[at.ballX] = toLeft ? (fieldWidth * 4) / 5 - ballSize : fieldWidth / 5;
  s[at.ballY] = (fieldHeight - ballSize) / 2;
  s[at.speedX] = toLeft ? -p.ballSpeed : p.ballSpeed;
  s[at.speedY] = rises === 1 ? -firstSpin : 0;
  s[at.rally] = 0;
}

function movePaddle(s: Float64Array, side: Side, action: number, p: PongParams): void {
  const top = s[at.paddle + side]!;
  let by = directionOf(action) * p.paddleSpeed;
  if (action === follow) {
    const speed = paceOf(p) * p.paddleSpeed;
    const away = s[at.ballY]! + ballSize / 2 - (top + p.paddleHeight / 2);
    by = clampTo(away, -speed, speed);
  }
  s[at.paddle + side] = clampTo(top + by, 0, fieldHeight - p.paddleHeight);
}

/** Whether the paddle is where the ball would leave the field. */
const meets = (s: Float64Array, side: Side, p: PongParams): boolean => {
  const top = s[at.paddle + side]!;
  return s[at.ballY]! + ballSize > top && s[at.ballY]! < top + p.paddleHeight;
};

/** No point was won in this frame. */
export const nobody = -1;

/** One frame of play; returns the side that won a point in it, or `nobody`. */
export function playFrame(s: Float64Array, mine: number, theirs: number, p: PongParams): number {
  movePaddle(s, 0, theirs, p);
  movePaddle(s, 1, mine, p);
  const x = s[at.ballX]! + s[at.speedX]!;
  const y = s[at.ballY]! + s[at.speedY]!;
  s[at.ballX] = x;
  s[at.ballY] = y;
  if (y < 0 || y > fieldHeight - ballSize) {
    s[at.speedY] = -s[at.speedY]!;
    s[at.ballY] = clampTo(y, 0, fieldHeight - ballSize);
  }
  const side: Side | -1 = x < 0 ? 0 : x > fieldWidth - ballSize ? 1 : -1;
  if (side < 0) return nobody;
  const reached = side as Side;
  const wall = reached === 0 && p.opponent === 'wall';
  if (!wall && !meets(s, reached, p)) return 1 - reached;
  // Back it goes, the faster up or down the paddle moved.
  const spin = p.spin * directionOf(reached === 0 ? theirs : mine);
  s[at.speedX] = -s[at.speedX]!;
  s[at.speedY] = clampTo(s[at.speedY]! + spin, -p.maxSpin, p.maxSpin);
  s[at.hits + reached] = s[at.hits + reached]! + 1;
  s[at.rally] = s[at.rally]! + 1;
  return nobody;
}

export const isOver = (s: Float64Array, p: PongParams): boolean =>
  s[at.score]! >= p.pointsToWin || s[at.score + 1]! >= p.pointsToWin;

/**
 * One step with what both sides do in it (an action, or `follow`): some frames, fewer where a point is won, after
 * which the next ball is served at once. Returns the reward of the right side: its points less the other's, and
 * the bonus for each ball it returned.
 */
export function stepBoth(
  s: Float64Array,
  mine: number,
  theirs: number,
  random: RandomSource,
  p: PongParams,
): number {
  const returned = s[at.hits + 1]!;
  let point = 0;
  let frame = 0;
  while (frame < p.frameSkip && point === 0) {
    const winner = playFrame(s, mine, theirs, p);
    const seen = at.path + pathLength * frame;
    s[seen] = s[at.ballX]!;
    s[seen + 1] = s[at.ballY]!;
    s[seen + 2] = s[at.paddle]!;
    s[seen + 3] = s[at.paddle + 1]!;
    frame++;
    if (winner === nobody) continue;
    s[at.score + winner] = s[at.score + winner]! + 1;
    point = winner === 1 ? 1 : -1;
    serve(s, random, p);
  }
  s[at.frames] = frame;
  return point + p.hitReward * (s[at.hits + 1]! - returned);
}

// What a side sees is measured by the usual speeds, so that a faster ball looks faster.
const usualSpeed = 10;
const usualSpin = 13;

export const observationNames = [
  'own paddle',
  'other paddle',
  'ball distance',
  'ball height',
  'ball approach',
  'ball fall',
  'own score',
  'other score',
];

/** Writes what that side sees, eight numbers: the field as if its own paddle stood at the right. */
export function observeFrom(s: Float64Array, side: Side, obs: Float32Array, to: number, p: PongParams): void {
  const other = 1 - side;
  const sign = side === 1 ? 1 : -1;
  const reach = (fieldHeight - p.paddleHeight) / 2;
  const spanX = (fieldWidth - ballSize) / 2;
  const spanY = (fieldHeight - ballSize) / 2;
  obs[to] = s[at.paddle + side]! / reach - 1;
  obs[to + 1] = s[at.paddle + other]! / reach - 1;
  obs[to + 2] = sign * (s[at.ballX]! / spanX - 1);
  obs[to + 3] = s[at.ballY]! / spanY - 1;
  obs[to + 4] = (sign * s[at.speedX]!) / usualSpeed;
  obs[to + 5] = s[at.speedY]! / usualSpin;
  obs[to + 6] = s[at.score + side]! / p.pointsToWin;
  obs[to + 7] = s[at.score + other]! / p.pointsToWin;
}

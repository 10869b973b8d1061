// Breakout on a 10 x 10 grid, with the rules and quirks of MinAtar's game (Young & Tian 2019), written from a
// description of its rules. Replays recorded MinAtar games exactly, random stream included. No picture is made here.
import { switchKnob } from '../../src/core/knobs.ts';
import type { RandomSource } from '../../src/core/random.ts';
import type { DiscreteWorld } from '../environment.ts';
import {
  configureMinAtar,
  type MinAtarParams,
  minatar,
  minatarAction,
  minatarKnobs,
  minimalActions,
  stickyAction,
  swapSides,
} from '../minatar.ts';

export type BreakoutParams = MinAtarParams & Readonly<{ mirrored: number; scramble: number }>;

export const gridSize = 10;
/** Bricks fill rows 1 to 3; row 0 is the corridor above them. */
export const brickRows = 3;
const brickCount = brickRows * gridSize;
const bottom = gridSize - 1;

/**
 * Where each number stands in the row. Bricks come first, row by row from row 1, left to right, 1 where one stands.
 * x counts columns from the left, y rows from the top.
 */
export const breakoutAt = {
  bricks: 0,
  ballX: brickCount,
  ballY: brickCount + 1,
  /** 0 up-left, 1 up-right, 2 down-right, 3 down-left. */
  direction: brickCount + 2,
  /** Where the ball was one step ago. */
  trailX: brickCount + 3,
  trailY: brickCount + 4,
  paddle: brickCount + 5,
  /** 1 if the ball entered a brick's cell in the last step. */
  contact: brickCount + 6,
  /** 1 once the ball was lost; nothing moves any more. */
  over: brickCount + 7,
  /** The action carried out last, which a sticky step repeats: 0 none, 1 left, 3 right. It outlives the episode. */
  executed: brickCount + 8,
} as const;
const at = breakoutAt;
const rowLength = brickCount + 9;

/** What this game heeds of MinAtar's actions. */
const heeded = [minatar.none, minatar.left, minatar.right];

// A direction's mirror images, for the numbering above.
const flipSideways = (direction: number): number => direction ^ 1;
const flipUpDown = (direction: number): number => 3 - direction;
const turnBack = (direction: number): number => direction ^ 2;
const sideways = (direction: number): number => (direction === 1 || direction === 2 ? 1 : -1);
const downwards = (direction: number): number => (direction >= 2 ? 1 : -1);

function buildWall(s: Float64Array): void {
  s.fill(1, at.bricks, at.bricks + brickCount);
}

function bricksLeft(s: Float64Array): number {
  let left = 0;
  for (let i = 0; i < brickCount; i++) left += s[at.bricks + i]!;
  return left;
}

function wallIsGone(s: Float64Array): boolean {
  for (let i = 0; i < brickCount; i++) if (s[at.bricks + i] !== 0) return false;
  return true;
}

/** Moves the ball by one diagonal cell, the paddle standing where it is; returns the reward. */
function moveBall(s: Float64Array): number {
  const oldX = s[at.ballX]!;
  const oldY = s[at.ballY]!;
  let direction = s[at.direction]!;
  let x = oldX + sideways(direction);
  let y = oldY + downwards(direction);
  let reward = 0;
  let contact = 0;
  if (x < 0 || x > bottom) {
    x = oldX;
    direction = flipSideways(direction);
  }
  const brick = y >= 1 && y <= brickRows ? at.bricks + (y - 1) * gridSize + x : -1;
  if (y < 0) {
    y = 0;
    direction = flipUpDown(direction);
  } else if (brick >= 0 && s[brick] === 1) {
    contact = 1;
    // Of two contacts in a row, the second is passed through unharmed.
    if (s[at.contact] === 0) {
      reward = 1;
      s[brick] = 0;
      y = oldY;
      direction = flipUpDown(direction);
    }
  } else if (y === bottom) {
    if (wallIsGone(s)) buildWall(s);
    const paddle = s[at.paddle]!;
    // The paddle returns a ball that was above it (a plain bounce) or that lands on it (back the way it came).
    if (oldX === paddle) {
      direction = flipUpDown(direction);
      y = oldY;
    } else if (x === paddle) {
      direction = turnBack(direction);
      y = oldY;
    } else {
      s[at.over] = 1;
    }
  }
  s[at.trailX] = oldX;
  s[at.trailY] = oldY;
  s[at.ballX] = x;
  s[at.ballY] = y;
  s[at.direction] = direction;
  s[at.contact] = contact;
  return reward;
}

/** A wall anywhere between whole and gone, the ball anywhere above the paddle's row and on its way, the paddle anywhere. */
function scramble(s: Float64Array, random: RandomSource): void {
  const standing = random.next();
  for (let i = 0; i < brickCount; i++) s[at.bricks + i] = random.next() < standing ? 1 : 0;
  const [x, y] = [random.integer(gridSize), random.integer(bottom)];
  const direction = random.integer(4);
  s[at.ballX] = x;
  s[at.ballY] = y;
  s[at.direction] = direction;
  // Where it must have come from; off the board means that it has just bounced there.
  s[at.trailX] = Math.min(bottom, Math.max(0, x - sideways(direction)));
  s[at.trailY] = Math.min(bottom - 1, Math.max(0, y - downwards(direction)));
  if (y >= 1 && y <= brickRows) s[at.bricks + (y - 1) * gridSize + x] = 0;
  s[at.paddle] = random.integer(gridSize);
}

const actions = minimalActions(heeded);

export const breakout: DiscreteWorld<BreakoutParams> = {
  id: 'breakout',
  title: 'Breakout',
  story:
    'A ball, a paddle one cell wide and a wall of thirty bricks on a ten by ten board. Every brick is a point, a ' +
    'finished wall grows back, and one miss ends it all. Now and then your last move repeats itself, so nothing can ' +
    'be learned by heart.',
  state: [
    ...Array.from({ length: brickCount }, (_, i) => `brick${i + gridSize}`),
    ...['ballX', 'ballY', 'direction', 'trailX', 'trailY', 'paddle', 'contact', 'over', 'executed'],
  ],
  observation: {
    shape: [gridSize, gridSize, 4],
    names: ['paddle', 'ball', 'trail', 'brick'],
    normalize: false,
    sparse: true,
  },
  action: actions,
  maxSteps: minatarKnobs.maxSteps.default,
  // Half a wall per game, about where MinAtar's published actor-critic ends. Random play scores 0.4, the expert 95.
  solvedAt: 15,
  returnRange: [0, 100],
  stepsPerSecond: 12,
  params: {
    ...minatarKnobs,
    mirrored: switchKnob('Mirrored controls', 'Left moves right and right moves left.'),
    scramble: switchKnob(
      'Scrambled start',
      'Every game begins in the middle of one: any wall, ball and paddle anywhere. Hardly any frame comes twice.',
    ),
  },
  variants: [
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
    { id: 'scrambled', title: 'Scrambled start', params: { scramble: 1 } },
  ],
  labelled: false,
  facts: [
    { name: 'ball x', of: (s) => s[at.ballX]! },
    { name: 'ball y', of: (s) => s[at.ballY]! },
    { name: 'paddle x', of: (s) => s[at.paddle]! },
    { name: 'bricks left', of: bricksLeft },
  ],

  configure: (p) => configureMinAtar(actions, p),

  /** A new game: the ball comes down from the left or the right edge, by one draw; scrambled, it is under way. */
  reset(s, random, p) {
    s[at.contact] = 0;
    s[at.over] = 0;
    if (p.scramble !== 0) {
      scramble(s, random);
      return;
    }
    const fromRight = random.integer(2) === 1;
    buildWall(s);
    s[at.ballX] = fromRight ? bottom : 0;
    s[at.ballY] = 3;
    s[at.direction] = fromRight ? 3 : 2;
    s[at.trailX] = s[at.ballX]!;
    s[at.trailY] = s[at.ballY]!;
    s[at.paddle] = 4;
  },

  step(s, action, random, p) {
    const asked = minatarAction(action, heeded, p);
    const wanted = p.mirrored === 0 ? asked : swapSides(asked);
    const executed = stickyAction(s, at.executed, wanted, random, p.stickyActionProbability);
    if (s[at.over] !== 0) return 0;
    if (executed === minatar.left) s[at.paddle] = Math.max(0, s[at.paddle]! - 1);
    else if (executed === minatar.right) s[at.paddle] = Math.min(bottom, s[at.paddle]! + 1);
    return moveBall(s);
  },

  terminated: (s) => s[at.over] !== 0,

  observe(s, obs, start) {
    obs.fill(0, start, start + gridSize * gridSize * 4);
    obs[start + (bottom * gridSize + s[at.paddle]!) * 4] = 1;
    obs[start + (s[at.ballY]! * gridSize + s[at.ballX]!) * 4 + 1] = 1;
    obs[start + (s[at.trailY]! * gridSize + s[at.trailX]!) * 4 + 2] = 1;
    for (let i = 0; i < brickCount; i++) {
      if (s[at.bricks + i] !== 0) obs[start + (gridSize + i) * 4 + 3] = 1;
    }
  },

  /** Averages 95 points with sticky actions (1000 games; 3 in 50 are lost to a sticky step) and 101 without. */
  expert(s, p) {
    const target = bestLanding(s);
    const paddle = s[at.paddle]!;
    if (target === paddle) return 0;
    const left = target < paddle === (p.mirrored === 0);
    return p.allActions === 0 ? (left ? 1 : 2) : left ? minatar.left : minatar.right;
  },
};

// ---- The expert: where will the ball come down, and which of the two cells that return it earns more?
// One cell sends it back as a mirror would, the other the way it came; the search tries both, a few returns ahead.

/** How many returns ahead the expert looks. */
const lookahead = 4;
/** A brick k steps away counts discount^k: sooner is better, and a loop without bricks is worth nothing. */
const discount = 0.98;
/** The value of losing the ball. */
const lost = -1000;
/** The ball comes down again long before this; a guard for rows that no game produces. */
const longestFlight = 100;

/** One row per return looked ahead, so that a search allocates nothing. */
const futures = Array.from({ length: lookahead + 1 }, () => new Float64Array(rowLength));
let landing = 0;

function bestLanding(s: Float64Array): number {
  if (s[at.over] !== 0) return s[at.paddle]!;
  futures[0]!.set(s);
  fallValue(0);
  return landing;
}

/**
 * What futures[depth] is worth: the ball flies until it needs the paddle, then either cell that returns it is tried.
 * Leaves the better cell in `landing`.
 */
function fallValue(depth: number): number {
  const s = futures[depth]!;
  let value = 0;
  let weight = 1;
  let steps = 1;
  while (!(s[at.ballY] === bottom - 1 && s[at.direction]! >= 2) && steps < longestFlight) {
    value += weight * moveBall(s);
    weight *= discount;
    steps++;
  }
  if (depth === lookahead) return value;
  const paddle = s[at.paddle]!;
  const under = s[at.ballX]!;
  const beyond = Math.min(bottom, Math.max(0, under + sideways(s[at.direction]!)));
  let best = Number.NEGATIVE_INFINITY;
  let choice = under;
  for (let i = 0; i < 2; i++) {
    const cell = i === 0 ? under : beyond;
    const spare = steps - Math.abs(cell - paddle);
    const next = futures[depth + 1]!;
    next.set(s);
    next[at.paddle] = cell;
    moveBall(next);
    const found = spare < 0 ? lost + spare : fallValue(depth + 1);
    if (found > best) {
      best = found;
      choice = cell;
    }
  }
  landing = choice;
  return value + weight * best;
}

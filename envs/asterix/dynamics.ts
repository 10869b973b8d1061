// Asterix on a 10 x 10 grid, with the rules and quirks of MinAtar's game (Young & Tian 2019), written from a description of
// its rules. Replays recorded MinAtar games exactly, random stream included. No picture is made here.
import { type NumberKnob, switchKnob } from '../../src/core/knobs.ts';
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
import {
  asterixState,
  asterixAt as at,
  clampX,
  clampY,
  enemy,
  gold,
  gridSize,
  lastCell,
  nothing,
  slots,
  slotWidth,
  stepX,
  stepY,
} from './board.ts';
import { bestMove } from './expert.ts';
import { asterixThings, observeThings } from './things.ts';

export type AsterixParams = MinAtarParams &
  Readonly<{
    ramping: number;
    goldOneIn: number;
    spawnInterval: number;
    moveInterval: number;
    mirrored: number;
    sees: string;
  }>;

/** Steps from one quickening to the next, less two. */
const rampWait = 100;
const heeded = [minatar.none, minatar.left, minatar.up, minatar.right, minatar.down];
const actions = minimalActions(heeded);
const channels = 4;

/** Something comes in at either side of a free row. The first two draws are made even when no row is free. */
function spawn(s: Float64Array, random: RandomSource, p: AsterixParams): void {
  const fromLeft = random.next() < 1 / 2;
  const isGold = random.next() < 1 / p.goldOneIn;
  let free = 0;
  for (let i = 0; i < slots; i++) if (s[i * slotWidth] === nothing) free++;
  if (free === 0) return;
  let skip = random.integer(free);
  for (let i = 0; i < slots; i++) {
    const slot = i * slotWidth;
    if (s[slot] !== nothing || skip-- > 0) continue;
    s[slot] = isGold ? gold : enemy;
    s[slot + 1] = fromLeft ? 0 : lastCell;
    s[slot + 2] = fromLeft ? 1 : -1;
    return;
  }
}

/** What the player touches in a slot: gold is taken, an enemy ends the game. Returns the reward. */
function touch(s: Float64Array, slot: number): number {
  if (s[slot] === enemy) {
    s[at.over] = 1;
    return 0;
  }
  s[slot] = nothing;
  return 1;
}

/** All things go on by one cell; whatever leaves the board is gone. Returns the reward of what runs into the player. */
function moveThings(s: Float64Array, playerX: number, playerSlot: number): number {
  let reward = 0;
  for (let slot = 0; slot < slots * slotWidth; slot += slotWidth) {
    if (s[slot] === nothing) continue;
    const x = s[slot + 1]! + s[slot + 2]!;
    s[slot + 1] = x;
    if (x < 0 || x > lastCell) s[slot] = nothing;
    else if (slot === playerSlot && x === playerX) reward += touch(s, slot);
  }
  return reward;
}

/** Every 102 steps things come more often, and every 204 they move faster. */
function quicken(s: Float64Array): void {
  if (s[at.spawnInterval]! <= 1 && s[at.moveInterval]! <= 1) return;
  if (s[at.rampTimer]! >= 0) {
    s[at.rampTimer]!--;
    return;
  }
  if (s[at.moveInterval]! > 1 && s[at.ramp]! % 2 === 1) s[at.moveInterval]!--;
  if (s[at.spawnInterval]! > 1) s[at.spawnInterval]!--;
  s[at.ramp]!++;
  s[at.rampTimer] = rampWait;
}

const interval = (label: string, usual: number, most: number, help: string): NumberKnob => ({
  kind: 'number',
  label,
  default: usual,
  min: 1,
  max: most,
  step: 1,
  unit: 'steps',
  help,
});

export const asterix: DiscreteWorld<AsterixParams> = {
  id: 'asterix',
  title: 'Asterix',
  story:
    'Gold and enemies cross the board in eight rows, at most one in each. Gold is a point, an enemy the end, and both come ' +
    'ever faster. You can see which way each one goes only by its trail, so the network must learn to read it.',
  state: asterixState,
  observation: {
    shape: [gridSize, gridSize, channels],
    names: ['player', 'enemy', 'trail', 'gold'],
    normalize: false,
    sparse: true,
  },
  action: actions,
  maxSteps: minatarKnobs.maxSteps.default,
  // Six times what random play scores (0.5 in the original and here).
  solvedAt: 3,
  returnRange: [0, 80],
  stepsPerSecond: 12,
  params: {
    ...minatarKnobs,
    ramping: {
      ...switchKnob(
        'Ever faster',
        'As in the original: things come and move faster the longer a game lasts.',
      ),
      default: 1,
    },
    goldOneIn: {
      kind: 'number',
      label: 'One gold in',
      default: 3,
      min: 1,
      max: 20,
      step: 1,
      unit: 'arrivals',
      help: 'One in so many things that come is gold; the others are enemies.',
    },
    spawnInterval: interval(
      'Arrival every',
      10,
      30,
      'Steps from one arrival to the next when a game begins.',
    ),
    moveInterval: interval(
      'Move every',
      5,
      20,
      'Steps from one move of all things to the next at the start.',
    ),
    mirrored: switchKnob('Mirrored controls', 'Left moves right and right moves left.'),
    sees: {
      kind: 'choice',
      label: 'Sees',
      default: 'frame',
      options: ['frame', 'things'],
      help: 'The board as a frame of cells, or a list of the things on it, which look at each other by attention.',
    },
  },
  variants: [
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
    { id: 'crowded', title: 'Twice as many, twice as fast', params: { spawnInterval: 5, moveInterval: 2 } },
    { id: 'things', title: 'Seen as a list of things', params: { sees: 'things' } },
    { id: 'golden', title: 'Every second is gold', params: { goldOneIn: 2 } },
  ],
  labelled: false,

  configure: (p) => ({
    ...configureMinAtar(actions, p),
    ...(p.sees === 'things' ? { observation: asterixThings } : {}),
  }),

  /** Nothing is drawn: every game begins alike. */
  reset(s, _random, p) {
    s.fill(0, 0, at.executed);
    s[at.playerX] = 5;
    s[at.playerY] = 5;
    s[at.spawnTimer] = p.spawnInterval;
    s[at.spawnInterval] = p.spawnInterval;
    s[at.moveTimer] = p.moveInterval;
    s[at.moveInterval] = p.moveInterval;
    s[at.rampTimer] = rampWait;
  },

  step(s, action, random, p) {
    const asked = minatarAction(action, heeded, p);
    const wanted = p.mirrored === 0 ? asked : swapSides(asked);
    const executed = stickyAction(s, at.executed, wanted, random, p.stickyActionProbability);
    if (s[at.over] !== 0) return 0;
    if (s[at.spawnTimer] === 0) {
      spawn(s, random, p);
      s[at.spawnTimer] = s[at.spawnInterval]!;
    }
    const x = clampX(s[at.playerX]! + stepX[executed]!);
    const y = clampY(s[at.playerY]! + stepY[executed]!);
    s[at.playerX] = x;
    s[at.playerY] = y;
    const slot = (y - 1) * slotWidth;
    let reward = s[slot] !== nothing && s[slot + 1] === x ? touch(s, slot) : 0;
    if (s[at.moveTimer] === 0) {
      s[at.moveTimer] = s[at.moveInterval]!;
      reward += moveThings(s, x, slot);
    }
    s[at.spawnTimer]!--;
    s[at.moveTimer]!--;
    if (p.ramping !== 0) quicken(s);
    return reward;
  },

  terminated: (s) => s[at.over] !== 0,

  observe(s, obs, start, p) {
    if (p.sees === 'things') {
      observeThings(s, obs, start);
      return;
    }
    obs.fill(0, start, start + gridSize * gridSize * channels);
    obs[start + (s[at.playerY]! * gridSize + s[at.playerX]!) * channels] = 1;
    for (let i = 0; i < slots; i++) {
      const slot = i * slotWidth;
      if (s[slot] === nothing) continue;
      const x = s[slot + 1]!;
      const behind = x - s[slot + 2]!;
      const row = start + (i + 1) * gridSize * channels;
      obs[row + x * channels + (s[slot] === gold ? 3 : 1)] = 1;
      if (behind >= 0 && behind <= lastCell) obs[row + behind * channels + 2] = 1;
    }
  },

  /** Averages 72 points with sticky actions and without (100 games each, four in five played until time is up). */
  expert(s, p) {
    const wanted = bestMove(s, p);
    // The world's own actions are MinAtar's first five, so both lists of actions name a move by the same number.
    return p.mirrored === 0 ? wanted : swapSides(wanted);
  },
};

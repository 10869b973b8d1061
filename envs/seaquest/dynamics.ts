// Seaquest on a 10 x 10 grid, with the rules and quirks of MinAtar's game (Young & Tian 2019), written from a description of
// its rules. Replays recorded MinAtar games exactly, random stream included. No picture is made here.
import { type NumberKnob, switchKnob } from '../../src/core/knobs.ts';
import { type DiscreteWorld, rewardKnob } from '../environment.ts';
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
import { bestMove } from './expert.ts';
import type { RowList } from './lists.ts';
import {
  seaquestAt as at,
  deepest,
  gridSize,
  lastCell,
  seaquestLists as lists,
  mostDivers,
  oxygenCells,
  seaquestState,
} from './sea.ts';
import { moveEverything, shoot, spawnDiver, spawnEnemy } from './swimmers.ts';

export type SeaquestParams = MinAtarParams &
  Readonly<{
    ramping: number;
    oxygen: number;
    spawnInterval: number;
    moveInterval: number;
    diverInterval: number;
    subOneIn: number;
    enemyReward: number;
    rescueReward: number;
    mirrored: number;
  }>;

/** Steps between two own shots. */
const reload = 5;
const fastestMove = 2;
const heeded = [minatar.none, minatar.left, minatar.up, minatar.right, minatar.down, minatar.fire];
const actions = minimalActions(heeded);

/** Numbers of the frame's channels. */
const channel = {
  subFront: 0,
  subBack: 1,
  shot: 2,
  trail: 3,
  enemyShot: 4,
  fish: 5,
  enemySub: 6,
  oxygen: 7,
  divers: 8,
  diver: 9,
} as const;
const channelNames = [
  ...['sub front', 'sub back', 'own shot', 'trail', 'enemy shot'],
  ...['fish', 'enemy sub', 'oxygen gauge', 'diver gauge', 'diver'],
];
const channels = channelNames.length;

/** Fires or moves the submarine. */
function steer(s: Float64Array, executed: number): void {
  if (executed === minatar.fire) {
    if (s[at.shotTimer] !== 0) return;
    s[at.shotTimer] = reload;
    shoot(s, lists.shots, s[at.subX]!, s[at.subY]!, s[at.way]!);
  } else if (executed === minatar.left || executed === minatar.right) {
    const way = executed === minatar.right ? 1 : -1;
    s[at.subX] = Math.min(lastCell, Math.max(0, s[at.subX]! + way));
    s[at.way] = way;
  } else if (executed === minatar.up) s[at.subY] = Math.max(0, s[at.subY]! - 1);
  else if (executed === minatar.down) s[at.subY] = Math.min(deepest, s[at.subY]! + 1);
}

/**
 * Comes up with divers: fresh air, and a full load is paid by the air that was left. One diver is then counted off, as in the
 * original also from a load that was just counted down to 0. From -1 divers on, surfacing never ends a game and refills
 * the air all the same: an exploit of the original that is kept, since its published scores were made with it.
 */
function surface(s: Float64Array, p: SeaquestParams): number {
  let reward = 0;
  s[at.surfaced] = 1;
  if (s[at.divers] === mostDivers) {
    reward = p.rescueReward * oxygenCells(s, p.oxygen);
    s[at.divers] = 0;
  }
  s[at.oxygen] = p.oxygen;
  s[at.divers]!--;
  if (p.ramping !== 0 && (s[at.spawnInterval]! > 1 || s[at.moveInterval]! > fastestMove)) {
    if (s[at.moveInterval]! > fastestMove && s[at.ramp]! % 2 === 1) s[at.moveInterval]!--;
    if (s[at.spawnInterval]! > 1) s[at.spawnInterval]!--;
    s[at.ramp]!++;
  }
  return reward;
}

/** Breathes under water, and surfaces at the top; the game is over without air, and at the top without a diver. */
function breathe(s: Float64Array, p: SeaquestParams): number {
  if (s[at.oxygen]! <= 0) s[at.over] = 1;
  if (s[at.subY]! > 0) {
    s[at.oxygen]!--;
    s[at.surfaced] = 0;
  } else if (s[at.surfaced] === 0) {
    if (s[at.divers] !== 0) return surface(s, p);
    s[at.over] = 1;
  }
  return 0;
}

/** Marks a list's cells in one channel and, for what leaves a trail, the cells behind. */
function mark(s: Float64Array, list: RowList, obs: Float32Array, start: number, layer: number): void {
  const end = list.first + s[list.count]! * list.width;
  const trails = list.width > 3;
  for (let entry = list.first; entry < end; entry += list.width) {
    const cell = start + (s[entry + 1]! * gridSize + s[entry]!) * channels;
    obs[cell + layer] = 1;
    const behind = s[entry]! - s[entry + 2]!;
    if (trails && behind >= 0 && behind <= lastCell) {
      obs[cell - s[entry + 2]! * channels + channel.trail] = 1;
    }
  }
}

interface Range {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}
const steps = (label: string, { usual, least, most }: Range, help: string): NumberKnob => ({
  kind: 'number',
  label,
  default: usual,
  min: least,
  max: most,
  step: 1,
  unit: 'steps',
  help,
});

export const seaquest: DiscreteWorld<SeaquestParams> = {
  id: 'seaquest',
  title: 'Seaquest',
  story:
    'A submarine hunts fish and other submarines, a point each, while its air runs out. To come up for air it must ' +
    'have picked up a diver, and six of them at once are worth more. What pays now and what keeps you alive are two ' +
    'different things: that is what makes this the hardest of the five games.',
  state: seaquestState,
  observation: {
    shape: [gridSize, gridSize, channels],
    names: channelNames,
    normalize: false,
    sparse: true,
  },
  action: actions,
  maxSteps: minatarKnobs.maxSteps.default,
  // Twenty times what random play scores (0.1 in the original and here).
  solvedAt: 2,
  returnRange: [0, 80],
  stepsPerSecond: 12,
  params: {
    ...minatarKnobs,
    ramping: {
      ...switchKnob('Ever faster', 'As in the original: each surfacing lets enemies come and move faster.'),
      default: 1,
    },
    oxygen: steps('Air', { usual: 200, least: 40, most: 1000 }, 'Steps that a full tank lasts under water.'),
    spawnInterval: steps(
      'Enemy every',
      { usual: 20, least: 5, most: 60 },
      'Steps from one enemy to the next when a game begins.',
    ),
    moveInterval: steps(
      'Enemies wait',
      { usual: 5, least: fastestMove, most: 10 },
      'Steps that an enemy rests between two moves when a game begins.',
    ),
    diverInterval: steps(
      'Diver every',
      { usual: 30, least: 10, most: 100 },
      'Steps from one diver to the next.',
    ),
    subOneIn: {
      kind: 'number',
      label: 'One submarine in',
      default: 3,
      min: 1,
      max: 20,
      step: 1,
      unit: 'enemies',
      help: 'One in so many enemies is a submarine, which shoots; the others are fish.',
    },
    enemyReward: rewardKnob('Enemy hit', 'Weight of the point for every fish and submarine that is hit.'),
    rescueReward: rewardKnob(
      'Six divers brought up',
      'Weight of the points for a full load: a tenth of a tank left is one.',
    ),
    mirrored: switchKnob('Mirrored controls', 'Left moves right and right moves left.'),
  },
  variants: [
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
    { id: 'thin-air', title: 'Half the air', params: { oxygen: 100 } },
  ],
  labelled: false,

  configure: (p) => configureMinAtar(actions, p),

  /** Nothing is drawn: every game begins alike, at the surface with a full tank. */
  reset(s, _random, p) {
    const executed = s[at.executed]!;
    s.fill(0);
    s[at.executed] = executed;
    s[at.oxygen] = p.oxygen;
    s[at.subX] = 5;
    s[at.way] = -1;
    s[at.surfaced] = 1;
    s[at.spawnTimer] = p.spawnInterval;
    s[at.spawnInterval] = p.spawnInterval;
    s[at.diverTimer] = p.diverInterval;
    s[at.moveInterval] = p.moveInterval;
  },

  step(s, action, random, p) {
    const asked = minatarAction(action, heeded, p);
    const wanted = p.mirrored === 0 ? asked : swapSides(asked);
    const executed = stickyAction(s, at.executed, wanted, random, p.stickyActionProbability);
    if (s[at.over] !== 0) return 0;
    if (s[at.spawnTimer] === 0) {
      spawnEnemy(s, random, p.subOneIn);
      s[at.spawnTimer] = s[at.spawnInterval]!;
    }
    if (s[at.diverTimer] === 0) {
      spawnDiver(s, random);
      s[at.diverTimer] = p.diverInterval;
    }
    steer(s, executed);
    const reward = p.enemyReward * moveEverything(s);
    if (s[at.spawnTimer]! > 0) s[at.spawnTimer]!--;
    if (s[at.diverTimer]! > 0) s[at.diverTimer]!--;
    if (s[at.shotTimer]! > 0) s[at.shotTimer]!--;
    return reward + breathe(s, p);
  },

  terminated: (s) => s[at.over] !== 0,

  observe(s, obs, start, p) {
    obs.fill(0, start, start + gridSize * gridSize * channels);
    const sub = start + (s[at.subY]! * gridSize + s[at.subX]!) * channels;
    obs[sub + channel.subFront] = 1;
    obs[sub - s[at.way]! * channels + channel.subBack] = 1;
    const gauges = start + lastCell * gridSize * channels;
    const air = oxygenCells(s, p.oxygen);
    for (let x = 0; x < air; x++) obs[gauges + x * channels + channel.oxygen] = 1;
    for (let x = lastCell - s[at.divers]!; x < lastCell; x++) obs[gauges + x * channels + channel.divers] = 1;
    mark(s, lists.shots, obs, start, channel.shot);
    mark(s, lists.enemyShots, obs, start, channel.enemyShot);
    mark(s, lists.fish, obs, start, channel.fish);
    mark(s, lists.subs, obs, start, channel.enemySub);
    mark(s, lists.divers, obs, start, channel.diver);
  },

  /** Averages 68 points with sticky actions and 82 without (100 games each of at most 1000 steps). */
  expert(s, p) {
    // The world's own actions are all six of MinAtar's.
    const wanted = bestMove(s, p);
    return p.mirrored === 0 ? wanted : swapSides(wanted);
  },
};

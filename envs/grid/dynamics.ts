// A grid world after Sutton & Barto (2018, chapters 3, 4 and 6: walls, cliff, wind) and Russell & Norvig (steps that slip
// sideways): small enough to be solved exactly, which makes it the place to compare what is learned with what is true.
import { type DrawingKnob, switchKnob } from '../../src/core/knobs.ts';
import type { DiscreteWorld, Forbidden } from '../environment.ts';
import { channels, frameSide, kinds, mapProblem, readMap, sight, stepX, stepY, writeFrame } from './map.ts';
import { isEnd, rewardOf, solve } from './solution.ts';

export type GridParams = Readonly<{
  map: string;
  slip: number;
  stepCost: number;
  goalReward: number;
  pitReward: number;
  fixedStart: number;
  mask: number;
}>;

/** Where each number stands in the row. */
export const gridAt = {
  /** Cell, row by row from the top left. */
  cell: 0,
  /** The kind of cell on which it ended; 0 while it goes on. */
  outcome: 1,
  /** The action asked for last and the one carried out, which a slip turns; -1 before the first. */
  asked: 2,
  went: 3,
} as const;
const at = gridAt;

const usualMap = [
  'S...#.....',
  '.##.#.P..G',
  '.#........',
  '.#.##>>>.#',
  '...#......',
  '.#.#.#.P..',
  '.#...#.##.',
  '.P.#.#....',
].join('/');

/** Four rooms of 10 x 10 with a door between neighbours; the goal is in the corner far from the start (404 cells to stand on). */
const fourRooms = Array.from({ length: 21 }, (_, y) => {
  if (y === 10) return '####.##########.#####';
  const row = y === 4 || y === 16 ? '.....................' : '..........#..........';
  return y === 0 ? `S${row.slice(1)}` : y === 20 ? `${row.slice(0, -1)}G` : row;
}).join('/');

/** The wall on the cell that each move leads to: one step from the middle of what is seen. */
const walled: Forbidden = stepX.map((dx, move) => [
  ((sight + stepY[move]!) * frameSide + sight + dx) * channels.length + kinds.wall - 1,
]);

const mapKnob: DrawingKnob = {
  kind: 'drawing',
  label: 'Map',
  default: usualMap,
  problem: mapProblem,
  help: 'One character a cell, rows joined by /: # wall, . floor, G goal, P pit, S start, ^ > v < wind. Can be painted on the world.',
};

export const grid: DiscreteWorld<GridParams> = {
  id: 'grid',
  title: 'Grid',
  story:
    'Find the goal, keep out of the pits, and mind that one step in ten slips sideways and that wind carries you one cell ' +
    'further. The map is yours to paint. Because it is small, the best answer can be computed exactly: lay what the network ' +
    'believes of every cell beside what is true.',
  state: ['cell', 'outcome', 'asked', 'went'],
  observation: {
    shape: [frameSide, frameSide, channels.length],
    names: channels,
    normalize: false,
    sparse: true,
  },
  action: {
    kind: 'discrete',
    names: ['up', 'right', 'down', 'left'],
    keys: ['ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft'],
  },
  maxSteps: 200,
  // The best play of this map, known from value iteration, gathers 0.904 on average; this is 2 % less. Random play: -1.0.
  solvedAt: 0.886,
  // Two hundred steps without an end cost two; a pit at the last of them one more.
  returnRange: [-3, 1],
  stepsPerSecond: 6,
  params: {
    map: mapKnob,
    slip: {
      kind: 'number',
      label: 'Slips',
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.01,
      unit: '',
      help: 'Share of the steps that go sideways instead, to either side alike.',
    },
    stepCost: {
      kind: 'number',
      label: 'Cost of a step',
      default: 0.01,
      min: 0,
      max: 0.2,
      step: 0.005,
      unit: '',
      part: 'reward',
      help: 'Taken off for every step, so that shorter ways are better.',
    },
    goalReward: {
      kind: 'number',
      label: 'Goal',
      default: 1,
      min: 0,
      max: 5,
      step: 0.1,
      unit: '',
      part: 'reward',
      help: 'Reward for reaching a goal.',
    },
    pitReward: {
      kind: 'number',
      label: 'Pit',
      default: -1,
      min: -5,
      max: 0,
      step: 0.1,
      unit: '',
      part: 'reward',
      help: 'Reward for falling into a pit; at 0 it is only a waste of time.',
    },
    fixedStart: switchKnob(
      'Always start at S',
      'Every episode begins on the cell marked S (without one, on the first floor) instead of anywhere.',
    ),
    mask: switchKnob(
      'Mask walls',
      'A policy cannot choose to walk into a wall, as long as another way is free.',
    ),
  },
  variants: [
    { id: 'slippery', title: 'Slippery floor', params: { slip: 0.4 } },
    {
      id: 'cliff',
      title: 'Cliff',
      params: { map: '............/............/............/SPPPPPPPPPPG', fixedStart: 1 },
    },
    {
      id: 'maze',
      title: 'Maze',
      params: {
        map: '.#...#..../.#.#.#.##./...#...#../##.#####.#/...#....../.###.###.#/.....#.#../####.#.#.#/G....#....',
      },
    },
    {
      id: 'four-rooms',
      title: 'Four rooms, one reward',
      params: { map: fourRooms, slip: 0, stepCost: 0, fixedStart: 1 },
    },
    {
      id: 'windy',
      title: 'Crosswind',
      params: { map: '....^^^^../....^^^^../....^^^^../S...^^^G../....^^^^../....^^^^../....^^^^..' },
    },
  ],
  labelled: false,
  configure: (p) => (p.mask === 1 ? { forbidden: walled } : {}),

  probes: {
    count: (p) => {
      const { width, height } = readMap(p.map);
      return width * height;
    },
    write: (cell, obs, start, p) => writeFrame(readMap(p.map), cell, obs, start),
  },

  // Walls are cells, too, that nobody ever comes to; a goal or a pit is come to and ends the episode.
  places: {
    name: 'cells',
    count: (p) => readMap(p.map).cells.length,
    reachable: (p) => readMap(p.map).cells.filter((kind) => kind !== kinds.wall).length,
    of: (s) => s[at.cell]!,
  },

  reset(s, random, p) {
    const { open, start } = readMap(p.map);
    s[at.cell] = p.fixedStart === 0 ? open[random.integer(open.length)]! : start;
    s[at.outcome] = 0;
    s[at.asked] = -1;
    s[at.went] = -1;
  },

  step(s, action, random, p) {
    const draw = random.next();
    if (s[at.outcome] !== 0) return 0;
    const map = readMap(p.map);
    const turn = draw < p.slip / 2 ? 3 : draw < p.slip ? 1 : 0;
    const went = (action + turn) & 3;
    const cell = map.next[4 * s[at.cell]! + went]!;
    s[at.cell] = cell;
    s[at.asked] = action;
    s[at.went] = went;
    if (isEnd(map, cell)) s[at.outcome] = map.cells[cell]!;
    return rewardOf(map, cell, p);
  },

  terminated: (s) => s[at.outcome] !== 0,

  observe(s, obs, start, p) {
    writeFrame(readMap(p.map), s[at.cell]!, obs, start);
  },

  /** Value iteration. Its mean return is computed exactly in the tests; see `solvedAt`. */
  expert: (s, p) => solve(readMap(p.map), p).action[s[at.cell]!]!,
};

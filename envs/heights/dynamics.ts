// Heights: say how high a landscape is at a point of the plane. Regression, dressed as a world: the answer is one
// number, it is always known, and being nearly right pays nearly in full. Rules only: nothing here draws a picture.
import { cos, exp, sin } from '../../src/core/math.ts';
import type { ContinuousWorld } from '../environment.ts';

export type HeightsParams = Readonly<{
  landscape: string;
  waves: number;
  turn: number;
  noise: number;
}>;

/** Answers kept in the row for the picture. */
export const kept = 24;
/** Numbers per answer: x, y, height, answer. */
export const keptLength = 4;

/** Where each number stands in the row. */
export const heightsAt = {
  x: 0,
  y: 1,
  /** What is to be said. */
  height: 2,
  /** Points answered in this episode, and the sum of the errors. */
  answered: 3,
  error: 4,
  /** Answers ever given; the last one is in slot (total - 1) % kept. It outlives the episode, as the slots do. */
  total: 5,
  /** The last answers, each in a slot of `keptLength` numbers. */
  last: 6,
} as const;
const at = heightsAt;

/** Places along a side of the map at which a brain is asked what it would say. */
export const probesPerSide = 48;

/** The map goes from here to there on both axes: a range in which the first weights of a network bend enough. */
export const edge = 5;

const landscapes = ['hills', 'plane', 'saddle', 'ripple'];

/** In parts of the map's half. The width is a standard deviation; below zero, the height is a depth. */
const hills = [
  { middleX: 0.35, middleY: 0.4, width: 0.34, height: 1 },
  { middleX: -0.5, middleY: -0.35, width: 0.4, height: -0.95 },
  { middleX: -0.55, middleY: 0.55, width: 0.28, height: 0.6 },
  { middleX: 0.5, middleY: -0.5, width: 0.3, height: -0.55 },
] as const;

/** x and y from -1 to 1. */
function landscapeAt(x: number, y: number, p: HeightsParams): number {
  switch (p.landscape) {
    case 'plane':
      return 0.6 * x + 0.35 * y;
    case 'saddle':
      return x * x - y * y;
    case 'ripple': {
      const radius = Math.sqrt(x * x + y * y);
      return 0.9 * cos(2 * Math.PI * p.waves * radius);
    }
    default: {
      let sum = 0;
      for (const { middleX, middleY, width, height } of hills) {
        const square = (x - middleX) ** 2 + (y - middleY) ** 2;
        sum += height * exp(-square / (2 * width * width));
      }
      return sum;
    }
  }
}

const within = (height: number): number => Math.min(1, Math.max(-1, height));

/** The true height at a place on the map: from -1 to 1. */
export function heightAt(x: number, y: number, p: HeightsParams): number {
  const u = x / edge;
  const v = y / edge;
  if (p.turn === 0) return within(landscapeAt(u, v, p));
  const angle = (p.turn * Math.PI) / 180;
  const c = cos(angle);
  const s = sin(angle);
  return within(landscapeAt(u * c + v * s, v * c - u * s, p));
}

export const heights: ContinuousWorld<HeightsParams> = {
  id: 'heights',
  title: 'Heights',
  story:
    'A landscape of hills and hollows, and a point on its map: how high is it there? The answer is a number between ' +
    'minus one and one, and the closer it is, the more it earns. No choice, no class: the smallest world of ' +
    'regression, and you can watch the brain raise its own map of the land.',
  state: [
    ...['x', 'y', 'height', 'answered', 'error', 'total'],
    ...Array.from({ length: kept }, (_, i) => [`x${i}`, `y${i}`, `height${i}`, `answer${i}`]).flat(),
  ],
  observation: { shape: [2], names: ['x', 'y'], normalize: false },
  action: {
    kind: 'continuous',
    axes: [
      {
        name: 'height',
        unit: '',
        low: -1,
        high: 1,
        keys: ['ArrowDown', 'ArrowUp'],
        does: ['lowest', 'highest'],
      },
    ],
  },
  maxSteps: 20,
  // An error of 0.05 on average: a fortieth of the range.
  solvedAt: 19,
  returnRange: [-20, 20],
  stepsPerSecond: 3,
  params: {
    landscape: {
      kind: 'choice',
      label: 'Landscape',
      default: 'hills',
      options: landscapes,
      help: 'What the land looks like: a plane is easy even for one neuron, ripples need many.',
    },
    waves: {
      kind: 'number',
      label: 'Waves',
      default: 1.25,
      min: 0.25,
      max: 3,
      step: 0.05,
      unit: '',
      help: 'How many rings a ripple has from the middle to the side.',
    },
    turn: {
      kind: 'number',
      label: 'Turn',
      default: 0,
      min: -180,
      max: 180,
      step: 1,
      unit: '°',
      help: 'Turns the landscape round the middle, anticlockwise.',
    },
    noise: {
      kind: 'number',
      label: 'Measuring noise',
      default: 0,
      min: 0,
      max: 0.5,
      step: 0.01,
      unit: '',
      help: 'Standard deviation of what is measured around the true height: the best answer is then the average.',
    },
  },
  variants: [
    { id: 'turned', title: 'Turned', params: { turn: 90 } },
    { id: 'ripple', title: 'Ripples', params: { landscape: 'ripple' } },
  ],
  labelled: true,

  // The middles of square cells, row by row from the top left corner of the map.
  probes: {
    count: () => probesPerSide * probesPerSide,
    write(i, obs, start) {
      obs[start] = edge * ((2 * (i % probesPerSide) + 1) / probesPerSide - 1);
      obs[start + 1] = edge * (1 - (2 * Math.floor(i / probesPerSide) + 1) / probesPerSide);
    },
  },

  reset(s, random, p) {
    s[at.answered] = 0;
    s[at.error] = 0;
    place(s, random.next(), random.next(), p.noise > 0 ? random.normal() : 0, p);
  },

  step(s, action, random, p) {
    const answer = action[0]!;
    const error = Math.abs(answer - s[at.height]!);
    const slot = at.last + keptLength * (s[at.total]! % kept);
    s[slot] = s[at.x]!;
    s[slot + 1] = s[at.y]!;
    s[slot + 2] = s[at.height]!;
    s[slot + 3] = answer;
    s[at.total] = s[at.total]! + 1;
    s[at.answered] = s[at.answered]! + 1;
    s[at.error] = s[at.error]! + error;
    place(s, random.next(), random.next(), p.noise > 0 ? random.normal() : 0, p);
    return 1 - error;
  },

  // There is always another point; the clock stops it after twenty.
  terminated: () => false,

  observe(s, obs, start) {
    obs[start] = s[at.x]!;
    obs[start + 1] = s[at.y]!;
  },

  /** What was measured: always right. */
  expert(s, action) {
    action[0] = s[at.height]!;
  },
};

/** A point at (u, v) of the unit square; its height fits a float32, in which answers are given. */
function place(s: Float64Array, u: number, v: number, stray: number, p: HeightsParams): void {
  const x = edge * (2 * u - 1);
  const y = edge * (2 * v - 1);
  s[at.x] = x;
  s[at.y] = y;
  s[at.height] = Math.fround(within(heightAt(x, y, p) + p.noise * stray));
}

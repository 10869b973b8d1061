// Points: name the class of a point on a plane, the oldest exercise of neural networks (two spirals: Lang & Witbrock
// 1988). A data set dressed as a world: the answer is always known. Rules only: nothing here draws a picture.
import type { DiscreteActions, DiscreteWorld } from '../environment.ts';
import { drawingProblem } from './drawn.ts';
import { classesOf, edge, type PlaneParams, samplePoint, shapes } from './shapes.ts';

export type PointsParams = PlaneParams;

/** Answers kept in the row for the picture. */
export const kept = 24;
/** Numbers per answer: x, y, class, answer. */
export const keptLength = 4;

/** Where each number stands in the row. */
export const pointsAt = {
  x: 0,
  y: 1,
  /** Its class, which is to be named. */
  label: 2,
  /** Points answered in this episode, and how many of them rightly. */
  answered: 3,
  right: 4,
  /** Answers ever given; the last one is in slot (total - 1) % kept. It outlives the episode, as the slots do. */
  total: 5,
  /** The last answers, each in a slot of `keptLength` numbers. */
  last: 6,
} as const;
const at = pointsAt;

/** Places along a side of the plane at which a brain is asked what it would say. */
export const probesPerSide = 48;

const letters = ['A', 'B', 'C', 'D'];

const classNames: readonly DiscreteActions[] = [2, 3, 4].map((count) => ({
  kind: 'discrete',
  names: letters.slice(0, count),
  keys: letters.slice(0, count).map((letter) => letter.toLowerCase()),
}));
const twoClasses = classNames[0]!;

/** A face: the outline, and the eyes and the mouth inside it. */
const face =
  'xi0xk0wm0wo0vq0ts0st0qv0ow0mw0kx0ix0fx0dw0bw09v07t06s04q03o03m02k02i02f03d03b0490670760' +
  '940b30d30f20h20k20m30o30q40s60t70v90wb0wd0xf0bl1bm1bn1bo1cl1cm1cn1co1dl1dm1dn1do1ml1mm1' +
  'mn1mo1nl1nm1nn1no1ol1om1on1oo1ac1ab1bb1ca1d91e91f81g81i81j81k81l91m91na1ob1pb1pc1';

export const points: DiscreteWorld<PointsParams> = {
  id: 'points',
  title: 'Points',
  story:
    'Points lie on a plane, and each belongs to a class: here, to one of two spirals wound round each other. The ' +
    'brain gets two numbers, where a point is, and must name its class. What it would say of all other places is ' +
    'painted behind them, so you can watch a network bend the plane until the classes come apart.',
  state: [
    ...['x', 'y', 'label', 'answered', 'right', 'total'],
    ...Array.from({ length: kept }, (_, i) => [`x${i}`, `y${i}`, `label${i}`, `answer${i}`]).flat(),
  ],
  observation: { shape: [2], names: ['x', 'y'], normalize: false },
  action: twoClasses,
  maxSteps: 20,
  solvedAt: 19,
  returnRange: [0, 20],
  stepsPerSecond: 4,
  params: {
    shape: {
      kind: 'choice',
      label: 'Shape',
      default: 'spiral',
      options: shapes,
      help: 'How the points lie: xor and circles are easy, spirals are the classic test; drawn ones are your own.',
    },
    noise: {
      kind: 'number',
      label: 'Noise',
      default: 0.1,
      min: 0,
      max: 2,
      step: 0.05,
      unit: '',
      help: 'How far points stray from their shape (standard deviation); the plane is eleven units wide.',
    },
    turn: {
      kind: 'number',
      label: 'Turn',
      default: 0,
      min: -180,
      max: 180,
      step: 1,
      unit: '°',
      help: 'Turns the whole shape round the middle, anticlockwise.',
    },
    windings: {
      kind: 'number',
      label: 'Windings',
      default: 1.5,
      min: 0.25,
      max: 3,
      step: 0.05,
      unit: 'turns',
      help: 'How often each arm of the spiral goes round.',
    },
    drawn: {
      kind: 'drawing',
      label: 'Drawn points',
      default: face,
      problem: drawingProblem,
      help: 'Your own points: column, row and class of each, for the shape "drawn".',
    },
  },
  variants: [
    { id: 'noisy', title: 'More noise', params: { noise: 0.4 } },
    { id: 'turned', title: 'Turned', params: { turn: 60 } },
    { id: 'four', title: 'Four classes', params: { shape: 'gaussians' } },
  ],
  labelled: true,

  // The middles of square cells, row by row from the top left corner of the plane.
  probes: {
    count: () => probesPerSide * probesPerSide,
    write(i, obs, start) {
      obs[start] = edge * ((2 * (i % probesPerSide) + 1) / probesPerSide - 1);
      obs[start + 1] = edge * (1 - (2 * Math.floor(i / probesPerSide) + 1) / probesPerSide);
    },
  },

  configure: (p) => ({ action: classNames[classesOf(p) - 2] ?? twoClasses }),

  reset(s, random, p) {
    s[at.answered] = 0;
    s[at.right] = 0;
    samplePoint(s, at.x, random, p);
  },

  step(s, action, random, p) {
    const right = action === s[at.label] ? 1 : 0;
    const slot = at.last + keptLength * (s[at.total]! % kept);
    s[slot] = s[at.x]!;
    s[slot + 1] = s[at.y]!;
    s[slot + 2] = s[at.label]!;
    s[slot + 3] = action;
    s[at.total] = s[at.total]! + 1;
    s[at.answered] = s[at.answered]! + 1;
    s[at.right] = s[at.right]! + right;
    samplePoint(s, at.x, random, p);
    return right;
  },

  // There is always another point; the clock stops it after twenty.
  terminated: () => false,

  observe(s, obs, start) {
    obs[start] = s[at.x]!;
    obs[start + 1] = s[at.y]!;
  },

  /** The class itself: always right. */
  expert: (s) => s[at.label]!,
};

// Sorter: handwritten digits come down a belt and each is to be sent into its chute. A data set dressed as a world:
// the answer is always known, so it can be taught by example as well as by reward. Rules only: nothing here draws
// to a screen; pen.ts turns a card into strokes and pixels.

import type { NumberKnob } from '../../src/core/knobs.ts';
import type { RandomSource } from '../../src/core/random.ts';
import type { DiscreteWorld } from '../environment.ts';
import { addGrain, cardLength, cardNames, createStrokes, type Hand, paintStrokes, traceCard } from './pen.ts';

export type DigitsParams = Hand;

// For the view, which draws the same strokes larger.
export { createStrokes, traceCard } from './pen.ts';

export const chutes = 10;
/** Pixels along a side of the scanned picture. */
export const pictureSide = 12;
const pixels = pictureSide * pictureSide;

/** Where things stand in the row: two cards (see pen.ts) and what happened to the last one. */
export const digitsAt = {
  /** The card under the scanner. */
  card: 0,
  /** The card sorted last; meaningless while `sorted` is 0. */
  lastCard: cardLength,
  /** Chute it was sent to, -1 before the first. */
  lastChute: 2 * cardLength,
  /** 1 if that was right. */
  lastRight: 2 * cardLength + 1,
  /** Cards sorted in this episode, and how many of them rightly. */
  sorted: 2 * cardLength + 2,
  right: 2 * cardLength + 3,
} as const;
const at = digitsAt;

const shapeAt = cardNames.indexOf('shape');
const noiseSeedAt = cardNames.indexOf('noiseSeed');

/** Writes a fresh card; always the same number of draws, whatever the digit or the parameters. */
function drawCard(s: Float64Array, random: RandomSource): void {
  s[at.card] = random.integer(chutes);
  for (let i = 1; i < cardLength; i++) {
    const uniform = random.next();
    s[at.card + i] = i === shapeAt || i === noiseSeedAt ? uniform : 2 * uniform - 1;
  }
}

const knob = (
  label: string,
  unit: string,
  [least, usual, most]: readonly [number, number, number],
  help: string,
): NumberKnob => ({ kind: 'number', label, default: usual, min: least, max: most, step: 0.01, unit, help });

const strokes = createStrokes();
const nearest = new Float64Array(pixels);

export const digits: DiscreteWorld<DigitsParams> = {
  id: 'digits',
  title: 'Sorter: Digits',
  story:
    'Handwritten digits come down a belt, and each must go into its own chute: one point if it is the right one. ' +
    'No two are written alike, and the scanner sees only twelve by twelve grey dots. The answer is always known, so ' +
    'here you can watch teaching by example and teaching by reward race each other.',
  state: [
    ...cardNames,
    ...cardNames.map((name) => `last.${name}`),
    ...['lastChute', 'lastRight', 'sorted', 'right'],
  ],
  observation: { shape: [pictureSide, pictureSide, 1], names: ['ink'], normalize: false },
  action: {
    kind: 'discrete',
    names: Array.from({ length: chutes }, (_, digit) => String(digit)),
    keys: Array.from({ length: chutes }, (_, digit) => String(digit)),
  },
  maxSteps: 20,
  solvedAt: 19,
  returnRange: [0, 20],
  stepsPerSecond: 3,
  params: {
    jitter: knob(
      'Jitter',
      '',
      [0, 1, 2],
      'How unlike each other the digits are: place, size, tilt, and every bend.',
    ),
    slant: knob(
      'Slant',
      '',
      [-0.8, 0.1, 0.8],
      'How far the writing leans: to the right above 0, to the left below.',
    ),
    thickness: knob(
      'Pen width',
      'of height',
      [0.03, 0.09, 0.25],
      'Width of the pen in parts of the picture.',
    ),
    otherShapes: knob(
      'Other shapes',
      '',
      [0, 0.3, 1],
      'How often a digit takes a less usual shape: a crossed 7, a closed 4.',
    ),
    noise: knob('Grain', '', [0, 0.08, 0.6], 'Grey speckle added to every dot.'),
  },
  variants: [
    {
      id: 'other-hand',
      title: 'Another hand',
      params: { slant: -0.45, thickness: 0.14, otherShapes: 0.9 },
    },
  ],
  labelled: true,

  reset(s, random) {
    s.fill(0);
    s[at.lastChute] = -1;
    drawCard(s, random);
  },

  step(s, action, random) {
    const right = action === s[at.card] ? 1 : 0;
    s.copyWithin(at.lastCard, at.card, at.card + cardLength);
    s[at.lastChute] = action;
    s[at.lastRight] = right;
    s[at.sorted] = s[at.sorted]! + 1;
    s[at.right] = s[at.right]! + right;
    drawCard(s, random);
    return right;
  },

  // The belt never ends by itself; the clock stops it after twenty cards.
  terminated: () => false,

  observe(s, obs, start, p) {
    traceCard(s, at.card, p, strokes);
    paintStrokes(strokes, pictureSide, obs, start, nearest);
    if (p.noise > 0) addGrain(obs, start, pixels, s[at.card + noiseSeedAt]!, p.noise);
  },

  expert: (s) => s[at.card]!,
};

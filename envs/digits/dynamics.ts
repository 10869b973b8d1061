// Sorter: handwritten digits come down a belt and each is to be sent into its chute. A data set dressed as a world:
// the answer is always known, so it can be taught by example as well as by reward. Rules only: nothing here draws
// to a screen; pen.ts turns a card into strokes and pixels.

import type { RandomSource } from '../../src/core/random.ts';
import type { DiscreteWorld } from '../environment.ts';
import { beltAt, beltKnob, beltNames, beltRules, clearBelt, sortItem } from '../sorter.ts';
import { shiftAndTilt } from './augment.ts';
import { paintDrawing } from './drawn.ts';
import { cardLength, cardNames, createStrokes, type Hand, paintStrokes, traceCard } from './pen.ts';

export type DigitsParams = Hand;

// For the view, which draws the same strokes larger.
export { createStrokes, traceCard } from './pen.ts';

export const chutes = 10;
/** Pixels along a side of the scanned picture. */
export const pictureSide = 12;
const pixels = pictureSide * pictureSide;

/** Where things stand in the row: two cards (see pen.ts) and what happened to the last one. */
export const digitsAt = beltAt(cardLength);
const at = digitsAt;

const shapeAt = cardNames.indexOf('shape');
const noiseSeedAt = cardNames.indexOf('noiseSeed');

/** Writes a fresh card; always the same number of draws, whatever the digit or the parameters. */
function drawCard(s: Float64Array, random: RandomSource): void {
  s[at.item] = random.integer(chutes);
  random.fill(s, at.item + 1, at.item + cardLength);
  for (let i = 1; i < cardLength; i++) {
    if (i !== shapeAt && i !== noiseSeedAt) s[at.item + i] = 2 * s[at.item + i]! - 1;
  }
}

const strokes = createStrokes();
const nearest = new Float64Array(pixels);

export const digits: DiscreteWorld<DigitsParams> = {
  ...beltRules,
  id: 'digits',
  title: 'Sorter: Digits',
  story:
    'Handwritten digits come down a belt, and each must go into its own chute: one point if it is the right one. ' +
    'No two are written alike, and the scanner sees only twelve by twelve grey dots. The answer is always known, so ' +
    'here you can watch teaching by example and teaching by reward race each other.',
  state: beltNames(cardNames),
  observation: { shape: [pictureSide, pictureSide, 1], names: ['ink'], normalize: false },
  action: {
    kind: 'discrete',
    names: Array.from({ length: chutes }, (_, digit) => String(digit)),
    keys: Array.from({ length: chutes }, (_, digit) => String(digit)),
  },
  solvedAt: 19,
  params: {
    jitter: beltKnob(
      'Jitter',
      '',
      [0, 1, 2],
      'How unlike each other the digits are: place, size, tilt, and every bend.',
    ),
    slant: beltKnob(
      'Slant',
      '',
      [-0.8, 0.1, 0.8],
      'How far the writing leans: to the right above 0, to the left below.',
    ),
    thickness: beltKnob(
      'Pen width',
      'of height',
      [0.03, 0.09, 0.25],
      'Width of the pen in parts of the picture.',
    ),
    otherShapes: beltKnob(
      'Other shapes',
      '',
      [0, 0.3, 1],
      'How often a digit takes a less usual shape: a crossed 7, a closed 4.',
    ),
    noise: beltKnob('Grain', '', [0, 0.08, 0.6], 'Grey speckle added to every dot.'),
  },
  variants: [
    {
      id: 'other-hand',
      title: 'Another hand',
      params: { slant: -0.45, thickness: 0.14, otherShapes: 0.9 },
    },
  ],

  reset(s, random) {
    clearBelt(s, at);
    drawCard(s, random);
  },

  step(s, action, random) {
    const reward = sortItem(s, at, action, action === s[at.item]);
    drawCard(s, random);
    return reward;
  },

  observe(s, obs, start, p) {
    traceCard(s, at.item, p, strokes);
    paintStrokes(strokes, pictureSide, p.noise, s[at.item + noiseSeedAt]!, obs, start, nearest);
  },

  sketch: {
    what: 'a digit',
    observe: (lines, obs, start, p) => paintDrawing(lines, p.thickness, pictureSide, obs, start),
  },

  augment: (obs, start, random) => shiftAndTilt(obs, start, pictureSide, random),

  expert: (s) => s[at.item]!,
};

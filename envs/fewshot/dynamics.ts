// Few-shot: up to eight glyphs with a label each, drawn anew every time, and one of the glyphs again without its label. Nothing
// can be learned by heart: which label a glyph has is told only beside it, and holds only this once. What can be learned is to
// look it up (in-context learning, as Chan et al. 2022 and Olsson et al. 2022 study it). A quarter of all glyphs is kept from
// training, to ask about pairs that were never seen.
import type { RandomSource } from '../../src/core/random.ts';
import type { DiscreteWorld } from '../environment.ts';
import { beltAt, beltKnob, beltNames, beltRules, clearBelt, sortItem } from '../sorter.ts';

export type FewShotParams = Readonly<{ examples: number; flips: number; glyphs: string }>;

export const mostExamples = 8;
/** A glyph is 4 x 4 black or white: a whole number of 16 bits, the first pixel the lowest. */
export const pixels = 16;
export const labels = ['A', 'B', 'C', 'D'] as const;

/** A task: glyphs and labels of the examples, which of them is asked for, and its glyph as it is shown. */
const taskNames = [
  ...Array.from({ length: mostExamples }, (_, i) => `glyph${i + 1}`),
  ...Array.from({ length: mostExamples }, (_, i) => `label${i + 1}`),
  'asked',
  'shown',
];
export const taskAt = {
  glyphs: 0,
  labels: mostExamples,
  asked: 2 * mostExamples,
  shown: 2 * mostExamples + 1,
};
const at = beltAt(taskNames.length);
export const fewShotAt = at;

/** Of each thing: whether it is there, whether it asks, its pixels as -1 and 1, its label if it has one. */
const thingSize = 2 + pixels + labels.length;
const things = 1 + mostExamples;

/** Whether a glyph is one of the quarter that is kept from training. */
export const isKept = (glyph: number): boolean => ((Math.imul(glyph, 40503) >>> 9) & 3) === 0;

/** A fresh task to s[0...]: glyphs that all differ, labels at will. */
function drawTask(s: Float64Array, random: RandomSource, p: FewShotParams): void {
  const kept = p.glyphs === 'kept';
  for (let i = 0; i < p.examples; i++) {
    let glyph: number;
    do glyph = random.integer(1 << pixels);
    while (isKept(glyph) !== kept || s.subarray(0, i).includes(glyph));
    s[taskAt.glyphs + i] = glyph;
    s[taskAt.labels + i] = random.integer(labels.length);
  }
  const asked = random.integer(p.examples);
  let shown = s[taskAt.glyphs + asked]!;
  for (let i = 0; i < p.flips; i++) shown ^= 1 << random.integer(pixels);
  s[taskAt.asked] = asked;
  s[taskAt.shown] = shown;
}

/** The label of the example that is asked for. */
const rightLabel = (s: Float64Array): number => s[taskAt.labels + s[taskAt.asked]!]!;

function writeThing(obs: Float32Array, start: number, glyph: number, label: number): void {
  obs[start] = 1;
  obs[start + 1] = label < 0 ? 1 : 0;
  for (let i = 0; i < pixels; i++) obs[start + 2 + i] = (glyph >> i) & 1 ? 1 : -1;
  for (let c = 0; c < labels.length; c++) obs[start + 2 + pixels + c] = c === label ? 1 : 0;
}

export const fewshot: DiscreteWorld<FewShotParams> = {
  ...beltRules,
  id: 'fewshot',
  title: 'Few-shot',
  story:
    'Eight small glyphs, each with a label, and then one of them again: which label had it? Glyphs and labels are drawn anew ' +
    'every time, so nothing can be learned by heart. The brain must learn to look it up: to compare, and to copy the answer.',
  state: beltNames(taskNames),
  observation: {
    shape: [things, thingSize],
    names: [
      'there',
      'asks',
      ...Array.from({ length: pixels }, (_, i) => `pixel ${i + 1}`),
      ...labels.map((label) => `label ${label}`),
    ],
    things: ['the question', ...Array.from({ length: mostExamples }, (_, i) => `example ${i + 1}`)],
    normalize: false,
  },
  action: { kind: 'discrete', names: labels, keys: ['a', 'b', 'c', 'd'] },
  // 97 of 100.
  solvedAt: 19.4,
  params: {
    examples: beltKnob(
      'Examples',
      '',
      [1, 8, mostExamples],
      'How many glyphs are shown with their labels.',
      1,
    ),
    flips: beltKnob(
      'Blots',
      'pixels',
      [0, 0, 4],
      'So many pixels of the question are turned over at random.',
      1,
    ),
    glyphs: {
      kind: 'choice',
      label: 'Glyphs',
      default: 'taught',
      options: ['taught', 'kept'],
      help: 'Three quarters of all glyphs are for training; the others are kept for asking what was never seen.',
    },
  },
  variants: [
    { id: 'kept', title: 'Glyphs never seen in training', params: { glyphs: 'kept' } },
    { id: 'blots', title: 'Two pixels turned over', params: { flips: 2 } },
    { id: 'few', title: 'Three examples', params: { examples: 3 } },
  ],

  reset(s, random, p) {
    clearBelt(s, at);
    drawTask(s, random, p);
  },

  step(s, action, random, p) {
    const reward = sortItem(s, at, action, action === rightLabel(s));
    drawTask(s, random, p);
    return reward;
  },

  observe(s, obs, start, p) {
    obs.fill(0, start, start + things * thingSize);
    writeThing(obs, start, s[taskAt.shown]!, -1);
    for (let i = 0; i < p.examples; i++) {
      writeThing(obs, start + (1 + i) * thingSize, s[taskAt.glyphs + i]!, s[taskAt.labels + i]!);
    }
  },

  expert: rightLabel,
};

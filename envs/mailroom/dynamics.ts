// Sorter, mailroom: short messages come down a belt, spam or letter. Which of the two comes first and the words are drawn
// from it, so Bayes' rule says exactly how sure one may be, and how often even the best reader must be wrong.
import type { RandomSource } from '../../src/core/random.ts';
import type { DiscreteWorld } from '../environment.ts';
import { bayesRate, beltAt, beltKnob, beltNames, beltRules, clearBelt, sortItem } from '../sorter.ts';
import { drawWord, likelihood, mostWords, templates, vocabulary, type Writing } from './language.ts';

export type MailroomParams = Writing;

// For the view, which writes the message out.
export { likelihood, mostWords, templates, vocabulary } from './language.ts';

/** A message: which it is (0 letter, 1 spam), the template it follows, and its words, -1 after the last. */
const messageNames = ['spam', 'template', ...Array.from({ length: mostWords }, (_, i) => `word${i}`)];
export const messageAt = { spam: 0, template: 1, words: 2 } as const;
const messageLength = messageNames.length;

export const mailroomAt = beltAt(messageLength);
const at = mailroomAt;

/** Writes a fresh message to s[0...]: the label first, then its words. */
function drawMessage(s: Float64Array, random: RandomSource, p: MailroomParams): void {
  const spam = random.next() < p.spam;
  const which = random.integer(templates.length);
  const slots = templates[which]!;
  s[messageAt.spam] = spam ? 1 : 0;
  s[messageAt.template] = which;
  for (let i = 0; i < mostWords; i++) {
    s[messageAt.words + i] = i < slots.length ? drawWord(slots[i]!, spam, random, p) : -1;
  }
}

/** Bayes' rule over the words of the message at s[from...]: the probability that it is spam. */
export function spamChance(s: Float64Array, from: number, p: MailroomParams): number {
  let spam = p.spam;
  let letter = 1 - p.spam;
  for (let i = 0; i < mostWords; i++) {
    const word = s[from + messageAt.words + i]!;
    if (word < 0) break;
    spam *= likelihood(word, true, p);
    letter *= likelihood(word, false, p);
  }
  return spam / (spam + letter);
}

/** Share of messages that the best possible reader sorts rightly. */
export const mailroomBayesRate = (p: MailroomParams, items?: number): number =>
  bayesRate(
    messageLength,
    (s, random) => drawMessage(s, random, p),
    (s) => {
      const chance = spamChance(s, 0, p);
      return Math.max(chance, 1 - chance);
    },
    items,
  );

export const mailroom: DiscreteWorld<MailroomParams> = {
  ...beltRules,
  id: 'mailroom',
  title: 'Sorter: Mailroom',
  story:
    'Short messages come down a belt: letters go left, spam goes right. The network is told only how often each word occurs, ' +
    'never in what order, and must find out by itself which words give spam away. Friends sometimes write like advertisers and ' +
    'advertisers like friends, so even the best possible reader is wrong now and then; how often is known exactly.',
  state: beltNames(messageNames),
  observation: { shape: [vocabulary.length], names: vocabulary, normalize: false, sparse: true },
  action: {
    kind: 'discrete',
    names: ['letter', 'spam'],
    keys: ['ArrowLeft', 'ArrowRight'],
  },
  // With the usual settings the best possible reader sorts 98.7 % rightly (19.7 of 20), as a test computes.
  solvedAt: 19.4,
  params: {
    overlap: beltKnob(
      'Overlap',
      '',
      [0, 0.2, 1],
      'How often one writes with the other’s words. At 0 any telling word settles it, at 1 nothing tells them apart.',
    ),
    spam: beltKnob('Share of spam', '', [0.05, 0.5, 0.95], 'How much of the mail is spam.'),
    style: beltKnob(
      'Style',
      '',
      [0, 0, 1],
      'Which words are the usual ones: at 1 those that at 0 are the rare ones of their kind.',
    ),
  },
  variants: [
    { id: 'other-style', title: 'Another writing style', params: { style: 1 } },
    { id: 'sly', title: 'Sly spam', params: { overlap: 0.45, spam: 0.3 } },
  ],

  reset(s, random, p) {
    clearBelt(s, at);
    drawMessage(s, random, p);
  },

  step(s, action, random, p) {
    const reward = sortItem(s, at, action, action === s[messageAt.spam]);
    drawMessage(s, random, p);
    return reward;
  },

  observe(s, obs, start) {
    obs.fill(0, start, start + vocabulary.length);
    for (let i = 0; i < mostWords; i++) {
      const word = s[messageAt.words + i]!;
      if (word < 0) break;
      obs[start + word] = obs[start + word]! + 1;
    }
  },

  /** The label itself: twenty of twenty, which no reader of the words alone can keep up. */
  expert: (s) => s[messageAt.spam]!,
};

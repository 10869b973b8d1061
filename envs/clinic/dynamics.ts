// Sorter, clinic: patients come one by one, and each is referred or sent home. Two answers must be told apart here. The reward
// is the patient's true need. The label (`expert`), from which supervised learners learn, is what the records say, which is the
// truth as long as nobody was overlooked (`labelBias` 0); with bias, whoever learns from records learns their prejudice, and the
// counters of errors by group show it.

import { switchKnob } from '../../src/core/knobs.ts';
import type { DiscreteWorld } from '../environment.ts';
import { bayesRate, beltAt, beltKnob, beltNames, beltRules, clearBelt, sortItem } from '../sorter.ts';
import {
  type ClinicParams,
  drawPatient,
  needChance,
  patientAt,
  patientLength,
  patientNames,
  vitalsCount,
} from './patients.ts';

export type { ClinicParams } from './patients.ts';
// For the view, which shows a patient's numbers.
export { needChance, patientAt } from './patients.ts';

/** For each group: patients who needed referral, of these the ones sent home, who did not, and of these the ones referred. */
const counterNames = ['A', 'B'].flatMap((group) =>
  ['needed', 'missed', 'well', 'needless'].map((name) => `${name}${group}`),
);
const belt = beltAt(patientLength);
export const clinicAt = {
  ...belt,
  /** Four counters for group A, then four for B. */
  counters: belt.right + 1,
} as const;
const at = clinicAt;
/** Places within a group's counters. */
export const countersAt = { needed: 0, missed: 1, well: 2, needless: 3, perGroup: 4 } as const;

/** The counters look back over about so many patients, of which the latest count most. */
export const lookBack = 100;

/** Share of patients that the best possible doctor, who sees only what the network sees, decides rightly. */
export const clinicBayesRate = (p: ClinicParams, patients?: number): number =>
  bayesRate(
    patientLength,
    (s, random) => drawPatient(s, random, p),
    (s) => {
      const chance = needChance(s, 0, p);
      return Math.max(chance, 1 - chance);
    },
    patients,
  );

/** Enters the patient under the scanner into the counters. They outlive an episode: a game is too short for four rates. */
function count(s: Float64Array, referred: number): void {
  for (let i = 0; i < 2 * countersAt.perGroup; i++)
    s[at.counters + i] = s[at.counters + i]! * (1 - 1 / lookBack);
  const needed = s[patientAt.needed]!;
  const all =
    at.counters +
    s[patientAt.group]! * countersAt.perGroup +
    (needed === 1 ? countersAt.needed : countersAt.well);
  s[all] = s[all]! + 1;
  if (referred !== needed) s[all + 1] = s[all + 1]! + 1;
}

export const clinic: DiscreteWorld<ClinicParams> = {
  ...beltRules,
  id: 'clinic',
  title: 'Sorter: Clinic',
  story:
    'Each patient is referred to hospital or sent home, by a few vitals and their history; one point if that is what the patient ' +
    'truly needed. In group B the oximeter reads too high, so the same number means a sicker patient. Hide the group, admit fewer ' +
    'of group B, or let old records overlook some of their referrals: learners by example copy the records’ errors, learners by ' +
    'reward do not, and the bars by group show who bears them.',
  state: [...beltNames(patientNames), ...counterNames],
  observation: {
    shape: [vitalsCount + 1],
    names: [
      ...[
        'age',
        'blood pressure',
        'heart rate',
        'temperature',
        'oxygen',
        'BMI',
        'glucose',
        'smoker',
        'admissions',
      ],
      'group B',
    ],
    normalize: true,
  },
  action: {
    kind: 'discrete',
    names: ['home', 'refer'],
    keys: ['ArrowLeft', 'ArrowRight'],
  },
  // With the usual settings the best possible doctor is right 98.8 % of the time (19.8 of 20), as a test computes.
  solvedAt: 19.4,
  params: {
    groupB: beltKnob(
      'Share of group B',
      '',
      [0, 0.3, 1],
      'How many of the patients seen in training are of group B.',
    ),
    labelBias: beltKnob(
      'Label bias',
      '',
      [0, 0, 1],
      'Share of group B’s referrals that the records wrongly call "home". Learners by example are taught the records; the reward is the true need.',
    ),
    hideGroup: switchKnob('Hide the group', 'The network is not told which group a patient is of.'),
    oximeterError: beltKnob(
      'Oximeter error',
      '',
      [0, 0.35, 0.6],
      'Part of the missing oxygen that the oximeter fails to show in group B.',
    ),
    uncertainty: beltKnob(
      'Uncertainty',
      'points',
      [0, 0.06, 1.5],
      'How blurred the line is between needing referral and not, in points of risk.',
    ),
    age: beltKnob('Mean age', 'years', [30, 50, 80], 'Older patients need referral more often.', 1),
  },
  variants: [
    { id: 'other-hospital', title: 'Another hospital', params: { age: 68, groupB: 0.75 } },
    { id: 'biased-records', title: 'Biased records', params: { labelBias: 0.6, groupB: 0.5 } },
    { id: 'hidden-group', title: 'Group hidden', params: { hideGroup: 1 } },
  ],

  reset(s, random, p) {
    clearBelt(s, at);
    drawPatient(s, random, p);
  },

  step(s, action, random, p) {
    count(s, action);
    const reward = sortItem(s, at, action, action === s[patientAt.needed]);
    drawPatient(s, random, p);
    return reward;
  },

  observe(s, obs, start, p) {
    for (let i = 0; i < vitalsCount; i++) obs[start + i] = s[i]!;
    obs[start + vitalsCount] = p.hideGroup === 0 ? s[patientAt.group]! : 0;
  },

  /** What the records say: twenty of twenty while they are right. */
  expert: (s) => s[patientAt.recorded]!,
};

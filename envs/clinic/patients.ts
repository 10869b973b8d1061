// Patients as a known model makes them: vitals and history, a risk that follows from them, and whether each truly needs
// referral. Two groups differ in one thing: the oximeter reads too high in group B, as real ones were found to do on dark
// skin (Sjoding et al. 2020, NEJM 383:2477), so that the same reading means a sicker patient.
import { exp } from '../../src/core/math.ts';
import type { RandomSource } from '../../src/core/random.ts';

export type ClinicParams = Readonly<{
  groupB: number;
  labelBias: number;
  hideGroup: number;
  oximeterError: number;
  uncertainty: number;
  age: number;
}>;

/** A patient: what is measured and known, the group (0 A, 1 B), the true need of referral, and what the records say of it. */
export const patientNames = [
  'age',
  'systolic',
  'heartRate',
  'temperature',
  'oxygen',
  'bmi',
  'glucose',
  'smoker',
  'admissions',
  'group',
  'needed',
  'recorded',
] as const;
export const patientLength = patientNames.length;
/** The first nine and the group are what a network may see. */
export const vitalsCount = 9;
export const patientAt = {
  age: 0,
  systolic: 1,
  heartRate: 2,
  temperature: 3,
  oxygen: 4,
  bmi: 5,
  glucose: 6,
  smoker: 7,
  admissions: 8,
  group: 9,
  needed: 10,
  recorded: 11,
} as const;
const at = patientAt;

/** Healthy blood is this full of oxygen, %; the worst patients lack so much more. */
const fullOxygen = 99;
const worstLack = 12;

/** Part of the lack of oxygen that the oximeter shows. */
const shownPart = (group: number, p: ClinicParams): number => 1 - group * p.oximeterError;

/** Points of risk above the line, were the patient at s[from...] of that group; at 0 half of such patients need referral. */
function risk(s: Float64Array, from: number, group: number, p: ClinicParams): number {
  const lack = (fullOxygen - s[from + at.oxygen]!) / shownPart(group, p);
  const fever = (s[from + at.temperature]! - 37) / 0.9;
  const pulse = (s[from + at.heartRate]! - 76) / 28;
  const pressure = (s[from + at.systolic]! - 128) / 40;
  const years = (s[from + at.age]! - 50) / 20;
  return (
    0.42 * lack +
    0.5 * fever * fever +
    0.45 * pulse * pulse +
    0.4 * pressure * pressure +
    0.45 * years +
    0.35 * Math.max(0, s[from + at.glucose]! - 6.5) +
    0.04 * (s[from + at.bmi]! - 26) +
    s[from + at.smoker]! * (0.4 + 0.25 * years) +
    0.22 * s[from + at.admissions]! -
    3.4
  );
}

/** Logistic in the risk; with no uncertainty a sharp line. */
function needAt(points: number, { uncertainty }: ClinicParams): number {
  if (uncertainty === 0) return points > 0 ? 1 : 0;
  return 1 / (1 + exp(-points / uncertainty));
}

/** Writes a fresh patient to s[0...]; always the same number of draws. */
export function drawPatient(s: Float64Array, random: RandomSource, p: ClinicParams): void {
  const group = random.next() < p.groupB ? 1 : 0;
  const age = Math.min(Math.max(p.age + 17 * random.normal(), 18), 96);
  const bmi = Math.max(16, 26 + 4.5 * random.normal());
  const lack = worstLack * random.next() ** 2;
  s[at.age] = age;
  s[at.systolic] = 110 + 0.3 * age + 15 * random.normal();
  s[at.heartRate] = 76 + 13 * random.normal();
  s[at.temperature] = 37 + 0.7 * random.normal();
  s[at.oxygen] = fullOxygen - lack * shownPart(group, p);
  s[at.bmi] = bmi;
  s[at.glucose] = Math.max(2.5, 5.6 + 0.08 * (bmi - 26) + 1.1 * random.normal());
  s[at.smoker] = random.next() < 0.25 ? 1 : 0;
  s[at.admissions] = Math.floor(6 * random.next() ** 2 * random.next());
  s[at.group] = group;
  const needed = random.next() < needAt(risk(s, 0, group, p), p) ? 1 : 0;
  const overlooked = random.next() < p.labelBias && group === 1;
  s[at.needed] = needed;
  s[at.recorded] = overlooked ? 0 : needed;
}

/**
 * The probability that the patient at s[from...] is of group B, by what the network may see. Only the oxygen reading tells:
 * the lack x² of uniform x has a density of 1 / sqrt(lack), of which a meter that shows a part q of it makes one 1 / sqrt(q)
 * as high up to q times the worst.
 */
function groupBChance(s: Float64Array, from: number, p: ClinicParams): number {
  if (p.hideGroup === 0) return s[from + at.group]!;
  const part = shownPart(1, p);
  if (fullOxygen - s[from + at.oxygen]! > worstLack * part) return 0;
  const b = p.groupB / Math.sqrt(part);
  return b / (b + 1 - p.groupB);
}

/** The probability that the patient at s[from...] truly needs referral, by all that the network may see. */
export function needChance(s: Float64Array, from: number, p: ClinicParams): number {
  const b = groupBChance(s, from, p);
  const chanceA = b < 1 ? (1 - b) * needAt(risk(s, from, 0, p), p) : 0;
  return b > 0 ? chanceA + b * needAt(risk(s, from, 1, p), p) : chanceA;
}

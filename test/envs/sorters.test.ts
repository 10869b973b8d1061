// What is known of the sorters: how the mailroom, the clinic and the shop come by their items, so what the best possible sorter
// gets right, and that in the clinic reward and label part where the records are biased.
import { describe, expect, it } from 'vitest';
import {
  type ClinicParams,
  clinic,
  clinicAt,
  clinicBayesRate,
  countersAt,
  needChance,
  patientAt,
} from '../../envs/clinic/dynamics.ts';
import type { DiscreteWorld, WorldParams } from '../../envs/environment.ts';
import {
  type MailroomParams,
  mailroom,
  mailroomBayesRate,
  messageAt,
  spamChance,
  templates,
  vocabulary,
} from '../../envs/mailroom/dynamics.ts';
import {
  customerAt,
  type ShopParams,
  segmentChances,
  shop,
  shopBayesRate,
} from '../../envs/shop/dynamics.ts';
import { itemsPerGame } from '../../envs/sorter.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { createRandom } from '../../src/core/random.ts';

const settings = <P extends WorldParams>(def: DiscreteWorld<P>, given: Partial<P> = {}): P =>
  worldParams(def as unknown as DiscreteWorld, given as WorldParams) as unknown as P;

const lanesOf = <P extends WorldParams>(def: DiscreteWorld<P>, given: Partial<P> = {}, count = 1) => {
  const lanes = createLanes(def as unknown as DiscreteWorld, settings(def, given), count);
  lanes.resetAll(createRandom('sorters'));
  return lanes;
};

/** Share of `items` for which `choose`, who is shown the row, is paid. */
function paid<P extends WorldParams>(
  def: DiscreteWorld<P>,
  given: Partial<P>,
  choose: (row: Float64Array, p: P) => number,
  items = 6000,
): number {
  const lanes = lanesOf(def, given);
  const p = lanes.params as unknown as P;
  let sum = 0;
  for (let i = 0; i < items; i++) {
    lanes.step([choose(lanes.rows, p)]);
    sum += lanes.rewards[0]!;
  }
  return sum / items;
}

const chances = new Float64Array(6);
const deciders = {
  mailroom: (row: Float64Array, p: MailroomParams) => (spamChance(row, 0, p) > 0.5 ? 1 : 0),
  clinic: (row: Float64Array, p: ClinicParams) => (needChance(row, 0, p) > 0.5 ? 1 : 0),
  shop: (row: Float64Array, p: ShopParams) => {
    segmentChances(row, 0, p, chances);
    return chances.indexOf(Math.max(...chances));
  },
};

describe('the Bayes rate', () => {
  it('is what Bayes’ decision earns, as it is and in other settings', () => {
    const mails: Partial<MailroomParams>[] = [{}, { overlap: 0.5, spam: 0.2 }, { overlap: 0.3, style: 0.4 }];
    const patients: Partial<ClinicParams>[] = [
      {},
      { hideGroup: 1, groupB: 0.5, oximeterError: 0.5 },
      { uncertainty: 0.5, age: 70, labelBias: 1 },
    ];
    const customers: Partial<ShopParams>[] = [
      {},
      { overlap: 0.7, mix: 0.5 },
      { purchases: 5, season: 0.3, mix: -0.4 },
    ];
    const near = (earned: number, rate: number) => expect(Math.abs(earned - rate)).toBeLessThan(0.01);
    for (const given of mails) {
      near(paid(mailroom, given, deciders.mailroom), mailroomBayesRate(settings(mailroom, given)));
    }
    for (const given of patients) {
      near(paid(clinic, given, deciders.clinic), clinicBayesRate(settings(clinic, given)));
    }
    for (const given of customers) {
      near(paid(shop, given, deciders.shop), shopBayesRate(settings(shop, given)));
    }
  });

  it('is as the worlds’ comments say, above what counts as solved', () => {
    const rates = [
      [mailroom.solvedAt, mailroomBayesRate(settings(mailroom), 20000), 0.987],
      [clinic.solvedAt, clinicBayesRate(settings(clinic), 20000), 0.988],
      [shop.solvedAt, shopBayesRate(settings(shop), 20000), 0.991],
    ] as const;
    for (const [solvedAt, rate, said] of rates) {
      expect(Math.abs(rate - said)).toBeLessThan(0.0015);
      expect(solvedAt / itemsPerGame).toBeLessThan(rate - 0.015);
    }
  });

  it('is 1 where nothing overlaps and chance where everything does', () => {
    expect(mailroomBayesRate(settings(mailroom, { overlap: 0 }))).toBe(1);
    expect(mailroomBayesRate(settings(mailroom, { overlap: 1 }))).toBeCloseTo(0.5, 10);
    expect(mailroomBayesRate(settings(mailroom, { overlap: 1, spam: 0.2 }))).toBeCloseTo(0.8, 10);
    expect(clinicBayesRate(settings(clinic, { uncertainty: 0 }))).toBe(1);
    expect(shopBayesRate(settings(shop, { overlap: 1 }))).toBeCloseTo(1 / 6, 10);
    expect(shopBayesRate(settings(shop, { overlap: 0, purchases: 60 }))).toBeGreaterThan(0.9999);
  });

  it('falls as the overlap grows', () => {
    const falls = (rates: readonly number[]) => rates.every((rate, i) => i === 0 || rate < rates[i - 1]!);
    const overlaps = [0.1, 0.3, 0.5, 0.7, 0.9];
    expect(falls(overlaps.map((overlap) => mailroomBayesRate(settings(mailroom, { overlap }))))).toBe(true);
    expect(falls(overlaps.map((overlap) => shopBayesRate(settings(shop, { overlap }))))).toBe(true);
    expect(falls(overlaps.map((uncertainty) => clinicBayesRate(settings(clinic, { uncertainty }))))).toBe(
      true,
    );
  });
});

describe('the mailroom', () => {
  it('writes with 256 words, each used, and shows how often each occurs', () => {
    expect(vocabulary.length).toBe(256);
    expect(new Set(vocabulary).size).toBe(256);
    const lanes = lanesOf(mailroom, { style: 0.5 });
    const seen = new Set<number>();
    for (let t = 0; t < 6000; t++) {
      const slots = templates[lanes.rows[messageAt.template]!]!;
      const words = [...lanes.rows.slice(messageAt.words, messageAt.words + slots.length)];
      const counts = new Float32Array(256);
      for (const word of words) {
        counts[word]!++;
        seen.add(word);
      }
      if (t % 100 === 0) expect(lanes.observations).toEqual(counts);
      lanes.step([0]);
    }
    expect(seen.size).toBe(256);
  });

  it('has templates that a bag of words tells apart, each with a word that settles it where nothing overlaps', () => {
    const bags = templates.map((slots) =>
      slots
        .map(({ first }) => first)
        .sort((a, b) => a - b)
        .join(),
    );
    expect(new Set(bags).size).toBe(templates.length);
    for (const slots of templates) {
      expect(slots.length).toBeLessThanOrEqual(12);
      expect(slots.some(({ field, common }) => field.tell === 1 && common === 0)).toBe(true);
    }
  });

  it('draws words as often as their likelihoods say', () => {
    // Where the posterior is within [0.6, 0.8], about that share must be spam.
    const lanes = lanesOf(mailroom, { overlap: 0.6 });
    const p = lanes.params as unknown as MailroomParams;
    let [said, was, n] = [0, 0, 0];
    for (let t = 0; t < 20000; t++) {
      const chance = spamChance(lanes.rows, 0, p);
      if (chance > 0.6 && chance < 0.8) {
        said += chance;
        was += lanes.rows[messageAt.spam]!;
        n++;
      }
      lanes.step([0]);
    }
    expect(n).toBeGreaterThan(1000);
    expect(Math.abs(was - said) / n).toBeLessThan(0.03);
  });
});

describe('the clinic', () => {
  const countsOf = (row: Float64Array, group: number) => [
    ...row.slice(
      clinicAt.counters + group * countersAt.perGroup,
      clinicAt.counters + (group + 1) * countersAt.perGroup,
    ),
  ];
  const readsRecords = (row: Float64Array) => row[patientAt.recorded]!;

  it('teaches the records and pays for the true need: with bias they part, in group B alone', () => {
    expect(paid(clinic, {}, readsRecords)).toBe(1);
    const lanes = lanesOf(clinic, { labelBias: 0.5, groupB: 0.5 });
    for (let t = 0; t < 3000; t++) lanes.step([readsRecords(lanes.rows)]);
    const [, missedA, , needlessA] = countsOf(lanes.rows, 0);
    const [neededB, missedB, , needlessB] = countsOf(lanes.rows, 1);
    expect([missedA, needlessA, needlessB]).toEqual([0, 0, 0]);
    // The counters look back over some hundred patients only.
    expect(missedB! / neededB!).toBeGreaterThan(0.2);
    expect(missedB! / neededB!).toBeLessThan(0.8);
    expect(paid(clinic, { labelBias: 1, groupB: 0.5 }, readsRecords)).toBeLessThan(0.9);
  });

  it('counts errors by group, over about as many patients as it says, across games', () => {
    const lanes = lanesOf(clinic);
    for (let t = 0; t < 2000; t++) lanes.step([1]);
    const all = [0, 1].flatMap((group) => countsOf(lanes.rows, group));
    const patients = all[0]! + all[2]! + all[4]! + all[6]!;
    expect(patients).toBeCloseTo(100, 5);
    expect([all[1], all[5]]).toEqual([0, 0]);
    expect([all[3], all[7]]).toEqual([all[2], all[6]]);
  });

  it('reads less lack of oxygen in group B, which whoever does not see the group cannot correct', () => {
    const mean = (group: number): number => {
      const lanes = lanesOf(clinic, { groupB: group });
      let sum = 0;
      for (let t = 0; t < 2000; t++, lanes.step([0])) sum += lanes.rows[patientAt.oxygen]!;
      return sum / 2000;
    };
    expect(mean(1) - mean(0)).toBeCloseTo(0.35 * 4, 0.7);
    const hidden = lanesOf(clinic, { hideGroup: 1, groupB: 1 });
    expect(hidden.observations.at(-1)).toBe(0);
    expect(lanesOf(clinic, { groupB: 1 }).observations.at(-1)).toBe(1);
    const shown = clinicBayesRate(settings(clinic));
    expect(clinicBayesRate(settings(clinic, { hideGroup: 1 }))).toBeLessThan(shown - 0.02);
    expect(clinicBayesRate(settings(clinic, { hideGroup: 1, oximeterError: 0 }))).toBeCloseTo(
      clinicBayesRate(settings(clinic, { oximeterError: 0 })),
      10,
    );
  });
});

describe('the shop', () => {
  it('shows each history as parts of its purchases', () => {
    for (const purchases of [1, 20, 60]) {
      const lanes = lanesOf(shop, { purchases });
      for (let t = 0; t < 50; t++, lanes.step([0])) {
        const counts = lanes.rows.slice(customerAt.counts, customerAt.counts + 24);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(purchases);
        expect(lanes.observations.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      }
    }
  });

  it('lets segments be as common as its mix says', () => {
    const share = (mix: number, segment: number): number => {
      const lanes = lanesOf(shop, { mix });
      let n = 0;
      for (let t = 0; t < 4000; t++, lanes.step([0])) if (lanes.rows[customerAt.segment] === segment) n++;
      return n / 4000;
    };
    expect(share(0, 5)).toBeCloseTo(1 / 6, 1.5);
    expect(share(1, 0)).toBeCloseTo(0.634, 1.5);
    expect(share(-1, 5)).toBeCloseTo(0.634, 1.5);
  });
});

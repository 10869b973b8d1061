// Sorter, shop: customers come with what they have bought, and each is recommended one of six products. Behind the purchases
// are six hidden segments, so the same rows serve to classify, to find clusters in, to compress and to recommend by.
import type { DiscreteWorld } from '../environment.ts';
import { bayesRate, beltAt, beltKnob, beltNames, beltRules, clearBelt, sortItem } from '../sorter.ts';
import {
  customerAt,
  customerLength,
  customerNames,
  drawCustomer,
  productCount,
  products,
  recommendations,
  type ShopParams,
  segmentChances,
  segmentCount,
} from './customers.ts';

export type { ShopParams } from './customers.ts';
// For the view.
export {
  customerAt,
  productCount,
  products,
  recommendations,
  segmentChances,
  segmentCount,
  segments,
} from './customers.ts';

export const shopAt = beltAt(customerLength);
const at = shopAt;

const chances = new Float64Array(segmentCount);

/** Share of customers whose segment the best possible shopkeeper guesses from their purchases. */
export const shopBayesRate = (p: ShopParams, customers?: number): number =>
  bayesRate(
    customerLength,
    (s, random) => drawCustomer(s, random, p),
    (s) => {
      segmentChances(s, 0, p, chances);
      return Math.max(...chances);
    },
    customers,
  );

export const shop: DiscreteWorld<ShopParams> = {
  ...beltRules,
  id: 'shop',
  title: 'Sorter: Shop',
  story:
    'Customers come with a list of what they bought, and each is to be shown the one of six products that suits them best. There ' +
    'are six kinds of customer, but nobody says so: the kinds are hidden in what is bought together. Clustering finds them without ' +
    'being told, compression keeps little else, and a recommender needs nothing more.',
  state: beltNames(customerNames),
  // In parts of all purchases, so that a long history looks like a short one.
  observation: { shape: [productCount], names: products, normalize: true },
  action: {
    kind: 'discrete',
    names: recommendations,
    keys: recommendations.map((_, i) => String(i + 1)),
  },
  // With the usual settings the best possible shopkeeper is right 99.1 % of the time (19.8 of 20), as a test computes.
  solvedAt: 19.4,
  params: {
    overlap: beltKnob(
      'Overlap',
      '',
      [0, 0.5, 1],
      'Share of purchases that say nothing of who buys: at 1 all segments buy alike.',
    ),
    purchases: beltKnob('Purchases', '', [1, 20, 60], 'Length of each customer’s history.', 1),
    mix: beltKnob(
      'Segment mix',
      '',
      [-1, 0, 1],
      'At 0 all segments are as common; above, the first ones are, below, the last ones.',
    ),
    season: beltKnob(
      'Season',
      '',
      [0, 0, 1],
      'At 1 each segment buys most what at 0 it buys least of its own.',
    ),
  },
  variants: [
    { id: 'other-mix', title: 'Another segment mix', params: { mix: 0.6 } },
    { id: 'other-season', title: 'Another season', params: { season: 1 } },
  ],

  reset(s, random, p) {
    clearBelt(s, at);
    drawCustomer(s, random, p);
  },

  step(s, action, random, p) {
    const reward = sortItem(s, at, action, action === s[customerAt.segment]);
    drawCustomer(s, random, p);
    return reward;
  },

  observe(s, obs, start, p) {
    for (let c = 0; c < productCount; c++) obs[start + c] = s[customerAt.counts + c]! / p.purchases;
  },

  /** The segment itself, which no shopkeeper sees. */
  expert: (s) => s[customerAt.segment]!,
};

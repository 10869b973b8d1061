// Customers of hidden segments and what they buy: each segment has its own taste among the same products, mixed with what
// everyone buys. The segment is never shown; the purchases are all there is to guess it from.
import { exp, log } from '../../src/core/math.ts';
import type { RandomSource } from '../../src/core/random.ts';

export type ShopParams = Readonly<{
  overlap: number;
  purchases: number;
  mix: number;
  season: number;
}>;

/** Who shops here, and the product to recommend to each: the one they would all like best and have not got yet. */
export const segments = ['cooks', 'gardeners', 'gamers', 'parents', 'runners', 'readers'] as const;
export const recommendations = ['pan', 'flower', 'gamepad', 'teddy', 'shoe', 'book'] as const;

/** Four products of each segment's own, in the order of the segments. */
export const products = [
  ...['spices', 'cheese', 'noodles', 'wine'],
  ...['seeds', 'soil', 'pots', 'shears'],
  ...['games', 'headsets', 'crisps', 'cables'],
  ...['nappies', 'crayons', 'blocks', 'juice'],
  ...['socks', 'bottles', 'oat bars', 'plasters'],
  ...['tea', 'candles', 'lamps', 'pencils'],
] as const;
export const segmentCount = segments.length;
export const productCount = products.length;

// Most of what a segment buys is its own: first the usual four, then a little of its neighbour's, in whose shelves it looks too.
const own = 4;
const reach = 6;
const usualTaste = [0.34, 0.26, 0.17, 0.11, 0.07, 0.05];
/** In another season tastes turn: what was bought least of one's own is bought most. */
const otherTaste = [0.11, 0.17, 0.26, 0.34, 0.05, 0.07];

const tasteAt = (place: number, { season }: ShopParams): number =>
  usualTaste[place]! + season * (otherTaste[place]! - usualTaste[place]!);

/** Which segments are common: at 0 all alike; above, each is rarer than the one before it, by a factor e^-mix. */
const weightOf = (segment: number, mix: number): number => exp(-mix * segment);

/** The chance of a customer of each segment, to out. */
function segmentShares(p: ShopParams, out: Float64Array): void {
  let sum = 0;
  for (let k = 0; k < segmentCount; k++) sum += weightOf(k, p.mix);
  for (let k = 0; k < segmentCount; k++) out[k] = weightOf(k, p.mix) / sum;
}

/** The chance that a purchase of this segment's customer is this product. */
function purchaseChance(segment: number, product: number, p: ShopParams): number {
  const place = (product - segment * own + productCount) % productCount;
  const particular = place < reach ? (1 - p.overlap) * tasteAt(place, p) : 0;
  return particular + p.overlap / productCount;
}

/** A customer: the segment, then how often each product was bought. */
export const customerNames = ['segment', ...products];
export const customerLength = customerNames.length;
export const customerAt = { segment: 0, counts: 1 } as const;

const shares = new Float64Array(segmentCount);
const tastes = new Float64Array(reach);

/** The place in a list of chances that a uniform draw falls on. */
function fallsOn(chances: Float64Array, draw: number): number {
  const last = chances.length - 1;
  let left = draw;
  for (let i = 0; i < last; i++) {
    left -= chances[i]!;
    if (left < 0) return i;
  }
  return last;
}

/** Writes a fresh customer to s[0...]: one draw for the segment, one a purchase. */
export function drawCustomer(s: Float64Array, random: RandomSource, p: ShopParams): void {
  segmentShares(p, shares);
  for (let i = 0; i < reach; i++) tastes[i] = tasteAt(i, p);
  const segment = fallsOn(shares, random.next());
  s.fill(0, customerAt.counts, customerLength);
  s[customerAt.segment] = segment;
  const first = segment * own;
  const particular = 1 / (1 - p.overlap);
  for (let i = 0; i < p.purchases; i++) {
    const draw = random.next();
    const product =
      draw < p.overlap
        ? Math.floor((draw / p.overlap) * productCount)
        : (first + fallsOn(tastes, (draw - p.overlap) * particular)) % productCount;
    s[customerAt.counts + product] = s[customerAt.counts + product]! + 1;
  }
}

/** Bayes' rule over the purchases of the customer at s[from...]: the probability of each segment, to out. */
export function segmentChances(s: Float64Array, from: number, p: ShopParams, out: Float64Array): void {
  segmentShares(p, out);
  let top = -Infinity;
  for (let k = 0; k < segmentCount; k++) {
    let sum = log(out[k]!);
    for (let c = 0; c < productCount; c++) {
      const bought = s[from + customerAt.counts + c]!;
      if (bought > 0) sum += bought * log(purchaseChance(k, c, p));
    }
    out[k] = sum;
    if (sum > top) top = sum;
  }
  let total = 0;
  for (let k = 0; k < segmentCount; k++) {
    out[k] = exp(out[k]! - top);
    total += out[k]!;
  }
  for (let k = 0; k < segmentCount; k++) out[k] = out[k]! / total;
}

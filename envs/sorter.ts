// What the sorters share: items come down a belt, each is sent into one of a few chutes, and the row remembers the item
// under the scanner, the one before it and how that went. What an item is, and which chute is right, is each world's own.
import type { NumberKnob } from '../src/core/knobs.ts';
import { type RandomSource, rowRandom } from '../src/core/random.ts';

/** The clock stops the belt after so many items; one point for each that was sorted rightly. */
export const itemsPerGame = 20;

/** Where things stand in the row of a sorter whose items are `length` numbers each. */
export const beltAt = (length: number) =>
  ({
    /** The item under the scanner. */
    item: 0,
    /** The item sorted last; meaningless while `sorted` is 0. */
    lastItem: length,
    /** Chute it was sent to, -1 before the first. */
    lastChute: 2 * length,
    /** 1 if that was right. */
    lastRight: 2 * length + 1,
    /** Items sorted in this episode, and how many of them rightly. */
    sorted: 2 * length + 2,
    right: 2 * length + 3,
  }) as const;
export type BeltAt = ReturnType<typeof beltAt>;

/** Names of such a row, for an item's names. */
export const beltNames = (item: readonly string[]): readonly string[] => [
  ...item,
  ...item.map((name) => `last.${name}`),
  ...['lastChute', 'lastRight', 'sorted', 'right'],
];

/** An empty belt: nothing sorted yet. The first item is for the world to put on it. */
export function clearBelt(s: Float64Array, at: BeltAt): void {
  s.fill(0, at.item, at.right + 1);
  s[at.lastChute] = -1;
}

/** Sends the item into a chute and returns the reward; the next one is for the world to put on the belt. */
export function sortItem(s: Float64Array, at: BeltAt, chute: number, right: boolean): number {
  const point = right ? 1 : 0;
  s.copyWithin(at.lastItem, at.item, at.lastItem);
  s[at.lastChute] = chute;
  s[at.lastRight] = point;
  s[at.sorted] = s[at.sorted]! + 1;
  s[at.right] = s[at.right]! + point;
  return point;
}

/** What all sorters say of themselves alike. */
export const beltRules = {
  maxSteps: itemsPerGame,
  returnRange: [0, itemsPerGame],
  stepsPerSecond: 3,
  labelled: true,
  // The belt never ends by itself.
  terminated: () => false,
} as const;

export const beltKnob = (
  label: string,
  unit: string,
  [least, usual, most]: readonly [number, number, number],
  help: string,
  step = 0.01,
): NumberKnob => ({ kind: 'number', label, default: usual, min: least, max: most, step, unit, help });

/**
 * The Bayes rate: the share of items that the best possible sorter gets right, who knows how items come about but sees only
 * what the network sees. It is the mean of the likeliest chute's posterior over `items` drawn items, which varies far less
 * than counting hits would.
 * `draw` puts an item at s[0...], `likeliest` returns that posterior.
 */
export function bayesRate(
  length: number,
  draw: (s: Float64Array, random: RandomSource) => void,
  likeliest: (s: Float64Array) => number,
  items = 10000,
): number {
  const s = new Float64Array(length);
  const random = rowRandom();
  random.bind(new Float64Array([1]), 0);
  let sum = 0;
  for (let i = 0; i < items; i++) {
    draw(s, random);
    sum += likeliest(s);
  }
  return sum / items;
}

// How letters and spam are written: fields of words, most of them used by one of the two, and templates that put them in
// order. A word belongs to one field, so what it says for spam or against it is known exactly.
import type { RandomSource } from '../../src/core/random.ts';

/** How a writer writes; all of the world's parameters. */
export type Writing = Readonly<{
  overlap: number;
  spam: number;
  style: number;
}>;

interface Field {
  /** How much its words tell, 1: as much as `overlap` leaves, 0: nothing. */
  readonly tell: number;
  readonly spam: readonly string[];
  readonly letter: readonly string[];
  /** Used by both alike. */
  readonly both: readonly string[];
}

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

const field = (tell: number, spam: string, letter: string, both = ''): Field => ({
  tell,
  spam: words(spam),
  letter: words(letter),
  both: words(both),
});

/** Within a list the usual words come first. */
const fields = {
  greeting: field(
    0.6,
    'congratulations attention notice alert greetings wow bingo jackpot-alert',
    'hi hey morning darling hiya evening howdy welcome-home',
    'hello dear',
  ),
  person: field(
    1,
    'customer winner member client shopper subscriber investor beneficiary gambler cardholder borrower bidder player debtor holder seeker',
    'mum dad anna grandma tom auntie neighbour coach uncle sarah paul granddad emma nurse gardener cousin',
  ),
  verb: field(
    1,
    'claim buy unlock order redeem activate click collect download upgrade verify multiply double-up grab',
    'bring fetch borrow fix wash pack paint mend carry return water bake knit iron',
    'send check open',
  ),
  quality: field(
    1,
    'free exclusive cheap guaranteed amazing luxury limited secret golden instant bargain risk-free incredible special deluxe miracle',
    'old warm spare little broken muddy homemade woolly rusty wooden blue heavy tiny leftover striped borrowed',
  ),
  thing: field(
    1,
    'prize voucher loan casino bonus pills jackpot discount credit lottery coupon refund gadget reward trial crypto',
    'keys cake report photos soup bike homework recipe jam ladder umbrella scarf piano sofa hammer sandwiches',
  ),
  event: field(
    1,
    'sale giveaway promotion clearance raffle launch auction webinar drawing offer',
    'meeting birthday picnic lesson wedding rehearsal match exam breakfast funfair',
  ),
  closing: field(
    1,
    'hurry urgent click-here act-now no-risk last-chance guaranteed-win reply-now',
    'thanks love cheers hugs kisses see-you take-care sleep-well',
    'bye regards',
  ),
  amount: field(
    0.4,
    'million thousand hundred double triple unlimited billion countless',
    'two three few some several four five another',
  ),
  place: field(
    0.4,
    'website store warehouse hotline portal bank call-centre webshop exchange checkout',
    'office school kitchen station library park garden bakery harbour attic',
    'market door',
  ),
  when: field(
    0.4,
    'now today immediately tonight instantly at-once within-hours overnight non-stop while-stocks-last',
    'tomorrow later sunday monday afterwards saturday in-spring next-month wednesday after-school',
    'soon friday next-week',
  ),
  // Words that any message may need; they tell nothing.
  the: field(0, '', '', 'the'),
  your: field(0, '', '', 'your'),
  a: field(0, '', '', 'a'),
  please: field(0, '', '', 'please'),
  is: field(0, '', '', 'is'),
  at: field(0, '', '', 'at'),
  for: field(0, '', '', 'for'),
  and: field(0, '', '', 'and'),
  we: field(0, '', '', 'we'),
  with: field(0, '', '', 'with'),
  my: field(0, '', '', 'my'),
  from: field(0, '', '', 'from'),
} as const satisfies Readonly<Record<string, Field>>;

/** Each template is as usual in spam as in letters. No two use the same fields as often, so a bag of words tells which it was. */
const templateTexts = [
  'greeting person, please verb your quality thing when.',
  'greeting person! the quality thing and the event, when. closing!',
  'person, verb the thing at the place when. closing!',
  'greeting person, amount quality thing for the event. closing!',
  'please verb the quality thing for the event at the place. closing!',
  'greeting! your quality thing is at the place. verb a thing when.',
  'the event is when: verb your quality thing, person.',
  'person, we verb amount thing and a quality thing for your event.',
  'greeting person, a quality thing with my thing from the place. closing!',
  'verb my thing, verb the quality thing, person. closing!',
];

export const mostWords = 12;

interface Slot {
  readonly field: Field;
  /** Number of the field's first word in the vocabulary. */
  readonly first: number;
  /** Chance that its word comes from the list both use. */
  readonly common: number;
  /** Written straight after the word. */
  readonly mark: string;
}

const fieldNames = Object.keys(fields) as (keyof typeof fields)[];
const wordsOf = ({ spam, letter, both }: Field): readonly string[] => [...spam, ...letter, ...both];

/** Every word there is; a word's number is its place here. */
export const vocabulary: readonly string[] = fieldNames.flatMap((name) => wordsOf(fields[name]));

const firstOf = new Map<string, number>();
for (let i = 0, first = 0; i < fieldNames.length; i++) {
  firstOf.set(fieldNames[i]!, first);
  first += wordsOf(fields[fieldNames[i]!]).length;
}

export const templates: readonly (readonly Slot[])[] = templateTexts.map((text) =>
  words(text).map((word) => {
    const [, name = '', mark = ''] = /^(\w+)(\W*)$/.exec(word) ?? [];
    const own: Field = fields[name as keyof typeof fields];
    const common = own.both.length / (own.both.length + own.spam.length);
    return { field: own, first: firstOf.get(name)!, common, mark };
  }),
);

/** Chance that a word from one of its two lists is from the other writer's. */
const leak = (tell: number, overlap: number): number => 0.5 * (1 - tell * (1 - overlap));

/**
 * Which word of a list of n: the chance of the first r words is sqrt(r / n), so the first of sixteen comes a quarter of the
 * time and the last three times in a hundred. In the other style the list is read from its end.
 */
function pick(n: number, draw: number, style: number): number {
  const turned = draw < style;
  const u = turned ? draw / style : (draw - style) / (1 - style);
  const rank = Math.min(n - 1, Math.floor(n * u * u));
  return turned ? n - 1 - rank : rank;
}

/** Writes the number of a word for this slot; always two draws. */
export function drawWord(slot: Slot, spam: boolean, random: RandomSource, p: Writing): number {
  const which = random.next();
  const draw = random.next();
  const { first, common } = slot;
  const { tell, spam: ofSpam, letter, both } = slot.field;
  if (which < common) return first + ofSpam.length + letter.length + pick(both.length, draw, p.style);
  const strays = which - common < (1 - common) * leak(tell, p.overlap);
  return spam === strays
    ? first + ofSpam.length + pick(letter.length, draw, p.style)
    : first + pick(ofSpam.length, draw, p.style);
}

// Of each word of the vocabulary: what its field tells, and whether it is spam's (1), a letter's (-1) or both's (0).
const tells = fieldNames.flatMap((name) => wordsOf(fields[name]).map(() => fields[name].tell));
const sides = fieldNames.flatMap((name) => {
  const { spam, letter, both } = fields[name] as Field;
  return [...spam.map(() => 1), ...letter.map(() => -1), ...both.map(() => 0)];
});

/**
 * How likely word w is in spam, up to a factor that is the same in letters: within a list both writers choose alike, so only
 * from whose list it comes counts.
 */
export function likelihood(word: number, spam: boolean, p: Writing): number {
  const side = sides[word]!;
  if (side === 0) return 0.5;
  const stray = leak(tells[word]!, p.overlap);
  return spam === side > 0 ? 1 - stray : stray;
}

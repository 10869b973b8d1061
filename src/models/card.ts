// The card of a model file: who it is, how it was taught, how good it is. Kept as JSON in one metadata entry of
// the file, so that a library can show a model without knowing how to run it. Reading trusts nothing.
import { type Activation, activationCode } from '../core/kernels/contract/activations.ts';
import type { KnobValues } from '../core/knobs.ts';
import { decodeSafetensors, encodeSafetensors, type Metadata } from '../core/safetensors.ts';
import { isFingerprint } from './fingerprint.ts';
import type { ModelSummary } from './store/store.ts';

/** How well a brain did over some episodes. */
export interface Score {
  readonly mean: number;
  /** Interquartile mean: of the middle half. */
  readonly iqm: number;
  /** 95 % bootstrap interval of the mean. */
  readonly low: number;
  readonly high: number;
  readonly episodes: number;
}

export interface Card {
  readonly format: 'relearn';
  readonly version: 1;
  readonly title: string;
  readonly world: string;
  /** Only what differs from the world's own settings. */
  readonly params: KnobValues;
  readonly learner: string;
  /** Only what differs from the learner's defaults. */
  readonly knobs: KnobValues;
  /** Units of the trunk's dense layers, and what stands after each layer. */
  readonly brain: {
    readonly hidden: readonly number[];
    readonly activation: Activation;
    readonly settings?: Readonly<Record<string, number | string>>;
  };
  readonly lanes: number;
  readonly seed: number;
  readonly updates: number;
  /** Steps of single lanes. */
  readonly steps: number;
  /** Wall-clock seconds spent training. */
  readonly seconds: number;
  readonly score: Score | null;
  /** SHA-256 of the weights. */
  readonly fingerprint: string;
  /** ISO 8601 time of saving. */
  readonly savedAt: string;
  /** Fingerprint or id of the model it was fine-tuned from. */
  readonly parent: string | null;
  /** The command that makes it again, where one does. */
  readonly command: string | null;
}

const entryName = 'relearn';
const version = 1;

/** The metadata entry that carries the card. */
export const cardMetadata = (card: Card): Metadata => ({ [entryName]: JSON.stringify(card) });

export const summaryOf = (id: string, card: Card, bytes: number): ModelSummary => ({
  id,
  title: card.title,
  world: card.world,
  learner: card.learner,
  updates: card.updates,
  steps: card.steps,
  score: card.score?.mean ?? null,
  fingerprint: card.fingerprint,
  savedAt: card.savedAt,
  bytes,
  parent: card.parent,
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 10_000;
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** What a field must be, in words, and whether a value is that. */
type Rule = readonly [allowed: string, holds: (value: unknown) => boolean];

const text: Rule = ['a text of at most 10000 characters', isText];
const textOrNull: Rule = ['a text or null', (value) => value === null || isText(value)];
const count: Rule = ['a whole number, 0 or more', isCount];

const scoreRules: { readonly [K in keyof Score]: Rule } = {
  mean: ['a number', isNumber],
  iqm: ['a number', isNumber],
  low: ['a number', isNumber],
  high: ['a number', isNumber],
  episodes: count,
};

const isScore = (value: unknown): boolean =>
  isRecord(value) && Object.entries(scoreRules).every(([name, [, holds]]) => holds(value[name]));

const isSettings = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((setting) => isNumber(setting) || isText(setting));

const cardRules: { readonly [K in keyof Omit<Card, 'format' | 'version'>]: Rule } = {
  title: text,
  world: text,
  params: ['an object of numbers and texts', isSettings],
  learner: text,
  knobs: ['an object of numbers and texts', isSettings],
  brain: [
    'an object with hidden (whole numbers) and activation',
    (value) =>
      isRecord(value) &&
      Array.isArray(value['hidden']) &&
      value['hidden'].every(isCount) &&
      typeof value['activation'] === 'string' &&
      Object.hasOwn(activationCode, value['activation']) &&
      (value['settings'] === undefined || isSettings(value['settings'])),
  ],
  lanes: count,
  seed: ['a whole number', Number.isSafeInteger],
  updates: count,
  steps: count,
  seconds: ['a number, 0 or more', (value) => isNumber(value) && (value as number) >= 0],
  score: [
    'null or an object of numbers mean, iqm, low, high, episodes',
    (value) => value === null || isScore(value),
  ],
  fingerprint: [
    '64 lower-case hexadecimal digits',
    (value) => typeof value === 'string' && isFingerprint(value),
  ],
  savedAt: [
    'a time such as 2026-01-31T12:00:00Z',
    (value) => isText(value) && !Number.isNaN(Date.parse(value as string)),
  ],
  parent: textOrNull,
  command: textOrNull,
};

function show(value: unknown): string {
  const shown = JSON.stringify(value) ?? 'missing';
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}

/** The card in a file's metadata. Throws one sentence when there is none, or when it is not as it should be. */
export function readCard(metadata: Metadata): Card {
  const entry = Object.hasOwn(metadata, entryName) ? metadata[entryName] : undefined;
  if (entry === undefined) {
    const found = Object.keys(metadata).slice(0, 5).join(', ') || 'nothing';
    throw new Error(`a file of another kind: it has no Relearn card (its metadata names ${show(found)}).`);
  }
  let card: unknown;
  try {
    card = JSON.parse(entry);
  } catch {
    throw new Error(`the file's Relearn card is not JSON: ${show(entry)}.`);
  }
  if (!isRecord(card) || card['format'] !== 'relearn') {
    throw new Error(
      `the file's Relearn card is ${show(card)}; it must be an object whose format is "relearn".`,
    );
  }
  if (card['version'] !== version) {
    throw new Error(
      `the file's Relearn card has version ${show(card['version'])}; this Relearn reads version ${version}.`,
    );
  }
  const kept: Record<string, unknown> = { format: 'relearn', version };
  for (const [name, [allowed, holds]] of Object.entries(cardRules)) {
    const value = Object.hasOwn(card, name) ? card[name] : undefined;
    if (!holds(value))
      throw new Error(`the file's Relearn card has ${name} ${show(value)}; it must be ${allowed}.`);
    kept[name] = value;
  }
  // Every field of Card has just been checked by a rule of its own name.
  return kept as unknown as Card;
}

/** The same file under another title; everything else in it stays as it is. */
export function retitled(bytes: Uint8Array, title: string): Uint8Array<ArrayBuffer> {
  const { tensors, metadata } = decodeSafetensors(bytes);
  return encodeSafetensors(tensors, { ...metadata, ...cardMetadata({ ...readCard(metadata), title }) });
}

const summaryRules: { readonly [K in keyof ModelSummary]: Rule } = {
  id: text,
  title: text,
  world: text,
  learner: text,
  updates: count,
  steps: count,
  score: ['a number or null', (value) => value === null || isNumber(value)],
  fingerprint: cardRules.fingerprint,
  savedAt: cardRules.savedAt,
  bytes: count,
  parent: textOrNull,
};

/** Whether a value from storage or from the network is a summary: an older or damaged one is not shown. */
export const isSummary = (value: unknown): value is ModelSummary =>
  isRecord(value) && Object.entries(summaryRules).every(([name, [, holds]]) => holds(value[name]));

// Cards and files for the tests of the models folder.
import { encodeSafetensors } from '../../src/core/safetensors.ts';
import { type Card, cardMetadata } from '../../src/models/card.ts';

export const aCard = (changes: Partial<Card> = {}): Card => ({
  format: 'relearn',
  version: 1,
  title: 'A brain',
  world: 'cartpole',
  params: { poleHalfLength: 1 },
  learner: 'ppo',
  knobs: {},
  brain: { hidden: [64, 64], activation: 'tanh' },
  lanes: 64,
  seed: 1,
  updates: 200,
  steps: 102400,
  seconds: 2.5,
  score: null,
  fingerprint: 'a'.repeat(64),
  savedAt: '2026-01-31T12:00:00.000Z',
  parent: null,
  command: null,
  ...changes,
});

export const aFile = (
  card: Card = aCard(),
  numbers: readonly number[] = [1, 2, 3],
): Uint8Array<ArrayBuffer> =>
  encodeSafetensors(
    { 'trunk.weight': { shape: [numbers.length], data: Float32Array.from(numbers) } },
    cardMetadata(card),
  );

// Cards: what is written is read back; anything else gives one sentence that names the field and the value.
import { describe, expect, it } from 'vitest';
import { type Card, cardMetadata, readCard, summaryOf } from '../../src/models/card.ts';
import { aCard } from './fixtures.ts';

const withField = (name: string, value: unknown): Record<string, string> => ({
  relearn: JSON.stringify({ ...aCard(), [name]: value }),
});

describe('card', () => {
  it('is read back as it was written', () => {
    const card = aCard({
      score: { mean: 499.5, iqm: 500, low: 498, high: 500, episodes: 100 },
      parent: 'abc',
    });
    expect(readCard(cardMetadata(card))).toEqual(card);
    expect(readCard(cardMetadata(aCard()))).toEqual(aCard());
  });

  it('drops fields it does not know', () => {
    expect(readCard(withField('surprise', 1))).toEqual(aCard());
  });

  it('gives the library its summary', () => {
    expect(summaryOf('id-1', aCard({ title: 'Balancer' }), 1234)).toEqual({
      id: 'id-1',
      title: 'Balancer',
      world: 'cartpole',
      learner: 'ppo',
      updates: 200,
      steps: 102400,
      score: null,
      fingerprint: 'a'.repeat(64),
      savedAt: '2026-01-31T12:00:00.000Z',
      bytes: 1234,
      parent: null,
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ['no card', {}, 'a file of another kind: it has no Relearn card (its metadata names "nothing").'],
    ['another tool', { format: 'pt' }, 'it has no Relearn card (its metadata names "format").'],
    ['not JSON', { relearn: '{' }, 'the file\'s Relearn card is not JSON: "{".'],
    ['not an object', { relearn: '[]' }, 'card is []; it must be an object whose format is "relearn".'],
    ['a later version', withField('version', 2), 'has version 2; this Relearn reads version 1.'],
    [
      'missing',
      withField('world', undefined),
      'has world missing; it must be a text of at most 10000 characters.',
    ],
    [
      'inherited',
      { relearn: '{"format":"relearn","version":1,"__proto__":{"title":"x"}}' },
      'has title missing',
    ],
    [
      'params',
      withField('params', { gravity: ['low'] }),
      'has params {"gravity":["low"]}; it must be an object of numbers and texts.',
    ],
    ['updates', withField('updates', -1), 'has updates -1; it must be a whole number, 0 or more.'],
    [
      'score',
      withField('score', { mean: 1 }),
      'has score {"mean":1}; it must be null or an object of numbers',
    ],
    [
      'fingerprint',
      withField('fingerprint', 'ABC'),
      'has fingerprint "ABC"; it must be 64 lower-case hexadecimal digits.',
    ],
    ['savedAt', withField('savedAt', 'soon'), 'has savedAt "soon"; it must be a time such as'],
    ['command', withField('command', 3), 'has command 3; it must be a text or null.'],
  ])('refuses %s in one sentence', (_what, metadata, sentence) => {
    expect(() => readCard(metadata)).toThrow(sentence);
  });

  it('checks every field it has', () => {
    for (const name of Object.keys(aCard()) as (keyof Card)[]) {
      expect(() => readCard(withField(name, ['wrong'])), name).toThrow(name);
    }
  });
});

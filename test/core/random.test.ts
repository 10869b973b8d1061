// Randomness by name and by state: forks do not depend on what was drawn, a saved stream goes on where it was, and
// the worlds' generator gives the words of the recorded games.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom, type RandomSource, rowRandom } from '../../src/core/random.ts';

const draw = (source: RandomSource, n: number): number[] => Array.from({ length: n }, () => source.next());

describe('forking', () => {
  test('the same name gives the same stream, whatever was drawn before', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat({ max: 50 }), (seed, name, drawn) => {
        const random = createRandom(seed);
        const early = draw(random.fork(name), 5);
        draw(random, drawn);
        expect(draw(random.fork(name), 5)).toEqual(early);
        expect(draw(createRandom(seed).fork(name), 5)).toEqual(early);
      }),
    );
  });

  test('drawing from a fork moves neither its parent nor its siblings', () => {
    const [quiet, busy] = [createRandom('seed'), createRandom('seed')];
    const sibling = busy.fork('b');
    draw(busy.fork('a'), 100);
    expect(draw(busy, 5)).toEqual(draw(quiet, 5));
    expect(draw(sibling, 5)).toEqual(draw(quiet.fork('b'), 5));
  });

  test('other names, other seeds and deeper forks are other streams', () => {
    const random = createRandom('seed');
    const streams = [
      random,
      random.fork('a'),
      random.fork('b'),
      random.fork('a').fork('a'),
      random.fork('a').fork('b'),
      createRandom('other').fork('a'),
    ];
    expect(new Set(streams.map((stream) => stream.next())).size).toBe(streams.length);
  });
});

describe('saving', () => {
  test('a restored stream goes on where it was saved, in whatever it is asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 50 }), (seed, drawn) => {
        const random = createRandom(seed);
        draw(random, drawn);
        // As it is written to disk.
        const state = JSON.parse(JSON.stringify(random.state())) as ReturnType<typeof random.state>;
        const ask = (): number[] => [random.next(), random.integer(1000), random.normal(), random.next()];
        const first = ask();
        const other = createRandom('another');
        other.restore(state);
        expect([other.next(), other.integer(1000), other.normal(), other.next()]).toEqual(first);
        random.restore(state);
        expect(ask()).toEqual(first);
      }),
    );
  });

  test('a saved state stays what it was while the stream goes on', () => {
    const random = createRandom('seed');
    const state = random.state();
    const copy = { ...state };
    draw(random, 10);
    expect(state).toEqual(copy);
    expect(random.state()).not.toEqual(copy);
  });

  test('what a restored stream forks still comes from its seed, not from its state', () => {
    const [random, other] = [createRandom('seed'), createRandom('seed')];
    draw(random, 10);
    other.restore(random.state());
    expect(draw(other.fork('a'), 5)).toEqual(draw(createRandom('seed').fork('a'), 5));
  });
});

/** A stream, and the worlds' generator bound to a row. */
const sources: readonly (readonly [string, () => RandomSource])[] = [
  ['a stream', () => createRandom('numbers')],
  [
    'the generator of a row',
    () => {
      const source = rowRandom();
      source.bind(Float64Array.of(12345), 0);
      return source;
    },
  ],
];

describe.each(sources)('numbers of %s', (_what, create) => {
  const many = 20_000;

  test('are uniform in [0, 1)', () => {
    const numbers = draw(create(), many);
    expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(numbers.reduce((a, b) => a + b, 0) / many).toBeCloseTo(0.5, 1);
  });

  test('come many at a time as they come one by one', () => {
    const [source, twin] = [create(), create()];
    const numbers = new Float64Array(12).fill(-1);
    source.fill(numbers, 1, 11);
    expect([...numbers]).toEqual([-1, ...draw(twin, 10), -1]);
    expect(source.next()).toBe(twin.next());
  });

  test('are whole and below n, each as likely', () => {
    const source = create();
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < many; i++) counts[source.integer(7)]!++;
    expect(counts.reduce((a, b) => a + b, 0)).toBe(many);
    for (const count of counts) expect(Math.abs(count / (many / 7) - 1)).toBeLessThan(0.1);
    expect(source.integer(1)).toBe(0);
  });

  test('are standard normal where asked for, two draws each', () => {
    const [source, twin] = [create(), create()];
    const numbers = Array.from({ length: many }, () => source.normal());
    const mean = numbers.reduce((a, b) => a + b, 0) / many;
    const variance = numbers.reduce((a, b) => a + b * b, 0) / many - mean * mean;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
    draw(twin, 2 * many);
    expect(source.next()).toBe(twin.next());
  });
});

describe('the generator of a row', () => {
  interface Trace {
    readonly name: string;
    readonly seed: number;
    readonly draw_words: readonly number[];
  }
  const recording = JSON.parse(readFileSync(new URL('../golden/breakout.json', import.meta.url), 'utf8')) as {
    readonly traces: readonly Trace[];
  };

  test.each(recording.traces)('replays the recorded mulberry32 words of $name', ({ seed, draw_words }) => {
    const source = rowRandom();
    source.bind(Float64Array.of(seed), 0);
    expect(draw_words.length).toBeGreaterThan(10);
    expect(draw(source, draw_words.length).map((x) => x * 4294967296)).toEqual(draw_words);
  });

  test('lives in its row: a copied row has the same future, and only its own number moves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4294967295 }), fc.nat({ max: 3 }), (seed, at) => {
        const rows = Float64Array.of(0.5, 1.5, 2.5, 3.5);
        rows[at] = seed;
        const source = rowRandom();
        source.bind(rows, at);
        draw(source, 3);
        const copy = rows.slice();
        const future = draw(source, 5);
        source.bind(copy, at);
        expect(draw(source, 5)).toEqual(future);
        expect(copy).toEqual(rows);
        expect(Number.isInteger(copy[at]) && copy[at]! >= 0 && copy[at]! < 4294967296).toBe(true);
        for (let i = 0; i < rows.length; i++) if (i !== at) expect(rows[i]).toBe(i + 0.5);
      }),
    );
  });
});

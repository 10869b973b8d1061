// core/math against values computed with 600 digits, against the built-in functions, and against its own bits.
import { describe, expect, test } from 'vitest';
import { cos, exp, log, pow, sin, sinCos, tanh } from '../../src/core/math.ts';
import { createRandom } from '../../src/core/random.ts';

const ours = { exp, log, sin, cos, tanh };

/** Distance from one float64 to another in units in the last place of the second. */
function ulps(actual: number, expected: number): number {
  if (Object.is(actual, expected)) return 0;
  const exponent = Math.floor(Math.log2(Math.max(Math.abs(expected), Number.MIN_VALUE * 2 ** 52)));
  return Math.abs(actual - expected) / 2 ** Math.max(exponent - 52, -1074);
}

// The last argument of sin and cos comes closer to a multiple of pi/2 than any other float64.
const hardest = 5.319372648326541e255;
const table: Record<keyof typeof ours, readonly (readonly [x: number, y: number])[]> = {
  exp: [
    [1, Math.E],
    [-1, 0.36787944117144233],
    [0.1, 1.1051709180756477],
    [10, 22026.465794806718],
    [-20.5, 1.2501528663867426e-9],
    [700, 1.0142320547350045e304],
    [-740, 4.2e-322],
  ],
  log: [
    [2, Math.LN2],
    [0.3, -1.2039728043259361],
    [10, Math.LN10],
    [1.0000001, 9.999999505838704e-8],
    [1e300, 690.7755278982137],
    [5e-324, -744.4400719213812],
  ],
  sin: [
    [1, 0.8414709848078965],
    [3, 0.1411200080598672],
    [-100, 0.5063656411097588],
    [1e5, 0.03574879797201651],
    [Math.PI, 1.2246467991473532e-16],
    [1e22, -0.8522008497671888],
    [hardest, 1],
  ],
  cos: [
    [1, 0.5403023058681398],
    [Math.PI / 2, 6.123233995736766e-17],
    [-100, 0.8623188722876839],
    [1e5, -0.9993608074382124],
    [1e22, 0.523214785395139],
    [hardest, -4.687165924254628e-19],
  ],
  tanh: [
    [1e-5, 9.999999999666668e-6],
    [0.3, 0.2913126124515909],
    [0.7, 0.6043677771171635],
    [1, 0.7615941559557649],
    [-3, -0.9950547536867305],
    [15, 0.9999999999998128],
  ],
};
const powers = [
  [2, 0.5, Math.SQRT2],
  [1.1, 100, 13780.61233982238],
  [0.9, -350, 1.0354322706581342e16],
  [10, -307.5, 3.162277660168379e-308],
  [1.0000001, 1e9, 2.6881038582144647e43],
  [-3, 5, -243],
  [1e-310, 0.25, 3.162277660168377e-78],
] as const;

const special = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e300, -1e300, 5e-324, Infinity, -Infinity, NaN];

describe('within 2 units in the last place', () => {
  test.each(Object.keys(ours) as (keyof typeof ours)[])('%s, known values', (name) => {
    for (const [x, y] of table[name]) expect(ulps(ours[name](x), y), `${name}(${x})`).toBeLessThanOrEqual(2);
  });

  test('pow, known values', () => {
    for (const [x, y, power] of powers) expect(ulps(pow(x, y), power), `${x}^${y}`).toBeLessThanOrEqual(2);
  });

  // The built-in functions are off by up to 2 units themselves.
  test.each([
    ['exp', -740, 709],
    ['exp', -1, 1],
    ['log', 0, 10],
    ['log', 0.99, 1.01],
    ['sin', -20, 20],
    ['sin', -1e7, 1e7],
    ['cos', -20, 20],
    ['cos', -1e7, 1e7],
    ['tanh', -1, 1],
    ['tanh', -25, 25],
  ] as const)('%s beside the built-in one, from %d to %d', (name, low, high) => {
    const random = createRandom(name);
    for (let i = 0; i < 20_000; i++) {
      const x = low + (high - low) * random.next();
      const distance = ulps(ours[name](x), Math[name](x));
      if (distance > 4) expect.fail(`${name}(${x}) is ${ours[name](x)}, not ${Math[name](x)}`);
    }
  });

  test('pow beside the built-in one', () => {
    const random = createRandom('pow');
    for (let i = 0; i < 20_000; i++) {
      const x = Math.exp(10 * random.next() - 5);
      const y = 200 * random.next() - 100;
      if (ulps(pow(x, y), x ** y) > 4) expect.fail(`${x}^${y} is ${pow(x, y)}, not ${x ** y}`);
    }
  });
});

describe('special values', () => {
  test.each(['exp', 'log', 'sin', 'cos', 'tanh'] as const)('%s as the language defines it', (name) => {
    for (const x of [0, -0, Infinity, -Infinity, NaN]) {
      expect(Object.is(ours[name](x), Math[name](x)), `${name}(${x})`).toBe(true);
    }
  });

  test('exp and log at the ends of their range', () => {
    expect([exp(709.782712893384), exp(709.79), exp(1e300)]).toEqual([
      1.7976931348622732e308,
      Infinity,
      Infinity,
    ]);
    expect([exp(-745.13), exp(-745.14), exp(-1e300)]).toEqual([5e-324, 0, 0]);
    expect([log(1), log(-1e-300)]).toEqual([0, NaN]);
  });

  test('pow as the language defines it', () => {
    for (const x of special) {
      for (const y of special) {
        const [actual, expected] = [pow(x, y), x ** y];
        if (ulps(actual, expected) > 2) expect.fail(`${x}^${y} is ${actual}, not ${expected}`);
      }
    }
  });
});

test('sinCos gives the numbers of sin and cos, to the last bit', () => {
  const random = createRandom('sinCos');
  const wide = Array.from({ length: 20_000 }, (_, i) => (2 * random.next() - 1) * 10 ** ((i % 24) - 12));
  const both = new Float64Array(2);
  for (const x of [...special, hardest, 0.785, Math.PI / 4, ...wide]) {
    sinCos(x, both);
    if (!Object.is(both[0], sin(x)) || !Object.is(both[1], cos(x))) expect.fail(`sinCos(${x}) is ${both}`);
  }
});

test('the same bits on every engine', () => {
  // FNV-1a over the bits of many results; recorded once, to be met by whatever engine runs this.
  const float = new Float64Array(1);
  const bytes = new Uint8Array(float.buffer);
  let hash = 0x811c9dc5;
  const add = (value: number): void => {
    float[0] = value;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  };
  for (let i = 0; i < 5000; i++) {
    const x = (i - 2500) / 97;
    for (const value of [
      exp(x),
      log(x * x + 1e-3),
      sin(x),
      cos(x * 1000),
      tanh(x / 5),
      pow(x * x + 0.1, x),
    ]) {
      add(value);
    }
  }
  expect(hash).toBe(2028396028);
});

// core/math against the true values (exact-math.ts) on dense sweeps, edges included.
import { describe, expect, test } from 'vitest';
import { cos, exp, log, pow, sin, tanh } from '../../src/core/math.ts';
import { createRandom } from '../../src/core/random.ts';
import {
  type Exact,
  exactCos,
  exactExp,
  exactLog,
  exactPow,
  exactSin,
  exactTanh,
  relativeError,
  subnormalUnits,
} from './exact-math.ts';

const random = createRandom('sweep');
const between = (low: number, high: number): number => low + (high - low) * random.next();
/** Of either sign, evenly over the orders of magnitude from 10^low to 10^high. */
const anySize = (low: number, high: number): number =>
  (random.next() < 0.5 ? -1 : 1) * Math.exp(between(low, high) * Math.LN10);
/** As near to a multiple of pi/2 as a float64 comes. */
const nearQuarter = (): number => Math.floor(between(-1e6, 1e6)) * (Math.PI / 2);

type Sweep = readonly [
  what: string,
  ours: (x: number) => number,
  exact: (x: number) => Exact,
  draw: () => number,
];

const sweeps: readonly Sweep[] = [
  ['exp, all that is finite', exp, exactExp, () => between(-708, 709.7)],
  ['exp, near 0', exp, exactExp, () => anySize(-20, 0)],
  ['log, every size', log, exactLog, () => Math.abs(anySize(-307, 308))],
  ['log, around 1', log, exactLog, () => between(0.5, 2)],
  ['log, near 1', log, exactLog, () => 1 + anySize(-15.5, -1)],
  ['tanh, where it bends', tanh, exactTanh, () => between(-3, 3)],
  ['tanh, to where it is 1', tanh, exactTanh, () => between(-25, 25)],
  ['tanh, near 0', tanh, exactTanh, () => anySize(-30, -1)],
  ['sin, some turns', sin, exactSin, () => between(-20, 20)],
  ['cos, some turns', cos, exactCos, () => between(-20, 20)],
  ['sin, near multiples of pi/2', sin, exactSin, nearQuarter],
  ['cos, near multiples of pi/2', cos, exactCos, nearQuarter],
  ['sin, every size', sin, exactSin, () => anySize(-20, 308)],
  ['cos, every size', cos, exactCos, () => anySize(-20, 308)],
];

describe('within 1e-15 of the true value', () => {
  test.each(sweeps)('%s', (_what, ours, exact, draw) => {
    for (let i = 0; i < 1000; i++) {
      const x = draw();
      const error = relativeError(ours(x), exact(x));
      if (!(error < 1e-15)) expect.fail(`at ${x}: ${ours(x)} is off by ${error}`);
    }
  });

  test.each<readonly [string, () => number, (x: number) => number]>([
    ['any base', () => Math.abs(anySize(-20, 20)), (x) => between(-690, 690) / Math.abs(Math.log(x))],
    ['bases near 1', () => 1 + anySize(-12, -1), (x) => between(-690, 690) / Math.abs(Math.log(x))],
    ['whole exponents', () => between(0.1, 10), () => Math.floor(between(-250, 250))],
  ])('pow, %s', (_what, base, exponent) => {
    for (let i = 0; i < 1000; i++) {
      const x = base();
      const y = exponent(x);
      const error = relativeError(pow(x, y), exactPow(x, y));
      if (!(error < 1e-15)) expect.fail(`${x} ^ ${y}: ${pow(x, y)} is off by ${error}`);
    }
  });

  test('below the smallest normal number, within one unit of the last place there is', () => {
    for (let i = 0; i < 1000; i++) {
      const x = between(-745, -708.4);
      expect(subnormalUnits(exp(x), exactExp(x)), `exp(${x})`).toBeLessThanOrEqual(1);
    }
  });

  test('the truth itself is true where the built-in functions are', () => {
    for (const x of [0.3, -2.5, 7, 100]) {
      expect(relativeError(Math.exp(x), exactExp(x))).toBeLessThan(3e-16);
      expect(relativeError(Math.sin(x), exactSin(x))).toBeLessThan(3e-16);
      expect(relativeError(Math.cos(x), exactCos(x))).toBeLessThan(3e-16);
      expect(relativeError(Math.tanh(x), exactTanh(x))).toBeLessThan(3e-16);
    }
    expect(relativeError(Math.log(10), exactLog(10))).toBeLessThan(3e-16);
    expect(relativeError(Math.SQRT2, exactPow(2, 0.5))).toBeLessThan(3e-16);
    expect(relativeError(1.1, exactExp(0.1))).toBeGreaterThan(1e-3);
  });
});

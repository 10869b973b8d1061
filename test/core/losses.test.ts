// Losses and distributions: gradients by central differences, what must not matter does not, and draws that follow
// their probabilities.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as categorical from '../../src/core/distributions/categorical.ts';
import * as gaussian from '../../src/core/distributions/diagonal-gaussian.ts';
import { binaryCrossEntropy } from '../../src/core/losses/binary-cross-entropy.ts';
import {
  clippedSurrogate,
  clippedSurrogateGaussian,
  type SurrogateReport,
} from '../../src/core/losses/clipped-surrogate.ts';
import { crossEntropy, softCrossEntropy } from '../../src/core/losses/cross-entropy.ts';
import { gaussianKl } from '../../src/core/losses/gaussian-kl.ts';
import { huber } from '../../src/core/losses/huber.ts';
import { meanSquaredError } from '../../src/core/losses/mean-squared-error.ts';
import { exp, log } from '../../src/core/math.ts';
import { createRandom } from '../../src/core/random.ts';

const [n, size] = [4, 3];
const count = n * size;
const report: SurrogateReport = { policyLoss: 0, entropy: 0, kl: 0, clipFraction: 0, ratioError: 0 };

function logSoftmax(logits: Float32Array): Float32Array {
  const y = new Float32Array(logits.length);
  for (let at = 0; at < y.length; at += size) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += exp(logits[at + j]!);
    for (let j = 0; j < size; j++) y[at + j] = logits[at + j]! - log(sum);
  }
  return y;
}

const random = createRandom('losses');
const normals = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
const targets = normals(count);
const bits = Float32Array.from({ length: count }, () => random.integer(2));
const labels = Int32Array.from({ length: n }, () => random.integer(size));
const soft = logSoftmax(normals(count)).map(exp);
const oldLogProbs = logSoftmax(normals(count)).filter((_value, i) => i % size === 0);
const advantages = normals(n);
const logStd = Float32Array.of(-0.3, 0.1, 0.2);
const actions = normals(count);

/** Each loss as a function of the numbers it is differentiated by. */
const losses: Readonly<Record<string, (d: Float32Array, x: Float32Array) => number>> = {
  'mean squared error': (d, x) => meanSquaredError(d, x, targets, count),
  huber: (d, x) => huber(d, x, targets, count, 0.7),
  'cross-entropy': (d, x) => crossEntropy(d, logSoftmax(x), labels, n, size).loss,
  'cross-entropy, smoothed': (d, x) => crossEntropy(d, logSoftmax(x), labels, n, size, 0.2).loss,
  'cross-entropy, soft': (d, x) => softCrossEntropy(d, logSoftmax(x), soft, n, size),
  'binary cross-entropy': (d, x) => binaryCrossEntropy(d, x, bits, count),
  'gaussian KL, means': (d, x) => gaussianKl(d, new Float32Array(count), x, targets, n, size),
  'gaussian KL, variances': (d, x) => gaussianKl(new Float32Array(count), d, targets, x, n, size),
  'surrogate, categorical'(d, x) {
    clippedSurrogate(report, d, logSoftmax(x), labels, oldLogProbs, advantages, n, size, 0.2, 0.01);
    return report.policyLoss - 0.01 * report.entropy;
  },
  'surrogate, gaussian means'(d, x) {
    const dLogStd = new Float32Array(size);
    const old = Float32Array.from({ length: n }, () => -4);
    clippedSurrogateGaussian(report, d, dLogStd, x, logStd, actions, old, advantages, n, size, 0.2, 0.01);
    return report.policyLoss - 0.01 * report.entropy;
  },
};

describe.each(Object.entries(losses))('%s', (_name, lossOf) => {
  test('its gradient is that of central differences', () => {
    const x = normals(count);
    const d = new Float32Array(count);
    lossOf(d, x);
    const unused = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const before = x[i]!;
      const step = 2 ** -7;
      x[i] = before + step;
      const above = lossOf(unused, x);
      x[i] = before - step;
      const below = lossOf(unused, x);
      x[i] = before;
      expect(Math.abs((above - below) / (2 * step) - d[i]!)).toBeLessThan(2e-4);
    }
  });

  test('a NaN stays one', () => {
    const x = normals(count);
    x[2] = Number.NaN;
    const d = new Float32Array(count);
    expect(lossOf(d, x)).toBeNaN();
    expect(d[2]).toBeNaN();
  });
});

const logit = fc.double({ min: -50, max: 50, noNaN: true });
const logitRows = fc
  .array(logit, { minLength: count, maxLength: count })
  .map((row) => Float32Array.from(row));

describe('what must not matter', () => {
  test('a shift of all logits of a row changes no cross-entropy', () => {
    fc.assert(
      fc.property(logitRows, fc.double({ min: -20, max: 20, noNaN: true }), (x, shift) => {
        const moved = x.map((value) => value + shift);
        const d = new Float32Array(count);
        const plain = crossEntropy(d, logSoftmax(x), labels, n, size).loss;
        expect(crossEntropy(d, logSoftmax(moved), labels, n, size).loss).toBeCloseTo(plain, 3);
      }),
    );
  });

  test('a batch twice over has the same loss', () => {
    fc.assert(
      fc.property(logitRows, (x) => {
        const twice = Float32Array.of(...x, ...x);
        const d = new Float32Array(2 * count);
        const both = Int32Array.of(...labels, ...labels);
        expect(crossEntropy(d, logSoftmax(twice), both, 2 * n, size).loss).toBeCloseTo(
          crossEntropy(d, logSoftmax(x), labels, n, size).loss,
          6,
        );
        const sought = Float32Array.of(...targets, ...targets);
        expect(meanSquaredError(d, twice, sought, 2 * count)).toBeCloseTo(
          meanSquaredError(d, x, targets, count),
          4,
        );
      }),
    );
  });

  test('one class as a distribution is that class; smoothing of 0 is none', () => {
    const x = normals(count);
    const [a, b, c] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
    const one = new Float32Array(count);
    labels.forEach((label, row) => {
      one[row * size + label] = 1;
    });
    const plain = crossEntropy(a, logSoftmax(x), labels, n, size).loss;
    expect(softCrossEntropy(b, logSoftmax(x), one, n, size)).toBeCloseTo(plain, 12);
    expect(crossEntropy(c, logSoftmax(x), labels, n, size, 0).loss).toBe(plain);
    expect(c).toEqual(a);
    b.forEach((value, i) => {
      expect(value).toBeCloseTo(a[i]!, 6);
    });
  });

  test('no error, no gradient', () => {
    const d = new Float32Array(count).fill(1);
    expect(meanSquaredError(d, targets, targets, count)).toBe(0);
    expect([...d]).toEqual(new Array(count).fill(0));
    expect(huber(d, targets, targets, count, 1)).toBe(0);
    expect([...d]).toEqual(new Array(count).fill(0));
    const zero = new Float32Array(count);
    expect(gaussianKl(d, d, zero, zero, n, size)).toBe(0);
    expect([...d]).toEqual(new Array(count).fill(0));
  });

  test('huber is half the squared error near its target and linear far from it', () => {
    const d = new Float32Array(1);
    expect(huber(d, Float32Array.of(0.5), Float32Array.of(0), 1, 1)).toBeCloseTo(0.125, 12);
    expect(huber(d, Float32Array.of(-9), Float32Array.of(0), 1, 1)).toBeCloseTo(8.5, 12);
    expect(d[0]).toBe(-1);
  });

  test('binary cross-entropy of huge logits is finite', () => {
    const d = new Float32Array(2);
    expect(binaryCrossEntropy(d, Float32Array.of(1e30, -1e30), Float32Array.of(1, 0), 2)).toBe(0);
    expect(binaryCrossEntropy(d, Float32Array.of(200, -200), Float32Array.of(0, 1), 2)).toBe(200);
    expect([...d]).toEqual([0.5, -0.5]);
  });
});

describe('distributions', () => {
  const seeds = ['one', 'two', 'three', 'four', 'five'];

  test.each(seeds)('classes are drawn as often as they should be (seed %s)', (seed) => {
    const draws = 20_000;
    const own = createRandom(seed);
    const logProbs = logSoftmax(Float32Array.of(0.5, -1, 2));
    const counts = [0, 0, 0];
    for (let i = 0; i < draws; i++) counts[categorical.sample(logProbs, 0, 3, own)]!++;
    let chiSquare = 0;
    counts.forEach((seen, j) => {
      const expected = draws * exp(logProbs[j]!);
      chiSquare += (seen - expected) ** 2 / expected;
    });
    // Beyond 18.4 once in ten thousand seeds, with two degrees of freedom.
    expect(chiSquare).toBeLessThan(18.4);
  });

  test('entropy is the mean of -log p, the mode the likeliest, and an impossible class no trouble', () => {
    const logProbs = Float32Array.of(Math.fround(log(0.2)), Math.fround(log(0.8)), -Infinity);
    expect(categorical.entropy(logProbs, 0, 3)).toBeCloseTo(-0.2 * log(0.2) - 0.8 * log(0.8), 6);
    expect(categorical.mode(logProbs, 0, 3)).toBe(1);
    expect(categorical.mode(Float32Array.of(1, 1), 0, 2)).toBe(0);
  });

  test.each(seeds)('gaussian draws have their mean, spread and entropy (seed %s)', (seed) => {
    const own = createRandom(seed);
    const [mean, std] = [Float32Array.of(1, -2), Float32Array.of(0.2, -0.7)];
    const draws = 20_000;
    const x = new Float32Array(2);
    const sums = [0, 0];
    const squares = [0, 0];
    let minusLog = 0;
    for (let i = 0; i < draws; i++) {
      gaussian.sample(x, mean, std, 0, 2, own);
      minusLog -= gaussian.logProbability(mean, std, x, 0, 2) / draws;
      for (const d of [0, 1]) {
        sums[d]! += x[d]! / draws;
        squares[d]! += (x[d]! - mean[d]!) ** 2 / draws;
      }
    }
    for (const d of [0, 1]) {
      // Five standard errors.
      const spread = exp(std[d]!);
      expect(Math.abs(sums[d]! - mean[d]!)).toBeLessThan((5 * spread) / Math.sqrt(draws));
      expect(Math.abs(squares[d]! / spread ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / draws));
    }
    expect(Math.abs(minusLog - gaussian.entropy(std, 2))).toBeLessThan(5 / Math.sqrt(draws));
  });

  test('a gaussian density integrates to 1', () => {
    const [mean, std] = [Float32Array.of(0.3), Float32Array.of(-0.5)];
    let sum = 0;
    for (let x = -8; x < 8; x += 0.01)
      sum += 0.01 * exp(gaussian.logProbability(mean, std, Float32Array.of(x), 0, 1));
    expect(sum).toBeCloseTo(1, 5);
  });
});

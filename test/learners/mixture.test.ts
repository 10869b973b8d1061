// Gaussian mixtures: the likelihood never falls, the clouds are found, and nothing divides by zero.
import { expect as expectThat, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createRandom } from '../../src/core/random.ts';
import { kmeansBest, kmeansOnce } from '../../src/learners/unsupervised/lloyd.ts';
import {
  expect,
  fitMixture,
  likeliest,
  maximize,
  mixtureFrom,
  varianceFloor,
} from '../../src/learners/unsupervised/mixture.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { trainTo } from '../training/runs.ts';
import { each, isExact, tenGaussians } from './clusters.ts';

const kernels = await loadKernels('simd');

test.each([3, 7, 10, 14])('the likelihood of %i components never falls', (k) => {
  const rows = tenGaussians('em');
  const start = kmeansOnce(rows, k, 'random rows', createRandom(`${k}`));
  const likelihoods = fitMixture(mixtureFrom(rows, k, start.assigned), rows, 60);
  for (let i = 1; i < likelihoods.length; i++) {
    expectThat(likelihoods[i]!).toBeGreaterThanOrEqual(likelihoods[i - 1]! - 1e-9);
  }
});

test('from the best k-means every mean lies within three standard errors', () => {
  const rows = tenGaussians('means');
  const { assigned } = kmeansBest(rows, 10, 10, 'k-means++', createRandom('means'));
  const mixture = mixtureFrom(rows, 10, assigned);
  fitMixture(mixture, rows, 30);
  const responsibilities = new Float64Array(rows.n * 10);
  expect(responsibilities, mixture, rows);
  likeliest(assigned, responsibilities, rows.n, 10);
  expectThat(isExact(assigned)).toBe(true);
  for (let group = 0; group < 10; group++) {
    const own = assigned[group * each]!;
    const middle = [10 * (group % 5), 10 * Math.floor(group / 5)];
    for (const axis of [0, 1]) {
      expectThat(Math.abs(mixture.means[2 * own + axis]! - middle[axis]!)).toBeLessThan(3 / Math.sqrt(each));
      expectThat(mixture.variances[2 * own + axis]).toBeGreaterThan(0.7);
      expectThat(mixture.variances[2 * own + axis]).toBeLessThan(1.4);
    }
    expectThat(mixture.weights[own]).toBeCloseTo(0.1, 3);
  }
});

test('rows a thousand deviations away still share out as one, and equal rows stop at the floor', () => {
  const rows = { data: Float64Array.from([0, 0, 0, 1e6]), n: 4, size: 1 };
  const mixture = mixtureFrom(rows, 2, Int32Array.from([0, 0, 0, 1]));
  expectThat([...mixture.variances]).toEqual([varianceFloor, varianceFloor]);
  const responsibilities = new Float64Array(8);
  expectThat(expect(responsibilities, mixture, rows)).toBeLessThan(Infinity);
  for (let r = 0; r < 4; r++) expectThat(responsibilities[2 * r]! + responsibilities[2 * r + 1]!).toBe(1);
  maximize(mixture, rows, responsibilities);
  expectThat([...mixture.means]).toEqual([0, 1e6]);
});

const fourGaussians = (learner: string, knobs: Readonly<Record<string, number | string>>) => ({
  ...defaultRecipe('points', learner),
  params: { shape: 'gaussians' },
  knobs: { clusters: 4, ...knobs },
});

test.each([
  ['kmeans', 'minibatch'],
  ['kmeans', 'lloyd'],
  ['mixture', 'minibatch'],
  ['mixture', 'em'],
])('%s (%s) finds the four Gaussians of Points: adjusted Rand >= 0.95', (learner, mode) => {
  for (let seed = 1; seed <= 3; seed++) {
    const session = createSession({ ...fourGaussians(learner, { mode }), seed }, kernels);
    trainTo(session, 101);
    expectThat(session.metrics['rand'], `seed ${seed}`).toBeGreaterThanOrEqual(0.95);
    expectThat(session.metrics['purity']).toBeGreaterThanOrEqual(0.97);
  }
});

test('a run of EM on the same rows never loses likelihood', () => {
  const session = createSession(fourGaussians('mixture', { mode: 'em', starts: 1, clusters: 7 }), kernels);
  let before = Number.NEGATIVE_INFINITY;
  for (let update = 1; update <= 60; update++) {
    trainTo(session, update);
    const likelihood = session.metrics['likelihood']!;
    // The means are kept as float32.
    expectThat(likelihood).toBeGreaterThanOrEqual(before - 1e-4);
    before = likelihood;
  }
});

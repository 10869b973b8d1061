// Clustering on its own: the start, the step, and what happens to a centre that nobody needs.
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createRandom } from '../../src/core/random.ts';
import { kmeansStart } from '../../src/learners/unsupervised/kmeans-start.ts';
import { principalMap } from '../../src/learners/unsupervised/principal-map.ts';
import { slotValues } from '../../src/training/brain.ts';
import { createSession } from '../../src/training/session.ts';
import { smallRecipe, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

const blobs = (count: number, each: number): Float32Array => {
  const random = createRandom('blobs');
  return Float32Array.from({ length: count * each * 2 }, (_, i) => {
    const blob = Math.floor(i / 2) % count;
    return (i % 2 === 0 ? blob * 10 : (blob % 3) * 10) + 0.1 * random.normal();
  });
};

test('k-means++ finds a centre in every one of five far blobs', () => {
  const rows = blobs(5, 40);
  const centres = new Float32Array(10);
  kmeansStart(centres, rows, 200, 5, 2, createRandom('start'));
  const found = new Set(Array.from({ length: 5 }, (_, c) => Math.round(centres[2 * c]! / 10)));
  expect(found.size).toBe(5);
});

const recipe = {
  ...smallRecipe({ world: 'cartpole', learner: 'kmeans' }),
  knobs: { clusters: 4, minibatch: 64, rate: 1 },
};
const centresOf = (session: ReturnType<typeof createSession>): Float32Array => {
  const slot = session.brain.network.params.slots.find(({ name }) => name === 'clusters.output.centre')!;
  return slotValues(session.brain.network.params, slot);
};

test('at rate 1 an update moves every centre to the mean of its rows: Lloyd', () => {
  const session = createSession(recipe, kernels);
  trainTo(session, 3);
  const { network } = session.brain;
  const width = centresOf(session).length / 4;
  let batch = session.phase.learner.nextBatch();
  while (!batch) batch = session.phase.learner.nextBatch();
  network.forward(batch.n, batch.heads, 'train');
  const distances = network.output('clusters').data;
  const features = network.features.data;
  const sums = new Float64Array(4 * width);
  const sizes = new Float64Array(4);
  for (let r = 0; r < batch.n; r++) {
    let best = 0;
    for (let c = 1; c < 4; c++) if (distances[r * 4 + c]! < distances[r * 4 + best]!) best = c;
    sizes[best] = sizes[best]! + 1;
    for (let j = 0; j < width; j++)
      sums[best * width + j] = sums[best * width + j]! + features[r * width + j]!;
  }
  network.clearGrads(batch.n);
  session.phase.learner.loss(batch);
  network.backward(batch.n, batch.heads);
  session.phase.optimizer.update(session.phase.ranges, 1, 0);
  const centres = centresOf(session);
  for (let c = 0; c < 4; c++) {
    if (sizes[c] === 0) continue;
    for (let j = 0; j < width; j++)
      expect(centres[c * width + j]).toBeCloseTo(sums[c * width + j]! / sizes[c]!, 4);
  }
});

test('a Lloyd run shows the same rows until it rests, and its inertia never rises', () => {
  const knobs = { clusters: 5, minibatch: 256, mode: 'lloyd', starts: 1, seeding: 'random rows' };
  const session = createSession({ ...recipe, knobs }, kernels);
  let before = Number.POSITIVE_INFINITY;
  for (let update = 1; update <= 40; update++) {
    trainTo(session, update);
    const inertia = session.metrics['inertia']!;
    // Centres are kept as float32.
    expect(inertia).toBeLessThanOrEqual(before * (1 + 1e-5));
    before = inertia;
  }
  expect(session.metrics['moved']).toBe(0);
  expect(session.phase.learner.words().lead).toBe('At rest.');
});

test('a centre that no row comes to is planted anew', () => {
  const session = createSession(recipe, kernels);
  trainTo(session, 3);
  centresOf(session)
    .subarray(0, centresOf(session).length / 4)
    .fill(1e4);
  trainTo(session, 4);
  expect(session.metrics['empty']).toBeGreaterThanOrEqual(1);
  trainTo(session, 40);
  expect(Math.max(...centresOf(session))).toBeLessThan(1e3);
});

test('the map puts the widest spread on the first axis', () => {
  const random = createRandom('map');
  const rows = Float32Array.from({ length: 300 }, (_, i) => random.normal() * [1, 5, 0.1][i % 3]!);
  const map = principalMap(rows, 100, 3);
  const spread = (axis: number): number =>
    Math.sqrt(Array.from({ length: 100 }, (_, r) => map[2 * r + axis]! ** 2).reduce((a, b) => a + b) / 100);
  expect(spread(0)).toBeGreaterThan(3.5);
  expect(spread(1)).toBeGreaterThan(0.7);
  expect(spread(1)).toBeLessThan(1.4);
});

// Autoencoders: what their losses and numbers mean, and that each illness is named in words on a run that has it.
import { describe, expect, test, vi } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KnobValues } from '../../src/core/knobs.ts';
import { createRandom } from '../../src/core/random.ts';
import { createPixelBaseline } from '../../src/learners/unsupervised/baseline.ts';
import { corrupt } from '../../src/learners/unsupervised/corruption.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { trainTo } from '../training/runs.ts';

// Whole trainings, on machines that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

const kernels = await loadKernels('simd');

const run = (
  world: string,
  learner: string,
  knobs: KnobValues,
  updates: number,
  params: KnobValues = {},
): Session => {
  const recipe = { ...defaultRecipe(world, learner), seed: 3, params };
  const session = createSession({ ...recipe, knobs: { minibatch: 64, ...knobs } }, kernels);
  trainTo(session, updates);
  return session;
};

const saidOf = ({ phase }: Session): string => {
  const { lead, text } = phase.learner.words();
  return `${lead} ${text}`;
};

describe('noise', () => {
  test('sets a share of the pixels to black or white, by the toss of a coin', () => {
    const grey = new Float32Array(20_000).fill(0.5);
    corrupt(grey, grey.length, true, 0.2, createRandom('noise'));
    const count = (value: number): number => grey.filter((x) => x === value).length / grey.length;
    expect(count(0)).toBeCloseTo(0.1, 2);
    expect(count(1)).toBeCloseTo(0.1, 2);
    expect(count(0.5)).toBeCloseTo(0.8, 2);
  });

  test('puts numbers off by so many standard deviations', () => {
    const rows = new Float32Array(20_000);
    corrupt(rows, rows.length, false, 0.3, createRandom('noise'));
    expect(Math.sqrt(rows.reduce((sum, x) => sum + x * x, 0) / rows.length)).toBeCloseTo(0.3, 2);
  });

  test('is taken out again: what comes out of spoiled frames is nearer to the whole ones than what went in', () => {
    const session = run('breakout', 'autoencoder', { noise: 0.1, code: 64 }, 900);
    const view = session.phase.learner.view();
    if (view.kind !== 'reconstruction') throw new Error('an autoencoder shows what it rebuilds');
    const size = view.inputs.length / view.count;
    const lanes = [4, 9, 14, 19, 24, 29, 34, 39].slice(0, view.count);
    let [before, after] = [0, 0];
    lanes.forEach((lane, k) => {
      for (let i = 0; i < size; i++) {
        const whole = session.lanes.observations[lane * size + i]!;
        if (view.inputs[k * size + i]! > 0.5 !== whole > 0.5) before++;
        if (view.outputs[k * size + i]! > 0.5 !== whole > 0.5) after++;
      }
    });
    expect(before / (size * view.count)).toBeGreaterThan(0.02);
    expect(after).toBeLessThan(before / 4);
  });
});

test('independent pixels cost the entropy of each, in nats', () => {
  const baseline = createPixelBaseline(2);
  const rows = Float32Array.from({ length: 2000 }, (_, i) =>
    i % 2 === 0 ? Number(i % 4 === 0) : Number(i % 20 === 1),
  );
  for (let at = 0; at < rows.length; at += 2) baseline.observe(rows, at);
  const entropy = (p: number): number => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  expect(baseline.nats(rows, 1000)).toBeCloseTo(entropy(0.5) + entropy(0.1), 2);
});

test('a convolution has nothing to draw where a world shows numbers', () => {
  expect(() => run('cartpole', 'autoencoder', { decoder: 'convolutional' }, 0)).toThrow(
    'decoder is "convolutional", but cartpole shows 4 numbers',
  );
});

test.each([
  ['autoencoder', {}],
  ['variational', { beta: 0.1 }],
])('%s: transposed convolution learns to draw', (learner, knobs) => {
  const drawing = { decoder: 'convolutional', decoderUnits: 0, code: 32, ...knobs };
  const session = run('breakout', learner, drawing, 500);
  const { heldOutLoss, baselineLoss } = session.metrics;
  expect(heldOutLoss).toBeLessThan(0.7 * baselineLoss!);
});

describe('in words', () => {
  test('an autoencoder that is well', () => {
    expect(saidOf(run('breakout', 'autoencoder', {}, 1000))).toMatch(
      /^Seen\. of frames it never learned from/,
    );
    expect(saidOf(run('cartpole', 'autoencoder', { code: 4 }, 800))).toMatch(/^Seen\. it rebuilds 9\d %/);
  });

  test('overfitting', () => {
    const few = { rows: 40, learningRate: 3e-3 };
    expect(saidOf(run('digits', 'autoencoder', few, 700))).toMatch(
      /^Overfitting\. the held-out loss has risen from/,
    );
    expect(saidOf(run('breakout', 'variational', { ...few, beta: 0.2 }, 600, { scramble: 1 }))).toMatch(
      /^Overfitting\. the held-out loss has risen from/,
    );
  });

  test('a learning rate that is too small', () => {
    const slow = { learningRate: 1e-6 };
    expect(saidOf(run('breakout', 'autoencoder', slow, 450))).toMatch(/^Loss flat\. after 4\d\d updates/);
    expect(saidOf(run('cartpole', 'autoencoder', slow, 450))).toMatch(/^Loss flat\. after 4\d\d updates/);
    expect(saidOf(run('breakout', 'variational', slow, 450))).toMatch(/^Worse than nothing\./);
  });

  test('dead units', () => {
    expect(saidOf(run('digits', 'autoencoder', { learningRate: 1 }, 100))).toMatch(/^Dead units\./);
  });

  test('a latent that collapsed', () => {
    const session = run('breakout', 'variational', { code: 32, beta: 8 }, 700, { scramble: 1 });
    expect(saidOf(session)).toMatch(/^Latent collapsed\. [0-4] active units? of 32: at beta 8/);
  });
});

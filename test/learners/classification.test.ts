// What is done to labelled rows before they are learned from, and when it stops.
import { expect, test } from 'vitest';
import { shiftAndTilt } from '../../envs/digits/augment.ts';
import { evaluate } from '../../src/cli/runs.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createRandom } from '../../src/core/random.ts';
import { defaultRecipe, type Recipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { resumeRun } from '../../src/training/snapshot.ts';
import { fileOf, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

const naming = (world: string, knobs: Recipe['knobs'], lanes = 20): Session =>
  createSession(
    {
      ...defaultRecipe(world, 'classification'),
      lanes,
      brain: { hidden: [48], activation: 'relu', settings: { filters: 0 } },
      knobs: { minibatch: 64, learningRate: 3e-3, ...knobs },
    },
    kernels,
  );

test('a shifted and tilted picture keeps its ink within its edges, and is another one every time', () => {
  const picture = new Float32Array(144);
  for (let y = 3; y < 9; y++) picture[y * 12 + 6] = 1;
  const random = createRandom('augmentation');
  const shown = Array.from({ length: 20 }, () => {
    const one = picture.slice();
    shiftAndTilt(one, 0, 12, random);
    return one;
  });
  for (const one of shown) {
    expect(one.reduce((a, b) => a + b, 0)).toBeCloseTo(6, 0);
    expect(one.every((ink) => ink >= 0 && ink <= 1 + 1e-6)).toBe(true);
  }
  expect(new Set(shown.map((one) => one.join())).size).toBe(20);
});

test('of 60 digits learned by heart the words say overfitting; augmentation does better on unseen ones; patience stops', () => {
  const plain = naming('digits', { labels: 60 });
  trainTo(plain, 600);
  const rows = plain.phase.learner.snapshot().tensors['train.rows']!.shape[0]!;
  expect(rows).toBe(48);
  expect(plain.words().lead).toBe('Overfitting.');

  const augmented = naming('digits', { labels: 60, augmented: 1 });
  trainTo(augmented, 600);
  // Of twenty digits a game, over fifty games of fresh ones.
  expect(evaluate(augmented, 50, 1)!.mean).toBeGreaterThan(evaluate(plain, 50, 1)!.mean + 0.5);

  const patient = naming('digits', { labels: 60, patience: 10 });
  while (!patient.budgetSpent()) patient.tick();
  expect(patient.updates).toBeLessThan(600);
  expect(patient.phase.learner.words().lead).toBe('Stopped early.');
});

test('class weights: each class weighs the same, and the run resumes exactly', () => {
  const make = (): Session => naming('clinic', { balanced: 1 });
  const whole = make();
  trainTo(whole, 60);
  const first = make();
  trainTo(first, 29);
  const { session: second } = resumeRun(fileOf(first), kernels);
  trainTo(second, 60);
  expect(fileOf(second)).toEqual(fileOf(whole));
  const { tensors } = whole.phase.learner.snapshot();
  const weights = [...tensors['weights']!.data];
  expect(new Set(weights).size).toBeGreaterThan(1);
  expect(Math.max(...weights)).toBeGreaterThan(1);
});

test('samples show wrong and right answers with their probabilities', () => {
  const session = naming('digits', {});
  trainTo(session, 40);
  const view = session.phase.learner.view();
  if (view.kind !== 'confusion') throw new Error(`the view is ${view.kind}`);
  const { samples } = view;
  expect(samples.count).toBe(6);
  expect(samples.rows.length).toBe(6 * 144);
  expect(samples.truths.slice(0, 3).some((truth, i) => truth === samples.answers[i])).toBe(false);
  expect(samples.truths.slice(3)).toEqual(samples.answers.slice(3));
  for (const p of samples.probabilities) expect(p).toBeGreaterThan(0.1);
});

test('a world that cannot change a row and keep its answer refuses augmentation in a sentence', () => {
  expect(() => naming('points', { augmented: 1 })).toThrow('leave augmentation off');
});

// Cloning from a number of whole episodes, from a saved agent, and DAgger: what is gathered, and that it comes back with a run.
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { validatesEpisode, withValidation } from '../../src/learners/supervised/episodes.ts';
import { modelTensors } from '../../src/training/brain.ts';
import { defaultRecipe, type Recipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { resumeRun } from '../../src/training/snapshot.ts';
import { fileOf, smallRecipe, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

const cloning = (knobs: Recipe['knobs'], world = 'cartpole', lanes = 4): Recipe => ({
  ...defaultRecipe(world, 'imitation'),
  lanes,
  knobs: { minibatch: 32, ...knobs },
});

const rowsOf = (session: Session, name: string): number =>
  session.phase.learner.snapshot().tensors[`${name}.rows`]!.shape[0]!;

test.each([1, 2, 3, 4, 5, 7, 20, 60])(
  'of %i episodes as many are trained on, and a quarter more validate',
  (count) => {
    const total = withValidation(count);
    const validating = Array.from({ length: total }, (_, i) => validatesEpisode(i, total)).filter(
      Boolean,
    ).length;
    expect(total - validating).toBe(count);
    expect(validating).toBe(Math.ceil(count / 4));
  },
);

test('so many whole episodes are gathered, and no more; then the brain plays', () => {
  const session = createSession(cloning({ episodes: 2 }), kernels);
  while (session.updates === 0) session.tick();
  // CartPole's expert never falls: each episode is the clock's 500 steps.
  expect([rowsOf(session, 'train'), rowsOf(session, 'validation')]).toEqual([1000, 500]);
  expect(session.score).toBeNaN();
  trainTo(session, 600);
  expect([rowsOf(session, 'train'), rowsOf(session, 'validation')]).toEqual([1000, 500]);
  expect(session.episodes).toBeGreaterThan(4);
});

describe('a saved agent as the teacher', () => {
  const contrary = (): Session => {
    const session = createSession(cloning({}), kernels);
    const { values, slots } = session.brain.network.params;
    values.data.fill(0);
    // Whatever it sees, it goes right.
    const bias = slots.find(({ name }) => name === 'policy.output.bias')!;
    values.data[bias.offset + 1] = 5;
    return session;
  };

  test('is copied, and comes back with the run', () => {
    const source = contrary();
    const agent = { brain: source.recipe.brain, tensors: modelTensors(source.brain) };
    const recipe = cloning({ teacher: 'saved agent', learningRate: 0.01 });
    const make = (): Session => createSession(recipe, kernels, { teacher: agent });
    const whole = make();
    trainTo(whole, 80);
    expect(whole.metrics['accuracy']).toBe(1);
    const first = make();
    trainTo(first, 30);
    const { session: second } = resumeRun(fileOf(first), kernels);
    trainTo(second, 80);
    expect(fileOf(second)).toEqual(fileOf(whole));
  });

  test('that is missing or cannot act here is refused in a sentence', () => {
    const recipe = cloning({ teacher: 'saved agent' });
    expect(() => createSession(recipe, kernels)).toThrow('none was given: choose one');
    const source = contrary();
    const agent = { brain: source.recipe.brain, tensors: modelTensors(source.brain) };
    const elsewhere = cloning({ teacher: 'saved agent' }, 'acrobot');
    expect(() => createSession(elsewhere, kernels, { teacher: agent })).toThrow(
      'the saved agent cannot teach in Acrobot: it lacks',
    );
  });
});

test('cloning from episodes resumes exactly from the middle of gathering and after it', () => {
  const recipe = cloning({ episodes: 3 }, 'mountaincar-continuous');
  const whole = createSession(recipe, kernels);
  for (let i = 0; i < 1500; i++) whole.tick();
  for (const at of [100, 1400]) {
    const first = createSession(recipe, kernels);
    for (let i = 0; i < at; i++) first.tick();
    const { session: second } = resumeRun(fileOf(first), kernels);
    while (second.updates < whole.updates || second.steps < whole.steps) second.tick();
    expect(second.snapshot().model).toEqual(whole.snapshot().model);
    expect(second.snapshot().rows).toEqual(whole.snapshot().rows);
  }
});

test('DAgger asks for labels of its own play in every round', () => {
  const session = createSession(smallRecipe({ world: 'cartpole', learner: 'dagger' }), kernels);
  const labels: number[] = [];
  for (const updates of [18, 38, 58, 78, 98]) {
    trainTo(session, updates);
    labels.push(session.metrics['labels']!);
  }
  // The teacher's 3 episodes of 500 steps, then 3 a round of the learner's own, as long as they last.
  expect(labels[0]).toBe(1500);
  for (let i = 1; i < labels.length; i++) expect(labels[i]).toBeGreaterThan(labels[i - 1]!);
  trainTo(session, 130);
  expect(session.metrics['labels']).toBe(rowsOf(session, 'train') + rowsOf(session, 'validation'));
});

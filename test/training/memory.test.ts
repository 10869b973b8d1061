// A brain that remembers: the last few observations as one row, filled at an episode's beginning, the same after a resume; asked,
// watched and copied like any other brain, or refused in one sentence.
import { describe, expect, it, test } from 'vitest';
import { cartpole } from '../../envs/cartpole/dynamics.ts';
import { type EnvironmentDef, remembering } from '../../envs/environment.ts';
import { environmentById } from '../../envs/registry.ts';
import { createLanes, type Lanes, seenNow, stateOf, worldParams } from '../../envs/vectorize.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createRandom } from '../../src/core/random.ts';
import { learnerById } from '../../src/learners/registry.ts';
import { modelTensors } from '../../src/training/brain.ts';
import { createExamination } from '../../src/training/examination.ts';
import { createExhibition } from '../../src/training/exhibition.ts';
import { mapOf } from '../../src/training/mapping.ts';
import { checkRecipe } from '../../src/training/recipe.ts';
import { createRival } from '../../src/training/rival.ts';
import { createSavedTeacher } from '../../src/training/saved-teacher.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { readModel, resumeRun } from '../../src/training/snapshot.ts';
import { transferInto } from '../../src/training/transfer.ts';
import { fileOf, smallRecipe, trainTo } from './runs.ts';

const kernels = await loadKernels('simd');
const hidden = worldParams(cartpole as unknown as EnvironmentDef, { velocities: 'hidden' });
const steps = 3;
const lanesOf = (count: number): Lanes => {
  const lanes = createLanes(remembering(environmentById('cartpole'), steps), hidden, count);
  lanes.resetAll(createRandom('memory'));
  return lanes;
};
const pair = { world: 'cartpole', learner: 'ppo', memory: steps };
const taught = (updates = 10, changed: { readonly memory?: number } = {}): Session => {
  const session = createSession(smallRecipe({ ...pair, ...changed }), kernels);
  trainTo(session, updates);
  return session;
};

describe('lanes that remember', () => {
  it('begin as if they had stood there for ever, and then move the window on by one observation a step', () => {
    const lanes = lanesOf(2);
    const seen = [1, 2, 3].map(() => [...seenNow(lanes, 1)]);
    expect(seen[0]).toEqual([stateOf(lanes, 1)[0], stateOf(lanes, 1)[2]].map((x) => Math.fround(x!)));
    const window = (): number[] => [...lanes.observations.subarray(6, 12)];
    expect(window()).toEqual(seen.flat());
    for (let t = 0; t < 5; t++) {
      lanes.step([0, t % 2]);
      seen.shift();
      seen.push([...seenNow(lanes, 1)]);
      expect(window()).toEqual(seen.flat());
    }
  });

  it('hand out the window that an episode ended with, and nothing of it in the next episode', () => {
    const lanes = lanesOf(1);
    let before = [...lanes.observations];
    for (;;) {
      lanes.step([1]);
      if (lanes.terminated[0] === 1) break;
      before = [...lanes.observations];
    }
    expect([...lanes.finalObservations.subarray(0, 4)]).toEqual(before.slice(2));
    const first = [...seenNow(lanes, 0)];
    expect([...lanes.observations]).toEqual([...first, ...first, ...first]);
  });

  it('find the window again in their rows', () => {
    const lanes = lanesOf(4);
    for (let t = 0; t < 7; t++) lanes.step([0, 1, 0, 1]);
    const other = lanesOf(4);
    other.rows.set(lanes.rows);
    other.refresh();
    expect(other.observations).toEqual(lanes.observations);
    for (const one of [lanes, other]) for (let t = 0; t < 30; t++) one.step([1, 0, 0, 1]);
    expect(other.observations).toEqual(lanes.observations);
  });
});

test('a run that stopped while the clock ended episodes goes on exactly', () => {
  // Three poles that fall at once and a clock that is never reached are not enough: a long game of the expert's kind is.
  const recipe = { ...smallRecipe(pair), params: { velocities: 'hidden', maxAngleDegrees: 60 } };
  const whole = createSession(recipe, kernels);
  const first = createSession(recipe, kernels);
  for (let i = 0; i < 700; i++) whole.tick();
  for (let i = 0; i < 555; i++) first.tick();
  const { session } = resumeRun(fileOf(first), kernels);
  while (session.updates < whole.updates || session.steps < whole.steps) session.tick();
  expect(session.snapshot().model).toEqual(whole.snapshot().model);
  expect(session.snapshot().rows).toEqual(whole.snapshot().rows);
});

test('statistics of what is seen are those of one observation, shared by all steps', () => {
  const { normalizer } = taught().brain;
  expect(normalizer.mean).toHaveLength(2);
  expect(normalizer.variance.every((v) => v > 0)).toBe(true);
});

describe('a brain that remembers', () => {
  const brain = taught();
  const file = readModel(fileOf(brain));

  it('is examined in its world and in another that shows as many numbers, and refused where it sees another', () => {
    const ask = { params: null, episodes: 4, sampled: false, seed: 1 };
    const card = { ...file.card, params: { velocities: 'hidden' } };
    const { evaluation } = createExamination({ ...file, card }, { ...ask, world: null }, kernels);
    while (!evaluation.step());
    expect(evaluation.returns).toHaveLength(4);
    expect(() => createExamination({ ...file, card }, { ...ask, world: 'mountaincar' }, kernels)).toThrow(
      /does not fit MountainCar: its policy.output.weight is \[12,2\], and \[12,3\] is needed there/,
    );
    expect(() => createExamination({ ...file, card }, { ...ask, world: 'breakout' }, kernels)).toThrow(
      'memory is 3, but Breakout shows frames; it must be 0 where what is seen is not a row of numbers that leads to the next.',
    );
  });

  it('is watched: the picture shows the newest observation, the brain the whole window; and it is put on the map', () => {
    const frame = createExhibition(brain).frame(brain, 0.1);
    expect(frame.observation).toHaveLength(2);
    expect(frame.activations['input']).toHaveLength(2 * steps);
    expect(mapOf(brain).observations).toHaveLength(24 * 16 * 2 * steps);
  });

  it('passes its layers on to one that remembers more, as a recurrent unit counts no steps', () => {
    const other = createSession(smallRecipe({ ...pair, memory: 7 }), kernels);
    const report = transferInto(other.brain, modelTensors(brain.brain), { fresh: [], freeze: [] });
    expect([...report.fresh, ...report.unused]).toEqual([]);
  });

  it('teaches one that remembers as much or more, and says what it lacks in one that remembers less', () => {
    const agent = { brain: brain.recipe.brain, tensors: file.model };
    const def = environmentById('cartpole');
    const once = configuredHidden(def);
    const longer = remembering(once, 5);
    const rows = Float32Array.from({ length: 20 }, (_, i) => (i % 7) / 10 - 0.3);
    const newest = Float32Array.of(...rows.subarray(4, 10), ...rows.subarray(14, 20));
    const [answers, same] = [new Float32Array(2), new Float32Array(2)];
    createSavedTeacher(longer, agent, kernels).ask(rows, 2, answers);
    createSavedTeacher(remembering(once, 3), agent, kernels).ask(newest, 2, same);
    expect(answers).toEqual(same);
    expect(() => createSavedTeacher(once, agent, kernels)).toThrow(
      'the saved agent cannot teach in CartPole: it remembers 3 observations and would be shown 1; give the brain that learns a memory of 3 or more.',
    );
  });
});

const configuredHidden = (def: EnvironmentDef): EnvironmentDef =>
  ({ ...def, ...def.configure?.(hidden) }) as EnvironmentDef;

test('an agent without memory teaches one with', () => {
  const plain = createSession(
    { ...smallRecipe({ world: 'cartpole', learner: 'ppo' }), params: { velocities: 'hidden' } },
    kernels,
  );
  const teacher = createSavedTeacher(
    remembering(configuredHidden(environmentById('cartpole')), 4),
    { brain: plain.recipe.brain, tensors: modelTensors(plain.brain) },
    kernels,
  );
  const answers = new Float32Array(1);
  expect(() => teacher.ask(new Float32Array(8), 1, answers)).not.toThrow();
});

describe('the other side of Pong', () => {
  const pong = remembering(environmentById('pong'), 2);
  const params = worldParams(pong, { serve: 'either way', pointsToWin: 2 });

  it('is shown its own last observations', () => {
    const seen: Float32Array[] = [];
    const lanes = createLanes(pong, params, 2, {
      look: (rows) => void seen.push(rows.slice()),
      choose: () => 0,
    });
    lanes.resetAll(createRandom('pong'));
    for (let t = 0; t < 4; t++) lanes.step([1, 0]);
    const size = lanes.observationSize / 2;
    expect(seen[0]!.subarray(0, size)).toEqual(seen[0]!.subarray(size, 2 * size));
    for (let t = 1; t < 4; t++)
      expect(seen[t]!.subarray(0, size)).toEqual(seen[t - 1]!.subarray(size, 2 * size));
  });

  it('resumes exactly when a brain with memory plays itself', () => {
    const recipe = {
      ...smallRecipe({ world: 'pong', learner: 'ppo' }),
      params: { opponent: 'itself', renewal: 1000, serve: 'either way', pointsToWin: 2 },
      knobs: { horizon: 8, minibatch: 32, epochs: 1 },
      brain: { hidden: [8], activation: 'tanh', settings: { memory: 2, memoryUnits: 6 } },
    } as const;
    const whole = createSession(recipe, kernels);
    const first = createSession(recipe, kernels);
    for (let i = 0; i < 200; i++) whole.tick();
    for (let i = 0; i < 90; i++) first.tick();
    const { session } = resumeRun(fileOf(first), kernels);
    while (session.updates < whole.updates || session.steps < whole.steps) session.tick();
    expect(Buffer.from(fileOf(session)).equals(fileOf(whole))).toBe(true);
  });

  it('is played by a saved brain only where that is shown what it remembers', () => {
    const brain = { hidden: [8], activation: 'tanh', settings: { memory: 3 } } as const;
    expect(() => createRival(pong, brain, kernels, false)).toThrow(
      'the saved agent cannot play Pong: it remembers 3 observations and would be shown 2',
    );
  });
});

test('memory is refused where it means nothing, in one sentence', () => {
  const settings = { memory: 4 };
  const recipe = smallRecipe(pair);
  const inWorld = (world: string, params = {}) => {
    const learner = learnerById('ppo').unfit({ ...environmentById(world) } as never) ? 'imitation' : 'ppo';
    return () => checkRecipe({ ...recipe, world, learner, params, brain: { ...recipe.brain, settings } });
  };
  expect(inWorld('pendulum')).not.toThrow();
  expect(inWorld('asterix', { sees: 'things' })).toThrow('Asterix shows a list of things');
  expect(inWorld('digits')).toThrow('Digits shows examples that have nothing to do with each other');
});

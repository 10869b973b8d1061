// Online learning: how the world under a stream drifts, what is kept of it, and what is said of a brain that stands still, that
// follows and forgets, that keeps both worlds, and that is torn between two that contradict each other.
import { describe, expect, test } from 'vitest';
import { paramsBetween } from '../../envs/environment.ts';
import { environmentById } from '../../envs/registry.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KnobValues } from '../../src/core/knobs.ts';
import { createRandom } from '../../src/core/random.ts';
import { createReservoir } from '../../src/learners/reservoir.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { resumeRun } from '../../src/training/snapshot.ts';
import { fileOf, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

/** A stream that is answered by a brain taught so many updates by labels. */
function deployed(world: string, updates: number, params: KnobValues, knobs: KnobValues): Session {
  const recipe = { ...defaultRecipe(world, 'classification'), params, seed: 5 };
  const session = createSession(recipe, kernels);
  trainTo(session, updates);
  session.switchTo('online', knobs);
  return session;
}

describe('a world that drifts', () => {
  const clinic = environmentById('clinic');
  const from = worldParams(clinic, {});
  const to = worldParams(clinic, { age: 68, groupB: 0.75, hideGroup: 1 });

  test('its settings move in proportion and in whole increments, and arrive', () => {
    expect(paramsBetween(clinic, from, to, 0)).toBe(from);
    expect(paramsBetween(clinic, from, to, 1)).toBe(to);
    const half = paramsBetween(clinic, from, to, 0.4);
    expect(half).toMatchObject({ age: 57, hideGroup: 0, labelBias: 0 });
    expect(half['groupB']).toBeCloseTo(0.48, 10);
  });

  test('lanes take other settings in their stride, and the recipe is not touched', () => {
    const digits = environmentById('digits');
    const [usual, other] = [worldParams(digits, {}), worldParams(digits, { slant: -0.45, thickness: 0.14 })];
    const [drifted, native] = [createLanes(digits, usual, 3), createLanes(digits, other, 3)];
    for (const lanes of [drifted, native]) lanes.resetAll(createRandom('lanes'));
    expect(drifted.observations).not.toEqual(native.observations);
    drifted.change(other);
    drifted.refresh();
    for (let i = 0; i < 5; i++) for (const lanes of [drifted, native]) lanes.step([1, 2, 3]);
    expect(drifted.observations).toEqual(native.observations);
    expect(drifted.params).toBe(usual);
    expect(drifted.current).toBe(other);
  });

  test('only to where the same answers are asked for, and not to where it stands', () => {
    const open = (twin: number) => deployed('points', 0, {}, { twin });
    expect(() => open(3)).toThrow('cannot drift to 3 (Four classes): it asks for other answers there.');
    expect(() => open(0)).toThrow('stands at 0 (the usual settings) already');
    expect(() => open(7)).toThrow('number 7; there are: 0 the usual settings, 1 More noise, 2 Turned,');
  });

  test('another way of learning finds the world of the recipe; taken up again, the drift goes on where it stood', () => {
    const knobs = { after: 200, over: 4000, newest: 16 };
    const session = deployed('clinic', 1, {}, knobs);
    trainTo(session, 100);
    const stood = session.lanes.current;
    expect(stood['age']).toBeGreaterThan(50);
    expect(stood['age']).toBeLessThan(68);
    const { session: resumed } = resumeRun(fileOf(session), kernels);
    expect(resumed.lanes.current).toEqual(stood);
    expect(resumed.lanes.observations).toEqual(session.lanes.observations);
    session.switchTo('classification', {});
    expect(session.lanes.current).toBe(session.params);
    session.switchTo('online', knobs);
    expect(session.lanes.current).toEqual(stood);
  });
});

test('a reservoir keeps a fair sample of all that came, and what it was', () => {
  const random = createRandom('reservoir');
  const means: number[] = [];
  for (let trial = 0; trial < 40; trial++) {
    const reservoir = createReservoir(50, 2);
    for (let i = 0; i < 2000; i++)
      reservoir.offer(Float32Array.of(i, -i), 0, Float32Array.of(i % 7), 0, random);
    const kept = reservoir.tensors('kept');
    const rows = kept['kept.rows']!.data;
    expect(kept['kept.rows']!.shape).toEqual([50, 2]);
    for (let k = 0; k < 50; k++) {
      expect(rows[2 * k + 1]).toBe(-rows[2 * k]!);
      expect(kept['kept.labels']!.data[k]).toBe(rows[2 * k]! % 7);
      means.push(rows[2 * k]!);
    }
    const copy = createReservoir(50, 2);
    copy.restore('kept', kept);
    expect(copy.tensors('kept')).toEqual(kept);
  }
  // 2,000 of the uniform distribution over 0 to 1,999: deviation of the mean 13.
  expect(Math.abs(means.reduce((a, b) => a + b) / means.length - 999.5)).toBeLessThan(40);
});

test('a brain that stands still is bit for bit the one that was deployed, running statistics included', () => {
  const session = deployed('shop', 20, {}, { keeps: 'not at all', after: 500, over: 500 });
  const before = fingerprint(session.brain);
  trainTo(session, session.updates + 60);
  expect(fingerprint(session.brain)).toBe(before);
  expect(Number.isFinite(session.metrics['loss'])).toBe(true);
});

describe('in words', () => {
  const taught = createSession({ ...defaultRecipe('points', 'classification'), seed: 5 }, kernels);
  trainTo(taught, 400);
  const file = fileOf(taught);

  test.each([
    [{ keeps: 'not at all' }, /^Left behind\. the stream has moved and it stands still/],
    [{ keeps: 'newest rows' }, /^Forgetting\. it keeps up .* it learns from the newest rows alone/],
    [{ keeps: 'with replay' }, /^Keeping both\. it keeps up .* its replay brings the old world back/],
    [{ keeps: 'with replay', replay: 20 }, /^Forgetting\. .* its replay holds too little of it/],
    [{ keeps: 'newest rows', learningRate: 1e-6 }, /^Lagging\. .* the learning rate is too small/],
    [{ keeps: 'newest rows', learningRate: 0.5 }, /^Falling behind\. .* its steps are too big/],
  ])('%o', (knobs, says) => {
    const { session } = resumeRun(file, kernels);
    session.switchTo('online', { twin: 2, after: 8000, sudden: 1, budget: 26_000, ...knobs });
    const { learner } = session.phase;
    const said = new Set<string>();
    while (!session.budgetSpent()) {
      session.tick();
      said.add(learner.words().lead);
    }
    const { lead, text } = learner.words();
    expect(`${lead} ${text}`).toMatch(says);
    expect([...said].slice(0, 2)).toEqual(['Ready.', 'At work.']);
    // A sudden drift is nothing that one watches come, and big steps are ill before it.
    expect([...said]).not.toContain('Drifting.');
    expect(said.has('Getting worse.')).toBe('learningRate' in knobs && knobs.learningRate === 0.5);
  });

  test.each([
    ['not at all', /^Unharmed\. it stands still, and the drift costs it little/],
    ['newest rows', /^Keeping up\. it learned the new world and has not forgotten the old one/],
  ])('where a drift is harmless, %s', (keeps, says) => {
    const session = deployed('shop', 300, {}, { keeps, twin: 2, after: 2000, over: 2000, budget: 8000 });
    const { learner } = session.phase;
    const said = new Map<string, string>();
    while (!session.budgetSpent()) {
      session.tick();
      said.set(learner.words().lead, learner.words().text);
    }
    expect([...said.keys()].slice(0, 3)).toEqual(['Ready.', 'At work.', 'Drifting.']);
    expect(said.get('At work.')).toContain('("Another season" is to come)');
    // The last row before it arrives: 3,968, as 64 lanes come to it.
    expect(said.get('Drifting.')).toMatch(/^98 % of the way to "Another season"/);
    const { lead, text } = learner.words();
    expect(`${lead} ${text}`).toMatch(says);
  });
});

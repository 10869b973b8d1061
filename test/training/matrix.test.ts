// One brain, every way: each learner in each world that the registry calls fitting, and the refusal of the others; and one
// run taken through all of its ways, twice, with everything that it was found again.
import { describe, expect, test } from 'vitest';
import { shapeOfWorld } from '../../envs/environment.ts';
import { environmentById, environments } from '../../envs/registry.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KnobValues } from '../../src/core/knobs.ts';
import { learnerById, learners } from '../../src/learners/registry.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { checkRecipe, defaultRecipe, type Recipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { resumeRun } from '../../src/training/snapshot.ts';
import { fileOf, trainTo } from './runs.ts';

const kernels = await loadKernels('simd');

/** Small batches of whichever size a learner has. */
const smallKnobs = (learner: string): KnobValues => {
  const wanted: Readonly<Record<string, number>> = { minibatch: 16, horizon: 8, channels: 4 };
  const known = Object.keys(wanted).filter((name) => Object.hasOwn(learnerById(learner).knobs, name));
  return Object.fromEntries(known.map((name) => [name, wanted[name]!]));
};

const small = (world: string, learner: string): Recipe => {
  const recipe = defaultRecipe(world, learner);
  const settings = world === 'digits' ? { settings: { filters: 4 } } : {};
  const brain = { ...recipe.brain, ...settings, hidden: [8] };
  return { ...recipe, lanes: 5, knobs: smallKnobs(learner), brain };
};

const unfit = (world: string, learner: string): string | undefined =>
  learnerById(learner).unfit(shapeOfWorld(environmentById(world)));
const fitting = (world: string): string[] =>
  learners.map(({ id }) => id).filter((id) => unfit(world, id) === undefined);

describe.each(environments.map(({ id }) => id))('%s', (world) => {
  test.each(learners.map(({ id }) => id))(
    '%s: twenty updates, or a sentence saying what is missing',
    (learner) => {
      const recipe = small(world, learner);
      const missing = unfit(world, learner);
      if (missing !== undefined) {
        const sentence = `${learnerById(learner).title} does not fit ${environmentById(world).title}: ${missing}.`;
        expect(() => checkRecipe(recipe)).toThrow(sentence);
        expect(missing.length).toBeGreaterThan(10);
        return;
      }
      const session = createSession(recipe, kernels);
      trainTo(session, 20);
      expect(session.updates).toBe(20);
      expect(Number.isFinite(session.metrics['loss'])).toBe(true);
    },
  );
});

test.each(fitting('cartpole'))(
  'a brain with memory in CartPole without velocities, %s: twenty updates',
  (learner) => {
    const recipe = small('cartpole', learner);
    const brain = { ...recipe.brain, settings: { memory: 4, memoryUnits: 6 } };
    const session = createSession({ ...recipe, params: { velocities: 'hidden' }, brain }, kernels);
    trainTo(session, 20);
    expect(Number.isFinite(session.metrics['loss'])).toBe(true);
    const before = fingerprint(session.brain, 'trunk');
    session.switchTo('ppo', smallKnobs('ppo'));
    expect(fingerprint(session.brain, 'trunk')).toBe(before);
  },
);

// Buttons, numbers on axes, frames with labels.
describe.each(['cartpole', 'pendulum', 'digits'])('one brain in %s', (world) => {
  const ways = fitting(world);
  const journey = [...ways, ...ways];
  const updates = 6;
  const begin = (): Session => createSession(small(world, ways[0]!), kernels);

  test('a switch leaves the trunk as it is, keeps every head, finds its optimiser again, and is marked', () => {
    const session = begin();
    const steps = new Map<string, number>();
    for (const [i, learner] of journey.entries()) {
      const trunk = fingerprint(session.brain, 'trunk');
      if (i > 0) {
        session.switchTo(learner, smallKnobs(learner));
        expect(session.marks.at(-1)).toMatchObject({
          from: journey[i - 1],
          to: learner,
          updates: session.updates,
          trunkBefore: trunk,
          trunkAfter: trunk,
        });
      }
      expect(fingerprint(session.brain, 'trunk')).toBe(trunk);
      expect(session.phase.optimizer.steps).toBe(steps.get(learner) ?? 0);
      const own = Object.keys(learnerById(learner).heads(shapeOfWorld(session.world), session.phase.knobs));
      const others = Object.keys(session.brain.network.spec.heads).filter((head) => !own.includes(head));
      const held = others.map((head) => fingerprint(session.brain, head));
      trainTo(session, session.updates + updates);
      expect(others.map((head) => fingerprint(session.brain, head))).toEqual(held);
      steps.set(learner, session.phase.optimizer.steps);
    }
    expect(session.marks).toHaveLength(journey.length - 1);
  });

  test('saved and resumed after every switch, it is the same run', () => {
    const whole = begin();
    let resumed = begin();
    for (const [i, learner] of journey.entries()) {
      if (i > 0) for (const session of [whole, resumed]) session.switchTo(learner, smallKnobs(learner));
      resumed = resumeRun(fileOf(resumed), kernels).session;
      for (const session of [whole, resumed]) trainTo(session, session.updates + updates);
    }
    // By hand: comparing files of megabytes number by number takes a matcher minutes.
    expect(Buffer.from(fileOf(resumed)).equals(fileOf(whole))).toBe(true);
  });
});

// Where a run has ever been: places counted as lanes come to them, the last one of an episode too, and kept with the run.
import { describe, expect, test } from 'vitest';
import { environments } from '../../envs/registry.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createRandom } from '../../src/core/random.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { resumeRun } from '../../src/training/snapshot.ts';
import { fileOf, trainTo } from './runs.ts';

const kernels = await loadKernels('simd');
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);

const placed = environments.filter(({ places }) => places !== undefined);

describe.each(placed.map((world) => [world.id, world] as const))('%s', (_, world) => {
  test.each([{ id: 'usual', params: {} }, ...world.variants])(
    '$id: every beginning and every step is one visit',
    ({ params }) => {
      const p = worldParams(world, params);
      const places = world.places!;
      const lanes = createLanes(world, p, 3);
      lanes.resetAll(createRandom('visits'));
      expect(lanes.visits).toHaveLength(places.count(p));
      const random = createRandom('walk');
      const steps = 2000;
      let ended = 0;
      for (let i = 0; i < steps; i++) {
        lanes.step([random.integer(4), random.integer(4), random.integer(4)]);
        ended += sum(lanes.terminated) + sum(lanes.truncated);
      }
      expect(sum(lanes.visits)).toBe(3 + 3 * steps + ended);
      const been = lanes.visits.filter((times) => times > 0).length;
      expect(been).toBeGreaterThan(1);
      expect(been).toBeLessThanOrEqual(places.reachable(p));
    },
  );
});

test('in the grid world the goal that ends an episode counts, and no wall does', () => {
  const grid = environments.find(({ id }) => id === 'grid')!;
  const lanes = createLanes(grid, worldParams(grid, { map: '###/#SG/###', slip: 0, fixedStart: 1 }), 1);
  lanes.resetAll(createRandom('goal'));
  lanes.step([0]);
  lanes.step([1]);
  // Begun, a bump, the goal, begun again.
  expect([...lanes.visits]).toEqual([0, 0, 0, 0, 3, 1, 0, 0, 0]);
  expect(grid.places!.reachable(lanes.params)).toBe(2);
});

test('a run that is taken up again goes on counting; one from before there was a count begins it', () => {
  const session = createSession({ ...defaultRecipe('grid', 'ppo'), lanes: 4 }, kernels);
  trainTo(session, 3);
  const { visits } = session.lanes;
  // Evaluations play lanes of their own.
  expect(sum(visits)).toBeGreaterThanOrEqual(session.steps + 4);
  expect(sum(visits)).toBeLessThan(session.steps + 4 + session.episodes + 1);
  const { session: resumed } = resumeRun(fileOf(session), kernels);
  expect(resumed.lanes.visits).toEqual(visits);
  const saved = session.snapshot();
  const older = createSession(session.recipe, kernels, { saved: { ...saved, visits: new Float64Array() } });
  expect(sum(older.lanes.visits)).toBe(0);
  const damaged = { ...saved, visits: new Float64Array(3) };
  expect(() => createSession(session.recipe, kernels, { saved: damaged })).toThrow(
    'the saved world counts visits of 3 places; it has 80.',
  );
});

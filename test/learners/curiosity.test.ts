// Curiosity: what is new pays until it is known, what answers at random never changes, and novelty outlives an episode.
import { expect, test } from 'vitest';
import { environmentById } from '../../envs/registry.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KnobValues } from '../../src/core/knobs.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';
import { smallRecipe, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

test('the random network stays as it was drawn, the predictor learns it', () => {
  const session = createSession(smallRecipe({ world: 'cartpole', learner: 'curious' }), kernels);
  trainTo(session, 1);
  const target = fingerprint(session.brain, 'target');
  const predictor = fingerprint(session.brain, 'predictor');
  const first = session.metrics['predictorLoss']!;
  trainTo(session, 300);
  expect(fingerprint(session.brain, 'target')).toBe(target);
  expect(fingerprint(session.brain, 'predictor')).not.toBe(predictor);
  expect(session.metrics['predictorLoss']).toBeLessThan(first / 2);
});

test('the end of an episode does not end what novelty is worth', () => {
  const recipe = smallRecipe({ world: 'cartpole', learner: 'curious' });
  const session = createSession({ ...recipe, knobs: { ...recipe.knobs, horizon: 40, lambda: 0 } }, kernels);
  trainTo(session, 1);
  const { tensors } = session.phase.learner.snapshot();
  const of = (name: string): number[] => [...tensors[name]!.data];
  const [done, rewards, values, returns] = [
    of('rollout.done'),
    of('curiosity.rewards'),
    of('curiosity.values'),
    of('curiosity.returns'),
  ];
  const ends = [...done.keys()].filter((i) => done[i] === 1 && i + 10 < done.length);
  expect(ends.length).toBeGreaterThan(0);
  // With lambda 0 a return is one reward and what the next row, the new episode's first, is worth.
  for (const i of ends) expect(returns[i]).toBeCloseTo(rewards[i]! + 0.99 * values[i + 10]!, 4);
});

// `npm run measure -- curiosity` has the whole of it: 200,000 steps, three seeds.
test('in four rooms with one far reward it gets about where plain PPO does not', () => {
  const rooms = environmentById('grid').variants.find(({ id }) => id === 'four-rooms')!;
  const cells = (learner: string): number => {
    const recipe = {
      ...defaultRecipe('grid', learner),
      params: rooms.params as KnobValues,
      lanes: 16,
      seed: 5,
    };
    const session = createSession(recipe, kernels);
    const visited = new Set<number>();
    while (session.steps < 40_000) {
      if (session.tick() !== 'gather') continue;
      for (let i = 0; i < 16; i++) visited.add(session.lanes.rows[i * session.lanes.stride]!);
    }
    return visited.size;
  };
  expect(cells('curious')).toBeGreaterThan(cells('ppo') + 50);
}, 120_000);

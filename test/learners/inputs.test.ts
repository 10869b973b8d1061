// A brain may see its numbers normalised, or as they are: a setting of the trunk.
import { describe, expect, it } from 'vitest';
import { shapeOfWorld } from '../../envs/environment.ts';
import { environmentById } from '../../envs/registry.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { settingMatters } from '../../src/learners/trunk.ts';
import { modelTensors } from '../../src/training/brain.ts';
import { createSession } from '../../src/training/session.ts';
import { smallRecipe, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');
const trained = (inputs: string) => {
  const recipe = smallRecipe({ world: 'cartpole', learner: 'ppo' });
  const settings = { ...recipe.brain.settings, inputs };
  const session = createSession({ ...recipe, brain: { ...recipe.brain, settings } }, kernels);
  trainTo(session, 2);
  return session;
};

describe('inputs', () => {
  it('reach the first layer as they are when asked to, and no statistics are kept of them', () => {
    const { brain, lanes } = trained('as they are');
    expect(Object.keys(modelTensors(brain)).filter((name) => name.startsWith('input.'))).toEqual([]);
    const rows = brain.network.input.data;
    rows.set(lanes.observations.subarray(0, 4));
    brain.normalizer.apply(brain.network.input, 1);
    expect(rows.slice(0, 4)).toEqual(lanes.observations.slice(0, 4));
  });

  it('are normalised otherwise, by statistics that belong to the brain', () => {
    expect(Object.keys(modelTensors(trained('normalised').brain))).toContain('input.mean');
  });

  it('pass on layers between the two: statistics begin anew where there were none, and are not used where none are kept', () => {
    const passed = (from: string, to: string) => {
      const recipe = smallRecipe({ world: 'cartpole', learner: 'ppo' });
      const brain = { ...recipe.brain, settings: { ...recipe.brain.settings, inputs: to } };
      const source = { tensors: modelTensors(trained(from).brain), plan: { fresh: [], freeze: [] } };
      const session = createSession({ ...recipe, brain }, kernels, { source });
      expect(session.transfer?.copied).toContain('trunk.hidden1.weight');
      trainTo(session, 1);
      return session.transfer;
    };
    const statistics = ['input.mean', 'input.variance', 'input.count'];
    expect(passed('as they are', 'normalised')?.fresh).toEqual(statistics);
    expect(passed('normalised', 'as they are')?.unused).toEqual(statistics);
  });

  it('are a setting only where a world says that its numbers differ in scale', () => {
    const matters = (world: string) => settingMatters('inputs', shapeOfWorld(environmentById(world)));
    expect([matters('cartpole'), matters('breakout')]).toEqual([true, false]);
  });
});

// The trunk's last layer may hand on its sums as they are, as an autoencoder's code: a setting of the trunk.
import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createSession } from '../../src/training/session.ts';
import { smallRecipe, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');
const trained = (features: string) => {
  const recipe = smallRecipe({ world: 'cartpole', learner: 'autoencoder' });
  const brain = { ...recipe.brain, hidden: [8, 4], activation: 'relu', settings: { features } } as const;
  const session = createSession({ ...recipe, brain }, kernels);
  trainTo(session, 2);
  const { network } = session.brain;
  for (let i = 0; i < network.input.data.length; i++) network.input.data[i] = (i % 7) - 3;
  network.forward(4, [], 'evaluate');
  return { names: network.spec.trunk.map(({ name }) => name), numbers: network.features.data.slice(0, 16) };
};

describe('features', () => {
  it('are the sums of the last layer when they are linear: ReLU does not cut them off', () => {
    const { names, numbers } = trained('linear');
    expect(names).toEqual(['hidden1', 'hidden1Active', 'hidden2']);
    expect(Math.min(...numbers)).toBeLessThan(0);
  });

  it('go through the activation otherwise', () => {
    const { names, numbers } = trained('activated');
    expect(names.at(-1)).toBe('hidden2Active');
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  });
});

// Numerical gradients through the whole network, for every learner in the registry and both kernel sets.
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KernelSetName } from '../../src/core/kernels.ts';
import { createRandom } from '../../src/core/random.ts';
import { learnerById } from '../../src/learners/registry.ts';
import { slotValues } from '../../src/training/brain.ts';
import { createSession } from '../../src/training/session.ts';
import { masked, pairs, remembering, smallRecipe, titleOf, trainTo } from '../training/runs.ts';

const kernelSets: readonly KernelSetName[] = ['simd', 'reference'];
const directions = 3;

const cases = [...pairs, ...remembering, ...masked].map((pair) => ({ ...pair, title: titleOf(pair) }));

describe.each(kernelSets)('%s kernels', (name) => {
  test.each(cases)('$title: backward agrees with central differences', async (pair) => {
    const recipe = smallRecipe(pair);
    // Smooth all through: a difference across ReLU's kink would measure the kink (ReLU has its golden cases).
    // Slow: twenty updates at a bold rate saturate a trunk, and nothing is left of its gradients but rounding.
    const rate = learnerById(pair.learner).knobs['learningRate']?.default ?? 0;
    const slow = Number(rate) > 1e-3 ? { learningRate: 1e-3 } : {};
    const smooth = {
      ...recipe,
      knobs: { ...recipe.knobs, ...slow },
      // The plain kernels are slow: a quarter of the filters.
      brain: {
        ...recipe.brain,
        ...(name === 'reference' && pair.world === 'digits' ? { settings: { filters: 4 } } : {}),
        activation: 'tanh',
      },
    } as const;
    const session = createSession(smooth, await loadKernels(name));
    // Some updates first: policy heads begin near 0, and through them hardly more than rounding reaches the trunk.
    trainTo(session, 20);
    const { learner, brain } = session.phase;
    const { network } = brain;
    let batch = learner.nextBatch();
    while (!batch) batch = learner.nextBatch();
    const { n, heads } = batch;
    const loss = (): number => {
      network.forward(n, heads, 'train');
      network.clearGrads(n);
      return learner.loss({ n, heads })['loss']!;
    };
    loss();
    network.backward(n, heads);
    const grads = network.params.grads.data.slice();
    const random = createRandom('directions');
    const worst: [slot: string, error: number][] = [];
    for (const slot of network.params.slots) {
      const values = slotValues(network.params, slot);
      const start = values.slice();
      const grad = grads.subarray(slot.offset, slot.offset + slot.length);
      const size = Math.hypot(...grad);
      if (size === 0) continue;
      let error = 0;
      for (let d = 0; d < directions; d++) {
        // The gradient's own direction first, then random ones leaning on it, so that the signal exceeds rounding.
        const lean = Float64Array.from(
          grad,
          (g) => g / size + (d === 0 ? 0 : random.normal() / Math.sqrt(slot.length)),
        );
        const length = Math.hypot(...lean);
        // Several steps; rounding spoils the small ones and curvature the large ones, a wrong gradient all of them.
        const errors = [3e-2, 1e-2, 3e-3, 1e-3].map((step) => {
          const at = (sign: number): number => {
            for (let i = 0; i < start.length; i++) values[i] = start[i]! + (sign * step * lean[i]!) / length;
            return loss();
          };
          const measured = (8 * (at(0.5) - at(-0.5)) - (at(1) - at(-1))) / (6 * step);
          const predicted = lean.reduce((sum, x, i) => sum + (x / length) * grad[i]!, 0);
          return Math.abs(measured - predicted) / size;
        });
        values.set(start);
        error = Math.max(error, Math.min(...errors));
      }
      worst.push([slot.name, error]);
    }
    expect(worst.length).toBeGreaterThan(0);
    for (const [slot, error] of worst) expect(error, slot).toBeLessThan(1e-3);
  });
});

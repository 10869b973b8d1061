// Masks: what the world rules out is never drawn, takes no gradient and no part in the entropy, in the fast kernels and the plain
// ones; where everything is ruled out nothing is. And a learner in a masked world keeps to it, to the first ratio of 1.
import { expect, test } from 'vitest';
import { createArena, sizeOf } from '../../src/core/arena.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createNetwork } from '../../src/core/network.ts';
import { createRandom } from '../../src/core/random.ts';
import { createPolicy } from '../../src/learners/policy.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';

const forbidden = [[0], [1, 2], [2]];
const action = { kind: 'discrete', names: ['a', 'b', 'c'], keys: [null, null, null] } as const;

/** The input itself, as the logits of three actions. */
const maskedNetwork = async (kernelSet: 'simd' | 'reference') => {
  const arena = createArena(4 * 1024 * 1024);
  const kernels = (await loadKernels(kernelSet))(arena.memory);
  const network = createNetwork(
    {
      input: [3],
      normalize: false,
      trunk: [],
      heads: { policy: [{ kind: 'mask', name: 'mask', forbidden }] },
    },
    arena,
    kernels,
    4,
  );
  return { network, policy: createPolicy(action, network, kernels, arena, 'policy') };
};
const rows = [1, 0, 0, -1, 2, -1, -1, 1, 1, 0.5, 0.5, 0.5];
/** Row -> what may be drawn there. The last row rules out everything. */
const open = [[1, 2], [0, 2], [0], [0, 1, 2]];

test.each(['simd', 'reference'] as const)(
  'what is ruled out is never drawn and moves nothing (%s)',
  async (set) => {
    const { network, policy } = await maskedNetwork(set);
    network.input.data.set(rows);
    network.forward(4, ['policy'], 'evaluate');
    const random = createRandom('masks');
    const [drawn, logProbs] = [new Float32Array(4), new Float32Array(4)];
    const seen = open.map(() => new Set<number>());
    for (let i = 0; i < 500; i++) {
      policy.draw(4, drawn, logProbs, 0, random);
      for (const [row, choice] of drawn.entries()) seen[row]!.add(choice);
    }
    expect(seen.map((choices) => [...choices].sort())).toEqual(open);

    network.clearGrads(4);
    const report = { policyLoss: 0, entropy: 0, kl: 0, clipFraction: 0, ratioError: 0 };
    policy.surrogate(report, drawn, logProbs, Float32Array.of(1, -1, 2, 0.5), 4, 0.2, 0.01);
    expect(report.ratioError).toBeLessThan(1e-5);
    expect(Number.isFinite(report.entropy)).toBe(true);
    const gradient = network.outputGrad('policy').data;
    open.forEach((choices, row) => {
      for (let a = 0; a < 3; a++) if (!choices.includes(a)) expect(Math.abs(gradient[3 * row + a]!)).toBe(0);
    });
    // One choice is no choice: nothing to learn, nothing undecided.
    expect([...gradient.slice(6, 9)].map(Math.abs)).toEqual([0, 0, 0]);
  },
);

test('a place that is not there is an error when the network is built', () => {
  const arena = createArena(1024 * 1024);
  const spec = {
    input: [3],
    normalize: false,
    trunk: [],
    heads: { policy: [{ kind: 'mask', name: 'mask', forbidden: [[0], [], [3]] }] },
  } as const;
  return expect(
    loadKernels('reference').then((factory) => createNetwork(spec, arena, factory(arena.memory), 4)),
  ).rejects.toThrow('layer mask: there is no place 3 in an input of 3 numbers');
});

test.each(['snake', 'grid'])(
  'PPO in %s never does what is masked while anything else is left',
  async (world) => {
    const session = createSession(
      {
        ...defaultRecipe(world, 'ppo'),
        params: { mask: 1 },
        lanes: 8,
        knobs: { horizon: 16, minibatch: 64, epochs: 1 },
      },
      await loadKernels('simd'),
    );
    const { forbidden: ruledOut, observation } = session.world;
    const size = sizeOf(observation.shape);
    let previous = '';
    let looked = 0;
    while (session.updates < 12) {
      const piece = session.tick();
      if (piece === 'update' && previous === 'gather') {
        expect(session.metrics['ratioError']).toBeLessThan(1e-5);
        const { tensors } = session.phase.learner.snapshot();
        const seen = tensors['rollout.observations']!.data;
        tensors['rollout.actions']!.data.forEach((choice, row) => {
          const out = ruledOut!.map((places) => places.some((place) => seen[row * size + place]! > 0));
          if (out[choice] && !out.every((one) => one))
            expect.fail(`row ${row} did ${choice}, which was masked`);
          looked++;
        });
      }
      if (piece !== 'evaluate') previous = piece;
    }
    expect(looked).toBeGreaterThan(500);
  },
);

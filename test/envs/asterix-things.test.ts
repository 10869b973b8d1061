// Asterix as a list of things: the frame and the list say the same of the same state, and the brain's attention sums to 1 over what
// is there.
import { expect, test } from 'vitest';
import { asterix } from '../../envs/asterix/dynamics.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createRandom } from '../../src/core/random.ts';
import { attentionOf } from '../../src/training/attention.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession } from '../../src/training/session.ts';

const play = (sees: string) => {
  const lanes = createLanes(asterix, worldParams(asterix, { sees }), 16);
  const random = createRandom('actions');
  lanes.resetAll(createRandom('things'));
  const actions = new Float32Array(lanes.count);
  return {
    lanes,
    step: (): void => {
      for (let i = 0; i < actions.length; i++) actions[i] = random.integer(5);
      lanes.step(actions);
    },
  };
};

test('frame and list say the same', () => {
  const [frame, things] = [play('frame'), play('things')];
  for (let step = 0; step < 300; step++) {
    frame.step();
    things.step();
    expect(things.lanes.rows).toEqual(frame.lanes.rows);
    for (let lane = 0; lane < 16; lane++) {
      const list = things.lanes.observations.subarray(lane * 81, (lane + 1) * 81);
      const drawn = new Float32Array(400);
      for (let thing = 0; thing < 9; thing++) {
        const [there, player, enemy, gold, x, y, , , way] = list.subarray(thing * 9, thing * 9 + 9);
        if (there === 0) continue;
        const [column, row] = [Math.round(9 * x!), Math.round(9 * y!)];
        const channel = player === 1 ? 0 : enemy === 1 ? 1 : gold === 1 ? 3 : -1;
        drawn[(row * 10 + column) * 4 + channel] = 1;
        const behind = column - way!;
        if (player === 0 && behind >= 0 && behind <= 9) drawn[(row * 10 + behind) * 4 + 2] = 1;
      }
      expect(drawn).toEqual(frame.lanes.observations.slice(lane * 400, (lane + 1) * 400));
    }
  }
});

test('the player looks at what is there, and at nothing else', async () => {
  const recipe = { ...defaultRecipe('asterix', 'ppo'), lanes: 16, params: { sees: 'things' } };
  const { brain, lanes } = createSession(recipe, await loadKernels('simd'));
  const { step, lanes: played } = play('things');
  for (let i = 0; i < 40; i++) step();
  brain.network.input.data.set(played.observations);
  brain.network.forward(lanes.count, ['policy'], 'evaluate');
  for (let lane = 0; lane < lanes.count; lane++) {
    const shares = attentionOf(brain.network, lane);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    shares.forEach((share, thing) => {
      expect(share > 0).toBe(played.observations[lane * 81 + thing * 9] === 1);
    });
  }
});

// Four rooms with one far reward (Grid, 21 x 21, 404 cells to stand on, always from the same corner): how many cells were ever stood on.
import { environmentById } from '../../../envs/registry.ts';
import type { KnobValues } from '../../core/knobs.ts';
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession } from '../../training/session.ts';
import { kernels } from '../runs.ts';
import type { Measurement } from './measurement.ts';

/** Cells stood on after 100,000 and after 200,000 steps of lanes. */
async function cellsVisited(learner: string, knobs: KnobValues, seed: number): Promise<[number, number]> {
  const rooms = environmentById('grid').variants.find(({ id }) => id === 'four-rooms')!;
  const recipe = {
    ...defaultRecipe('grid', learner),
    params: rooms.params as KnobValues,
    lanes: 16,
    seed,
    knobs: { budget: 200_000, ...knobs },
  };
  const session = createSession(recipe, await kernels());
  const visited = (): number => session.lanes.visits.filter((times) => times > 0).length;
  while (session.steps < 100_000) session.tick();
  const half = visited();
  while (session.steps < 200_000) session.tick();
  return [half, visited()];
}

const plain = 'PPO, cells after 200,000 steps';
const curious = 'PPO, curious, cells after 200,000 steps';

export const roomsVisited: Measurement = {
  id: 'curiosity',
  title: 'Four rooms, 404 cells, one far reward: cells visited.',
  seeds: 3,
  aims: { [plain]: '< 300', [curious]: '>= 384 (95 %) on every seed' },
  async measure(seed) {
    const [plainHalf, plainWhole] = await cellsVisited('ppo', {}, seed);
    const [curiousHalf, curiousWhole] = await cellsVisited('curious', {}, seed);
    return {
      'PPO, cells after 100,000 steps': plainHalf,
      [plain]: plainWhole,
      'PPO, curious, cells after 100,000 steps': curiousHalf,
      [curious]: curiousWhole,
    };
  },
};

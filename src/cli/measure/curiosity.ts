// Four rooms with one far reward (Grid, 21 x 21, 404 cells to stand on, always from the same corner): how many cells were ever stood on.
import { readMap } from '../../../envs/grid/map.ts';
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
  const { lanes, ...session } = createSession(recipe, await kernels());
  const goal = readMap(recipe.params['map'] as string).cells.indexOf(2);
  const visited = new Set<number>();
  let half = Number.NaN;
  let steps = 0;
  while (steps < 200_000) {
    if (session.tick() === 'gather') {
      steps += lanes.count;
      for (let i = 0; i < lanes.count; i++)
        visited.add(lanes.terminated[i] ? goal : lanes.rows[i * lanes.stride]!);
    }
    if (steps >= 100_000 && Number.isNaN(half)) half = visited.size;
  }
  return [half, visited.size];
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

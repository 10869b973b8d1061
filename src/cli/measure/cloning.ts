// Cloning and its cure: scores of 500 greedy episodes by the last weights (over a hundred the expert's own mean still moves by ten
// points), with how well the teacher's own states were learned beside them, and the labels that were asked for (validation included).
import { environmentById } from '../../../envs/registry.ts';
import { createLanes, worldParams } from '../../../envs/vectorize.ts';
import { createRandom } from '../../core/random.ts';
import { defaultRecipe, type Recipe } from '../../training/recipe.ts';
import { createSession } from '../../training/session.ts';
import { evaluate, kernels } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

/** Updates at the end over which training accuracy and strangeness are averaged. */
const late = 400;

const budget = 4000;
const episodesScored = 500;

const lander = (learner: string, knobs: Recipe['knobs']): Recipe => ({
  ...defaultRecipe('lander', learner),
  brain: { hidden: [64, 64], activation: 'relu' },
  lanes: 8,
  knobs: { budget, minibatch: 512, schedule: 'cosine', ...knobs },
});

const cartpole: Recipe = {
  ...defaultRecipe('cartpole', 'imitation'),
  lanes: 8,
  knobs: { episodes: 3 },
};

async function lesson(title: string, recipe: Recipe, seed: number): Promise<Numbers> {
  const session = createSession({ ...recipe, seed }, await kernels());
  const [accuracies, own, strange]: [number[], number[], number[]] = [[], [], []];
  const until = session.phase.knobs['budget'] as number;
  while (session.updates < until) {
    if (session.tick() !== 'update' || session.updates <= until - late) continue;
    accuracies.push(session.metrics['accuracy']!);
    own.push(session.metrics['ownAccuracy'] ?? Number.NaN);
    strange.push(session.metrics['strange'] ?? Number.NaN);
  }
  const percent = (values: readonly number[]): number =>
    (100 * values.reduce((a, b) => a + b, 0)) / values.length;
  return {
    [`${title}: score`]: evaluate(session, episodesScored, seed)?.mean ?? Number.NaN,
    [`${title}: training accuracy, %`]: percent(accuracies),
    [`${title}: accuracy on its own states, %`]: percent(own),
    [`${title}: own states unlike any taught, %`]: percent(strange),
    [`${title}: labels`]: session.metrics['labels'] ?? Number.NaN,
  };
}

/** The expert's own mean over the episodes that the others are scored in. */
function expertScore(world: string, seed: number): number {
  const def = environmentById(world);
  const lanes = createLanes(def, worldParams(def, {}), episodesScored);
  lanes.resetAll(createRandom(`evaluate ${seed}`).fork('round 0'));
  const actions = new Float32Array(lanes.count * lanes.actionSize);
  const returns = new Map<number, number>();
  while (returns.size < lanes.count) {
    for (let i = 0; i < lanes.count; i++) lanes.expert(i, actions, i * lanes.actionSize);
    lanes.step(actions);
    for (let i = 0; i < lanes.count; i++) {
      const ended = lanes.terminated[i] === 1 || lanes.truncated[i] === 1;
      if (ended && !returns.has(i)) returns.set(i, lanes.finishedReturns[i]!);
    }
  }
  return [...returns.values()].reduce((a, b) => a + b, 0) / returns.size;
}

export const cloning: Measurement = {
  id: 'cloning',
  title:
    'Cloning an expert from few episodes, and DAgger: 64-64 ReLU, Adam 1e-3, 4000 updates of 512 rows, cosine, 500 greedy episodes.',
  seeds: 3,
  aims: {
    'Lander, 1 episode: score': 'plainly below 220',
    'Lander, 1 episode: training accuracy, %': '>= 97',
    'Lander, 20 episodes: score': '>= 220',
    'Lander, DAgger: score': '>= 225',
    'Lander, DAgger: labels': 'fewer than 60 episodes have',
    'CartPole, 3 episodes: score': '>= 475',
  },
  async measure(seed) {
    const numbers: Record<string, number> = {
      'Lander, the expert itself: score': expertScore('lander', seed),
    };
    for (const episodes of [1, 5, 20, 60]) {
      const title = `Lander, ${episodes} episode${episodes > 1 ? 's' : ''}`;
      Object.assign(numbers, await lesson(title, lander('imitation', { episodes }), seed));
    }
    Object.assign(numbers, await lesson('Lander, DAgger', lander('dagger', {}), seed));
    Object.assign(numbers, await lesson('CartPole, 3 episodes', cartpole, seed));
    return numbers;
  },
};

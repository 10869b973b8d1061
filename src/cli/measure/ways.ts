// One brain, several ways to teach it: the steps of lanes it takes until 100 fresh greedy episodes reach the world's threshold, by
// labels, by reward alone, by imitation and then reward, by an autoencoder and then reward; and the score that ten labels a class
// give from scratch and on an autoencoder's trunk. Every step counts, whoever taught in it.
import type { ActionSpec } from '../../../envs/environment.ts';
import { createRandom } from '../../core/random.ts';
import { anyAction } from '../../learners/policy.ts';
import type { Recording } from '../../learners/recording.ts';
import { modelTensors } from '../../training/brain.ts';
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession, type Session, type SessionSource } from '../../training/session.ts';
import { evaluate, kernels } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

interface Lesson {
  readonly world: string;
  readonly title: string;
  /** Who knows the right answer: the label of what is seen, or an expert. */
  readonly labels: 'classification' | 'imitation';
  /** Steps of lanes that are taught before the reward takes over: too few to reach the threshold by themselves. */
  readonly imitated: number;
  /** Steps of lanes that the autoencoder looks at. */
  readonly looked: number;
  /** Steps after which a run counts as never. */
  readonly limit: number;
}

const lessons: readonly Lesson[] = [
  { world: 'cartpole', title: 'CartPole', labels: 'imitation', imitated: 1024, looked: 6400, limit: 100_000 },
  { world: 'grid', title: 'Grid', labels: 'imitation', imitated: 1024, looked: 6400, limit: 200_000 },
  {
    world: 'breakout',
    title: 'Breakout',
    labels: 'imitation',
    imitated: 20_480,
    looked: 64_000,
    limit: 2_000_000,
  },
  { world: 'driver', title: 'Driver', labels: 'imitation', imitated: 2048, looked: 12_800, limit: 300_000 },
  {
    world: 'digits',
    title: 'Digits',
    labels: 'classification',
    imitated: 2048,
    looked: 64_000,
    limit: 400_000,
  },
];

const labelsPerClass = 10;
/** Updates on the ten labels a class: many looks at few rows. */
const fewUpdates = 1000;

/** Until the threshold, the budget or `steps`. */
function run(session: Session, steps: number): void {
  while (session.steps < steps && session.stepsToThreshold === null && !session.budgetSpent()) session.tick();
}

export const ways: Measurement = {
  id: 'ways',
  title:
    'Steps of lanes until 100 greedy episodes reach the threshold, all steps of all ways counted; for ten labels a class the mean score of 100 greedy episodes.',
  seeds: 10,
  aims: {
    'CartPole: imitation, then reward': 'at most half of reward alone',
    'Digits: ten labels a class on an autoencoder trunk': 'above from scratch, intervals apart',
  },
  async measure(seed) {
    const factory = await kernels();
    const numbers: Record<string, number> = {};
    for (const lesson of lessons) Object.assign(numbers, measureLesson(lesson, seed, factory));
    return numbers;
  },
};

function measureLesson(lesson: Lesson, seed: number, factory: Awaited<ReturnType<typeof kernels>>): Numbers {
  const { world, title, labels, limit } = lesson;
  const begin = (learner: string, source?: SessionSource): Session =>
    createSession({ ...defaultRecipe(world, learner), seed }, factory, source ? { source } : {});
  const reached = (session: Session): number => session.stepsToThreshold ?? Number.NaN;

  const told = begin(labels);
  run(told, limit);

  const rewarded = begin('ppo');
  run(rewarded, limit);

  const imitated = begin('imitation');
  run(imitated, lesson.imitated);
  if (imitated.stepsToThreshold === null) imitated.switchTo('ppo', {});
  run(imitated, limit);

  const looked = begin('autoencoder');
  run(looked, lesson.looked);
  const trunk = modelTensors(looked.brain);
  looked.switchTo('ppo', {});
  run(looked, limit);

  const few = (source?: SessionSource): number => {
    const session = begin('imitation', source);
    const recording = tenLabels(session, seed);
    session.record(recording);
    session.switchTo('imitation', { teacher: 'recording', budget: fewUpdates });
    while (!session.budgetSpent()) session.tick();
    return evaluate(session, 100, seed)?.mean ?? Number.NaN;
  };
  return {
    [`${title}: labels`]: reached(told),
    [`${title}: reward alone`]: reached(rewarded),
    [`${title}: imitation, then reward`]: reached(imitated),
    [`${title}: autoencoder, then reward`]: reached(looked),
    [`${title}: autoencoder, then reward, without the ${lesson.looked.toLocaleString('en')} steps looked at`]:
      reached(looked) - lesson.looked,
    [`${title}: ten labels a class from scratch`]: few(),
    [`${title}: ten labels a class on an autoencoder trunk`]: few({
      tensors: trunk,
      plan: { fresh: [], freeze: [] },
    }),
    [`${title}: ten labels a class on an autoencoder trunk, frozen`]: few({
      tensors: trunk,
      plan: { fresh: [], freeze: ['trunk'] },
    }),
  };
}

/** The class of an answer; of a throttle or a wheel: its lower, middle or upper third. */
function classOf(action: ActionSpec, answer: Float32Array): number {
  if (action.kind === 'discrete') return answer[0]!;
  const { low, high } = action.axes[0]!;
  return Math.min(2, Math.floor((3 * (answer[0]! - low)) / (high - low)));
}

/** Ten rows of every class of the expert's answers, in random order, and a quarter as many after them to validate with. */
function tenLabels(session: Session, seed: number): Recording {
  const { lanes } = session;
  const { action } = lanes.def;
  const random = createRandom(`ten labels ${seed}`);
  const wanted = (action.kind === 'discrete' ? action.names.length : 3) * labelsPerClass;
  const size = lanes.observationSize;
  const width = lanes.actionSize;
  const rows: { readonly row: Float32Array; readonly answer: Float32Array }[] = [];
  const rest: typeof rows = [];
  const counts = new Map<number, number>();
  const answer = new Float32Array(width);
  const chosen = new Float32Array(lanes.count * width);
  lanes.resetAll(random.fork('lanes'));
  // An answer that the expert never gives is not waited for.
  for (let step = 0; step < 2000 && (rows.length < wanted || rest.length * 4 < wanted); step++) {
    for (let i = 0; i < lanes.count; i++) {
      lanes.expert(i, answer, 0);
      chosen.set(answer, i * width);
      if (random.next() < 0.2) anyAction(action, chosen, i * width, random);
      // Rows of one lane are alike: a few of each.
      if (random.next() > 0.1) continue;
      const found = classOf(action, answer);
      const have = counts.get(found) ?? 0;
      const row = { row: lanes.observations.slice(i * size, (i + 1) * size), answer: answer.slice() };
      if (have < labelsPerClass) {
        rows.push(row);
        counts.set(found, have + 1);
      } else if (rest.length * 4 < wanted) rest.push(row);
    }
    lanes.step(chosen);
  }
  const all = [...rows, ...rest.slice(0, Math.floor(rows.length / 4))];
  return {
    world: lanes.def.id,
    size,
    observations: Float32Array.from(all.flatMap(({ row }) => [...row])),
    actions: Float32Array.from(all.flatMap((one) => [...one.answer])),
  };
}

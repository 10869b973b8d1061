// One brain, several ways to teach it: the steps of lanes it takes until 100 fresh greedy episodes reach the world's threshold, by
// labels as they come, by reward alone, by imitation of a few rows and then reward, by an autoencoder and then reward; and the score
// that ten labels a class give from scratch and on an autoencoder's trunk. Every step counts, whoever taught in it.
import type { ActionSpec } from '../../../envs/environment.ts';
import type { KernelFactory } from '../../core/kernels.ts';
import type { KnobValues } from '../../core/knobs.ts';
import { createRandom } from '../../core/random.ts';
import type { TensorMap } from '../../core/safetensors.ts';
import { anyAction } from '../../learners/policy.ts';
import type { Recording } from '../../learners/recording.ts';
import { modelTensors } from '../../training/brain.ts';
import { defaultRecipe, type Recipe } from '../../training/recipe.ts';
import { createSession, type Session, type SessionSource } from '../../training/session.ts';
import { evaluate, kernels } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

interface Lesson {
  readonly world: string;
  readonly title: string;
  /** Who knows the right answer: the label of what is seen, or an expert. */
  readonly labels: 'classification' | 'imitation';
  /** Rows of an expert's play that are learned by heart before the reward takes over. */
  readonly imitated: number;
  /** Steps of lanes that the autoencoder looks at. */
  readonly looked: number;
  /** Steps after which a run counts as never. */
  readonly limit: number;
}

const lessons: readonly Lesson[] = [
  { world: 'cartpole', title: 'CartPole', labels: 'imitation', imitated: 256, looked: 6400, limit: 100_000 },
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

/** Updates on the rows that are learned by heart. */
const byHeart = 1000;
/** Rollouts in which the reward teaches the critic alone, so that its errors do not undo what was imitated. */
const criticFirst = 2;

/** Where an autoencoder's trunk pays: no convolution to know pictures by, many rows looked at, and noise to see through. */
const plainBrain = { hidden: [256], activation: 'relu', settings: { filters: 0 } } as const;
const plainLook = { noise: 0.2, code: 32 };
const plainLooked = 256_000;
const plainTitle = 'Digits, no convolution, noise';

const labelsPerClass = 10;

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
    'CartPole: imitation of 256 rows, then reward': 'at most half of reward alone',
    [`${plainTitle}: ten labels a class on an autoencoder trunk, frozen`]:
      'above from scratch, intervals apart',
  },
  async measure(seed) {
    const factory = await kernels();
    const numbers: Record<string, number> = {};
    for (const lesson of lessons) Object.assign(numbers, measureLesson(lesson, seed, factory));
    Object.assign(numbers, measurePlain(seed, factory));
    return numbers;
  },
};

function measureLesson(lesson: Lesson, seed: number, factory: KernelFactory): Numbers {
  const { world, title, labels, limit } = lesson;
  const begin: Begin = (learner, source) =>
    createSession({ ...defaultRecipe(world, learner), seed }, factory, source ? { source } : {});
  const reached = (session: Session): number => session.stepsToThreshold ?? Number.NaN;

  const told = begin(labels);
  run(told, limit);

  const rewarded = begin('ppo');
  run(rewarded, limit);

  const imitated = imitationThenReward(begin('imitation'), lesson, seed);

  const looked = begin('autoencoder');
  run(looked, lesson.looked);
  const trunk = modelTensors(looked.brain);
  looked.switchTo('ppo', {});
  run(looked, limit);

  return {
    [`${title}: labels`]: reached(told),
    [`${title}: reward alone`]: reached(rewarded),
    [`${title}: imitation of ${lesson.imitated.toLocaleString('en')} rows, then reward`]: imitated.steps,
    [`${title}: that imitation by itself, score`]: imitated.score,
    [`${title}: autoencoder, then reward`]: reached(looked),
    [`${title}: autoencoder, then reward, without the ${lesson.looked.toLocaleString('en')} steps looked at`]:
      reached(looked) - lesson.looked,
    ...fewLabels(title, seed, begin, trunk),
  };
}

/** Digits once more, where looking pays. */
function measurePlain(seed: number, factory: KernelFactory): Numbers {
  const recipe = (learner: string, knobs: KnobValues): Recipe => ({
    ...defaultRecipe('digits', learner),
    brain: plainBrain,
    knobs,
    seed,
  });
  const begin: Begin = (learner, source) =>
    createSession(recipe(learner, {}), factory, source ? { source } : {});
  const looked = createSession(recipe('autoencoder', plainLook), factory);
  while (looked.steps < plainLooked) looked.tick();
  return fewLabels(plainTitle, seed, begin, modelTensors(looked.brain));
}

type Begin = (learner: string, source?: SessionSource) => Session;

/** Ten labels a class, from scratch and on a trunk that was taught by looking. */
function fewLabels(title: string, seed: number, begin: Begin, trunk: TensorMap): Numbers {
  const few = (source?: SessionSource): number => {
    const session = begin('imitation', source);
    learnByHeart(session, tenLabels(session, seed));
    return evaluate(session, 100, seed)?.mean ?? Number.NaN;
  };
  return {
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

function learnByHeart(session: Session, recording: Recording): void {
  session.record(recording);
  session.switchTo('imitation', { teacher: 'recording', budget: byHeart });
  while (!session.budgetSpent()) session.tick();
}

/** Steps of expert and brain together until the threshold, and what the expert's rows alone had led to. */
function imitationThenReward(
  session: Session,
  { imitated, limit }: Lesson,
  seed: number,
): { readonly steps: number; readonly score: number } {
  learnByHeart(session, expertRows(session, imitated, seed));
  const score = evaluate(session, 100, seed)?.mean ?? Number.NaN;
  if (session.stepsToThreshold !== null || score >= session.world.solvedAt) return { steps: imitated, score };
  const before = session.steps;
  session.switchTo('ppo', { criticFirst });
  run(session, before + limit);
  const reached = session.stepsToThreshold;
  return { steps: reached === null ? Number.NaN : imitated + reached - before, score };
}

/** Rows of a few lanes that an expert plays, pushed to a random action now and then, so that it is seen recovering. */
function expertRows({ lanes }: Session, count: number, seed: number): Recording {
  const { action } = lanes.def;
  const random = createRandom(`expert rows ${seed}`);
  const size = lanes.observationSize;
  const width = lanes.actionSize;
  const playing = Math.min(8, lanes.count);
  const observations = new Float32Array(count * size);
  const actions = new Float32Array(count * width);
  const chosen = new Float32Array(lanes.count * width);
  lanes.resetAll(random.fork('lanes'));
  for (let row = 0; row < count; ) {
    for (let i = 0; i < lanes.count; i++) {
      lanes.expert(i, chosen, i * width);
      if (i < playing && row < count) {
        observations.set(lanes.observations.subarray(i * size, (i + 1) * size), row * size);
        actions.set(chosen.subarray(i * width, (i + 1) * width), row * width);
        row++;
      }
      if (random.next() < 0.2) anyAction(action, chosen, i * width, random);
    }
    lanes.step(chosen);
  }
  return { world: lanes.def.id, size, observations, actions };
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

// Examining brains: which one is asked what, how far the answer is, and the answers so far. A worker of its own plays the
// episodes, so that the run on stage neither waits nor notices.
import { computed, signal } from '@preact/signals';
import { configured, type EnvironmentDef, shapeOfWorld, type WorldShape } from '../../../envs/environment.ts';
import { environmentById, environments } from '../../../envs/registry.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import type { KnobValues } from '../../core/knobs.ts';
import type { Score } from '../../training/protocol.ts';
import { messageOf, sentence } from '../format.ts';
import { type Run, startRun } from '../run.ts';
import { main } from './conductor.ts';
import { opened, say, standingWorld } from './page.ts';
import { bundledModels, findModel, loadModel, myModels } from './stores.ts';

/** A brain as a menu names it: 'current', or 'mine/ID', 'bundled/ID'. */
type BrainName = string;

export interface Question {
  readonly brain: BrainName;
  /** '' is the world that the brain was taught in. */
  readonly world: string;
  /** 'taught': with the numbers it was taught with; '': the world's own; otherwise a variant. */
  readonly variant: string;
  readonly episodes: number;
  readonly sampled: boolean;
}

export interface Answer {
  readonly brain: string;
  readonly world: EnvironmentDef;
  readonly variant: string;
  readonly sampled: boolean;
  readonly score: Score;
  readonly returns: Float64Array;
}

export const examineOpen = signal(false);
export const question = signal<Question>({
  brain: 'current',
  world: '',
  variant: 'taught',
  episodes: 100,
  sampled: false,
});
/** Episodes played and asked for; null while nobody is examined. */
export const examining = signal<{ readonly done: number; readonly of: number } | null>(null);
export const answers = signal<readonly Answer[]>([]);
export const examineProblem = signal('');

const kept = 12;

const modelOf = (name: BrainName) => {
  const [home, id] = name.split('/', 2) as ['mine' | 'bundled', string];
  return findModel(home, id);
};

export const brains = computed(() => [
  { title: 'The page', list: [{ name: 'current', title: 'The brain on the page, as it is now' }] },
  { title: 'Mine', list: myModels.value.map(({ id, title }) => ({ name: `mine/${id}`, title })) },
  {
    title: 'Trained beforehand',
    list: bundledModels.value.map(({ id, title }) => ({ name: `bundled/${id}`, title })),
  },
]);

/** The world that the chosen brain was taught in. */
export const taughtWorld = computed<EnvironmentDef>(() => {
  const model = question.value.brain === 'current' ? undefined : modelOf(question.value.brain);
  if (!model) return standingWorld.value;
  return environments.find(({ id }) => id === model.world) ?? standingWorld.value;
});

/** Of one observation, however many the brain remembers. */
const shapeOnce = ({ observation: { shape, steps } }: WorldShape): readonly number[] =>
  steps === undefined ? shape : shape.slice(1);
const times = (shape: readonly number[]): string => shape.join(' × ');
const choices = ({ action }: WorldShape): string =>
  action.kind === 'discrete' ? `${action.names.length} choices` : `${action.axes.length} numbers`;

/** Why a brain taught in one world cannot be asked in another; undefined when it can. */
function strange(from: WorldShape, to: WorldShape): string | undefined {
  const [had, needed] = [times(shapeOnce(from)), times(shapeOnce(to))];
  if (had !== needed) return `it sees ${needed} numbers, the brain ${had}`;
  if (from.observation.normalize !== to.observation.normalize) return 'its numbers have another scale';
  return choices(from) === choices(to)
    ? undefined
    : `it wants ${choices(to)}, the brain gives ${choices(from)}`;
}

/** Every world, with what keeps the chosen brain out of it. */
export const worldsToAsk = computed(() => {
  const home = taughtWorld.value;
  return environments.map((def) => ({
    def,
    problem:
      def.id === home.id
        ? undefined
        : strange(shapeOfWorld(home), shapeOfWorld(configured(def, worldParams(def, {})))),
  }));
});

export const askedWorld = computed<EnvironmentDef>(() =>
  question.value.world === '' ? taughtWorld.value : environmentById(question.value.world),
);

export function ask(change: Partial<Question>): void {
  const next = { ...question.value, ...change };
  // Another brain begins in the world it knows; another world has no numbers that it was taught with.
  if (change.brain !== undefined) Object.assign(next, { world: '', variant: 'taught' });
  if (change.world !== undefined) Object.assign(next, { variant: change.world === '' ? 'taught' : '' });
  question.value = next;
  examineProblem.value = '';
}

const paramsOf = (def: EnvironmentDef, variant: string): KnobValues | null => {
  if (variant === 'taught') return null;
  return (def.variants.find(({ id }) => id === variant)?.params ?? {}) as KnobValues;
};

const variantTitle = (def: EnvironmentDef, variant: string): string => {
  if (variant === 'taught') return 'as it was taught';
  return def.variants.find(({ id }) => id === variant)?.title ?? 'as the world is';
};

let examiner: Run | null = null;

const brainBytes = async (name: BrainName): Promise<Uint8Array> => {
  if (name === 'current') return (await main.save('The brain on the page')).bytes;
  const [home, id] = name.split('/', 2) as ['mine' | 'bundled', string];
  return loadModel(home, id);
};

const brainTitle = (name: BrainName): string =>
  name === 'current'
    ? `The page's brain after ${main.frame?.counters.updates ?? opened.value?.updates ?? 0} updates`
    : (modelOf(name)?.title ?? name);

/** The same episodes for everybody: two brains examined alike begin alike. */
const seed = 1;

export async function examine(): Promise<void> {
  if (examining.value) return;
  const { brain, world, variant, episodes, sampled } = question.value;
  const def = askedWorld.value;
  examineProblem.value = '';
  examining.value = { done: 0, of: episodes };
  const asked = { brain: brainTitle(brain), world: def, variant: variantTitle(def, variant), sampled };
  try {
    examiner ??= startRun((event) => {
      if (event.kind === 'evaluating' && examining.value)
        examining.value = { ...examining.value, done: event.done };
    });
    const mine = examiner;
    const bytes = await brainBytes(brain);
    const request = {
      world: world === '' ? null : world,
      params: paramsOf(def, variant),
      episodes,
      sampled,
      seed,
    };
    const { score, returns } = await mine.evaluate(bytes, request);
    answers.value = [{ ...asked, score, returns }, ...answers.value].slice(0, kept);
    say(`Evaluated: mean ${score.mean.toFixed(2)} over ${score.episodes} episodes.`);
  } catch (problem) {
    // Whoever stopped it knows why there is no answer.
    if (examiner) examineProblem.value = sentence(messageOf(problem));
  } finally {
    examining.value = null;
  }
}

export function stopExamining(): void {
  const stopped = examiner;
  examiner = null;
  stopped?.close();
}

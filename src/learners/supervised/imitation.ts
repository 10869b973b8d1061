// Imitation by behaviour cloning (Pomerleau 1989): cross-entropy between the policy head and what a teacher did
// in the same state, L = -mean log pi(a_teacher | s), or where actions are numbers the squared error of the policy's mean.
// The teacher is the world's expert or a saved agent, which also plays the lanes (now and then at random, so that it is seen
// recovering), or what a person has just played. With a number of episodes it plays that many whole ones, undisturbed, and
// then leaves the brain to itself: what becomes of it is the lesson of cloning (see own-play.ts; the cure is dagger.ts).

import { createActing } from '../behaviour.ts';
import {
  budgetKnob,
  minibatchKnob,
  type OptimizerKnobs,
  optimizerFrom,
  optimizerKnobs,
  patienceKnob,
  scheduleFrom,
} from '../budget-knobs.ts';
import type { LearnerContext, LearnerDef, LearnerState, Metrics, Words } from '../learner.ts';
import { anyAction, fromWorld, policyHead } from '../policy.ts';
import { recordingProblem } from '../recording.ts';
import { createEpisodes, validatesEpisode, withValidation } from './episodes.ts';
import {
  createLabelled,
  describeLabelled,
  type Gathering,
  recentRows,
  type Sources,
  validates,
} from './labelled.ts';
import { createGreedyPlay, createStrangeness, ownPlayCharts } from './own-play.ts';
import { type Teacher, teacherOf } from './teacher.ts';

export type ImitationKnobs = OptimizerKnobs &
  Readonly<{
    teacher: string;
    episodes: number;
    budget: number;
    minibatch: number;
    patience: number;
    wander: number;
  }>;

export const imitation: LearnerDef<ImitationKnobs> = {
  id: 'imitation',
  paradigm: 'supervised',
  title: 'Imitation',
  summary: 'Copies a teacher: what the expert, a saved agent, or you, did in the same situation.',
  paper: 'Pomerleau 1989',
  knobs: {
    teacher: {
      kind: 'choice',
      label: 'Teacher',
      default: 'expert',
      options: ['expert', 'saved agent', 'recording'],
      help: 'Whose answers are copied: the built-in expert, a saved agent, or what you have just played.',
    },
    episodes: {
      kind: 'number',
      label: 'Episodes',
      default: 0,
      min: 0,
      max: 200,
      step: 1,
      unit: '',
      help: 'Whole episodes of the teacher to learn from, and a quarter as many again kept apart for validation; 0: the teacher keeps playing.',
    },
    ...optimizerKnobs(1e-3),
    budget: budgetKnob(2000, 'updates'),
    minibatch: minibatchKnob(256),
    patience: patienceKnob,
    wander: {
      kind: 'number',
      label: 'Wander',
      default: 0.2,
      min: 0,
      max: 1,
      unit: '',
      help: 'Share of steps at which a teacher that keeps playing is pushed to a random action, so that it is seen recovering.',
    },
  },
  charted: ownPlayCharts,
  unfit: () => undefined,
  acts: 'policy',
  heads: (world) => ({ policy: policyHead(world) }),
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create(context, knobs) {
    const taught = knobs.teacher !== 'recording';
    const [gathering, doing] = taught
      ? gatheringFrom(context, knobs)
      : ([recordingTeaches(context), 'Copying what you played'] as const);
    return createLabelled({
      context,
      head: 'policy',
      minibatch: knobs.minibatch,
      budget: knobs.budget,
      patience: knobs.patience,
      words: (metrics) => describeCloning(metrics, doing),
      gathering,
    });
  },
};

function gatheringFrom(
  context: LearnerContext,
  { teacher: kind, episodes, wander }: ImitationKnobs,
): readonly [Gathering, string] {
  const teacher = teacherOf(kind, context);
  const gathering =
    episodes > 0 ? episodesTeach(context, teacher, episodes) : keepsPlaying(context, teacher, wander);
  return [gathering, `Copying ${teacher.name}`];
}

/** The teacher plays every lane; what it would do, not what it was pushed to do, is the label. */
function keepsPlaying(
  { lanes, normalizer, stream, onSteps }: LearnerContext,
  teacher: Teacher,
  wander: number,
): Gathering {
  const wandering = stream('wander');
  const { action } = lanes.def;
  const width = lanes.actionSize;
  const labels = new Float32Array(lanes.count * width);
  const chosen = new Float32Array(lanes.count * width);
  return {
    capacity: recentRows,
    ready: ({ train }) => train.filled() >= lanes.count * 4,
    step({ train, validation }) {
      teacher.ask(chosen);
      labels.set(chosen);
      fromWorld(action, labels);
      for (let i = 0; i < lanes.count; i++) {
        const target = validates(i) ? validation : train;
        target.push(lanes.observations, i * lanes.observationSize, labels, i * width);
        if (wandering.next() < wander) anyAction(action, chosen, i * width, wandering);
      }
      normalizer.observe(lanes.observations, lanes.count);
      lanes.step(chosen);
      onSteps(false);
    },
  };
}

/** The teacher plays so many whole episodes and no more; then the brain plays, and is watched. */
function episodesTeach(context: LearnerContext, teacher: Teacher, count: number): Gathering {
  const { lanes, normalizer } = context;
  const total = withValidation(count);
  const episodes = createEpisodes(lanes);
  const play = createGreedyPlay(context, 'policy');
  const strangeness = createStrangeness(context);
  const labels = new Float32Array(play.actions.length);
  let taught = false;
  const teach = ({ train, validation }: Sources): void => {
    teacher.ask(play.actions);
    labels.set(play.actions);
    fromWorld(lanes.def.action, labels);
    for (let i = 0; i < lanes.count; i++) {
      const number = episodes.numbers[i]!;
      if (number >= total) continue;
      const target = validatesEpisode(number, total) ? validation : train;
      target.push(lanes.observations, i * lanes.observationSize, labels, i * lanes.actionSize);
      if (target === train)
        normalizer.observe(
          lanes.observations.subarray(i * lanes.observationSize, (i + 1) * lanes.observationSize),
          1,
        );
    }
    play.step(false);
    episodes.note();
    taught = episodes.ended(total);
  };
  return {
    capacity: capacityFor(lanes.observationSize),
    ready: () => taught,
    step(sources) {
      if (!taught) {
        teach(sources);
        return;
      }
      play.decide();
      // Heard for the chart alone: nothing is learned from it.
      teacher.ask(labels);
      strangeness.compare(play.actions, labels);
      play.step(true);
    },
    look(sources, metrics) {
      metrics['labels'] = sources.train.filled() + sources.validation.filled();
      strangeness.look(sources.train, sources.validation, metrics);
    },
    snapshot: () => ({ taught, numbers: [...episodes.numbers], ...strangeness.snapshot() }),
    restore(data) {
      taught = data['taught'] === true;
      restoreEpisodes(episodes.numbers, data);
      strangeness.restore(data);
    },
  };
}

/** Rows kept where whole episodes are: as many as 128 MB hold, at most 65,536. */
export const capacityFor = (size: number): number => Math.min(65_536, Math.floor((1 << 25) / size));

export function restoreEpisodes(numbers: Int32Array, { numbers: saved }: LearnerState['data']): void {
  if (Array.isArray(saved) && saved.length === numbers.length && saved.every(Number.isInteger)) {
    numbers.set(saved as number[]);
    return;
  }
  throw new Error(
    `the saved run's episode numbers are ${JSON.stringify(saved)}; ${numbers.length} are needed.`,
  );
}

/** Where the brain plays by itself after it was taught: right on the teacher's states is not yet right on its own. */
export function describeCloning(metrics: Metrics, doing: string): Words {
  const words = describeLabelled(metrics, doing);
  const { accuracy, ownAccuracy, strange = 0 } = metrics;
  const goesWrong =
    accuracy === undefined || ownAccuracy === undefined ? strange > 0.5 : ownAccuracy < accuracy - 0.25;
  if (words.mood === 'bad' || !goesWrong) return words;
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const own =
    accuracy === undefined || ownAccuracy === undefined
      ? `${percent(strange)} of the states its own play leads it to are unlike any it was taught`
      : `right on ${percent(accuracy)} of the taught states, on ${percent(ownAccuracy)} of those its own play leads it to, ${percent(strange)} of them unlike any it was taught`;
  return { mood: 'bad', lead: 'Errors add up.', text: `${own}.` };
}

/** The recording is read once; the brain itself plays the lanes, so that its copying can be watched. */
function recordingTeaches(context: LearnerContext): Gathering {
  const { lanes, recording, normalizer } = context;
  if (!recording) throw new Error('There is no recording yet: play the world yourself first.');
  const problem = recordingProblem(recording, lanes.def.id, lanes.observationSize, lanes.def.action);
  if (problem) throw new Error(`The recording cannot be used: ${problem}`);
  const rows = recording.actions.length / lanes.actionSize;
  if (rows < 20) throw new Error(`The recording has ${rows} steps; play at least 20.`);
  const labels = recording.actions.slice();
  fromWorld(lanes.def.action, labels);
  const act = createActing(context, 'policy');
  return {
    capacity: recentRows,
    ready: ({ train }) => train.filled() > 0,
    step({ train, validation }) {
      if (train.filled() === 0) {
        // The last fifth, a stretch of its own, validates.
        for (let r = 0; r < rows; r++) {
          const target = r < rows * 0.8 ? train : validation;
          target.push(recording.observations, r * recording.size, labels, r * lanes.actionSize);
        }
        normalizer.observe(recording.observations, rows);
      }
      act();
    },
  };
}

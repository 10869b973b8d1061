// DAgger, dataset aggregation (Ross, Gordon & Bagnell 2011, algorithm 3.1): D = what the teacher shows; then in rounds i = 1..N the
// learner pi_i plays, the teacher says what it would have done in the states that the learner came to, D grows by
// (s ~ pi_i, a_teacher(s)), and learning goes on on all of D, L = -mean log pi(a_teacher | s). So errors are corrected where they lead.
// As in their experiments the teacher takes over (beta = 1) in the first round only. They train anew each round; here it is carried on.
import {
  budgetKnob,
  minibatchKnob,
  type OptimizerKnobs,
  optimizerFrom,
  optimizerKnobs,
  patienceKnob,
  scheduleFrom,
} from '../budget-knobs.ts';
import type { LearnerContext, LearnerDef } from '../learner.ts';
import { fromWorld, policyHead } from '../policy.ts';
import { savedCount } from '../saved.ts';
import { createEpisodes, validatesEpisode, withValidation } from './episodes.ts';
import { capacityFor, describeCloning, restoreEpisodes } from './imitation.ts';
import { createLabelled, type Gathering } from './labelled.ts';
import { createGreedyPlay, createStrangeness, ownPlayCharts } from './own-play.ts';
import { teacherOf } from './teacher.ts';

export type DaggerKnobs = OptimizerKnobs &
  Readonly<{
    teacher: string;
    episodes: number;
    rounds: number;
    perRound: number;
    budget: number;
    minibatch: number;
    patience: number;
  }>;

export const dagger: LearnerDef<DaggerKnobs> = {
  id: 'dagger',
  paradigm: 'supervised',
  title: 'DAgger',
  summary: 'Plays by itself, and a teacher says what would have been right wherever it ends up.',
  paper: 'Ross, Gordon & Bagnell 2011',
  knobs: {
    teacher: {
      kind: 'choice',
      label: 'Teacher',
      default: 'expert',
      options: ['expert', 'saved agent'],
      help: 'Who says what would have been right: the built-in expert, or a saved agent.',
    },
    episodes: {
      kind: 'number',
      label: 'Shown first',
      default: 4,
      min: 1,
      max: 200,
      step: 1,
      unit: 'episodes',
      help: 'Whole episodes that the teacher plays at the start; a quarter as many again are kept apart for validation.',
    },
    rounds: {
      kind: 'number',
      label: 'Rounds',
      default: 10,
      min: 1,
      max: 100,
      step: 1,
      unit: '',
      help: 'How often the learner plays and is corrected; spread evenly over the budget.',
    },
    perRound: {
      kind: 'number',
      label: 'A round',
      default: 4,
      min: 1,
      max: 100,
      step: 1,
      unit: 'episodes',
      help: 'Episodes that the learner plays in a round; a quarter as many again are kept apart for validation.',
    },
    ...optimizerKnobs(1e-3),
    budget: budgetKnob(4000, 'updates'),
    minibatch: minibatchKnob(256),
    patience: patienceKnob,
  },
  charted: { ...ownPlayCharts, labels: 'labels asked for' },
  unfit: () => undefined,
  acts: 'policy',
  heads: (world) => ({ policy: policyHead(world) }),
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create(context, knobs) {
    const { minibatch, budget, patience } = knobs;
    return createLabelled({
      context,
      head: 'policy',
      minibatch,
      budget,
      patience,
      words: (metrics) => describeCloning(metrics, 'Being corrected'),
      gathering: rounds(context, knobs),
    });
  },
};

function rounds(context: LearnerContext, knobs: DaggerKnobs): Gathering {
  const { lanes, normalizer, stream } = context;
  const size = lanes.observationSize;
  const teacher = teacherOf(knobs.teacher, context);
  const episodes = createEpisodes(lanes);
  const play = createGreedyPlay(context, 'policy');
  const strangeness = createStrangeness(context);
  const starts = stream('starts');
  const labels = new Float32Array(play.actions.length);
  const every = knobs.budget / (knobs.rounds + 1);
  /** The round at work or last done: 0 is the teacher's. */
  let round = 0;
  let playing = true;
  let asked = 0;
  const due = (updates: number): boolean => round < knobs.rounds && updates >= (round + 1) * every;
  return {
    capacity: capacityFor(size),
    ready: (_, updates) => !playing && !due(updates),
    step({ train, validation }, updates) {
      if (!playing && due(updates)) {
        round++;
        playing = true;
        // Whole episodes of the learner as it is now.
        lanes.resetAll(starts.fork(`round ${round}`));
        episodes.begin();
      }
      if (!playing) {
        play.decide();
        // Heard for the chart alone: nothing is learned from it.
        teacher.ask(labels);
        strangeness.compare(play.actions, labels);
        play.step(true);
        return;
      }
      const total = withValidation(round === 0 ? knobs.episodes : knobs.perRound);
      teacher.ask(labels);
      if (round === 0) play.actions.set(labels);
      else play.decide();
      fromWorld(lanes.def.action, labels);
      for (let i = 0; i < lanes.count; i++) {
        const number = episodes.numbers[i]!;
        if (number >= total) continue;
        const target = validatesEpisode(number, total) ? validation : train;
        target.push(lanes.observations, i * size, labels, i * lanes.actionSize);
        asked++;
        if (target === train) normalizer.observe(lanes.observations.subarray(i * size, (i + 1) * size), 1);
      }
      play.step(round > 0);
      episodes.note();
      playing = !episodes.ended(total);
    },
    look(sources, metrics) {
      metrics['labels'] = asked;
      strangeness.look(sources.train, sources.validation, metrics);
    },
    snapshot: () => ({ round, playing, asked, numbers: [...episodes.numbers], ...strangeness.snapshot() }),
    restore(data) {
      round = savedCount(data, 'round');
      asked = savedCount(data, 'asked');
      playing = data['playing'] === true;
      restoreEpisodes(episodes.numbers, data);
      strangeness.restore(data);
    },
  };
}

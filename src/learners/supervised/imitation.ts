// Imitation by behaviour cloning (Pomerleau 1989): cross-entropy between the policy head and what a teacher did
// in the same state, L = -mean log pi(a_teacher | s), or where actions are numbers the squared error of the policy's mean.
// The teacher is the world's expert, which also plays the
// lanes (now and then at random, so that it is seen recovering), or what a person has just played.

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
import type { LearnerContext, LearnerDef } from '../learner.ts';
import { anyAction, fromWorld, policyHead } from '../policy.ts';
import { recordingProblem } from '../recording.ts';
import { createLabelled, describeLabelled, type Sources, validates } from './labelled.ts';

export type ImitationKnobs = OptimizerKnobs &
  Readonly<{
    teacher: string;
    budget: number;
    minibatch: number;
    patience: number;
    wander: number;
  }>;

export const imitation: LearnerDef<ImitationKnobs> = {
  id: 'imitation',
  paradigm: 'supervised',
  title: 'Imitation',
  summary: 'Copies a teacher: what the expert, or you, did in the same situation.',
  paper: 'Pomerleau 1989',
  knobs: {
    teacher: {
      kind: 'choice',
      label: 'Teacher',
      default: 'expert',
      options: ['expert', 'recording'],
      help: 'Whose answers are copied: the built-in expert, or what you have just played.',
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
      help: 'Share of steps at which the expert is pushed to a random action, so that it is seen recovering.',
    },
  },
  charted: { validationLoss: 'validation loss', validationAccuracy: 'validation accuracy' },
  unfit: () => undefined,
  acts: 'policy',
  heads: (world) => ({ policy: policyHead(world.action) }),
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create(context, knobs) {
    const taught = knobs.teacher === 'expert';
    if (taught && !context.lanes.def.expert) {
      throw new Error(
        `${context.lanes.def.title} has no expert; play it yourself and choose "recording" as the teacher.`,
      );
    }
    const sourcing = taught ? expertPlays(context, knobs.wander) : recordingTeaches(context);
    return createLabelled({
      context,
      head: 'policy',
      minibatch: knobs.minibatch,
      budget: knobs.budget,
      patience: knobs.patience,
      warmup: taught ? context.lanes.count * 4 : 1,
      words: (metrics) =>
        describeLabelled(metrics, taught ? 'Copying the expert' : 'Copying what you played'),
      gather: sourcing,
    });
  },
};

/** The expert plays every lane; what it would do, not what it was pushed to do, is the label. */
function expertPlays(
  { lanes, normalizer, stream, onSteps }: LearnerContext,
  wander: number,
): (sources: Sources) => void {
  const wandering = stream('wander');
  const { action } = lanes.def;
  const width = lanes.actionSize;
  const label = new Float32Array(width);
  const chosen = new Float32Array(lanes.count * width);
  return ({ train, validation }) => {
    for (let i = 0; i < lanes.count; i++) {
      lanes.expert(i, label, 0);
      chosen.set(label, i * width);
      fromWorld(action, label);
      (validates(i) ? validation : train).push(lanes.observations, i * lanes.observationSize, label, 0);
      if (wandering.next() < wander) anyAction(action, chosen, i * width, wandering);
    }
    normalizer.observe(lanes.observations, lanes.count);
    lanes.step(chosen);
    onSteps(false);
  };
}

/** The recording is read once; the brain itself plays the lanes, so that its copying can be watched. */
function recordingTeaches(context: LearnerContext): (sources: Sources) => void {
  const { lanes, recording, normalizer } = context;
  if (!recording) throw new Error('There is no recording yet: play the world yourself first.');
  const problem = recordingProblem(recording, lanes.def.id, lanes.observationSize, lanes.def.action);
  if (problem) throw new Error(`The recording cannot be used: ${problem}`);
  const rows = recording.actions.length / lanes.actionSize;
  if (rows < 20) throw new Error(`The recording has ${rows} steps; play at least 20.`);
  const labels = recording.actions.slice();
  fromWorld(lanes.def.action, labels);
  const act = createActing(context, 'policy');
  return ({ train, validation }) => {
    if (train.filled() === 0) {
      // The last fifth, a stretch of its own, validates.
      for (let r = 0; r < rows; r++) {
        const target = r < rows * 0.8 ? train : validation;
        target.push(recording.observations, r * recording.size, labels, r * lanes.actionSize);
      }
      normalizer.observe(recording.observations, rows);
    }
    act();
  };
}

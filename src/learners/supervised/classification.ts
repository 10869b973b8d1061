// Classification: cross-entropy between the `classes` head and the known label of what is seen,
// L = -mean log p(label | row). For dataset-like worlds, where every row has one right answer; the lanes go on
// by the brain's own answers, so that its score can be read off the game.
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
import type { LearnerDef } from '../learner.ts';
import { policyHead } from '../policy.ts';
import { createLabelled, describeLabelled, labelledCharts, recentRows, validates } from './labelled.ts';

export type ClassificationKnobs = OptimizerKnobs &
  Readonly<{
    budget: number;
    minibatch: number;
    patience: number;
  }>;

export const classification: LearnerDef<ClassificationKnobs> = {
  id: 'classification',
  paradigm: 'supervised',
  title: 'Classification',
  summary: 'Is told the right label of everything it sees, and learns to name it.',
  paper: 'Rumelhart, Hinton & Williams 1986',
  knobs: {
    ...optimizerKnobs(1e-3),
    budget: budgetKnob(3000, 'updates'),
    minibatch: minibatchKnob(128),
    patience: patienceKnob,
  },
  charted: labelledCharts,
  unfit: (world) =>
    world.labelled && world.action.kind === 'discrete'
      ? undefined
      : 'its rows carry no known label; imitation copies an expert or a person instead',
  acts: 'classes',
  heads: (world) => ({ classes: policyHead(world.action) }),
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create(context, knobs) {
    const { lanes, normalizer } = context;
    const act = createActing(context, 'classes');
    const label = new Float32Array(1);
    return createLabelled({
      context,
      head: 'classes',
      minibatch: knobs.minibatch,
      budget: knobs.budget,
      patience: knobs.patience,
      words: (metrics) => describeLabelled(metrics, 'Naming what it sees'),
      gathering: {
        capacity: recentRows,
        ready: ({ train }) => train.filled() >= lanes.count * 8,
        step({ train, validation }) {
          for (let i = 0; i < lanes.count; i++) {
            const target = validates(i) ? validation : train;
            lanes.expert(i, label, 0);
            target.push(lanes.observations, i * lanes.observationSize, label, 0);
          }
          normalizer.observe(lanes.observations, lanes.count);
          act();
        },
      },
    });
  },
};

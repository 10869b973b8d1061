// Classification: cross-entropy between the `classes` head and the known label of what is seen,
// L = -mean log p(label | row). For dataset-like worlds, where every row has one right answer; the lanes go on
// by the brain's own answers, so that its score can be read off the game.

import { switchKnob } from '../../core/knobs.ts';
import { augmentedKnob, createAugmenting } from '../augmenting.ts';
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
import {
  createLabelled,
  describeLabelled,
  labelledCharts,
  recentRows,
  type Sources,
  validates,
} from './labelled.ts';

export type ClassificationKnobs = OptimizerKnobs &
  Readonly<{
    budget: number;
    minibatch: number;
    patience: number;
    labels: number;
    balanced: number;
    augmented: number;
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
    labels: {
      kind: 'number',
      label: 'Labelled rows',
      default: 0,
      min: 0,
      max: recentRows,
      step: 1,
      unit: 'rows',
      help: 'Rows whose label is told, a fifth of them kept for validation; 0: more at every step. Few are soon learned by heart.',
    },
    balanced: switchKnob(
      'Class weights',
      'Rows of rare classes count for more, so that each class weighs the same.',
    ),
    augmented: augmentedKnob,
  },
  charted: labelledCharts,
  unfit: (world) =>
    world.labelled && world.action.kind === 'discrete'
      ? undefined
      : 'its rows carry no known label; imitation copies an expert or a person instead',
  acts: 'classes',
  heads: (world) => ({ classes: policyHead(world) }),
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create(context, knobs) {
    const { lanes, normalizer } = context;
    const enough = ({ train, validation }: Sources): boolean =>
      knobs.labels > 0 && train.filled() + validation.filled() >= knobs.labels;
    const act = createActing(context, 'classes');
    const label = new Float32Array(1);
    return createLabelled({
      context,
      head: 'classes',
      minibatch: knobs.minibatch,
      budget: knobs.budget,
      patience: knobs.patience,
      words: (metrics) => describeLabelled(metrics, 'Naming what it sees'),
      treatment: {
        balanced: knobs.balanced === 1,
        augment: knobs.augmented === 1 ? createAugmenting(context) : undefined,
      },
      gathering: {
        capacity: recentRows,
        ready: (sources) => enough(sources) || sources.train.filled() >= lanes.count * 8,
        step(sources) {
          const { train, validation } = sources;
          const done = enough(sources);
          for (let i = 0; i < lanes.count && !enough(sources); i++) {
            const target = validates(i) ? validation : train;
            lanes.expert(i, label, 0);
            target.push(lanes.observations, i * lanes.observationSize, label, 0);
          }
          if (!done) normalizer.observe(lanes.observations, lanes.count);
          act();
        },
      },
    });
  },
};

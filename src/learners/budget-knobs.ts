// Knobs that most learners share, each described once.
import type { ChoiceKnob, NumberKnob } from '../core/knobs.ts';
import { adam, type OptimizerSpec } from '../core/optimizers.ts';
import { type ScheduleSpec, scheduleKinds } from '../core/schedules.ts';

export const learningRateKnob = (value: number): NumberKnob => ({
  kind: 'number',
  label: 'Learning rate',
  default: value,
  min: 1e-6,
  max: 1,
  scale: 'log',
  unit: '',
  help: 'How far each update moves the weights. Too small: nothing happens; too large: it falls apart.',
});

export const scheduleKnob = (value: (typeof scheduleKinds)[number]): ChoiceKnob => ({
  kind: 'choice',
  label: 'Schedule',
  default: value,
  options: scheduleKinds,
  help: 'How the learning rate falls while the budget is used up; plateau halves it whenever the loss has stopped falling.',
});

export const budgetKnob = (value: number, unit: 'steps' | 'updates'): NumberKnob => ({
  kind: 'number',
  label: 'Budget',
  default: value,
  min: 100,
  max: 100_000_000,
  step: 1,
  scale: 'log',
  unit,
  help: `How many ${unit} the schedule is planned for; the run pauses when they are spent and may be run on.`,
});

export const minibatchKnob = (value: number): NumberKnob => ({
  kind: 'number',
  label: 'Minibatch',
  default: value,
  min: 1,
  max: 8192,
  step: 1,
  scale: 'log',
  unit: 'rows',
  help: 'Rows averaged for one update. Small batches are noisy and quick; large ones steady and slow.',
});

/** What supervised and unsupervised learning let a person choose of the optimiser. */
export type OptimizerKnobs = Readonly<{
  learningRate: number;
  optimizer: string;
  schedule: string;
  warmup: number;
  weightDecay: number;
  l1: number;
}>;

const optimizers = ['adam', 'sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop'] as const;

export const optimizerKnobs = (rate: number) =>
  ({
    learningRate: learningRateKnob(rate),
    optimizer: {
      kind: 'choice',
      label: 'Optimiser',
      default: 'adam',
      options: optimizers,
      help: 'How a gradient becomes a step. Plain SGD and its momentums want rates about a hundred times those of Adam.',
    },
    schedule: scheduleKnob('constant'),
    warmup: {
      kind: 'number',
      label: 'Warm-up',
      default: 0,
      min: 0,
      max: 0.5,
      unit: 'of the budget',
      help: 'Share of the budget in which the learning rate first rises from 0; 0: none.',
    },
    weightDecay: {
      kind: 'number',
      label: 'Weight decay',
      default: 0,
      min: 0,
      max: 1,
      unit: '',
      help: 'How strongly every update shrinks the weights, beside the gradient (with Adam: AdamW). Simpler answers, less overfitting.',
    },
    l1: {
      kind: 'number',
      label: 'L1 penalty',
      default: 0,
      min: 0,
      max: 0.1,
      unit: '',
      help: 'A constant pull of every weight towards 0, which empties the useless ones.',
    },
  }) as const satisfies Readonly<Record<keyof OptimizerKnobs, ChoiceKnob | NumberKnob>>;

/** Gradients longer than 1 are scaled down. */
export function optimizerFrom(knobs: OptimizerKnobs): OptimizerSpec {
  const { learningRate: rate, l1, weightDecay: decay } = knobs;
  const common = { rate, clip: 1, ...(l1 > 0 || decay > 0 ? { regularization: { l1, decay } } : {}) };
  switch (knobs.optimizer as (typeof optimizers)[number]) {
    case 'sgd':
      return { kind: 'sgd', momentum: 0, ...common };
    case 'momentum':
      return { kind: 'sgd', momentum: 0.9, ...common };
    case 'nesterov':
      return { kind: 'sgd', momentum: 0.9, nesterov: true, ...common };
    case 'adagrad':
      return { kind: 'adagrad', epsilon: 1e-10, ...common };
    case 'rmsprop':
      return { kind: 'rmsprop', decay: 0.99, epsilon: 1e-8, ...common };
    default:
      return { ...adam(rate, 1), ...common };
  }
}

export const scheduleFrom = ({ schedule, warmup }: OptimizerKnobs): ScheduleSpec => ({
  kind: schedule as ScheduleSpec['kind'],
  floor: scheduleFloor,
  warmup,
});

export const patienceKnob: NumberKnob = {
  kind: 'number',
  label: 'Patience',
  default: 0,
  min: 0,
  max: 1000,
  step: 1,
  unit: 'looks',
  help: 'Stop early when so many looks at the validation rows (one every 8 updates) brought no new best; 0: never.',
};

/** Rates end at this share of where they began, so that a run may be carried on past its budget. */
export const scheduleFloor = 0.02;

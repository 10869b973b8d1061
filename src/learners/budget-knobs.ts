// Knobs that most learners share, each described once.
import type { ChoiceKnob, NumberKnob } from '../core/knobs.ts';
import { scheduleKinds } from '../core/schedules.ts';

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
  help: 'How the learning rate falls while the budget is used up: not at all, in a straight line, or along a cosine.',
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

/** Rates end at this share of where they began, so that a run may be carried on past its budget. */
export const scheduleFloor = 0.02;

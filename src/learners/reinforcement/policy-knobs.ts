// Knobs that the policy gradients share, each described once.
import type { ChoiceKnob, NumberKnob } from '../../core/knobs.ts';

export const horizonKnob = (value: number): NumberKnob => ({
  kind: 'number',
  label: 'Horizon',
  default: value,
  min: 1,
  max: 2048,
  step: 1,
  scale: 'log',
  unit: 'steps',
  help: 'Steps that every lane plays before the network learns from them.',
});

export const discountKnob: NumberKnob = {
  kind: 'number',
  label: 'Discount',
  default: 0.99,
  min: 0,
  max: 1,
  unit: '',
  help: 'How much a reward one step later still counts: at 0.99 it counts half after 69 steps.',
};

export const lambdaKnob = (value: number): NumberKnob => ({
  kind: 'number',
  label: 'Trace (lambda)',
  default: value,
  min: 0,
  max: 1,
  unit: '',
  help: 'How far real rewards are trusted over the value head: 0 one step, 1 to the end of the episode.',
});

export const entropyKnob = (value: number): NumberKnob => ({
  kind: 'number',
  label: 'Entropy bonus',
  default: value,
  min: 0,
  max: 0.2,
  unit: '',
  help: 'A reward for staying undecided, so that the policy keeps trying things.',
});

export const valueCoefficientKnob: NumberKnob = {
  kind: 'number',
  label: 'Value coefficient',
  default: 0.5,
  min: 0,
  max: 2,
  unit: '',
  help: 'Weight of the value error beside the policy loss; both pull on the same trunk.',
};

export const gradientClipKnob: NumberKnob = {
  kind: 'number',
  label: 'Gradient clip',
  default: 0.5,
  min: 0,
  max: 100,
  unit: '',
  help: 'Largest length of the whole gradient; longer ones are scaled down. 0 switches it off.',
};

export const scaleReturnsKnob: NumberKnob = {
  kind: 'number',
  label: 'Scale returns',
  default: 1,
  min: 0,
  max: 1,
  step: 1,
  unit: '',
  help: 'Divide rewards by the running spread of returns, so that the value loss does not drown the policy.',
};

export const normalizeAdvantagesKnob: NumberKnob = {
  kind: 'number',
  label: 'Normalise advantages',
  default: 0,
  min: 0,
  max: 1,
  step: 1,
  unit: '',
  help: 'Give the advantages of every batch mean 0 and deviation 1, so that one learning rate suits all rewards.',
};

export const criticKnob = (value: 'on the trunk' | 'apart'): ChoiceKnob => ({
  kind: 'choice',
  label: 'Critic',
  default: value,
  options: ['on the trunk', 'apart'],
  help: 'Whether the value head shares the trunk with the policy, or has one of its own.',
});

export const persistenceKnob: NumberKnob = {
  kind: 'number',
  label: 'Persistence',
  default: 0,
  min: 0,
  max: 0.99,
  unit: '',
  help: 'Where actions are numbers: how much of a trial push is kept at the next step. Jitter (0) never swings a heavy thing up.',
};

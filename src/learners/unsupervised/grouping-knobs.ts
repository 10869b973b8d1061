// Knobs that the ways of finding groups share.
import type { ChoiceKnob, NumberKnob } from '../../core/knobs.ts';
import type { Seeding } from './lloyd.ts';

export const clustersKnob: NumberKnob = {
  kind: 'number',
  label: 'Clusters',
  default: 6,
  min: 1,
  max: 32,
  step: 1,
  unit: '',
  help: 'How many groups to look for.',
};

export const startsKnob: NumberKnob = {
  kind: 'number',
  label: 'Starts',
  default: 10,
  min: 1,
  max: 50,
  step: 1,
  unit: '',
  help: 'How often k-means begins anew on the first rows; the start that ends with the least inertia is kept.',
};

const seedings: readonly Seeding[] = ['k-means++', 'random rows'];

export const seedingKnob: ChoiceKnob = {
  kind: 'choice',
  label: 'Seeding',
  default: 'k-means++',
  options: seedings,
  help: 'Where centres begin: on rows drawn far from one another (k-means++), or on any rows.',
};

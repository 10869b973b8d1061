// Augmentation: a learner is shown each row changed into another one with the same answer, where the world knows how
// (Simard, Steinkraus & Platt 2003; for groups Guo, Zhu, Liu & Yin 2018).
import { switchKnob } from '../core/knobs.ts';
import type { LearnerContext } from './learner.ts';

export const augmentedKnob = switchKnob(
  'Augmentation',
  'Learns from each row changed a little in a way that leaves its answer as it is (Digits: shifted and tilted), where the world offers it.',
);

/**
 * Changes the first n rows of network.input, which stand there as the world shows them, not yet normalised.
 * Throws one sentence where the world has no way to.
 */
export function createAugmenting({ network, lanes, stream }: LearnerContext): (n: number) => void {
  const { augment, title } = lanes.def;
  if (!augment) {
    throw new Error(`${title} has no way to change a row and keep its answer; leave augmentation off.`);
  }
  const random = stream('augmentation');
  return (n) => {
    for (let row = 0; row < n; row++) augment(network.input.data, row * lanes.observationSize, random);
  };
}

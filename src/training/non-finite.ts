// No silent NaN: when an update would be made of numbers that are not finite, find where they began and say so.
import { firstNonFinite, type NonFinite } from '../core/inspection/non-finite.ts';
import type { Network } from '../core/network.ts';

export class NonFiniteError extends Error {
  readonly tensor: string;
  constructor(tensor: string, message: string) {
    super(message);
    this.name = 'NonFiniteError';
    this.tensor = tensor;
  }
}

const shownName = ({ where, name }: NonFinite): string =>
  where === 'activation' ? `${name} output` : where === 'gradient' ? `gradient of ${name}` : name;

/** The likely cause, from where it is seen first. */
function causeOf({ where }: NonFinite, rate: number): string {
  switch (where) {
    case 'input':
      return 'The world or a recording supplied a number that is not finite.';
    case 'weight':
      return `A weight was set to it, or an earlier update overshot (the learning rate is ${rate}).`;
    case 'buffer':
      return 'Statistics were made of numbers that are not finite.';
    case 'activation':
      return `Its weights have grown too large: lower the learning rate (${rate}).`;
    case 'gradient':
      return `Gradients exploded: lower the learning rate (${rate}) or clip them.`;
    default:
      return where satisfies never;
  }
}

/**
 * The first non-finite tensor in the order in which such numbers spread.
 * @param rows rows of the batch at fault. @param rate the learning rate in force, for the likely cause.
 */
export function nonFinite(network: Network, rows: number, rate: number): NonFiniteError {
  const found = firstNonFinite(network, rows);
  if (found) {
    const name = shownName(found);
    return new NonFiniteError(
      name,
      `${name} holds ${found.value} at ${found.index}. ${causeOf(found, rate)} The update was not made; the last finite checkpoint is untouched.`,
    );
  }
  return new NonFiniteError(
    'loss',
    `The loss is not finite though every tensor is: lower the learning rate (${rate}).`,
  );
}

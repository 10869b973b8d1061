// No silent NaN: when an update would be made of numbers that are not finite, find where they began and say so.
import type { Network } from '../core/network.ts';
import { slotValues } from './brain.ts';

export class NonFiniteError extends Error {
  readonly tensor: string;
  constructor(tensor: string, message: string) {
    super(message);
    this.name = 'NonFiniteError';
    this.tensor = tensor;
  }
}

const firstBad = (values: Float32Array): number | undefined => {
  const index = values.findIndex((value) => !Number.isFinite(value));
  return index < 0 ? undefined : index;
};

/**
 * The first non-finite tensor in the order in which an update computes: input, weights, activations, gradients.
 * @param rows rows of the batch at fault. @param rate the learning rate in force, for the likely cause.
 */
export function nonFinite(network: Network, rows: number, rate: number): NonFiniteError {
  const say = (tensor: string, index: number, value: number | undefined, cause: string): NonFiniteError =>
    new NonFiniteError(
      tensor,
      `${tensor} holds ${value} at ${index}. ${cause} The update was not made; the last finite checkpoint is untouched.`,
    );
  const rowsOf = (tensor: { readonly data: Float32Array }): Float32Array =>
    tensor.data.subarray(0, (tensor.data.length / network.maxBatch) * rows);

  const input = firstBad(rowsOf(network.input));
  if (input !== undefined) {
    return say(
      'input',
      input,
      network.input.data[input],
      'The world or a recording supplied a number that is not finite.',
    );
  }
  for (const slot of network.params.slots) {
    const values = slotValues(network.params, slot);
    const index = firstBad(values);
    if (index !== undefined) {
      const cause = `A weight was set to it, or an earlier update overshot (the learning rate is ${rate}).`;
      return say(slot.name, index, values[index], cause);
    }
  }
  for (const layer of network.plan.layers) {
    const values = rowsOf(network.activation(layer.path));
    const index = firstBad(values);
    if (index !== undefined) {
      return say(
        `${layer.path} output`,
        index,
        values[index],
        `Its weights have grown too large: lower the learning rate (${rate}).`,
      );
    }
  }
  for (const slot of network.params.slots) {
    const grads = slotValues(network.params, slot, 'grads');
    const index = firstBad(grads);
    if (index !== undefined) {
      return say(
        `gradient of ${slot.name}`,
        index,
        grads[index],
        `Gradients exploded: lower the learning rate (${rate}) or clip them.`,
      );
    }
  }
  return new NonFiniteError(
    'loss',
    `The loss is not finite though every tensor is: lower the learning rate (${rate}).`,
  );
}

// The first tensor of a network that holds a number which is not finite, in the order in which it spreads: weights, input, buffers,
// activations, gradients. No update is ever made of such numbers, so that a weight which holds one is older than an input that does:
// a policy gone wrong had moved the world.
import type { Network } from '../network.ts';

export interface NonFinite {
  readonly where: 'input' | 'weight' | 'buffer' | 'activation' | 'gradient';
  /** Name of the tensor, such as 'trunk.hidden1.weight'; of a layer for its output. */
  readonly name: string;
  readonly index: number;
  readonly value: number;
}

/** @param rows rows of the batch at fault. Undefined when every number is finite. */
export function firstNonFinite(network: Network, rows: number): NonFinite | undefined {
  const { params, plan, maxBatch } = network;
  const look = (where: NonFinite['where'], name: string, values: Float32Array): NonFinite | undefined => {
    const index = values.findIndex((value) => !Number.isFinite(value));
    return index < 0 ? undefined : { where, name, index, value: values[index]! };
  };
  const ofBatch = ({ data }: { readonly data: Float32Array }): Float32Array =>
    data.subarray(0, (data.length / maxBatch) * rows);
  for (const { name, offset, length } of params.slots) {
    const found = look('weight', name, params.values.data.subarray(offset, offset + length));
    if (found) return found;
  }
  const input = look('input', 'input', ofBatch(network.input));
  if (input) return input;
  for (const [name, { data }] of network.buffers) {
    const found = look('buffer', name, data);
    if (found) return found;
  }
  for (const { path } of plan.layers) {
    const found = look('activation', path, ofBatch(network.activation(path)));
    if (found) return found;
  }
  for (const { name, offset, length } of params.slots) {
    const found = look('gradient', name, params.grads.data.subarray(offset, offset + length));
    if (found) return found;
  }
  return undefined;
}

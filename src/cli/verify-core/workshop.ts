// A network of one layer in memory of its own, for one case and one kernel set; and what a replay of a case is.
import { type Arena, createArena, sizeOf } from '../../core/arena.ts';
import type { KernelFactory, KernelSetName, Kernels } from '../../core/kernels.ts';
import type { LayerSpec } from '../../core/layers/registry.ts';
import { createNetwork, type Network, planNetwork } from '../../core/network.ts';
import { type Recorded, refuse } from './reading.ts';
import type { CoreCase } from './tally.ts';

export interface KernelSet {
  readonly name: KernelSetName;
  readonly factory: KernelFactory;
}

/** Something built that recorded cases can be replayed through. */
export interface Replayer {
  /** What it is called in lists of what can be checked. */
  readonly title: string;
  /** Whether a case is of this, by its name and settings. */
  accepts(recorded: Recorded): boolean;
  /** One result for each kernel set, or a single one where kernels have no part in it. */
  replay(recorded: Recorded, sets: readonly KernelSet[]): readonly CoreCase[];
}

/** Whether a case is configured with nothing but `known`: a setting not known here is a thing not built. */
export const onlyConfigured = (recorded: Recorded, ...known: readonly string[]): boolean =>
  Object.entries(recorded.config).every(
    ([name, value]) => known.includes(name) || value === null || value === false || value === 0,
  );

export const withSet = (name: string, set: KernelSet): string => `${name} (${set.name})`;

/** Far more than any reference needs; a damaged file shall not claim the machine. */
const mostBytes = 512 * 1024 * 1024;

/** Memory for `floats` numbers in at most 64 tensors. */
export function roomFor(floats: number, name: string): Arena {
  const bytes = floats * 4 + 64 * 16;
  if (bytes > mostBytes) return refuse(name, `needs ${Math.ceil(bytes / 1048576)} MiB to replay`);
  return createArena(bytes);
}

export interface Workshop {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly network: Network;
}

/** The name of the one head of a workshop's network. Over a trunk without layers, so that dx is wanted. */
export const head = 'head';

/** @param output shape of a recorded row of output, which must be what the layer gives. */
export function workshop(
  name: string,
  set: KernelSet,
  input: readonly number[],
  layer: LayerSpec,
  output: readonly number[],
  n: number,
): Workshop {
  const spec = { input, normalize: false, trunk: [], heads: { [head]: [layer] } };
  const plan = planNetwork(spec);
  const planned = plan.layers[0]!.output;
  if (planned.length !== output.length || planned.some((size, i) => size !== output[i]))
    return refuse(name, `has rows of output of shape [${output}] where the layer gives [${planned}]`);
  const rows = 2 * n * (sizeOf(input) + sizeOf(output));
  const unfolded =
    layer.kind === 'conv2d' || layer.kind === 'conv2dTranspose'
      ? Math.max(sizeOf(output) / layer.channels, sizeOf(input)) *
        layer.kernel *
        layer.kernel *
        Math.max(input[2]!, layer.channels)
      : 0;
  // Values, gradients, optimiser vectors, and whatever a layer keeps of its rows and weights.
  const arena = roomFor(32 * (rows + plan.parameterFloats) + 2 * unfolded, name);
  const kernels = set.factory(arena.memory);
  return { arena, kernels, network: createNetwork(spec, arena, kernels, n) };
}

/** The head layer's parameter of that name, as it stands in the values or the gradients. */
export function parameter({ network }: Workshop, name: string, of: 'values' | 'grads'): Float32Array {
  const slot = network.params.slots.find((s) => s.spec.name === name);
  if (!slot) throw new Error(`the layer has no parameter "${name}"`);
  return network.params[of].data.subarray(slot.offset, slot.offset + slot.length);
}

// A brain: a network in an arena of its own, with the statistics of its input. Knows its tensors by name, so
// that saving, transferring and fingerprinting are loops over names.
import { type Arena, createArena, sizeOf } from '../core/arena.ts';
import type { KernelFactory, Kernels } from '../core/kernels.ts';
import { createNetwork, type Network, type NetworkSpec, type Params, type Slot } from '../core/network.ts';
import { createNormalizer, type Normalizer } from '../core/normalizer.ts';
import type { Random } from '../core/random.ts';
import type { NamedTensor, TensorMap } from '../core/safetensors.ts';
import { freshReturns } from '../learners/reinforcement/return-scale.ts';
import { fingerprintOf } from '../models/fingerprint.ts';
import { isUnder } from '../models/transfer-plan.ts';

export interface Brain {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly network: Network;
  readonly normalizer: Normalizer;
  /** [mean, variance, count] of the discounted returns that the value head's scale comes from. */
  readonly returns: Float64Array;
}

/** Virtual memory is claimed, not used: pages that nothing writes to cost nothing. */
const arenaBytes = 192 * 1024 * 1024;

/** @param streamOf see `createNetwork`. */
export function createBrain(
  spec: NetworkSpec,
  maxBatch: number,
  factory: KernelFactory,
  streamOf?: (layer: string) => Random,
): Brain {
  const arena = createArena(arenaBytes);
  const kernels = factory(arena.memory);
  return {
    arena,
    kernels,
    network: createNetwork(spec, arena, kernels, maxBatch, streamOf),
    normalizer: createNormalizer(spec.normalize, sizeOf(spec.input), arena, kernels, spec.steps),
    returns: freshReturns(),
  };
}

export const slotValues = (params: Params, slot: Slot, of: 'values' | 'grads' = 'values'): Float32Array =>
  params[of].data.subarray(slot.offset, slot.offset + slot.length);

/** Everything learned: parameters in order, buffers, then statistics, where the brain has use for them. A copy. */
export function modelTensors(brain: Brain): TensorMap {
  const { network } = brain;
  const tensors: Record<string, NamedTensor> = {};
  for (const slot of network.params.slots) {
    tensors[slot.name] = { shape: slot.shape, data: slotValues(network.params, slot).slice() };
  }
  for (const [name, { shape, data }] of network.buffers) tensors[name] = { shape, data: data.slice() };
  for (const [name, data] of statisticsOf(brain))
    tensors[name] = { shape: [data.length], data: data.slice() };
  return tensors;
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, i) => size === b[i]);

/**
 * Copies by name and shape whatever of `tensors` the brain has a place for and `wanted` accepts.
 * @returns the names copied.
 */
export function loadTensors(
  brain: Brain,
  tensors: TensorMap,
  wanted = (_name: string): boolean => true,
): string[] {
  const { network } = brain;
  const copied: string[] = [];
  for (const slot of network.params.slots) {
    const source = tensors[slot.name];
    if (!source || !wanted(slot.name) || !sameShape(source.shape, slot.shape)) continue;
    slotValues(network.params, slot).set(source.data);
    copied.push(slot.name);
  }
  for (const [name, buffer] of network.buffers) {
    const source = tensors[name];
    if (!source || !wanted(name) || !sameShape(source.shape, buffer.shape)) continue;
    buffer.data.set(source.data);
    copied.push(name);
  }
  for (const [name, target] of statisticsOf(brain)) {
    const source = tensors[name];
    if (!source || !wanted(name) || source.data.length !== target.length) continue;
    target.set(source.data);
    copied.push(name);
  }
  brain.normalizer.refresh();
  return copied;
}

/** The named statistics of a brain: of what it sees, and of the returns its value head speaks of. */
function statisticsOf({ network, normalizer, returns }: Brain): readonly (readonly [string, Float64Array])[] {
  const seen = [
    ['input.mean', normalizer.mean],
    ['input.variance', normalizer.variance],
    ['input.count', normalizer.count],
  ] as const;
  return [
    ...(network.spec.normalize ? seen : []),
    ...(Object.hasOwn(network.spec.heads, 'value') ? [['value.returns', returns] as const] : []),
  ];
}

/** SHA-256 of everything learned, or of the part under `prefix`. */
export function fingerprint(brain: Brain, prefix?: string): string {
  const tensors = Object.entries(modelTensors(brain));
  return fingerprintOf(tensors.filter(([name]) => !prefix || isUnder(name, [prefix])));
}

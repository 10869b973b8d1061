// What a look into a network in training shows of each layer: how large its outputs and their gradients are, how they
// are spread, and which of its units have nothing to say. Computed from the tensors of the last pass, when asked.
import { sizeOf } from '../arena.ts';
import type { LayerSpec } from '../layers/registry.ts';
import type { Network } from '../network.ts';

export interface Histogram {
  /** Ends of the range that the bins share evenly. */
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
  /** Numbers that are not finite, which no bin holds. */
  readonly notFinite: number;
}

export interface LayerReport {
  readonly path: string;
  readonly kind: LayerSpec['kind'];
  /** Root mean square of the outputs over the batch, and their mean. */
  readonly activation: number;
  readonly mean: number;
  /** Root mean square of the loss's gradient with respect to the outputs. */
  readonly gradient: number;
  /** Share of the units that gave 0 for every row (ReLU's dead units), or sat at an end of tanh or sigmoid for every row. */
  readonly silent: number;
  readonly histogram: Histogram;
}

const bins = 24;

/** Counts of `values` in even bins from the smallest finite number to the largest. */
export function histogramOf(values: Float32Array): Histogram {
  let low = Infinity;
  let high = -Infinity;
  let notFinite = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) notFinite++;
    else {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const counts = new Array<number>(bins).fill(0);
  if (low > high) return { low: 0, high: 0, counts, notFinite };
  const perUnit = high > low ? bins / (high - low) : 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(bins - 1, Math.floor((value - low) * perUnit));
    counts[bin]!++;
  }
  return { low, high, counts, notFinite };
}

export const rootMeanSquare = (values: Float32Array): number => {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares / Math.max(1, values.length));
};

/** How far from its ends an output of tanh or sigmoid counts as stuck there. */
const nearEnd = 0.01;

function isSilent(spec: LayerSpec): ((y: number) => boolean) | undefined {
  if (spec.kind !== 'activation') return undefined;
  switch (spec.activation) {
    case 'relu':
      return (y) => y === 0;
    case 'tanh':
      return (y) => Math.abs(y) > 1 - nearEnd;
    case 'sigmoid':
      return (y) => y < nearEnd || y > 1 - nearEnd;
    default:
      return undefined;
  }
}

/** Share of the units (the last axis) that are silent in every row and place. */
function silentShare(values: Float32Array, units: number, silent: (y: number) => boolean): number {
  let count = 0;
  for (let unit = 0; unit < units; unit++) {
    let all = values.length > 0;
    for (let i = unit; all && i < values.length; i += units) all = silent(values[i]!);
    if (all) count++;
  }
  return count / units;
}

/** One report a layer of the trunk and of `heads`, over the first n rows of the last forward and backward pass. */
export function inspectLayers(network: Network, n: number, heads: readonly string[]): LayerReport[] {
  return network.plan.layers
    .filter(({ part }) => part === 'trunk' || heads.includes(part))
    .map(({ path, spec, output }) => {
      const length = n * sizeOf(output);
      const y = network.activation(path).data.subarray(0, length);
      const dy = network.activationGrad(path)?.data.subarray(0, length);
      const silent = isSilent(spec);
      let sum = 0;
      for (const value of y) sum += value;
      return {
        path,
        kind: spec.kind,
        activation: rootMeanSquare(y),
        mean: sum / length,
        gradient: dy ? rootMeanSquare(dy) : 0,
        silent: silent ? silentShare(y, output.at(-1)!, silent) : 0,
        histogram: histogramOf(y),
      };
    });
}

// Which links are worth drawing: the strongest few between two columns, found in two passes over the weights
// without sorting them. Pure.
import { type Column, sourcePoint } from './layout.ts';

export interface Link {
  readonly column: number;
  /** The drawn points it joins. */
  readonly source: number;
  readonly unit: number;
  /** Input number and place in the tensor, for reading and changing it. */
  readonly input: number;
  readonly index: number;
  /** Place in the whole vector. */
  readonly at: number;
  /** Strength beside the strongest of its column, 0 to 1. */
  readonly share: number;
}

/** More lines than this between two columns are a hairball. */
const most = 34;
const bins = 256;

export function strongestLinks(columns: readonly Column[], values: Float32Array): readonly Link[] {
  const links: Link[] = [];
  columns.forEach((column, index) => {
    const slot = column.weight;
    if (!slot || column.filters) return;
    links.push(
      ...linksOf(columns, index, values.subarray(slot.offset, slot.offset + slot.length), slot.offset),
    );
  });
  return links;
}

function linksOf(columns: readonly Column[], index: number, weights: Float32Array, offset: number): Link[] {
  const column = columns[index]!;
  const source = columns[column.from]!;
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  if (!(largest > 0)) return [];
  const limit = weights.length <= most ? 0 : threshold(weights, largest);
  const outputs = column.kind === 'centroids' ? column.weight!.shape[1]! : column.weight!.shape.at(-1)!;
  const found: Link[] = [];
  for (let i = 0; i < weights.length && found.length < most * 1.5; i++) {
    const strength = Math.abs(weights[i]!);
    if (strength < limit) continue;
    const [major, minor] = [Math.floor(i / outputs), i % outputs];
    const [input, unit] = column.kind === 'centroids' ? [minor, major] : [major, minor];
    found.push({
      column: index,
      source: sourcePoint(column, source, input),
      unit: column.frame ? unit % column.count : unit,
      input,
      index: i,
      at: offset + i,
      share: strength / largest,
    });
  }
  return found;
}

/** The strength above which about `most` weights lie. */
function threshold(weights: Float32Array, largest: number): number {
  const counts = new Uint32Array(bins);
  for (const weight of weights) {
    const bin = Math.min(bins - 1, Math.floor((Math.abs(weight) / largest) * bins));
    counts[bin] = counts[bin]! + 1;
  }
  let seen = 0;
  for (let bin = bins - 1; bin >= 0; bin--) {
    seen += counts[bin]!;
    if (seen >= most) return (bin / bins) * largest;
  }
  return 0;
}

// Where everything of a brain stands on its canvas: columns of units or of little pictures, from the network's
// plan alone. Pure: no canvas, no weights.
import { sizeOf } from '../../core/arena.ts';
import { layerDef } from '../../core/layers/registry.ts';
import type { NetworkPlan, NetworkSpec, PlacedLayer, Slot } from '../../core/network.ts';

/** What the columns at both ends are called. */
export interface BrainNames {
  /** Entries of a vector, or channels of a frame. */
  readonly senses: readonly string[];
  readonly actions: readonly string[];
}

export interface Column {
  /** 'input', or the path of the layer that holds the weights. */
  readonly path: string;
  readonly part: string;
  /** Path under which the hero's activations are found. */
  readonly activation: string;
  readonly depth: number;
  /** Index of the column it reads from; -1 for the input. */
  readonly from: number;
  readonly weight: Slot | null;
  readonly bias: Slot | null;
  readonly kind: PlacedLayer['spec']['kind'] | 'input';
  /** Points that are drawn: units, or channels of a frame. */
  readonly count: number;
  /** Numbers it puts out. */
  readonly size: number;
  /** [height, width, channels] where it is drawn as pictures. */
  readonly frame: readonly [number, number, number] | null;
  /** Side of its filters in taps and their input channels, for a convolution. */
  readonly filters: { readonly side: number; readonly inputs: number } | null;
  readonly labels: readonly string[];
  readonly side: 'left' | 'right' | null;
  readonly last: boolean;
  x: number;
  xs: Float32Array;
  ys: Float32Array;
  /** Radius of a unit, or half the side of a picture. */
  radius: number;
  /** Pixels of one filter tap; 0 where there is no room. */
  tap: number;
}

const mostApart = 46;
const smallest = 2.1;

const asFrame = (shape: readonly number[]): Column['frame'] =>
  shape.length === 3 ? [shape[0]!, shape[1]!, shape[2]!] : null;

/** What is remembered is one picture: a line for each observation, the newest below. */
const inputFrameOf = ({ input, steps }: NetworkSpec): Column['frame'] =>
  steps === undefined ? asFrame(input) : [steps, sizeOf(input) / steps, 1];

const inputLabels = ({ steps }: NetworkSpec, { senses }: BrainNames): readonly string[] =>
  steps === undefined ? senses : [`last ${steps}`];

/** The head's outputs in words, as far as they have any. */
function headLabels(head: string, spec: NetworkSpec, size: number, names: BrainNames): readonly string[] {
  if (head === 'value') return ['value'];
  const { actions } = names;
  if ((head === 'policy' || head === 'classes') && size === actions.length) return actions;
  // A policy of numbers says how far it may stray from each.
  if (head === 'policy' && size === 2 * actions.length)
    return [...actions, ...actions.map((name) => `± ${name}`)];
  if (head === 'decoder' && size === sizeOf(spec.input)) return inputLabels(spec, names);
  return size <= 16 ? Array.from({ length: size }, (_, i) => String(i + 1)) : [];
}

/** Layers that change their numbers where they stand: one column with the layer before. */
const inPlace: ReadonlySet<PlacedLayer['spec']['kind']> = new Set([
  'activation',
  'batchNorm',
  'layerNorm',
  'dropout',
  'softmax',
  'logSoftmax',
  'residual',
] as const);

/** The brain's columns without places: the input, the trunk's layers, then every head's. */
export function planColumns(
  spec: NetworkSpec,
  plan: NetworkPlan,
  names: BrainNames,
  heads: readonly string[] = Object.keys(spec.heads),
): Column[] {
  const columns: Column[] = [];
  const blank = { x: 0, xs: new Float32Array(0), ys: new Float32Array(0), radius: 0, tap: 0 };
  const inputFrame = inputFrameOf(spec);
  columns.push({
    ...blank,
    path: 'input',
    part: 'input',
    activation: 'input',
    depth: 0,
    from: -1,
    weight: null,
    bias: null,
    kind: 'input',
    count: inputFrame ? inputFrame[2] : sizeOf(spec.input),
    size: sizeOf(spec.input),
    frame: inputFrame,
    filters: null,
    labels: inputLabels(spec, names),
    side: 'left',
    last: false,
  });
  const parts = ['trunk', ...heads];
  let trunkEnd = 0;
  for (const part of parts) {
    // A flattened layer holds the same numbers as the one before it.
    const layers = plan.layers.filter(({ part: of, spec }) => of === part && !layerDef(spec).reshapes);
    let from = part === 'trunk' || spec.apart?.includes(part) ? 0 : trunkEnd;
    for (const [i, layer] of layers.entries()) {
      if (inPlace.has(layer.spec.kind)) {
        columns[from] = { ...columns[from]!, activation: layer.path };
        continue;
      }
      const last = part !== 'trunk' && layers.slice(i + 1).every((next) => inPlace.has(next.spec.kind));
      const size = sizeOf(layer.output);
      const rebuilt = part === 'decoder' && last && size === sizeOf(spec.input) ? inputFrame : null;
      const frame = asFrame(layer.output) ?? rebuilt;
      const slot = (name: string): Slot | null =>
        plan.slots.find((one) => one.name === `${layer.path}.${name}`) ?? null;
      columns.push({
        ...blank,
        path: layer.path,
        part,
        activation: layer.path,
        depth: columns[from]!.depth + 1,
        from,
        weight: slot('weight') ?? slot('centre'),
        bias: slot('bias'),
        kind: layer.spec.kind,
        count: frame ? frame[2] : size,
        size,
        frame,
        filters: layer.spec.kind === 'conv2d' ? { side: layer.spec.kernel, inputs: layer.input[2]! } : null,
        labels: last ? headLabels(part, spec, size, names) : [],
        side: last ? 'right' : null,
        last,
      });
      from = columns.length - 1;
    }
    if (part === 'trunk') trunkEnd = from;
  }
  return columns;
}

/** How much of the height a head is given beside the others. */
const weightOf = (column: Column): number =>
  column.frame ? 3 * column.count : Math.min(14, Math.max(2, column.count)) + 1;

function placeUnits(column: Column, top: number, height: number): void {
  const { count } = column;
  column.xs = new Float32Array(count).fill(column.x);
  column.ys = new Float32Array(count);
  const abreast = Math.max(1, Math.ceil((count * smallest * 2.1) / height));
  const rows = Math.ceil(count / abreast);
  const pitch = Math.min(count <= 2 ? 64 : mostApart, height / rows);
  column.radius = Math.max(smallest, Math.min(9, pitch * 0.38));
  const start = top + (height - pitch * (rows - 1)) / 2;
  for (let i = 0; i < count; i++) {
    const across = i % abreast;
    column.xs[i] = column.x + (across - (abreast - 1) / 2) * column.radius * 2.4;
    column.ys[i] = start + Math.floor(i / abreast) * pitch;
  }
}

function placePictures(column: Column, top: number, height: number, room: number): void {
  const { count, filters } = column;
  const captions = column.side === null ? 0 : 15;
  const pitch = Math.min(86, height / count);
  const tile = Math.max(8, Math.min(pitch - captions - 4, room * (filters ? 0.4 : 0.95), 64));
  column.radius = tile / 2;
  column.xs = new Float32Array(count);
  column.ys = new Float32Array(count);
  const across = filters ? filters.inputs : 0;
  const taps = filters ? filters.inputs * filters.side : 1;
  column.tap = filters ? Math.min((tile - 1) / filters.side, (room - tile - 6 - across) / taps) : 0;
  if (column.tap < 1.4) column.tap = 0;
  const strip = column.tap > 0 ? column.tap * taps + across + 4 : 0;
  const start = top + (height - pitch * count) / 2;
  for (let i = 0; i < count; i++) {
    column.xs[i] = column.x + strip / 2;
    column.ys[i] = start + i * pitch + (pitch - captions) / 2;
  }
}

export interface Room {
  readonly width: number;
  readonly height: number;
  /** Width of the widest label at each end. */
  readonly left: number;
  readonly right: number;
}

/** Whether a column that follows the input does so because the trunk has no layers. */
const onTrunk = (column: Column): boolean => column.depth === 1 && column.last;

/** Gives every column its place; the heads share the height among them. */
export function placeColumns(columns: readonly Column[], room: Room): void {
  const pictures = columns.some((column) => column.frame);
  const deepest = Math.max(...columns.map((column) => column.depth));
  const first = columns[0]!;
  const left = first.frame ? 38 : room.left + 22;
  const right = room.width - room.right - 22;
  const gap = (right - left) / Math.max(1, deepest);
  const [top, bottom] = [14, room.height - 26];
  const heads = [
    ...new Set(columns.filter((c) => c.part !== 'input' && c.part !== 'trunk').map((c) => c.part)),
  ];
  const share = new Map(
    heads.map((head) => [head, Math.max(...columns.filter((c) => c.part === head).map(weightOf))] as const),
  );
  const sum = (parts: readonly string[]): number => parts.reduce((all, part) => all + share.get(part)!, 0);
  const bands = new Map<string, readonly [number, number]>();
  /** Lays parts one under the other. */
  const stack = (parts: readonly string[], from: number, height: number): void => {
    let next = from;
    for (const part of parts) {
      const own = (height * share.get(part)!) / sum(parts);
      bands.set(part, [next, own]);
      next += own;
    }
  };
  // Heads that read the input themselves lie below the trunk and its own heads.
  const apart = heads.filter((head) => columns.some((c) => c.part === head && c.from === 0 && !onTrunk(c)));
  const shared = heads.filter((head) => !apart.includes(head));
  const trunkWants = Math.max(sum(shared), ...columns.filter((c) => c.part === 'trunk').map(weightOf));
  const upper = ((bottom - top) * trunkWants) / (trunkWants + sum(apart));
  bands.set('trunk', [top, upper]);
  stack(shared, top, upper);
  stack(apart, top + upper, bottom - top - upper);
  for (const column of columns) {
    // A convolution's column is wide: it stands a little nearer to what it reads.
    const lean = pictures && column.filters ? gap * 0.08 : 0;
    column.x = left + column.depth * gap - lean;
    const [y, height] = bands.get(column.part) ?? [top, bottom - top];
    if (column.frame) placePictures(column, y, height, Math.max(24, gap * (column.filters ? 0.86 : 0.7)));
    else placeUnits(column, y + 2, height - 4);
  }
}

export const unitName = (column: Column, unit: number): string =>
  column.labels[unit] ?? (column.frame ? `map ${unit + 1}` : `unit ${unit + 1}`);

/** Where the weight from input number `j` of a column to its unit stands in the tensor. */
export const weightIndex = (column: Column, unit: number, j: number): number =>
  column.kind === 'centroids' ? unit * (column.weight!.shape[1] ?? 1) + j : j * weightOutputs(column) + unit;

const weightOutputs = (column: Column): number => column.weight!.shape.at(-1)!;

/** How many inputs one unit of the column reads. */
export const fanIn = (column: Column): number =>
  column.weight === null
    ? 0
    : column.kind === 'centroids'
      ? column.weight.shape[1]!
      : column.weight.length / weightOutputs(column);

/** The drawn point of the source column that input number `j` belongs to. */
export function sourcePoint(column: Column, source: Column, j: number): number {
  if (column.filters) return j % column.filters.inputs;
  return source.frame ? j % source.frame[2] : j;
}

export function sourceName(column: Column, source: Column, j: number): string {
  const name = unitName(source, sourcePoint(column, source, j));
  if (column.filters) {
    const tap = Math.floor(j / column.filters.inputs);
    return `${name}, tap ${Math.floor(tap / column.filters.side) + 1}·${(tap % column.filters.side) + 1}`;
  }
  if (!source.frame) return name;
  const pixel = Math.floor(j / source.frame[2]);
  return `${name} at ${Math.floor(pixel / source.frame[1]) + 1}·${(pixel % source.frame[1]) + 1}`;
}

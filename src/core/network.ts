// From spec to network: a trunk shared by everything plus named heads, over one vector of values and one of
// gradients. Knows nothing of losses, learners or optimisers.
import { type Arena, sizeOf, type Tensor, viewOf } from './arena.ts';
import { initialize } from './initializers.ts';
import type { Kernels } from './kernels.ts';
import type { BufferSpec, LayerPass, Mode, Parameter, ParameterSpec } from './layers/layer.ts';
import { type LayerSpec, layerDef } from './layers/registry.ts';
import { createRandom, type Random } from './random.ts';

/** Plain data: printable, savable, comparable. */
export interface NetworkSpec {
  /** Shape of one row: [size], [height, width, channels], [time, size]. */
  readonly input: readonly number[];
  /** Whether rows pass through a running mean and variance first (see `normalizer.ts`). */
  readonly normalize: boolean;
  /** Where a row is the last few observations, [steps, size]: how many. They share their statistics. */
  readonly steps?: number;
  readonly trunk: readonly LayerSpec[];
  readonly heads: Readonly<Record<string, readonly LayerSpec[]>>;
  /** Heads that read the input itself instead of the trunk's features. */
  readonly apart?: readonly string[];
}

/** One parameter's place in the vectors. Offsets count floats and are multiples of 4 (16-byte aligned). */
export interface Slot {
  /** Such as 'trunk.hidden1.weight' or 'policy.output.bias'. */
  readonly name: string;
  /** The layer it belongs to, such as 'trunk.hidden1'. */
  readonly layer: string;
  readonly offset: number;
  readonly length: number;
  readonly shape: readonly number[];
  readonly spec: ParameterSpec;
}

/** One buffer of a layer: saved with the model, moved by no gradient. */
export interface BufferSlot {
  /** Such as 'trunk.norm1.runningMean'. */
  readonly name: string;
  readonly layer: string;
  readonly spec: BufferSpec;
}

/** One layer as it stands in a network: for planning, views and reports. */
export interface PlacedLayer {
  /** 'trunk' or a head's name, then the layer's: 'trunk.hidden1'. */
  readonly path: string;
  readonly part: string;
  readonly spec: LayerSpec;
  readonly input: readonly number[];
  readonly output: readonly number[];
}

export interface NetworkPlan {
  readonly layers: readonly PlacedLayer[];
  readonly slots: readonly Slot[];
  readonly buffers: readonly BufferSlot[];
  /** Length of the parameter vector in floats, alignment gaps included. */
  readonly parameterFloats: number;
  /** Shape of one row of trunk output. */
  readonly features: readonly number[];
}

export interface Params {
  readonly values: Tensor;
  readonly grads: Tensor;
  readonly slots: readonly Slot[];
}

export interface Network {
  readonly spec: NetworkSpec;
  readonly plan: NetworkPlan;
  readonly params: Params;
  /** Buffers by name, such as running statistics. */
  readonly buffers: ReadonlyMap<string, Tensor>;
  /**
   * Paths of layers that must stay as they are, whatever the mode: they run as in evaluation, so that their running
   * statistics do not move. (That their parameters do not is the optimiser's ranges' business.)
   */
  readonly frozen: Set<string>;
  readonly maxBatch: number;
  /** What the trunk reads, [maxBatch, ...input]: the caller writes rows here before forward. */
  readonly input: Tensor;
  /** The trunk's output, [maxBatch, ...features], and its gradient. */
  readonly features: Tensor;
  readonly featuresGrad: Tensor;
  forward(n: number, heads: readonly string[], mode: Mode): void;
  output(head: string): Tensor;
  /** A loss writes here; backward reads it. */
  outputGrad(head: string): Tensor;
  /** Clears all gradients, parameters' and activations', for the first n rows. */
  clearGrads(n: number): void;
  /** Accumulates into params.grads. `featuresGrad` may already hold a loss's own term. */
  backward(n: number, heads: readonly string[]): void;
  /** The output of one layer by path, as of the last forward: for views. */
  activation(path: string): Tensor;
  /** The gradient of a layer's output, as of the last backward; null where nothing wanted one. */
  activationGrad(path: string): Tensor | null;
  /** A tensor inside a layer, such as the attention weights of 'trunk.attend', as of the last forward. */
  inner(path: string, name: string): Tensor;
}

const align = (floats: number): number => Math.ceil(floats / 4) * 4;

/** Where every layer and parameter goes. Throws when shapes do not fit, naming the layer and both shapes. */
export function planNetwork(spec: NetworkSpec): NetworkPlan {
  const layers: PlacedLayer[] = [];
  const slots: Slot[] = [];
  const buffers: BufferSlot[] = [];
  const seen = new Set<string>();
  let next = 0;
  const place = (part: string, specs: readonly LayerSpec[], start: readonly number[]): readonly number[] => {
    let input = start;
    for (const layer of specs) {
      const path = `${part}.${layer.name}`;
      if (seen.has(path)) throw new Error(`two layers are named ${path}; names must differ`);
      seen.add(path);
      const def = layerDef(layer);
      const earlier = (name: string): readonly number[] => {
        const found = layers.find((one) => one.path === `${part}.${name}`);
        if (!found) throw new Error(`layer ${path}: there is no layer "${name}" before it in ${part}`);
        return found.output;
      };
      const output = def.outputShape(layer, input, earlier);
      for (const parameter of def.parameters(layer, input)) {
        const length = sizeOf(parameter.shape);
        slots.push({
          name: `${path}.${parameter.name}`,
          layer: path,
          offset: next,
          length,
          shape: parameter.shape,
          spec: parameter,
        });
        next += align(length);
      }
      for (const buffer of def.buffers?.(layer, input) ?? []) {
        buffers.push({ name: `${path}.${buffer.name}`, layer: path, spec: buffer });
      }
      layers.push({ path, part, spec: layer, input, output });
      input = output;
    }
    return input;
  };
  const features = place('trunk', spec.trunk, spec.input);
  for (const [head, specs] of Object.entries(spec.heads)) {
    place(head, specs, spec.apart?.includes(head) ? spec.input : features);
  }
  return { layers, slots, buffers, parameterFloats: next, features };
}

interface Part {
  readonly passes: readonly (LayerPass & { readonly path: string })[];
  readonly y: Tensor;
  readonly dy: Tensor;
  /** Every gradient buffer that must be cleared before a backward pass, with its floats per row. */
  readonly grads: readonly { readonly data: Float32Array; readonly perRow: number }[];
}

/**
 * @param streamOf the random stream of a layer that draws numbers in training (dropout). Left out: one of the layer's
 * name, which will do for a network that only evaluates.
 */
export function createNetwork(
  spec: NetworkSpec,
  arena: Arena,
  kernels: Kernels,
  maxBatch: number,
  streamOf: (path: string) => Random = createRandom,
): Network {
  const plan = planNetwork(spec);
  const params: Params = {
    values: arena.f32(plan.parameterFloats),
    grads: arena.f32(plan.parameterFloats),
    slots: plan.slots,
  };
  const input = arena.f32(maxBatch, ...spec.input);
  const outputs = new Map<string, { readonly y: Tensor; readonly dy: Tensor | null }>();
  const inners = new Map<string, LayerPass['inner']>();
  const frozen = new Set<string>();
  const buffers = new Map(
    plan.buffers.map(({ name, spec: { shape, initial } }) => {
      const tensor = arena.f32(...shape);
      tensor.data.fill(initial);
      return [name, tensor] as const;
    }),
  );

  const parameterOf = (slot: Slot): Parameter => ({
    value: viewOf(params.values, slot.offset, slot.shape),
    grad: viewOf(params.grads, slot.offset, slot.shape),
  });

  const buildPart = (part: string, start: Tensor, startGrad: Tensor | null): Part => {
    const passes: Part['passes'][number][] = [];
    const grads: Part['grads'][number][] = [];
    let [x, dx]: [Tensor, Tensor | null] = [start, startGrad];
    for (const { path, part: of, spec: layer, input: shape, output } of plan.layers) {
      if (of !== part) continue;
      const def = layerDef(layer);
      if (def.reshapes) {
        [x, dx] = [viewOf(x, 0, [maxBatch, ...output]), dx && viewOf(dx, 0, [maxBatch, ...output])];
        outputs.set(path, { y: x, dy: dx });
        continue;
      }
      const y = arena.f32(maxBatch, ...output);
      const dy = arena.f32(maxBatch, ...output);
      const parameters = Object.fromEntries(
        plan.slots.filter((slot) => slot.layer === path).map((slot) => [slot.spec.name, parameterOf(slot)]),
      );
      const kept = Object.fromEntries(
        plan.buffers
          .filter((one) => one.layer === path)
          .map((one) => [one.spec.name, buffers.get(one.name)!]),
      );
      const pass = def.build(layer, shape, {
        arena,
        kernels,
        maxBatch,
        input,
        x,
        dx,
        y,
        dy,
        parameters,
        buffers: kept,
        earlier: (name) => outputs.get(`${part}.${name}`)!,
        random: () => streamOf(path),
      });
      passes.push({ path, forward: pass.forward, backward: pass.backward });
      grads.push({ data: dy.data, perRow: sizeOf(output) });
      outputs.set(path, { y, dy });
      inners.set(path, pass.inner);
      [x, dx] = [y, dy];
    }
    // A trunk without layers hands its input on; its gradient buffer then exists only to be ignored.
    return { passes, y: x, dy: dx ?? arena.f32(maxBatch, ...spec.input), grads };
  };

  const trunk = buildPart('trunk', input, null);
  const heads = new Map(
    Object.keys(spec.heads).map((name) => {
      const apart = spec.apart?.includes(name);
      return [name, apart ? buildPart(name, input, null) : buildPart(name, trunk.y, trunk.dy)] as const;
    }),
  );
  const part = (head: string): Part => {
    const found = heads.get(head);
    if (!found)
      throw new Error(`the network has no head "${head}"; it has ${[...heads.keys()].join(', ') || 'none'}`);
    return found;
  };

  const forwardPart = ({ passes }: Part, n: number, mode: Mode): void => {
    for (const pass of passes) pass.forward(n, frozen.has(pass.path) ? 'evaluate' : mode);
  };

  return {
    spec,
    plan,
    params,
    buffers,
    frozen,
    maxBatch,
    input,
    features: trunk.y,
    featuresGrad: trunk.dy,
    forward(n, names, mode) {
      if (n > maxBatch) throw new Error(`batch of ${n} rows does not fit a network planned for ${maxBatch}`);
      forwardPart(trunk, n, mode);
      for (const name of names) forwardPart(part(name), n, mode);
    },
    output: (head) => part(head).y,
    outputGrad: (head) => part(head).dy,
    clearGrads(n) {
      params.grads.data.fill(0);
      for (const { data, perRow } of trunk.grads) data.fill(0, 0, n * perRow);
      for (const { grads } of heads.values())
        for (const { data, perRow } of grads) data.fill(0, 0, n * perRow);
    },
    backward(n, names) {
      for (const name of names) {
        const { passes } = part(name);
        for (let i = passes.length - 1; i >= 0; i--) passes[i]!.backward(n);
      }
      for (let i = trunk.passes.length - 1; i >= 0; i--) trunk.passes[i]!.backward(n);
    },
    activation(path) {
      const found = outputs.get(path);
      if (!found) throw new Error(`the network has no layer "${path}"`);
      return found.y;
    },
    activationGrad: (path) => outputs.get(path)?.dy ?? null,
    inner(path, name) {
      const found = inners.get(path)?.[name];
      if (!found) throw new Error(`the network has no "${name}" inside a layer "${path}"`);
      return found;
    },
  };
}

/** Draws initial values for the parameters whose slot `wanted` accepts, each from its own named stream. */
export function initializeParams(
  params: Params,
  random: Random,
  wanted = (_slot: Slot): boolean => true,
): void {
  for (const slot of params.slots) {
    if (!wanted(slot)) continue;
    const values = params.values.data.subarray(slot.offset, slot.offset + slot.length);
    initialize(values, slot.shape, slot.spec.init, slot.spec.fanIn, slot.spec.fanOut, random.fork(slot.name));
  }
}

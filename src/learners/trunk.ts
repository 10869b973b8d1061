// The trunk that all ways of learning share, from the shape of what a world shows. Frames go through one 3x3
// convolution first. Orthogonal weights with gain sqrt 2 keep early activations at one scale in depth
// (Saxe et al. 2014; the choice of CleanRL and Stable-Baselines3).
import type { WorldShape } from '../../envs/environment.ts';
import type { Activation } from '../core/kernels/contract/activations.ts';
import { type Knobs, type KnobValues, resolveKnobs } from '../core/knobs.ts';
import type { LayerSpec } from '../core/layers/registry.ts';
import type { NetworkSpec } from '../core/network.ts';

export interface BrainConfig {
  /** Units of the trunk's dense layers; none is allowed. */
  readonly hidden: readonly number[];
  /** After every layer of the trunk. */
  readonly activation: Activation;
  /** Values of `brainKnobs` that differ from their defaults. */
  readonly settings?: KnobValues;
}

/** What else a person may decide of a trunk. */
export const brainKnobs = {
  filters: {
    kind: 'number',
    label: 'Filters',
    default: 16,
    min: 0,
    max: 64,
    step: 1,
    unit: '',
    help: 'Filters of the 3x3 convolution that a frame goes through first; with 0 the dense layers see it flat.',
  },
} as const satisfies Knobs;

/** Every setting's value. Throws one sentence naming an unknown setting or a value that is not allowed. */
export const brainSettings = (brain: BrainConfig) =>
  resolveKnobs(brainKnobs, brain.settings ?? {}, 'the brain') as {
    readonly [K in keyof typeof brainKnobs]: number;
  };

const hiddenInit = { scheme: 'orthogonal', gain: Math.SQRT2 } as const;

export const showsFrames = (world: WorldShape): boolean => world.observation.shape.length === 3;

export const defaultBrain = (world: WorldShape): BrainConfig =>
  showsFrames(world) ? { hidden: [128], activation: 'relu' } : { hidden: [64, 64], activation: 'tanh' };

function trunkLayers(world: WorldShape, brain: BrainConfig): readonly LayerSpec[] {
  const layers: LayerSpec[] = [];
  const { filters } = brainSettings(brain);
  const { activation } = brain;
  const convolves = showsFrames(world) && filters > 0;
  if (convolves) {
    layers.push(
      {
        kind: 'conv2d',
        name: 'conv1',
        channels: filters,
        kernel: 3,
        stride: 1,
        padding: 0,
        init: hiddenInit,
      },
      { kind: 'activation', name: 'conv1Active', activation },
    );
  }
  if (showsFrames(world)) layers.push({ kind: 'flatten', name: 'flat' });
  const skipZeros = !convolves && world.observation.sparse === true;
  brain.hidden.forEach((units, i) => {
    layers.push(
      {
        kind: 'dense',
        name: `hidden${i + 1}`,
        units,
        init: hiddenInit,
        ...(i === 0 && skipZeros ? { skipZeros } : {}),
      },
      { kind: 'activation', name: `hidden${i + 1}Active`, activation },
    );
  });
  return layers;
}

/** The heads of one way of learning; those named in `apart` have a trunk of their own instead of the shared one. */
export interface Taught {
  readonly heads: NetworkSpec['heads'];
  readonly apart: readonly string[];
}

/** The whole network: the world's trunk with the heads of everything it is taught. */
export function networkFor(world: WorldShape, brain: BrainConfig, taught: readonly Taught[]): NetworkSpec {
  const trunk = trunkLayers(world, brain);
  const heads: Record<string, readonly LayerSpec[]> = {};
  const apart: string[] = [];
  for (const { heads: own, apart: alone } of taught) {
    for (const [name, layers] of Object.entries(own)) {
      heads[name] = alone.includes(name) ? [...trunk, ...layers] : layers;
    }
    apart.push(...alone);
  }
  const { shape, normalize } = world.observation;
  return { input: shape, normalize, trunk, heads, ...(apart.length > 0 ? { apart } : {}) };
}

/** A head of one dense layer named 'output', its weights orthogonal with the given gain. */
export const linearHead = (units: number, gain: number): readonly LayerSpec[] => [
  { kind: 'dense', name: 'output', units, init: { scheme: 'orthogonal', gain } },
];

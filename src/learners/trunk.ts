// The trunk that all ways of learning share, from the shape of what a world shows. Frames go through one 3x3
// convolution first. Orthogonal weights with gain sqrt 2 keep early activations at one scale in depth
// (Saxe et al. 2014; the choice of CleanRL and Stable-Baselines3).
import { canRemember, type WorldShape } from '../../envs/environment.ts';
import type { InitializerSpec } from '../core/initializers.ts';
import type { Activation } from '../core/kernels/contract/activations.ts';
import { type Knobs, type KnobValues, resolveKnobs } from '../core/knobs.ts';
import type { LayerSpec } from '../core/layers/registry.ts';
import type { NetworkSpec } from '../core/network.ts';

export interface BrainConfig {
  /** Units of the trunk's dense layers; none is allowed. */
  readonly hidden: readonly number[];
  /** After every layer of the trunk; the last one's may be left out (`features`). */
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
  width: {
    kind: 'number',
    label: 'Numbers a thing',
    default: 32,
    min: 4,
    max: 256,
    step: 4,
    unit: '',
    help: 'Numbers in which each thing of a list is put before all look at each other.',
  },
  attentionHeads: {
    kind: 'choice',
    label: 'Attention heads',
    default: '2',
    options: ['1', '2', '4'],
    help: 'How many things at once each thing of a list can look at for a reason of its own.',
  },
  attentionBlocks: {
    kind: 'number',
    label: 'Attention blocks',
    default: 1,
    min: 0,
    max: 4,
    step: 1,
    unit: '',
    help: 'How often the things of a list look at each other; with 0 the one that acts sees only itself.',
  },
  memory: {
    kind: 'number',
    label: 'Memory',
    default: 0,
    min: 0,
    max: 64,
    step: 1,
    unit: 'steps',
    help: 'How many of the last observations of a game it has before it, the present one included; with 0 the present one alone. A world that hides its speeds cannot be played without.',
  },
  remembersBy: {
    kind: 'choice',
    label: 'Remembers by',
    default: 'recurrence',
    options: ['recurrence', 'side by side'],
    help: 'Recurrence: a gated recurrent unit reads them one after the other, oldest first. Side by side: the dense layers see all of them as one long row.',
  },
  memoryUnits: {
    kind: 'number',
    label: 'Units of recurrence',
    default: 32,
    min: 1,
    max: 256,
    step: 1,
    unit: '',
    help: 'Numbers in which the recurrent unit keeps what it has read so far.',
  },
  inputs: {
    kind: 'choice',
    label: 'Inputs',
    default: 'normalised',
    options: ['normalised', 'as they are'],
    help: 'Normalised: every number of an observation has the mean it had so far taken off, and is divided by its spread, so that all count alike. As they are: a number that moves little in the world moves little in the network.',
  },
  features: {
    kind: 'choice',
    label: 'Features',
    default: 'activated',
    options: ['activated', 'linear'],
    help: 'What the last layer of the trunk hands on. Activated: bent like that of the others. Linear: its sums as they are, without a bound, as in the code of an autoencoder (Hinton & Salakhutdinov 2006).',
  },
  normalization: {
    kind: 'choice',
    label: 'Normalisation',
    default: 'none',
    options: ['none', 'batch', 'layer'],
    help: 'Keeps the sums of each layer at one scale: over the rows of a batch, or over the units of a row. Batch norm suits labels better than policies.',
  },
  dropout: {
    kind: 'number',
    label: 'Dropout',
    default: 0,
    min: 0,
    max: 0.9,
    unit: '',
    help: 'Share of the hidden units that are silenced at random in every update, so that none can be relied on alone.',
  },
  initializer: {
    kind: 'choice',
    label: 'First weights',
    default: 'orthogonal',
    options: ['orthogonal', 'he', 'xavier', 'tooLarge', 'tooSmall', 'zeros'],
    help: 'How the hidden weights begin. Too large: signals explode; too small: they vanish; zeros: every unit learns the same.',
  },
} as const satisfies Knobs;

interface BrainSettings {
  readonly filters: number;
  readonly width: number;
  readonly attentionHeads: '1' | '2' | '4';
  readonly attentionBlocks: number;
  readonly memory: number;
  readonly remembersBy: 'recurrence' | 'side by side';
  readonly memoryUnits: number;
  readonly inputs: 'normalised' | 'as they are';
  readonly features: 'activated' | 'linear';
  readonly normalization: 'none' | 'batch' | 'layer';
  readonly dropout: number;
  readonly initializer: 'orthogonal' | 'he' | 'xavier' | 'tooLarge' | 'tooSmall' | 'zeros';
}

/** Every setting's value. Throws one sentence naming an unknown setting or a value that is not allowed. */
export const brainSettings = (brain: BrainConfig): BrainSettings =>
  resolveKnobs(brainKnobs, brain.settings ?? {}, 'the brain') as unknown as BrainSettings;

const initOf = ({ initializer }: BrainSettings): InitializerSpec =>
  initializer === 'orthogonal' ? { scheme: initializer, gain: Math.SQRT2 } : { scheme: initializer };

/** What stands between the sums of a layer and its activation. */
const normalizationLayers = (name: string, { normalization }: BrainSettings): readonly LayerSpec[] => {
  switch (normalization) {
    case 'batch':
      return [{ kind: 'batchNorm', name: `${name}Norm`, momentum: 0.1, epsilon: 1e-5 }];
    case 'layer':
      return [{ kind: 'layerNorm', name: `${name}Norm`, epsilon: 1e-5 }];
    default:
      return [];
  }
};

/** A list of things, the first of which acts or asks; the first number of each says whether it is there. */
const showsList = ({ observation }: WorldShape): boolean =>
  observation.shape.length === 2 && observation.steps === undefined;

/** Which settings mean anything in a world. */
export const settingMatters = (name: string, world: WorldShape): boolean => {
  if (name === 'filters') return showsFrames(world);
  if (name === 'inputs') return world.observation.normalize;
  if (name === 'memory') return canRemember(world);
  if (name === 'remembersBy' || name === 'memoryUnits') return world.observation.steps !== undefined;
  return showsList(world) || !['width', 'attentionHeads', 'attentionBlocks'].includes(name);
};

export const showsFrames = (world: WorldShape): boolean => world.observation.shape.length === 3;

/** Frames that are nearly empty are seen flat, by a layer that skips what is dark; others go through filters first. */
export function defaultBrain(world: WorldShape): BrainConfig {
  if (showsList(world)) return { hidden: [64], activation: 'relu' };
  if (!showsFrames(world)) return { hidden: [64, 64], activation: 'tanh' };
  return world.observation.sparse
    ? { hidden: [64, 64], activation: 'relu', settings: { filters: 0 } }
    : { hidden: [128], activation: 'relu' };
}

/**
 * A list of things: each through the same dense layer, then blocks in which all that are there look at each other and add what
 * they saw to what they are (Vaswani et al. 2017; Zambaldi et al. 2019 for things in a game), then the first one alone.
 */
function listLayers(world: WorldShape, { activation }: BrainConfig, settings: BrainSettings): LayerSpec[] {
  const { width, attentionHeads, attentionBlocks } = settings;
  const init = initOf(settings);
  const layers: LayerSpec[] = [
    { kind: 'reshape', name: 'things', shape: world.observation.shape },
    { kind: 'dense', name: 'each', units: width, init },
    ...normalizationLayers('each', settings),
    { kind: 'activation', name: 'eachActive', activation },
  ];
  for (let b = 1; b <= attentionBlocks; b++) {
    const from = layers.at(-1)!.name;
    const heads = Number(attentionHeads);
    layers.push(
      {
        kind: 'selfAttention',
        name: `attend${b}`,
        heads,
        causal: false,
        present: 'things',
        init: { scheme: 'xavier' },
      },
      { kind: 'residual', name: `attend${b}Add`, from },
    );
  }
  layers.push({ kind: 'pick', name: 'first', index: 0 });
  return layers;
}

/**
 * The last few observations, oldest first: read one after the other by a gated recurrent unit that begins with nothing at the
 * first of them, or put side by side. What lies farther back is forgotten: history is cut off there (Mnih et al. 2015 for a
 * few frames side by side; Hausknecht & Stone 2015 for recurrence over them).
 */
function memoryLayers({ remembersBy, memoryUnits, initializer }: BrainSettings): LayerSpec[] {
  if (remembersBy === 'side by side') return [{ kind: 'flatten', name: 'sideBySide' }];
  // Gates squash by themselves: no gain to make up for.
  const init: InitializerSpec =
    initializer === 'orthogonal' ? { scheme: initializer, gain: 1 } : { scheme: initializer };
  return [{ kind: 'gru', name: 'memory', units: memoryUnits, returns: 'last', init }];
}

function trunkLayers(world: WorldShape, brain: BrainConfig): readonly LayerSpec[] {
  const settings = brainSettings(brain);
  const { filters, dropout, features } = settings;
  const { activation } = brain;
  const init = initOf(settings);
  const remembers = world.observation.steps !== undefined;
  const layers: LayerSpec[] = showsList(world)
    ? listLayers(world, brain, settings)
    : remembers
      ? memoryLayers(settings)
      : [];
  const convolves = showsFrames(world) && filters > 0;
  if (convolves) {
    layers.push(
      { kind: 'conv2d', name: 'conv1', channels: filters, kernel: 3, stride: 1, padding: 0, init },
      ...normalizationLayers('conv1', settings),
      { kind: 'activation', name: 'conv1Active', activation },
    );
  }
  if (showsFrames(world)) layers.push({ kind: 'flatten', name: 'flat' });
  brain.hidden.forEach((units, i) => {
    const name = `hidden${i + 1}`;
    const skipZeros = i === 0 && !convolves && !remembers && world.observation.sparse === true;
    layers.push(
      { kind: 'dense', name, units, init, ...(skipZeros ? { skipZeros } : {}) },
      ...normalizationLayers(name, settings),
    );
    if (features === 'activated' || i + 1 < brain.hidden.length) {
      layers.push({ kind: 'activation', name: `${name}Active`, activation });
    }
    if (dropout > 0) layers.push({ kind: 'dropout', name: `${name}Drop`, rate: dropout });
  });
  return layers;
}

/**
 * The heads of one way of learning. Those named in `apart` have a trunk of their own instead of the shared one, those in `alone`
 * (left out: none) begin at what is seen.
 */
export interface Taught {
  readonly heads: NetworkSpec['heads'];
  readonly apart: readonly string[];
  readonly alone?: readonly string[];
}

/** The whole network: the world's trunk with the heads of everything it is taught. */
export function networkFor(world: WorldShape, brain: BrainConfig, taught: readonly Taught[]): NetworkSpec {
  const trunk = trunkLayers(world, brain);
  const heads: Record<string, readonly LayerSpec[]> = {};
  // Where two ways share a head and one of them wants it apart, it is apart for both.
  const apart = [...new Set(taught.flatMap((one) => one.apart))];
  for (const { heads: own } of taught) {
    for (const [name, layers] of Object.entries(own)) {
      heads[name] = apart.includes(name) ? [...trunk, ...layers] : layers;
    }
  }
  const alone = taught.flatMap((one) => one.alone ?? []).filter((name) => Object.hasOwn(heads, name));
  const reading = [...apart, ...alone];
  const { shape, normalize, steps } = world.observation;
  return {
    input: shape,
    normalize: normalize && brainSettings(brain).inputs === 'normalised',
    ...(steps === undefined ? {} : { steps }),
    trunk,
    heads,
    ...(reading.length > 0 ? { apart: reading } : {}),
  };
}

/** A head of one dense layer named 'output', its weights orthogonal with the given gain. */
export const linearHead = (units: number, gain: number): readonly LayerSpec[] => [
  { kind: 'dense', name: 'output', units, init: { scheme: 'orthogonal', gain } },
];

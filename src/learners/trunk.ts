// The trunk that all ways of learning share, from the shape of what a world shows. Frames go through one 3x3
// convolution first. Orthogonal weights with gain sqrt 2 keep early activations at one scale in depth
// (Saxe et al. 2014; the choice of CleanRL and Stable-Baselines3).
import type { WorldShape } from '../../envs/environment.ts';
import type { Activation } from '../core/kernels/contract/activations.ts';
import type { LayerSpec } from '../core/layers/registry.ts';
import type { NetworkSpec } from '../core/network.ts';

export interface BrainConfig {
  /** Units of the trunk's dense layers; none is allowed. */
  readonly hidden: readonly number[];
  /** After every layer of the trunk. */
  readonly activation: Activation;
}

const hiddenInit = { scheme: 'orthogonal', gain: Math.SQRT2 } as const;

export const defaultBrain = (world: WorldShape): BrainConfig =>
  world.observation.shape.length === 3
    ? { hidden: [128], activation: 'relu' }
    : { hidden: [64, 64], activation: 'tanh' };

function trunkLayers(world: WorldShape, brain: BrainConfig): readonly LayerSpec[] {
  const layers: LayerSpec[] = [];
  if (world.observation.shape.length === 3) {
    layers.push(
      { kind: 'conv2d', name: 'conv1', channels: 16, kernel: 3, stride: 1, padding: 0, init: hiddenInit },
      { kind: 'activation', name: 'conv1Active', activation: brain.activation },
      { kind: 'flatten', name: 'flat' },
    );
  }
  brain.hidden.forEach((units, i) => {
    layers.push(
      { kind: 'dense', name: `hidden${i + 1}`, units, init: hiddenInit },
      { kind: 'activation', name: `hidden${i + 1}Active`, activation: brain.activation },
    );
  });
  return layers;
}

/** The whole network: the world's trunk with the given heads on it. */
export const networkFor = (
  world: WorldShape,
  brain: BrainConfig,
  heads: NetworkSpec['heads'],
): NetworkSpec => ({
  input: world.observation.shape,
  normalize: world.observation.normalize,
  trunk: trunkLayers(world, brain),
  heads,
});

/** A head of one dense layer named 'output', its weights orthogonal with the given gain. */
export const linearHead = (units: number, gain: number): readonly LayerSpec[] => [
  { kind: 'dense', name: 'output', units, init: { scheme: 'orthogonal', gain } },
];

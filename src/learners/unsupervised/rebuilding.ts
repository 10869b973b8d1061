// The half of an autoencoder behind its code: the layers that rebuild what was seen, and how wrong they are. Frames: the binary
// cross-entropy of each pixel, summed over the pixels, in nats. Numbers: squared errors, summed. Both are means over the rows,
// so that a term summed over the code weighs against them as its formula says.

import type { WorldShape } from '../../../envs/environment.ts';
import { sizeOf } from '../../core/arena.ts';
import type { ChoiceKnob, NumberKnob } from '../../core/knobs.ts';
import type { LayerSpec } from '../../core/layers/registry.ts';
import { binaryCrossEntropy } from '../../core/losses/binary-cross-entropy.ts';
import { meanSquaredError } from '../../core/losses/mean-squared-error.ts';
import { log } from '../../core/math.ts';
import type { LearnerContext } from '../learner.ts';
import { showsFrames } from '../trunk.ts';

export const decoderKnobs = {
  decoder: {
    kind: 'choice',
    label: 'Decoder',
    default: 'dense',
    options: ['dense', 'convolutional'],
    help: 'How the code becomes a picture again: every pixel by itself, or patches laid side by side (transposed convolution; worlds of frames only).',
  },
  decoderUnits: {
    kind: 'number',
    label: 'Decoder units',
    default: 128,
    min: 0,
    max: 1024,
    step: 1,
    unit: '',
    help: 'Units of the layer between the code and what is rebuilt; 0: none.',
  },
} as const satisfies Readonly<Record<string, ChoiceKnob | NumberKnob>>;

export type DecoderKnobs = Readonly<{ decoder: string; decoderUnits: number }>;

const rectified = { scheme: 'orthogonal', gain: Math.SQRT2 } as const;
const linear = { scheme: 'orthogonal', gain: 1 } as const;

/** Channels of the coarse picture that a convolutional decoder starts from, at half the sides. */
const coarseChannels = 16;

/** From the code to what is rebuilt. Throws one sentence where a convolution has no frame to draw. */
export function decoderLayers(
  world: WorldShape,
  { decoder, decoderUnits }: DecoderKnobs,
): readonly LayerSpec[] {
  const { shape } = world.observation;
  const frames = showsFrames(world);
  const hidden: readonly LayerSpec[] =
    decoderUnits === 0
      ? []
      : [
          { kind: 'dense', name: 'unfold', units: decoderUnits, init: rectified },
          { kind: 'activation', name: 'unfoldActive', activation: frames ? 'silu' : 'tanh' },
        ];
  // A picture needs values from 0 to 1; the loss reads the logits before it.
  const squash: readonly LayerSpec[] = frames
    ? [{ kind: 'activation', name: 'pixels', activation: 'sigmoid' }]
    : [];
  if (decoder === 'dense')
    return [...hidden, { kind: 'dense', name: 'output', units: sizeOf(shape), init: linear }, ...squash];
  if (!frames)
    throw new Error(
      `decoder is "convolutional", but ${world.id} shows ${sizeOf(shape)} numbers and no frames; choose "dense".`,
    );
  const [height, width, channels] = shape as readonly [number, number, number];
  // A kernel of 4 at stride 2 doubles the sides, one of 3 leaves one pixel less: odd sides fit, too.
  const coarse = [Math.floor(height / 2), Math.floor(width / 2), coarseChannels];
  if (height % 2 !== width % 2 || height < 2 || width < 2)
    throw new Error(
      `decoder is "convolutional", but frames of ${height} x ${width} cannot be halved evenly; choose "dense".`,
    );
  return [
    ...hidden,
    { kind: 'dense', name: 'coarse', units: sizeOf(coarse), init: rectified },
    { kind: 'activation', name: 'coarseActive', activation: 'silu' },
    { kind: 'reshape', name: 'picture', shape: coarse },
    {
      kind: 'conv2dTranspose',
      name: 'finer',
      channels: coarseChannels,
      kernel: height % 2 === 0 ? 4 : 5,
      stride: 2,
      padding: 1,
      init: rectified,
    },
    { kind: 'activation', name: 'finerActive', activation: 'silu' },
    {
      kind: 'conv2dTranspose',
      name: 'output',
      channels,
      kernel: 3,
      stride: 1,
      padding: 1,
      init: linear,
    },
    ...squash,
  ];
}

/** The first `count` rows in network.input and what is rebuilt of them, for a person to compare. Runs the network. */
export function rebuiltRows({ network, lanes }: LearnerContext, head: string, count: number) {
  const { shape, names } = lanes.def.observation;
  const numbers = count * lanes.observationSize;
  const inputs = network.input.data.slice(0, numbers);
  network.forward(count, [head], 'evaluate');
  const outputs = network.output(head).data.slice(0, numbers);
  return { kind: 'reconstruction', shape, names, count, inputs, outputs } as const;
}

export interface Rebuilding {
  /**
   * Reads the outputs of n rows, writes their gradients. `target` [n, size].
   * @returns the loss: nats a frame, or squared error a row.
   */
  loss(target: Float32Array, n: number): number;
  /** The loss of rebuilding these rows perfectly: 0, but for frames of grey the entropy of their pixels. */
  least(target: Float32Array, n: number): number;
  /** Share of n rows of which every pixel is on its side of 1/2; NaN where the target is not all 0 and 1. */
  exact(target: Float32Array, n: number): number;
}

/** @param weight of the squared error of numbers. */
export function createRebuilding({ network }: LearnerContext, head: string, weight = 1): Rebuilding {
  const path = `${head}.output`;
  const outputs = network.activation(path).data;
  const gradients = network.activationGrad(path)!.data;
  const size = sizeOf(network.spec.input);
  const frames = network.spec.input.length === 3;
  return {
    loss(target, n) {
      const count = n * size;
      const mean = (frames ? binaryCrossEntropy : meanSquaredError)(gradients, outputs, target, count);
      const scale = frames ? size : size * weight;
      for (let i = 0; i < count; i++) gradients[i] = gradients[i]! * scale;
      return mean * scale;
    },
    least(target, n) {
      if (!frames) return 0;
      let entropy = 0;
      for (let i = 0; i < n * size; i++) {
        const p = target[i]!;
        if (p > 0 && p < 1) entropy -= p * log(p) + (1 - p) * log(1 - p);
      }
      return entropy / n;
    },
    exact(target, n) {
      if (!frames) return Number.NaN;
      let whole = 0;
      for (let r = 0; r < n; r++) {
        let same = true;
        for (let i = r * size; i < (r + 1) * size; i++) {
          const pixel = target[i]!;
          if (pixel !== 0 && pixel !== 1) return Number.NaN;
          if (outputs[i]! > 0 !== (pixel === 1)) same = false;
        }
        if (same) whole++;
      }
      return whole / n;
    },
  };
}

// What comes next, of numbers and of frames: the heads that foretell it, how wrong they are, and how a foretelling becomes what is
// seen, so that the next step can be foretold from it (a dream).
import type { WorldShape } from '../../../envs/environment.ts';
import { sizeOf } from '../../core/arena.ts';
import type { LayerSpec } from '../../core/layers/registry.ts';
import type { LearnerContext, Metrics } from '../learner.ts';
import { answerSize } from '../policy.ts';
import { createPixelBaseline, type PixelBaseline } from './baseline.ts';
import { variances } from './looking.ts';
import { createRebuilding, decoderLayers } from './rebuilding.ts';
import type { Transitions } from './transitions.ts';

/** On the trunk's features: what comes next as far as they can tell. */
export const throughTrunk = 'prediction';
/** Of frames alone, looking at the frame itself: a picture stays a picture all the way. */
export const throughPicture = 'nextFrame';

/** Numbers change by so little of their deviation that nothing is made of it. */
const leastDeviation = 1e-3;
const hiddenUnits = 128;

const rectified = { scheme: 'orthogonal', gain: Math.SQRT2 } as const;
const linear = { scheme: 'orthogonal', gain: 1 } as const;
/** It begins by foretelling about the mean change. */
const faint = { scheme: 'orthogonal', gain: 0.1 } as const;

/** What was done, beside what a head has made so far. */
const given = 'done';

export function trunkLayers(world: WorldShape, frames: boolean): readonly LayerSpec[] {
  const beside: LayerSpec = { kind: 'condition', name: given, size: answerSize(world.action) };
  if (frames) return [beside, ...decoderLayers(world, { decoder: 'dense', decoderUnits: hiddenUnits })];
  return [
    beside,
    { kind: 'dense', name: 'foresee', units: hiddenUnits, init: rectified },
    { kind: 'activation', name: 'foreseeActive', activation: 'tanh' },
    { kind: 'dense', name: 'output', units: sizeOf(world.observation.shape), init: faint },
    { kind: 'rescale', name: 'change' },
  ];
}

/**
 * A frame becomes a picture of `channels` numbers a pixel; what was done is laid beside it as planes; what that changes is added to
 * the picture (He et al. 2016), and the next frame is drawn from the sum.
 */
export function pictureLayers(world: WorldShape, channels: number): readonly LayerSpec[] {
  const conv = (name: string, to: number, init: typeof rectified | typeof linear): LayerSpec => ({
    kind: 'conv2d',
    name,
    channels: to,
    kernel: 3,
    stride: 1,
    padding: 1,
    init,
  });
  const active = (name: string): LayerSpec => ({ kind: 'activation', name, activation: 'silu' });
  return [
    conv('see', channels, rectified),
    active('seeActive'),
    conv('latent', channels, rectified),
    active('latentActive'),
    { kind: 'condition', name: given, size: answerSize(world.action) },
    conv('move', channels, rectified),
    active('moveActive'),
    conv('change', channels, linear),
    { kind: 'residual', name: 'moved', from: 'latentActive' },
    conv('draw', channels, rectified),
    active('drawActive'),
    conv('output', world.observation.shape[2]!, linear),
    { kind: 'activation', name: 'pixels', activation: 'sigmoid' },
  ];
}

export interface Foretelling {
  readonly heads: readonly string[];
  /** The head whose foretelling is dreamt on. */
  readonly dreaming: string;
  /** n rows stand in network.input; what came after them, as the network would see it: [n, size]. Writes gradients. @returns the loss. */
  loss(next: Float32Array, n: number): number;
  /** After a forward pass of n held-out rows, which stand in network.input: writes how it is going. */
  measure(metrics: Metrics, next: Float32Array, n: number): void;
  /** After a forward pass of `dreaming`: what it foretold of n rows becomes network.input. */
  advance(n: number): void;
  /** How far n rows in network.input, dreamt from `start`, are from `end`: a metric's name and its value. */
  drift(start: Float32Array, end: Float32Array, n: number): readonly [name: string, value: number];
  /** A look at the pairs that are kept, before the held-out ones are looked at. */
  prepare(transitions: Transitions): void;
  readonly baseline: PixelBaseline | undefined;
}

/** The variance of what each number changes by between two [n, size]. */
const changes = (from: Float32Array, to: Float32Array, n: number, size: number): Float64Array =>
  variances(
    Float32Array.from({ length: n * size }, (_, i) => to[i]! - from[i]!),
    n,
    size,
  );

/** Mean squared difference of each number between two [n, size], over that number's own scale, mean over the numbers. */
function relativeError(
  a: Float32Array,
  b: Float32Array,
  variance: Float64Array,
  n: number,
  size: number,
): number {
  let total = 0;
  for (let j = 0; j < size; j++) {
    let squares = 0;
    for (let r = 0; r < n; r++) squares += (a[r * size + j]! - b[r * size + j]!) ** 2;
    total += squares / n / variance[j]!;
  }
  return total / size;
}

/**
 * Numbers: the change is foretold, L = mean over rows and numbers of ((y - (next - now)) / d)^2, where d is the deviation of that
 * number's change among the pairs kept. 1 is what knowing the mean change alone would cost.
 */
export function foretellNumbers({ network, normalizer }: LearnerContext): Foretelling {
  const size = sizeOf(network.spec.input);
  const input = network.input.data;
  const [output, gradient] = [network.output(throughTrunk).data, network.outputGrad(throughTrunk).data];
  const layer = `${throughTrunk}.change`;
  const mean = network.buffers.get(`${layer}.mean`)!.data;
  const deviation = network.buffers.get(`${layer}.deviation`)!.data;
  const loss = (next: Float32Array, n: number): number => {
    const count = n * size;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const d = deviation[i % size]!;
      const error = (output[i]! - (next[i]! - input[i]!)) / d;
      sum += error * error;
      gradient[i] = (2 * error) / (d * count);
    }
    return sum / count;
  };
  return {
    heads: [throughTrunk],
    dreaming: throughTrunk,
    baseline: undefined,
    loss,
    measure(metrics, next, n) {
      metrics['heldOutLoss'] = loss(next, n);
      // About 1: the spread of these changes, in the unit of all.
      const known =
        changes(input, next, n, size).reduce((sum, v, j) => sum + v / deviation[j]! ** 2, 0) / size;
      metrics['baselineLoss'] = known;
      metrics['learnable'] = Math.max(known, 1e-9);
    },
    advance(n) {
      for (let i = 0; i < n * size; i++) input[i] = input[i]! + output[i]!;
    },
    drift(start, end, n) {
      // Against knowing where each began and the mean of what came of all.
      const spread = changes(start, end, n, size).map((v) => Math.max(v, leastDeviation ** 2));
      return ['errorAhead', relativeError(input, end, spread, n, size)];
    },
    prepare({ seen }) {
      // A frozen head goes on in the unit it was taught in.
      if (network.frozen.has(layer)) return;
      const n = seen.filled();
      const { rows, labels } = seen;
      const width = labels.length / (rows.length / size);
      for (let j = 0; j < size; j++) {
        const unit = network.spec.normalize
          ? 1 / Math.sqrt(normalizer.variance[j % normalizer.variance.length]! + 1e-8)
          : 1;
        let [sum, squares] = [0, 0];
        for (let r = 0; r < n; r++) {
          const change = labels[r * width + j]! - rows[r * size + j]!;
          sum += change;
          squares += change * change;
        }
        const middle = sum / n;
        mean[j] = middle * unit;
        deviation[j] = Math.max(Math.sqrt(Math.max(squares / n - middle * middle, 0)) * unit, leastDeviation);
      }
    },
  };
}

/** Frames: L = the binary cross-entropy of the next frame, summed over pixels, of both heads together. */
export function foretellFrames(context: LearnerContext): Foretelling {
  const { network } = context;
  const size = sizeOf(network.spec.input);
  const [input, output] = [network.input.data, network.output(throughPicture).data];
  const picture = createRebuilding(context, throughPicture);
  const trunk = createRebuilding(context, throughTrunk);
  const baseline = createPixelBaseline(size);
  const isBinary = (rows: Float32Array, n: number): boolean => {
    for (let i = 0; i < n * size; i++) if (rows[i] !== 0 && rows[i] !== 1) return false;
    return true;
  };
  return {
    heads: [throughTrunk, throughPicture],
    dreaming: throughPicture,
    baseline,
    loss: (next, n) => trunk.loss(next, n) + picture.loss(next, n),
    measure(metrics, next, n) {
      const through = trunk.loss(next, n);
      const loss = picture.loss(next, n);
      const known = baseline.nats(next, n);
      // Overfitting is seen in the sum, as that is what is learned.
      metrics['heldOutLoss'] = through + loss;
      metrics['baselineLoss'] = 2 * known;
      metrics['learnable'] = Math.max(2 * (known - picture.least(next, n)), 1e-9);
      const [exact, exactThroughTrunk] = [picture.exact(next, n), trunk.exact(next, n)];
      if (Number.isNaN(exact)) return;
      metrics['exact'] = exact;
      metrics['exactThroughTrunk'] = exactThroughTrunk;
    },
    advance(n) {
      // Where frames know black and white alone, so does a dream: grey would be taken for something never seen.
      const crisp = isBinary(input, n);
      for (let i = 0; i < n * size; i++) input[i] = crisp ? Number(output[i]! > 0.5) : output[i]!;
    },
    drift(_start, end, n) {
      let whole = 0;
      for (let r = 0; r < n; r++) {
        let same = true;
        for (let i = r * size; i < (r + 1) * size; i++) if (input[i] !== end[i]) same = false;
        if (same) whole++;
      }
      return ['exactAhead', whole / n];
    },
    prepare: () => undefined,
  };
}

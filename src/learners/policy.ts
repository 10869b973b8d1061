// What a policy head's outputs mean: a choice among a few actions, or a Gaussian around a number for each axis. Whoever acts
// (PPO, an onlooker, an evaluation, the lane on the page) goes through here, so that no one else asks which kind a world has.
// A continuous policy speaks in its own unit, in which -1 and 1 are the ends of an axis; the world is told what that is there.
import {
  type ActionSpec,
  actionSize,
  type ContinuousActions,
  type WorldShape,
} from '../../envs/environment.ts';
import type { Arena, Tensor } from '../core/arena.ts';
import * as categorical from '../core/distributions/categorical.ts';
import * as gaussian from '../core/distributions/diagonal-gaussian.ts';
import type { Kernels } from '../core/kernels.ts';
import type { LayerSpec } from '../core/layers/registry.ts';
import {
  clippedSurrogate,
  clippedSurrogateGaussian,
  type SurrogateReport,
} from '../core/losses/clipped-surrogate.ts';
import { type PolicyReport, policyGradient, policyGradientGaussian } from '../core/losses/policy-gradient.ts';
import { exp, log } from '../core/math.ts';
import type { Network } from '../core/network.ts';
import type { RandomSource } from '../core/random.ts';
import { linearHead } from './trunk.ts';

/** exp(-0.5) is 0.6 of the way from the middle of an axis to its end: wide enough to try things. */
const firstLogStd = -0.5;
/** Entropy of a Gaussian with deviation 1, in nats: (1 + log(2 pi)) / 2. */
const unitEntropy = 1.4189385332046727;

/** The layers of a head that acts. Outputs of a row: logits, or means and then logarithms of deviations. */
export const policyHead = ({ action, forbidden }: WorldShape): readonly LayerSpec[] =>
  action.kind === 'discrete'
    ? [
        ...linearHead(action.names.length, 0.01),
        ...(forbidden ? [{ kind: 'mask', name: 'mask', forbidden } as const] : []),
      ]
    : [...linearHead(action.axes.length, 0.01), { kind: 'spread', name: 'spread', initial: firstLogStd }];

/** Any action, each as likely, in the world's unit, to actions[to...]. */
export function anyAction(action: ActionSpec, actions: Float32Array, to: number, random: RandomSource): void {
  if (action.kind === 'discrete') {
    actions[to] = random.integer(action.names.length);
    return;
  }
  for (let d = 0; d < action.axes.length; d++) {
    const { low, high } = action.axes[d]!;
    actions[to + d] = low + (high - low) * random.next();
  }
}

/** The likeliest action by row `row` of a policy head's outputs, in the world's unit, to actions[to...]. */
export function likeliestAction(
  action: ActionSpec,
  outputs: Float32Array,
  row: number,
  actions: Float32Array,
  to: number,
): void {
  if (action.kind === 'discrete') {
    const choices = action.names.length;
    actions[to] = categorical.mode(outputs, row * choices, choices);
    return;
  }
  const size = action.axes.length;
  for (let d = 0; d < size; d++) actions[to + d] = worldUnit(action, d, outputs[2 * row * size + d]!);
}

/** How many numbers `answerOf` writes: one for each choice or axis. */
export const answerSize = (action: ActionSpec): number =>
  action.kind === 'discrete' ? action.names.length : action.axes.length;

/**
 * What row `row` of a policy head's outputs says, for a person, to answer[to...]: probabilities of the choices, or the
 * likeliest number of each axis in the world's unit.
 */
export function answerOf(
  action: ActionSpec,
  outputs: Float32Array,
  row: number,
  answer: Float32Array,
  to: number,
): void {
  if (action.kind === 'continuous') {
    likeliestAction(action, outputs, row, answer, to);
    return;
  }
  const choices = action.names.length;
  const from = row * choices;
  let top = Number.NEGATIVE_INFINITY;
  for (let a = 0; a < choices; a++) top = Math.max(top, outputs[from + a]!);
  let sum = 0;
  for (let a = 0; a < choices; a++) {
    const power = exp(outputs[from + a]! - top);
    answer[to + a] = power;
    sum += power;
  }
  for (let a = 0; a < choices; a++) answer[to + a] = answer[to + a]! / sum;
}

/** Row 0 of a policy head's outputs for a person: probabilities of the choices, or deviations in the world's unit. */
export function lookAtPolicy(
  action: ActionSpec,
  outputs: Float32Array,
): { readonly probabilities: Float32Array; readonly deviations: Float32Array } {
  if (action.kind === 'discrete') {
    const probabilities = new Float32Array(action.names.length);
    answerOf(action, outputs, 0, probabilities, 0);
    return { probabilities, deviations: new Float32Array() };
  }
  const size = action.axes.length;
  const deviations = Float32Array.from(
    action.axes,
    ({ low, high }, d) => ((high - low) / 2) * exp(outputs[size + d]!),
  );
  return { probabilities: new Float32Array(), deviations };
}

/** From the policy's unit to the world's, cut off at the ends of the axis. */
function worldUnit(action: ContinuousActions, axis: number, value: number): number {
  const { low, high } = action.axes[axis]!;
  return (low + high) / 2 + ((high - low) / 2) * Math.min(Math.max(value, -1), 1);
}

/** What a policy drew, from drawn[from...], as the world is to be told it. */
export function toWorld(action: ActionSpec, actions: Float32Array, drawn: Float32Array, from: number): void {
  if (action.kind === 'discrete') {
    for (let i = 0; i < actions.length; i++) actions[i] = drawn[from + i]!;
    return;
  }
  const size = action.axes.length;
  for (let i = 0; i < actions.length; i++) actions[i] = worldUnit(action, i % size, drawn[from + i]!);
}

/** From the world's unit to the policy's, in place: what a teacher did, as the policy would have said it. */
export function fromWorld(action: ActionSpec, actions: Float32Array): void {
  if (action.kind === 'discrete') return;
  const size = actionSize(action);
  for (let i = 0; i < actions.length; i++) {
    const { low, high } = action.axes[i % size]!;
    actions[i] = (2 * actions[i]! - low - high) / (high - low);
  }
}

/**
 * What a continuous policy's deviations are drawn from: standard normal at every step, but with a memory, e' = p e + sqrt(1 - p^2) n.
 * A push that lasts finds what a jitter never does (Eberhard, Hollenstein, Pinneri & Martius 2023, "Pink noise is all you need";
 * here the first-order kind). With p = 0 every step is drawn anew.
 */
export interface Noise {
  /** [lanes, size]: the last ones drawn. */
  readonly last: Float32Array;
  /** p, 0 to below 1. */
  readonly persistence: number;
}

/** A head that acts and learns from having acted. */
export interface Policy {
  /**
   * Draws for each of the first n rows: to drawn[(at + i) * size...], its log-probability to logProbs[at + i]. `noise`
   * is moved on; a policy of choices has no use for it.
   */
  draw(
    n: number,
    drawn: Float32Array,
    logProbs: Float32Array,
    at: number,
    random: RandomSource,
    noise?: Noise,
  ): void;
  /** PPO's loss of n rows: reads the outputs, writes their gradients and the report. */
  surrogate(
    report: SurrogateReport,
    drawn: Float32Array,
    oldLogProbs: Float32Array,
    advantages: Float32Array,
    n: number,
    clip: number,
    entropyCoefficient: number,
  ): void;
  /** The plain policy gradient's loss of n rows: reads the outputs, writes their gradients and the report. */
  gradient(
    report: PolicyReport,
    drawn: Float32Array,
    advantages: Float32Array,
    n: number,
    entropyCoefficient: number,
  ): void;
  /** How undecided a policy with that entropy is: 0 sure of everything, 1 everything about as likely. */
  undecided(entropy: number): number;
}

export function createPolicy(
  action: ActionSpec,
  network: Network,
  kernels: Kernels,
  arena: Arena,
  head: string,
): Policy {
  const outputs = network.output(head);
  const gradients = network.outputGrad(head);
  return action.kind === 'discrete'
    ? categoricalPolicy(action.names.length, outputs, gradients, kernels, arena.f32(...outputs.shape))
    : gaussianPolicy(action.axes.length, outputs, gradients, network.maxBatch);
}

function categoricalPolicy(
  choices: number,
  outputs: Tensor,
  gradients: Tensor,
  kernels: Kernels,
  scratch: Tensor,
): Policy {
  const logOdds = scratch.data;
  return {
    draw(n, drawn, logProbs, at, random) {
      kernels.logSoftmax(scratch.ptr, outputs.ptr, n, choices);
      for (let i = 0; i < n; i++) {
        const choice = categorical.sample(logOdds, i * choices, choices, random);
        drawn[at + i] = choice;
        logProbs[at + i] = logOdds[i * choices + choice]!;
      }
    },
    surrogate(report, drawn, oldLogProbs, advantages, n, clip, entropyCoefficient) {
      kernels.logSoftmax(scratch.ptr, outputs.ptr, n, choices);
      clippedSurrogate(
        report,
        gradients.data,
        logOdds,
        drawn,
        oldLogProbs,
        advantages,
        n,
        choices,
        clip,
        entropyCoefficient,
      );
    },
    gradient(report, drawn, advantages, n, entropyCoefficient) {
      kernels.logSoftmax(scratch.ptr, outputs.ptr, n, choices);
      policyGradient(report, gradients.data, logOdds, drawn, advantages, n, choices, entropyCoefficient);
    },
    undecided: (entropy) => entropy / log(choices),
  };
}

/** As `gaussian.sample`, with deviations that remember. */
function persistentSample(
  x: Float32Array,
  mean: Float32Array,
  logStd: Float32Array,
  at: number,
  size: number,
  random: RandomSource,
  { last, persistence }: Noise,
): void {
  const fresh = Math.sqrt(1 - persistence * persistence);
  for (let d = 0; d < size; d++) {
    last[at + d] = persistence * last[at + d]! + fresh * random.normal();
    x[at + d] = mean[at + d]! + exp(logStd[d]!) * last[at + d]!;
  }
}

function gaussianPolicy(size: number, outputs: Tensor, gradients: Tensor, rows: number): Policy {
  const mean = new Float32Array(rows * size);
  const dMean = new Float32Array(rows * size);
  const logStd = new Float32Array(size);
  const dLogStd = new Float32Array(size);
  const draft = new Float32Array(rows * size);
  /** A row of outputs is [means, logarithms of deviations]; the latter are the same in all. */
  const read = (n: number): void => {
    for (let i = 0; i < n; i++)
      for (let d = 0; d < size; d++) mean[i * size + d] = outputs.data[2 * i * size + d]!;
    for (let d = 0; d < size; d++) logStd[d] = outputs.data[size + d]!;
  };
  const write = (n: number): void => {
    const dy = gradients.data;
    for (let i = 0; i < n; i++) {
      for (let d = 0; d < size; d++) {
        dy[2 * i * size + d] = dMean[i * size + d]!;
        // One parameter for all rows: its gradient is shared out evenly among them.
        dy[(2 * i + 1) * size + d] = dLogStd[d]! / n;
      }
    }
  };
  return {
    draw(n, drawn, logProbs, at, random, noise) {
      read(n);
      for (let i = 0; i < n; i++) {
        if (noise) persistentSample(draft, mean, logStd, i * size, size, random, noise);
        else gaussian.sample(draft, mean, logStd, i * size, size, random);
        logProbs[at + i] = gaussian.logProbability(mean, logStd, draft, i * size, size);
        for (let d = 0; d < size; d++) drawn[(at + i) * size + d] = draft[i * size + d]!;
      }
    },
    surrogate(report, drawn, oldLogProbs, advantages, n, clip, entropyCoefficient) {
      read(n);
      clippedSurrogateGaussian(
        report,
        dMean,
        dLogStd,
        mean,
        logStd,
        drawn,
        oldLogProbs,
        advantages,
        n,
        size,
        clip,
        entropyCoefficient,
      );
      write(n);
    },
    gradient(report, drawn, advantages, n, entropyCoefficient) {
      read(n);
      policyGradientGaussian(
        report,
        dMean,
        dLogStd,
        mean,
        logStd,
        drawn,
        advantages,
        n,
        size,
        entropyCoefficient,
      );
      write(n);
    },
    // The deviation that a Gaussian of this entropy has in each dimension, beside half an axis.
    undecided: (entropy) => Math.min(1, exp(entropy / size - unitEntropy)),
  };
}

// Replays recorded losses and advantages: the loss itself and its gradient with respect to what it reads.
import type { Tensor } from '../../core/arena.ts';
import { binaryCrossEntropy } from '../../core/losses/binary-cross-entropy.ts';
import {
  clippedSurrogate,
  clippedSurrogateGaussian,
  type SurrogateReport,
} from '../../core/losses/clipped-surrogate.ts';
import { crossEntropy, softCrossEntropy } from '../../core/losses/cross-entropy.ts';
import { gaussianKl } from '../../core/losses/gaussian-kl.ts';
import { huber } from '../../core/losses/huber.ts';
import { meanSquaredError } from '../../core/losses/mean-squared-error.ts';
import { generalizedAdvantages } from '../../learners/reinforcement/advantages.ts';
import { ids, number, type Recorded, type RecordedTensor, refuse, tensor, tensorOfRank } from './reading.ts';
import { createTally, passBound } from './tally.ts';
import { type KernelSet, onlyConfigured, type Replayer, roomFor, withSet } from './workshop.ts';

/** Log-probabilities of recorded logits, by a kernel set's log-softmax. */
function logProbabilities({ shape, data }: RecordedTensor, set: KernelSet, name: string): Tensor {
  const [n, classes] = shape as [number, number];
  const arena = roomFor(data.length, name);
  const logits = arena.f32(n, classes);
  logits.data.set(data);
  set.factory(arena.memory).logSoftmax(logits.ptr, logits.ptr, n, classes);
  return logits;
}

const crossEntropyMean: Replayer = {
  title: 'cross_entropy',
  accepts: (recorded) =>
    /^cross_entropy\b/.test(recorded.name) &&
    'classes' in recorded.inputs &&
    onlyConfigured(recorded, 'label_smoothing'),
  replay({ name, config, inputs, outputs, grads }, sets) {
    const smoothing = 'label_smoothing' in config ? number(config, 'label_smoothing', name) : 0;
    const logits = tensorOfRank(inputs, 'logits', name, 2);
    const [n, classes] = logits.shape as [number, number];
    const labels = ids(inputs, 'classes', name, n, classes);
    const loss = number(outputs, 'loss', name);
    const dLogits = tensor(grads, 'logits', name, logits.shape).data;
    return sets.map((set) => {
      const ours = new Float32Array(n * classes);
      const tally = createTally(passBound);
      tally.compare(
        crossEntropy(ours, logProbabilities(logits, set, name).data, labels, n, classes, smoothing).loss,
        loss,
      );
      tally.compareAll(ours, dLogits);
      return tally.done(withSet(name, set));
    });
  },
};

const crossEntropySoft: Replayer = {
  title: 'cross_entropy soft targets',
  accepts: (recorded) =>
    /^cross_entropy\b/.test(recorded.name) && 'targets' in recorded.inputs && onlyConfigured(recorded),
  replay({ name, inputs, outputs, grads }, sets) {
    const logits = tensorOfRank(inputs, 'logits', name, 2);
    const [n, classes] = logits.shape as [number, number];
    const targets = Float32Array.from(tensor(inputs, 'targets', name, logits.shape).data);
    const loss = number(outputs, 'loss', name);
    const dLogits = tensor(grads, 'logits', name, logits.shape).data;
    return sets.map((set) => {
      const ours = new Float32Array(n * classes);
      const tally = createTally(passBound);
      const logProbs = logProbabilities(logits, set, name).data;
      tally.compare(softCrossEntropy(ours, logProbs, targets, n, classes), loss);
      tally.compareAll(ours, dLogits);
      return tally.done(withSet(name, set));
    });
  },
};

type Elementwise = (dy: Float32Array, y: Float32Array, targets: Float32Array, count: number) => number;

/** A loss of numbers against targets of the same shape. @param of the recording's name of the numbers */
const againstTargets = (
  title: string,
  name: RegExp,
  of: string,
  settings: readonly string[],
  lossOf: (recorded: Recorded) => Elementwise,
): Replayer => ({
  title,
  accepts: (recorded) => name.test(recorded.name) && onlyConfigured(recorded, ...settings),
  replay(recorded) {
    const { inputs, outputs, grads } = recorded;
    const y = tensor(inputs, of, recorded.name);
    const targets = tensor(inputs, 'targets', recorded.name, y.shape);
    const dy = tensor(grads, of, recorded.name, y.shape).data;
    const ours = new Float32Array(dy.length);
    const tally = createTally(passBound);
    const loss = lossOf(recorded)(
      ours,
      Float32Array.from(y.data),
      Float32Array.from(targets.data),
      dy.length,
    );
    tally.compare(loss, number(outputs, 'loss', recorded.name));
    tally.compareAll(ours, dy);
    return [tally.done(recorded.name)];
  },
});

const mse = againstTargets('mse', /^mse\b/, 'y', [], () => meanSquaredError);

const huberMean = againstTargets('huber', /^huber\b/, 'y', ['delta'], ({ config, name }) => {
  const delta = number(config, 'delta', name);
  return (dy, y, targets, count) => huber(dy, y, targets, count, delta);
});

const binary = againstTargets(
  'binary_cross_entropy_with_logits',
  /^binary_cross_entropy_with_logits\b/,
  'logits',
  [],
  () => binaryCrossEntropy,
);

const kl: Replayer = {
  title: 'gaussian kl',
  accepts: (recorded) => /^gaussian kl\b/.test(recorded.name) && onlyConfigured(recorded),
  replay({ name, inputs, outputs, grads }) {
    const mean = tensorOfRank(inputs, 'mu', name, 2);
    const [n, size] = mean.shape as [number, number];
    const logVariance = tensor(inputs, 'logvar', name, mean.shape);
    const [dMean, dLogVariance] = [new Float32Array(n * size), new Float32Array(n * size)];
    const tally = createTally(passBound);
    const loss = gaussianKl(
      dMean,
      dLogVariance,
      Float32Array.from(mean.data),
      Float32Array.from(logVariance.data),
      n,
      size,
    );
    tally.compare(loss, number(outputs, 'loss', name));
    tally.compareAll(dMean, tensor(grads, 'mu', name, mean.shape).data);
    tally.compareAll(dLogVariance, tensor(grads, 'logvar', name, mean.shape).data);
    return [tally.done(name)];
  },
};

const isSurrogate = (recorded: Recorded): boolean =>
  /^ppo clipped surrogate\b/.test(recorded.name) &&
  'logits' in recorded.inputs &&
  onlyConfigured(recorded, 'clip', 'entropy_coef');

const surrogate: Replayer = {
  title: 'ppo clipped surrogate, categorical',
  accepts: isSurrogate,
  replay({ name, config, inputs, outputs, grads }, sets) {
    const logits = tensorOfRank(inputs, 'logits', name, 2);
    const [n, classes] = logits.shape as [number, number];
    const actions = ids(inputs, 'actions', name, n, classes);
    const oldLogProbs = Float32Array.from(tensor(inputs, 'old_log_prob', name, [n]).data);
    const advantages = Float32Array.from(tensor(inputs, 'advantage', name, [n]).data);
    const clip = number(config, 'clip', name);
    const coefficient = number(config, 'entropy_coef', name);
    const loss = number(outputs, 'loss', name);
    const dLogits = tensor(grads, 'logits', name, logits.shape).data;
    return sets.map((set) => {
      const ours = new Float32Array(n * classes);
      const report: SurrogateReport = { policyLoss: 0, entropy: 0, kl: 0, clipFraction: 0, ratioError: 0 };
      const logProbs = logProbabilities(logits, set, name).data;
      clippedSurrogate(
        report,
        ours,
        logProbs,
        actions,
        oldLogProbs,
        advantages,
        n,
        classes,
        clip,
        coefficient,
      );
      const tally = createTally(passBound);
      tally.compare(report.policyLoss - coefficient * report.entropy, loss);
      tally.compareAll(ours, dLogits);
      return tally.done(withSet(name, set));
    });
  },
};

const surrogateGaussian: Replayer = {
  title: 'ppo clipped surrogate, diagonal gaussian',
  accepts: (recorded) =>
    /^ppo clipped surrogate\b/.test(recorded.name) &&
    'log_std' in recorded.inputs &&
    onlyConfigured(recorded, 'clip', 'entropy_coef'),
  replay({ name, config, inputs, outputs, grads }) {
    const mean = tensorOfRank(inputs, 'mean', name, 2);
    const [n, size] = mean.shape as [number, number];
    const floats = (of: string, shape: readonly number[]): Float32Array =>
      Float32Array.from(tensor(inputs, of, name, shape).data);
    const clip = number(config, 'clip', name);
    const coefficient = number(config, 'entropy_coef', name);
    const [dMean, dLogStd] = [new Float32Array(n * size), new Float32Array(size)];
    const report: SurrogateReport = { policyLoss: 0, entropy: 0, kl: 0, clipFraction: 0, ratioError: 0 };
    clippedSurrogateGaussian(
      report,
      dMean,
      dLogStd,
      Float32Array.from(mean.data),
      floats('log_std', [size]),
      floats('actions', mean.shape),
      floats('old_log_prob', [n]),
      floats('advantage', [n]),
      n,
      size,
      clip,
      coefficient,
    );
    const tally = createTally(passBound);
    tally.compare(report.policyLoss - coefficient * report.entropy, number(outputs, 'loss', name));
    tally.compareAll(dMean, tensor(grads, 'mean', name, mean.shape).data);
    tally.compareAll(dLogStd, tensor(grads, 'log_std', name, [size]).data);
    return [tally.done(name)];
  },
};

const advantageEstimation: Replayer = {
  title: 'generalised advantage estimation',
  accepts: (recorded) =>
    recorded.name === 'generalised advantage estimation' &&
    onlyConfigured(recorded, 'gamma', 'lambda', 'done'),
  replay({ name, config, inputs, outputs }) {
    const reward = tensorOfRank(inputs, 'reward', name, 2);
    const [steps, lanes] = reward.shape as [number, number];
    const { data: values } = tensor(inputs, 'value', name, [steps, lanes]);
    const { data: done } = tensor(inputs, 'done', name, [steps, lanes]);
    if (!done.every((flag) => flag === 0 || flag === 1))
      return refuse(`"done" of ${name}`, 'has numbers other than 0 and 1');
    const advantages = new Float32Array(steps * lanes);
    const returns = new Float32Array(steps * lanes);
    generalizedAdvantages(
      advantages,
      returns,
      Float32Array.from(reward.data),
      Float32Array.from(values),
      Float32Array.from(tensor(inputs, 'last_value', name, [lanes]).data),
      Uint8Array.from(done),
      steps,
      lanes,
      number(config, 'gamma', name),
      number(config, 'lambda', name),
    );
    const recorded = tensor(outputs, 'advantage', name, [steps, lanes]).data;
    const tally = createTally(passBound);
    tally.compareAll(advantages, recorded);
    tally.compareAll(
      returns,
      recorded.map((advantage, i) => advantage + values[i]!),
    );
    return [tally.done(name)];
  },
};

export const lossReplayers: readonly Replayer[] = [
  crossEntropyMean,
  crossEntropySoft,
  mse,
  huberMean,
  binary,
  kl,
  surrogate,
  surrogateGaussian,
  advantageEstimation,
];

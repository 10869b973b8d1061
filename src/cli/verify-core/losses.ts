// Replays recorded losses and advantages: the loss itself and its gradient with respect to what it reads.
import type { Tensor } from '../../core/arena.ts';
import { clippedSurrogate, crossEntropy, meanSquaredError, type SurrogateReport } from '../../core/losses.ts';
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
    /^cross_entropy\b/.test(recorded.name) && 'classes' in recorded.inputs && onlyConfigured(recorded),
  replay({ name, inputs, outputs, grads }, sets) {
    const logits = tensorOfRank(inputs, 'logits', name, 2);
    const [n, classes] = logits.shape as [number, number];
    const labels = ids(inputs, 'classes', name, n, classes);
    const loss = number(outputs, 'loss', name);
    const dLogits = tensor(grads, 'logits', name, logits.shape).data;
    return sets.map((set) => {
      const ours = new Float32Array(n * classes);
      const tally = createTally(passBound);
      tally.compare(
        crossEntropy(ours, logProbabilities(logits, set, name).data, labels, n, classes).loss,
        loss,
      );
      tally.compareAll(ours, dLogits);
      return tally.done(withSet(name, set));
    });
  },
};

const mse: Replayer = {
  title: 'mse',
  accepts: (recorded) => /^mse\b/.test(recorded.name) && onlyConfigured(recorded),
  replay({ name, inputs, outputs, grads }) {
    const y = tensor(inputs, 'y', name);
    const targets = tensor(inputs, 'targets', name, y.shape);
    const dy = tensor(grads, 'y', name, y.shape).data;
    const ours = new Float32Array(dy.length);
    const tally = createTally(passBound);
    tally.compare(
      meanSquaredError(ours, Float32Array.from(y.data), Float32Array.from(targets.data), dy.length),
      number(outputs, 'loss', name),
    );
    tally.compareAll(ours, dy);
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

export const lossReplayers: readonly Replayer[] = [crossEntropyMean, mse, surrogate, advantageEstimation];

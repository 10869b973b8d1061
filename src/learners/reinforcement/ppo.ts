// Proximal policy optimisation (Schulman, Wolski, Dhariwal, Radford & Klimov 2017, arXiv:1707.06347).
// The lanes play `horizon` steps with the policy as it is; then several epochs of minibatches maximise
//   mean min(r A, clip(r, 1 - c, 1 + c) A) - valueCoefficient * mean (V - R)^2 / 2 + entropy * mean H   (eq. 7, 9)
// with r = pi(a|s) / pi_old(a|s), A by GAE, R = A + V. Details follow "The 37 implementation details of PPO"
// (Huang et al. 2022); a step that only the clock ended is bootstrapped (Pardo et al. 2018).
import type { SurrogateReport } from '../../core/losses/clipped-surrogate.ts';
import { adam } from '../../core/optimizers.ts';
import { budgetKnob, learningRateKnob, minibatchKnob, scheduleFloor, scheduleKnob } from '../budget-knobs.ts';
import type { Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { createPolicy, type Noise, policyHead, toWorld } from '../policy.ts';
import { savedArray, savedCount, savedNumber } from '../saved.ts';
import { shuffle } from '../shuffle.ts';
import { linearHead } from '../trunk.ts';
import { generalizedAdvantages } from './advantages.ts';
import { describePolicy, explainedVariance } from './report.ts';
import { createReturnScale } from './return-scale.ts';
import { createRollout, restoreRollout, rolloutTensors } from './rollout.ts';

export type PpoKnobs = Readonly<{
  learningRate: number;
  schedule: string;
  budget: number;
  horizon: number;
  epochs: number;
  minibatch: number;
  discount: number;
  lambda: number;
  clip: number;
  entropy: number;
  valueCoefficient: number;
  gradientClip: number;
  targetKl: number;
  scaleReturns: number;
  critic: string;
  persistence: number;
}>;

const heads = ['policy', 'value'] as const;
const valueOnly = ['value'] as const;

export const ppo: LearnerDef<PpoKnobs> = {
  id: 'ppo',
  paradigm: 'reinforcement',
  title: 'PPO',
  summary: 'Plays, and makes what turned out better than expected more likely, a small step at a time.',
  paper: 'Schulman et al. 2017',
  knobs: {
    learningRate: learningRateKnob(1e-3),
    schedule: scheduleKnob('linear'),
    budget: budgetKnob(100_000, 'steps'),
    horizon: {
      kind: 'number',
      label: 'Horizon',
      default: 32,
      min: 1,
      max: 2048,
      step: 1,
      scale: 'log',
      unit: 'steps',
      help: 'Steps that every lane plays before the network learns from them.',
    },
    epochs: {
      kind: 'number',
      label: 'Epochs',
      default: 10,
      min: 1,
      max: 50,
      step: 1,
      unit: '',
      help: 'How often the same rollout is learned from. More is thriftier with steps, until the policy drifts off it.',
    },
    minibatch: minibatchKnob(256),
    discount: {
      kind: 'number',
      label: 'Discount',
      default: 0.99,
      min: 0,
      max: 1,
      unit: '',
      help: 'How much a reward one step later still counts: at 0.99 it counts half after 69 steps.',
    },
    lambda: {
      kind: 'number',
      label: 'Trace (lambda)',
      default: 0.95,
      min: 0,
      max: 1,
      unit: '',
      help: 'How far real rewards are trusted over the value head: 0 one step, 1 to the end of the episode.',
    },
    clip: {
      kind: 'number',
      label: 'Clip',
      default: 0.1,
      min: 0.01,
      max: 1,
      unit: '',
      help: 'How far the odds of an action may move on one rollout before the loss stops rewarding it.',
    },
    entropy: {
      kind: 'number',
      label: 'Entropy bonus',
      default: 0.01,
      min: 0,
      max: 0.2,
      unit: '',
      help: 'A reward for staying undecided, so that the policy keeps trying things.',
    },
    valueCoefficient: {
      kind: 'number',
      label: 'Value coefficient',
      default: 0.5,
      min: 0,
      max: 2,
      unit: '',
      help: 'Weight of the value error beside the policy loss; both pull on the same trunk.',
    },
    gradientClip: {
      kind: 'number',
      label: 'Gradient clip',
      default: 0.5,
      min: 0,
      max: 100,
      unit: '',
      help: 'Largest length of the whole gradient; longer ones are scaled down. 0 switches it off.',
    },
    targetKl: {
      kind: 'number',
      label: 'Target KL',
      default: 0,
      min: 0,
      max: 1,
      unit: 'nats',
      help: 'Leave a rollout early once the policy has moved 1.5 times this far from the one that played it; 0: never.',
    },
    scaleReturns: {
      kind: 'number',
      label: 'Scale returns',
      default: 1,
      min: 0,
      max: 1,
      step: 1,
      unit: '',
      help: 'Divide rewards by the running spread of returns, so that the value loss does not drown the policy.',
    },
    critic: {
      kind: 'choice',
      label: 'Critic',
      default: 'on the trunk',
      options: ['on the trunk', 'apart'],
      help: 'Whether the value head shares the trunk with the policy, or has one of its own.',
    },
    persistence: {
      kind: 'number',
      label: 'Persistence',
      default: 0,
      min: 0,
      max: 0.99,
      unit: '',
      help: 'Where actions are numbers: how much of a trial push is kept at the next step. Jitter (0) never swings a heavy thing up.',
    },
  },
  charted: { entropy: 'entropy (nats)', valueLoss: 'value loss', explainedVariance: 'value explained' },
  unfit: () => undefined,
  acts: 'policy',
  heads: (world) => ({ policy: policyHead(world.action), value: linearHead(1, 1) }),
  apart: (knobs) => (knobs.critic === 'apart' ? ['value'] : []),
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: (knobs) => adam(knobs.learningRate, knobs.gradientClip, 1e-5),
  schedule: (knobs) => ({ kind: knobs.schedule as 'constant', floor: scheduleFloor }),
  create,
};

function create(context: LearnerContext, knobs: PpoKnobs): Learner {
  const { network, normalizer, lanes, arena, kernels } = context;
  const count = lanes.count;
  const size = lanes.observationSize;
  const policy = createPolicy(lanes.def.action, network, kernels, arena, 'policy');
  const width = lanes.actionSize;
  const playing = context.stream('actions');
  const shuffling = context.stream('shuffle');
  const rollout = createRollout(knobs.horizon, count, size, width);
  const scale = createReturnScale(
    knobs.scaleReturns === 1,
    count,
    knobs.discount,
    context.returns.statistics,
    context.returns.frozen,
  );
  const minibatch = Math.min(knobs.minibatch, rollout.rows);
  const minibatches = Math.floor(rollout.rows / minibatch);

  const chosen = new Float32Array(count * width);
  const noise: Noise = { last: new Float32Array(count * width), persistence: knobs.persistence };
  const late = new Int32Array(count);
  const rowActions = new Float32Array(minibatch * width);
  const rowLogProbs = new Float32Array(minibatch);
  const rowAdvantages = new Float32Array(minibatch);
  const rowReturns = new Float32Array(minibatch);
  const report: SurrogateReport = { policyLoss: 0, entropy: 0, kl: 0, clipFraction: 0, ratioError: 0 };
  const metrics: Metrics = { loss: 0 };
  const batch = { n: minibatch, heads };
  const ended = (lane: number): boolean => lanes.terminated[lane] === 1 || lanes.truncated[lane] === 1;

  /** Steps of the current rollout already played; `horizon` while it is being learned from. */
  let played = 0;
  let epoch = 0;
  let next = 0;
  let stepsDone = 0;
  let explained = 0;

  /** Writes rows to the network's input, normalised, and runs the heads. */
  const look = (rows: Float32Array, n: number, wanted: readonly string[]): void => {
    network.input.data.set(n * size === rows.length ? rows : rows.subarray(0, n * size));
    normalizer.apply(network.input, n);
    network.forward(n, wanted, 'evaluate');
  };

  const playOneStep = (): void => {
    const row = played * count;
    rollout.observations.set(lanes.observations, row * size);
    look(lanes.observations, count, heads);
    policy.draw(count, rollout.actions, rollout.logProbs, row, playing, noise);
    toWorld(lanes.def.action, chosen, rollout.actions, row * width);
    const values = network.output('value').data;
    for (let i = 0; i < count; i++) rollout.values[row + i] = values[i]!;
    lanes.step(chosen);
    scale.observe(lanes.rewards, ended);
    for (let i = 0; i < count; i++) {
      rollout.rewards[row + i] = scale.scaled(lanes.rewards[i]!);
      rollout.done[row + i] = ended(i) ? 1 : 0;
    }
    bootstrapTruncated(row);
    context.onSteps(true);
    stepsDone += count;
    played++;
  };

  /** A clock that ran out is not a failure: what would have followed is worth V(final observation). */
  const bootstrapTruncated = (row: number): void => {
    let n = 0;
    for (let i = 0; i < count; i++) if (lanes.truncated[i] === 1) late[n++] = i;
    if (n === 0) return;
    const input = network.input.data;
    for (let k = 0; k < n; k++) {
      const from = late[k]! * size;
      for (let j = 0; j < size; j++) input[k * size + j] = lanes.finalObservations[from + j]!;
    }
    normalizer.apply(network.input, n);
    network.forward(n, valueOnly, 'evaluate');
    const values = network.output('value').data;
    for (let k = 0; k < n; k++) {
      const i = row + late[k]!;
      rollout.rewards[i] = rollout.rewards[i]! + knobs.discount * values[k]!;
    }
  };

  const finishRollout = (): void => {
    look(lanes.observations, count, valueOnly);
    rollout.lastValues.set(network.output('value').data.subarray(0, count));
    generalizedAdvantages(
      rollout.advantages,
      rollout.returns,
      rollout.rewards,
      rollout.values,
      rollout.lastValues,
      rollout.done,
      knobs.horizon,
      count,
      knobs.discount,
      knobs.lambda,
    );
    explained = explainedVariance(rollout.values, rollout.returns);
    for (let i = 0; i < rollout.rows; i++) rollout.order[i] = i;
    shuffle(rollout.order, shuffling);
    epoch = 0;
    next = 0;
  };

  /** After the last epoch: the statistics take in what was seen, and the lanes play again. */
  const leaveRollout = (): void => {
    normalizer.observe(rollout.observations, rollout.rows);
    played = 0;
  };

  const takeMinibatch = (): void => {
    rollout.gather(network.input.data, next, minibatch);
    let sum = 0;
    for (let k = 0; k < minibatch; k++) {
      const i = rollout.order[next + k]!;
      for (let d = 0; d < width; d++) rowActions[k * width + d] = rollout.actions[i * width + d]!;
      rowLogProbs[k] = rollout.logProbs[i]!;
      rowReturns[k] = rollout.returns[i]!;
      rowAdvantages[k] = rollout.advantages[i]!;
      sum += rowAdvantages[k]!;
    }
    normalizer.apply(network.input, minibatch);
    // Advantages with mean 0 and (n - 1) standard deviation 1 in every minibatch.
    const mean = sum / minibatch;
    let squares = 0;
    for (let k = 0; k < minibatch; k++) squares += (rowAdvantages[k]! - mean) ** 2;
    const deviation = Math.sqrt(squares / Math.max(minibatch - 1, 1)) + 1e-8;
    for (let k = 0; k < minibatch; k++) rowAdvantages[k] = (rowAdvantages[k]! - mean) / deviation;
    next += minibatch;
  };

  return {
    nextBatch() {
      if (played === knobs.horizon) {
        const exhausted = next >= minibatches * minibatch;
        const drifted = knobs.targetKl > 0 && next > 0 && report.kl > 1.5 * knobs.targetKl;
        if (exhausted && !drifted && epoch + 1 < knobs.epochs) {
          epoch++;
          next = 0;
          shuffle(rollout.order, shuffling);
        } else if (exhausted || drifted) {
          leaveRollout();
        }
      }
      if (played < knobs.horizon) {
        playOneStep();
        if (played === knobs.horizon) finishRollout();
        return undefined;
      }
      takeMinibatch();
      return batch;
    },

    loss() {
      policy.surrogate(report, rowActions, rowLogProbs, rowAdvantages, minibatch, knobs.clip, knobs.entropy);
      const values = network.output('value').data;
      const dValues = network.outputGrad('value').data;
      let valueLoss = 0;
      for (let k = 0; k < minibatch; k++) {
        const error = values[k]! - rowReturns[k]!;
        valueLoss += (0.5 * error * error) / minibatch;
        dValues[k] = (knobs.valueCoefficient * error) / minibatch;
      }
      metrics['loss'] =
        report.policyLoss + knobs.valueCoefficient * valueLoss - knobs.entropy * report.entropy;
      metrics['policyLoss'] = report.policyLoss;
      metrics['valueLoss'] = valueLoss;
      metrics['entropy'] = report.entropy;
      metrics['kl'] = report.kl;
      metrics['clipFraction'] = report.clipFraction;
      metrics['ratioError'] = report.ratioError;
      metrics['explainedVariance'] = explained;
      metrics['returnDeviation'] = scale.deviation();
      return metrics;
    },

    progress: () => stepsDone / knobs.budget,
    words: () => describePolicy(metrics, policy.undecided),
    view: () => ({ kind: 'none' }),

    snapshot: () => ({
      data: {
        played,
        epoch,
        next,
        stepsDone,
        explained,
        report: { ...report },
        metrics: { ...metrics },
      },
      tensors: {
        ...rolloutTensors(rollout),
        'returns.running': { shape: [count], data: scale.running.slice() },
        noise: { shape: [noise.last.length], data: noise.last.slice() },
      },
    }),
    restore({ data, tensors }) {
      restoreRollout(rollout, tensors);
      scale.running.set(savedArray(tensors, 'returns.running', count));
      noise.last.set(savedArray(tensors, 'noise', noise.last.length));
      played = savedCount(data, 'played', knobs.horizon);
      epoch = savedCount(data, 'epoch', knobs.epochs);
      next = savedCount(data, 'next', rollout.rows);
      stepsDone = savedCount(data, 'stepsDone');
      explained = savedNumber(data, 'explained');
      Object.assign(report, data['report']);
      Object.assign(metrics, data['metrics']);
    },
    rejoin() {
      played = 0;
      scale.running.fill(0);
    },
  };
}

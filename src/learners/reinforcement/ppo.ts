// Proximal policy optimisation (Schulman, Wolski, Dhariwal, Radford & Klimov 2017, arXiv:1707.06347).
// The lanes play `horizon` steps with the policy as it is; then several epochs of minibatches maximise
//   mean min(r A, clip(r, 1 - c, 1 + c) A) - valueCoefficient * mean (V - R)^2 / 2 + entropy * mean H   (eq. 7, 9)
// with r = pi(a|s) / pi_old(a|s), A by GAE, R = A + V. Details follow "The 37 implementation details of PPO"
// (Huang et al. 2022); a step that only the clock ended is bootstrapped (Pardo et al. 2018).
import type { SurrogateReport } from '../../core/losses/clipped-surrogate.ts';
import { adam } from '../../core/optimizers.ts';
import { budgetKnob, learningRateKnob, minibatchKnob, scheduleFloor, scheduleKnob } from '../budget-knobs.ts';
import type { Batch, Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { createPolicy, policyHead } from '../policy.ts';
import { savedCount } from '../saved.ts';
import { shuffle } from '../shuffle.ts';
import { linearHead } from '../trunk.ts';
import { createCollector, rolloutFor } from './collector.ts';
import type { Curiosity } from './curiosity.ts';
import { createMinibatch } from './minibatch.ts';
import {
  criticKnob,
  discountKnob,
  entropyKnob,
  gradientClipKnob,
  horizonKnob,
  lambdaKnob,
  persistenceKnob,
  scaleReturnsKnob,
  valueCoefficientKnob,
} from './policy-knobs.ts';
import { describePolicy, viewOf } from './report.ts';
import type { Rollout } from './rollout.ts';
import { valueLoss } from './value-loss.ts';

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
  criticFirst: number;
}>;

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
    horizon: horizonKnob(32),
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
    discount: discountKnob,
    lambda: lambdaKnob(0.95),
    clip: {
      kind: 'number',
      label: 'Clip',
      default: 0.1,
      min: 0.01,
      max: 1,
      unit: '',
      help: 'How far the odds of an action may move on one rollout before the loss stops rewarding it.',
    },
    entropy: entropyKnob(0.01),
    valueCoefficient: valueCoefficientKnob,
    gradientClip: gradientClipKnob,
    targetKl: {
      kind: 'number',
      label: 'Target KL',
      default: 0,
      min: 0,
      max: 1,
      unit: 'nats',
      help: 'Leave a rollout early once the policy has moved 1.5 times this far from the one that played it; 0: never.',
    },
    scaleReturns: scaleReturnsKnob,
    critic: criticKnob('on the trunk'),
    persistence: persistenceKnob,
    criticFirst: {
      kind: 'number',
      label: 'Critic first',
      default: 0,
      min: 0,
      max: 50,
      step: 1,
      unit: 'rollouts',
      help: 'Rollouts from which the value head alone learns: for a policy that was taught in another way, which the errors of a blank critic would undo.',
    },
  },
  charted: { entropy: 'entropy (nats)', valueLoss: 'value loss', explainedVariance: 'value explained' },
  unfit: () => undefined,
  acts: 'policy',
  heads: (world) => ({ policy: policyHead(world), value: linearHead(1, 1) }),
  apart: (knobs) => (knobs.critic === 'apart' ? ['value'] : []),
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: (knobs) => adam(knobs.learningRate, knobs.gradientClip, 1e-5),
  schedule: (knobs) => ({ kind: knobs.schedule as 'constant', floor: scheduleFloor }),
  create: (context, knobs) => createPpo(context, knobs),
};

/** @param curious makes what rides along, given the rollout and the rows of a minibatch. */
export function createPpo(
  context: LearnerContext,
  knobs: PpoKnobs,
  curious?: (rollout: Rollout, n: number) => Curiosity,
): Learner {
  const { network, lanes, arena, kernels } = context;
  const policy = createPolicy(lanes.def.action, network, kernels, arena, 'policy');
  const rollout = rolloutFor(context, knobs.horizon);
  const shuffling = context.stream('shuffle');
  const size = Math.min(knobs.minibatch, rollout.rows);
  const minibatches = Math.floor(rollout.rows / size);
  const curiosity = curious?.(rollout, size);
  const collector = createCollector(context, policy, knobs, true, rollout, curiosity);
  const rows = createMinibatch(context, rollout, size, true);
  const report: SurrogateReport = { policyLoss: 0, entropy: 0, kl: 0, clipFraction: 0, ratioError: 0 };
  const metrics: Metrics = { loss: 0 };
  const batch = { n: size, heads: ['policy', 'value', ...(curiosity?.taught ?? [])] };
  const criticAlone = ['value'];

  let epoch = 0;
  let next = 0;

  const beginEpoch = (): void => {
    next = 0;
    // One minibatch that holds everything has no order.
    if (size < rollout.rows) shuffle(rollout.order, shuffling);
  };

  /** The next minibatch for the critic alone; updates of its own are counted, so that its optimiser starts as any other. */
  const criticBatch = (): Batch => {
    const rollouts = Math.ceil(collector.stepsDone() / rollout.rows) - 1;
    const made = (rollouts * knobs.epochs + epoch) * minibatches + next / size - 1;
    return { n: size, heads: criticAlone, only: { moves: criticAlone, made } };
  };

  return {
    nextBatch() {
      if (collector.full()) {
        const exhausted = next >= minibatches * size;
        const drifted = knobs.targetKl > 0 && next > 0 && report.kl > 1.5 * knobs.targetKl;
        if (exhausted && !drifted && epoch + 1 < knobs.epochs) {
          epoch++;
          beginEpoch();
        } else if (exhausted || drifted) {
          collector.release();
        }
      }
      if (!collector.full()) {
        collector.step();
        if (collector.full()) {
          for (let i = 0; i < rollout.rows; i++) rollout.order[i] = i;
          epoch = 0;
          beginEpoch();
        }
        return undefined;
      }
      rows.take(next);
      curiosity?.take(next);
      next += size;
      return collector.stepsDone() <= knobs.criticFirst * rollout.rows ? criticBatch() : batch;
    },

    loss({ heads }) {
      if (heads.length === 1) {
        metrics['valueLoss'] = valueLoss(network, rows.returns, size, knobs.valueCoefficient);
        metrics['loss'] = knobs.valueCoefficient * metrics['valueLoss'];
        metrics['explainedVariance'] = collector.explained();
        metrics['miscalibration'] = collector.calibration.error;
        return metrics;
      }
      policy.surrogate(report, rows.actions, rows.logProbs, rows.advantages, size, knobs.clip, knobs.entropy);
      const value = valueLoss(network, rows.returns, size, knobs.valueCoefficient);
      metrics['loss'] = report.policyLoss + knobs.valueCoefficient * value - knobs.entropy * report.entropy;
      if (curiosity) metrics['loss'] += curiosity.loss(metrics);
      metrics['policyLoss'] = report.policyLoss;
      metrics['valueLoss'] = value;
      metrics['entropy'] = report.entropy;
      metrics['kl'] = report.kl;
      metrics['clipFraction'] = report.clipFraction;
      metrics['ratioError'] = report.ratioError;
      metrics['explainedVariance'] = collector.explained();
      metrics['miscalibration'] = collector.calibration.error;
      metrics['returnDeviation'] = collector.returnDeviation();
      return metrics;
    },

    progress: () => collector.stepsDone() / knobs.budget,
    words: () =>
      collector.stepsDone() <= knobs.criticFirst * rollout.rows && knobs.criticFirst > 0
        ? {
            mood: 'neutral',
            lead: 'Critic first.',
            text: 'the value head learns what this policy is worth, and the policy waits for it.',
          }
        : describePolicy(metrics, policy.undecided),
    view: () => viewOf(collector.calibration, collector.returnDeviation(), metrics),

    snapshot() {
      const { data, tensors } = collector.snapshot();
      return {
        data: { ...data, epoch, next, report: { ...report }, metrics: { ...metrics } },
        tensors: { ...tensors, ...curiosity?.tensors() },
      };
    },
    restore(state) {
      collector.restore(state);
      curiosity?.restore(state.tensors);
      epoch = savedCount(state.data, 'epoch', knobs.epochs);
      next = savedCount(state.data, 'next', rollout.rows);
      Object.assign(report, state.data['report']);
      Object.assign(metrics, state.data['metrics']);
    },
    rejoin() {
      collector.drop();
      curiosity?.drop();
    },
  };
}

// Advantage actor-critic, all lanes in step (A2C; Mnih et al. 2016, arXiv:1602.01783, without the asynchrony). The lanes play a few
// steps with the policy as it is; then one update, and never another on the same rows, descends
//   -mean A log pi(a|s) + valueCoefficient * mean (V - R)^2 / 2 - entropy * mean H
// with A by GAE (lambda 1: n-step returns less V), R = A + V. PPO with one epoch of one minibatch is this (Huang et al. 2022,
// "A2C is a special case of PPO"): at r = 1 the gradient of r A is that of A log pi.
import type { PolicyReport } from '../../core/losses/policy-gradient.ts';
import { adam, type OptimizerSpec } from '../../core/optimizers.ts';
import { budgetKnob, learningRateKnob, scheduleFloor, scheduleKnob } from '../budget-knobs.ts';
import type { Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { createPolicy, policyHead } from '../policy.ts';
import { linearHead } from '../trunk.ts';
import { createCollector } from './collector.ts';
import { createMinibatch } from './minibatch.ts';
import {
  criticKnob,
  discountKnob,
  entropyKnob,
  gradientClipKnob,
  horizonKnob,
  lambdaKnob,
  normalizeAdvantagesKnob,
  persistenceKnob,
  scaleReturnsKnob,
  valueCoefficientKnob,
} from './policy-knobs.ts';
import { describePolicy, viewOf } from './report.ts';
import { valueLoss } from './value-loss.ts';

type A2cKnobs = Readonly<{
  learningRate: number;
  optimizer: string;
  schedule: string;
  budget: number;
  horizon: number;
  discount: number;
  lambda: number;
  entropy: number;
  valueCoefficient: number;
  gradientClip: number;
  scaleReturns: number;
  normalizeAdvantages: number;
  critic: string;
  persistence: number;
}>;

const heads = ['policy', 'value'] as const;

export const a2c: LearnerDef<A2cKnobs> = {
  id: 'a2c',
  paradigm: 'reinforcement',
  title: 'A2C',
  summary: 'Plays a few steps, and makes what turned out better than its critic expected more likely, once.',
  paper: 'Mnih et al. 2016',
  knobs: {
    learningRate: learningRateKnob(2e-3),
    optimizer: {
      kind: 'choice',
      label: 'Optimiser',
      default: 'rmsprop',
      options: ['rmsprop', 'adam'],
      help: 'How a gradient becomes a step: RMSprop, as the paper has it, or Adam.',
    },
    schedule: scheduleKnob('linear'),
    budget: budgetKnob(200_000, 'steps'),
    horizon: horizonKnob(5),
    discount: discountKnob,
    lambda: lambdaKnob(1),
    entropy: entropyKnob(0.01),
    valueCoefficient: valueCoefficientKnob,
    gradientClip: gradientClipKnob,
    scaleReturns: scaleReturnsKnob,
    normalizeAdvantages: normalizeAdvantagesKnob,
    critic: criticKnob('on the trunk'),
    persistence: persistenceKnob,
  },
  charted: { entropy: 'entropy (nats)', valueLoss: 'value loss', explainedVariance: 'value explained' },
  unfit: () => undefined,
  acts: 'policy',
  heads: (world) => ({ policy: policyHead(world), value: linearHead(1, 1) }),
  apart: (knobs) => (knobs.critic === 'apart' ? ['value'] : []),
  trains: 'all',
  batchRows: (knobs, lanes) => knobs.horizon * lanes,
  optimizer,
  schedule: (knobs) => ({ kind: knobs.schedule as 'constant', floor: scheduleFloor }),
  create,
};

function optimizer({ optimizer, learningRate: rate, gradientClip: clip }: A2cKnobs): OptimizerSpec {
  return optimizer === 'adam'
    ? adam(rate, clip, 1e-5)
    : { kind: 'rmsprop', rate, clip, decay: 0.99, epsilon: 1e-5 };
}

function create(context: LearnerContext, knobs: A2cKnobs): Learner {
  const { network, lanes, arena, kernels } = context;
  const policy = createPolicy(lanes.def.action, network, kernels, arena, 'policy');
  const collector = createCollector(context, policy, knobs, true);
  const n = collector.rollout.rows;
  const rows = createMinibatch(context, collector.rollout, n, knobs.normalizeAdvantages === 1);
  const report: PolicyReport = { policyLoss: 0, entropy: 0 };
  const metrics: Metrics = { loss: 0 };
  const batch = { n, heads };

  return {
    nextBatch() {
      if (collector.full()) collector.release();
      collector.step();
      if (!collector.full()) return undefined;
      rows.take(0);
      return batch;
    },

    loss() {
      policy.gradient(report, rows.actions, rows.advantages, n, knobs.entropy);
      const value = valueLoss(network, rows.returns, n, knobs.valueCoefficient);
      metrics['loss'] = report.policyLoss + knobs.valueCoefficient * value - knobs.entropy * report.entropy;
      metrics['policyLoss'] = report.policyLoss;
      metrics['valueLoss'] = value;
      metrics['entropy'] = report.entropy;
      metrics['explainedVariance'] = collector.explained();
      metrics['miscalibration'] = collector.calibration.error;
      metrics['returnDeviation'] = collector.returnDeviation();
      return metrics;
    },

    progress: () => collector.stepsDone() / knobs.budget,
    words: () => describePolicy(metrics, policy.undecided),
    view: () => viewOf(collector.calibration, collector.returnDeviation(), metrics),

    snapshot() {
      const { data, tensors } = collector.snapshot();
      return { data: { ...data, metrics: { ...metrics } }, tensors };
    },
    restore(state) {
      collector.restore(state);
      Object.assign(metrics, state.data['metrics']);
    },
    rejoin: collector.drop,
  };
}

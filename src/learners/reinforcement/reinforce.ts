// REINFORCE (Williams 1992), with the return that followed each action instead of the episode's, and a learned baseline on request.
// Every lane begins a new episode and plays whole ones until its steps are spent; then one update of the policy, and never another on
// the same rows, descends
//   -mean (G - b(s)) log pi(a|s) - entropy * mean H,   G_t = r_t + gamma G_t+1
// with b the value head, or 0. After it come several of the value head alone, on mean (b(s) - G)^2 / 2: a baseline that lags behind
// takes nothing off. An episode that was cut off, by the clock or by the end of the steps, is worth gamma b(s) more from there (Achiam
// 2018, "Spinning Up", vpg); without a baseline nobody can say what it would have been worth, and it counts as ended.
import type { PolicyReport } from '../../core/losses/policy-gradient.ts';
import { adam } from '../../core/optimizers.ts';
import { budgetKnob, learningRateKnob, scheduleFloor, scheduleKnob } from '../budget-knobs.ts';
import type { Batch, Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { createPolicy, policyHead } from '../policy.ts';
import { savedCount, savedNumber } from '../saved.ts';
import { linearHead } from '../trunk.ts';
import { createCollector } from './collector.ts';
import { createMinibatch } from './minibatch.ts';
import {
  criticKnob,
  discountKnob,
  entropyKnob,
  gradientClipKnob,
  normalizeAdvantagesKnob,
  persistenceKnob,
  scaleReturnsKnob,
} from './policy-knobs.ts';
import { describePolicy, viewOf } from './report.ts';
import { valueLoss } from './value-loss.ts';

type ReinforceKnobs = Readonly<{
  learningRate: number;
  schedule: string;
  budget: number;
  horizon: number;
  baseline: string;
  discount: number;
  entropy: number;
  valueUpdates: number;
  gradientClip: number;
  scaleReturns: number;
  normalizeAdvantages: number;
  critic: string;
  persistence: number;
}>;

const learnsBaseline = (knobs: ReinforceKnobs): boolean => knobs.baseline === 'value head';

export const reinforce: LearnerDef<ReinforceKnobs> = {
  id: 'reinforce',
  paradigm: 'reinforcement',
  title: 'REINFORCE',
  summary: 'Plays whole episodes, and makes what was followed by much reward more likely.',
  paper: 'Williams 1992',
  knobs: {
    learningRate: learningRateKnob(1e-2),
    schedule: scheduleKnob('linear'),
    budget: budgetKnob(200_000, 'steps'),
    horizon: {
      kind: 'number',
      label: 'Steps of a lane',
      default: 500,
      min: 1,
      max: 4096,
      step: 1,
      scale: 'log',
      unit: 'steps',
      help: 'Steps that every lane plays, from new episodes on, for one update. An episode that is longer is cut off.',
    },
    baseline: {
      kind: 'choice',
      label: 'Baseline',
      default: 'value head',
      options: ['value head', 'none'],
      help: 'What is taken off a return before it counts: what the value head expected, or nothing. Without one the gradient is right, and noisy.',
    },
    discount: discountKnob,
    entropy: entropyKnob(0),
    valueUpdates: {
      kind: 'number',
      label: 'Value updates',
      default: 40,
      min: 1,
      max: 200,
      step: 1,
      unit: '',
      help: 'Updates of the value head alone after each of the policy. With few the baseline lags behind, and takes nothing off.',
    },
    gradientClip: gradientClipKnob,
    scaleReturns: scaleReturnsKnob,
    normalizeAdvantages: normalizeAdvantagesKnob,
    critic: criticKnob('apart'),
    persistence: persistenceKnob,
  },
  charted: {
    batchReturn: 'return of the batch',
    entropy: 'entropy (nats)',
    explainedVariance: 'value explained',
  },
  unfit: () => undefined,
  acts: 'policy',
  heads: (world, knobs) => ({
    policy: policyHead(world),
    ...(learnsBaseline(knobs) ? { value: linearHead(1, 1) } : {}),
  }),
  apart: (knobs) => (learnsBaseline(knobs) && knobs.critic === 'apart' ? ['value'] : []),
  trains: 'all',
  batchRows: (knobs, lanes) => knobs.horizon * lanes,
  optimizer: (knobs) => adam(knobs.learningRate, knobs.gradientClip, 1e-5),
  schedule: (knobs) => ({ kind: knobs.schedule as 'constant', floor: scheduleFloor }),
  create,
};

function create(context: LearnerContext, knobs: ReinforceKnobs): Learner {
  const { network, lanes, arena, kernels } = context;
  const baseline = learnsBaseline(knobs);
  const policy = createPolicy(lanes.def.action, network, kernels, arena, 'policy');
  const collector = createCollector(context, policy, { ...knobs, lambda: 1 }, baseline);
  const beginnings = context.stream('episodes');
  const n = collector.rollout.rows;
  const rows = createMinibatch(context, collector.rollout, n, knobs.normalizeAdvantages === 1);
  const report: PolicyReport = { policyLoss: 0, entropy: 0 };
  const metrics: Metrics = { loss: 0 };
  const policyMoves = ['trunk', 'policy'];
  const valueMoves = ['value'];
  const valueUpdates = baseline ? knobs.valueUpdates : 0;

  /** Batches that were learned from. */
  let batches = 0;
  /** Updates of the value head on the batch at hand; -1 before the policy's. */
  let fitted = -1;
  /** Episodes that ended in the batch so far, and the sum of their returns in the world's unit. */
  let ended = 0;
  let sum = 0;

  /** The episodes of the next batch begin under the policy that is to be judged by them. */
  const beginBatch = (): void => {
    collector.release();
    collector.drop();
    batches++;
    fitted = -1;
    lanes.resetAll(beginnings.fork(`batch ${batches}`));
    ended = 0;
    sum = 0;
  };

  const countEnded = (): void => {
    for (let i = 0; i < lanes.count; i++) {
      if (lanes.terminated[i] === 0 && lanes.truncated[i] === 0) continue;
      ended++;
      sum += lanes.finishedReturns[i]!;
    }
  };

  const policyBatch = (): Batch => ({
    n,
    heads: ['policy'],
    only: { moves: policyMoves, made: batches },
  });
  const valueBatch = (): Batch => ({
    n,
    heads: ['value'],
    only: { moves: valueMoves, made: batches * valueUpdates + fitted - 1 },
  });

  const policyLoss = (): void => {
    policy.gradient(report, rows.actions, rows.advantages, n, knobs.entropy);
    metrics['loss'] = report.policyLoss - knobs.entropy * report.entropy;
    metrics['policyLoss'] = report.policyLoss;
    metrics['entropy'] = report.entropy;
    if (ended > 0) metrics['batchReturn'] = sum / ended;
    if (baseline) {
      metrics['explainedVariance'] = collector.explained();
      metrics['miscalibration'] = collector.calibration.error;
    }
    metrics['returnDeviation'] = collector.returnDeviation();
  };

  return {
    nextBatch() {
      if (collector.full() && fitted === valueUpdates) beginBatch();
      if (!collector.full()) {
        collector.step();
        countEnded();
        return undefined;
      }
      fitted++;
      rows.take(0);
      return fitted === 0 ? policyBatch() : valueBatch();
    },

    loss({ heads }) {
      if (heads[0] === 'policy') policyLoss();
      else {
        metrics['valueLoss'] = valueLoss(network, rows.returns, n, 1);
        metrics['loss'] = metrics['valueLoss'];
      }
      return metrics;
    },

    progress: () => collector.stepsDone() / knobs.budget,
    words: () => describePolicy(metrics, policy.undecided),
    view: () =>
      baseline ? viewOf(collector.calibration, collector.returnDeviation(), metrics) : { kind: 'none' },

    snapshot() {
      const { data, tensors } = collector.snapshot();
      return { data: { ...data, batches, fitted: fitted + 1, ended, sum, metrics: { ...metrics } }, tensors };
    },
    restore(state) {
      collector.restore(state);
      batches = savedCount(state.data, 'batches');
      fitted = savedCount(state.data, 'fitted', valueUpdates + 1) - 1;
      ended = savedCount(state.data, 'ended');
      sum = savedNumber(state.data, 'sum');
      Object.assign(metrics, state.data['metrics']);
    },
    rejoin() {
      collector.drop();
      fitted = -1;
      ended = 0;
      sum = 0;
    },
  };
}

// Replays recorded training of a dense layer: every step's loss and learning rate, and where the parameters end.
import { meanSquaredError } from '../../core/losses/mean-squared-error.ts';
import { createOptimizer, type OptimizerSpec } from '../../core/optimizers.ts';
import { type ScheduleSpec, scheduleFactor } from '../../core/schedules.ts';
import { denseWeight } from '../pytorch-layout.ts';
import { fields, list, number, type Recorded, refuse, tensor, tensorOfRank } from './reading.ts';
import { type CoreCase, createTally, traceBound } from './tally.ts';
import {
  head,
  type KernelSet,
  onlyConfigured,
  parameter,
  type Replayer,
  withSet,
  workshop,
} from './workshop.ts';

/** What every recorded run may set. */
const common = ['lr', 'loss', 'clip_grad_norm'] as const;
const loss = 'mse(x @ w.T + b, y)';

const isRun = (recorded: Recorded, name: RegExp, ...settings: readonly string[]): boolean =>
  name.test(recorded.name) &&
  recorded.config['loss'] === loss &&
  onlyConfigured(recorded, ...common, ...settings);

function replayRun(
  recorded: Recorded,
  spec: OptimizerSpec,
  schedule: ScheduleSpec,
  budget: number,
  set: KernelSet,
): CoreCase {
  const { name, inputs, params, outputs, all } = recorded;
  const x = tensorOfRank(inputs, 'x', name, 2);
  const y = tensorOfRank(inputs, 'y', name, 2);
  const [n, size] = x.shape as [number, number];
  const units = y.shape[1]!;
  tensor(inputs, 'y', name, [n, units]);
  const weight = (from: Recorded['params']): ArrayLike<number> =>
    denseWeight(tensor(from, 'w', name, [units, size]).data, units, size);
  const trace = list(all, 'trace', name).map((item, t) => {
    const where = `step ${t + 1} of ${name}`;
    const step = fields(item, where);
    return { loss: number(step, 'loss', where), rate: number(step, 'lr', where) };
  });

  const layer = { kind: 'dense', name: 'layer', units, init: { scheme: 'zeros' } } as const;
  const shop = workshop(name, set, [size], layer, [units], n);
  const { network, arena, kernels } = shop;
  const optimizer = createOptimizer(spec, network.params, arena, kernels);
  const target = Float32Array.from(y.data);
  network.input.data.set(x.data);
  parameter(shop, 'weight', 'values').set(weight(params));
  parameter(shop, 'bias', 'values').set(tensor(params, 'b', name, [units]).data);

  const tally = createTally(traceBound);
  trace.forEach((step, t) => {
    network.forward(n, [head], 'train');
    network.clearGrads(n);
    const error = meanSquaredError(
      network.outputGrad(head).data,
      network.output(head).data,
      target,
      target.length,
    );
    network.backward(n, [head]);
    const factor = scheduleFactor(schedule, t / budget);
    optimizer.update(network.params.slots, factor, optimizer.gradientNorm(network.params.slots));
    tally.compare(error, step.loss);
    // The factor, not the rate: rates are so small that a wrong one would pass.
    tally.compare(factor, step.rate / spec.rate);
  });
  tally.compareAll(parameter(shop, 'weight', 'values'), weight(outputs));
  tally.compareAll(parameter(shop, 'bias', 'values'), tensor(outputs, 'b', name, [units]).data);
  return tally.done(withSet(name, set));
}

const rateOf = ({ config, name }: Recorded): number => {
  const rate = number(config, 'lr', name);
  return rate > 0 ? rate : refuse(name, `has a learning rate of ${rate}`);
};

const optional = ({ config, name }: Recorded, setting: string, otherwise: number): number =>
  (config[setting] ?? null) === null ? otherwise : number(config, setting, name);

const sgdOf = (recorded: Recorded): OptimizerSpec => ({
  kind: 'sgd',
  rate: rateOf(recorded),
  momentum: optional(recorded, 'momentum', 0),
  clip: optional(recorded, 'clip_grad_norm', 0),
});

function adamOf(recorded: Recorded): OptimizerSpec {
  const { config, name } = recorded;
  const [beta1, beta2] = 'betas' in config ? list(config, 'betas', name) : [0.9, 0.999];
  const betas = { beta1, beta2 };
  return {
    kind: 'adam',
    rate: rateOf(recorded),
    beta1: number(betas, 'beta1', name),
    beta2: number(betas, 'beta2', name),
    epsilon: optional(recorded, 'eps', 1e-8),
    clip: optional(recorded, 'clip_grad_norm', 0),
  };
}

const optimizer = (
  title: string,
  name: RegExp,
  settings: readonly string[],
  specOf: (recorded: Recorded) => OptimizerSpec,
): Replayer => ({
  title,
  accepts: (recorded) => isRun(recorded, name, ...settings),
  replay(recorded, sets) {
    const spec = specOf(recorded);
    return sets.map((set) => replayRun(recorded, spec, { kind: 'constant', floor: 0 }, 1, set));
  },
});

/** @param length the setting that says after how many steps the schedule is through */
const schedule = (
  title: string,
  name: RegExp,
  kind: ScheduleSpec['kind'],
  length: string,
  end?: string,
): Replayer => ({
  title,
  accepts: (recorded) => isRun(recorded, name, length, ...(end === undefined ? [] : [end])),
  replay(recorded, sets) {
    const spec = sgdOf(recorded);
    const budget = number(recorded.config, length, recorded.name);
    if (!(budget > 0)) return refuse(recorded.name, `has a "${length}" of ${budget}`);
    const floor = end === undefined ? 0 : optional(recorded, end, 0) / spec.rate;
    return sets.map((set) => replayRun(recorded, spec, { kind, floor }, budget, set));
  },
});

export const optimizerReplayers: readonly Replayer[] = [
  optimizer('sgd with momentum and clip_grad_norm', /^sgd\b/, ['momentum'], sgdOf),
  optimizer('adam', /^adam\b/, ['betas', 'eps'], adamOf),
  schedule('schedule cosine', /^schedule cosine\b/, 'cosine', 't_max', 'eta_min'),
  schedule('schedule linear to 0', /^schedule linear to 0$/, 'linear', 'total'),
];

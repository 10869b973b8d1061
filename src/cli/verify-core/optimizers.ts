// Replays recorded training of a dense layer: every step's loss and learning rate, and where the parameters end.
import { meanSquaredError } from '../../core/losses/mean-squared-error.ts';
import { pow } from '../../core/math.ts';
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

const nesterovOf = (recorded: Recorded): OptimizerSpec => ({
  kind: 'sgd',
  rate: rateOf(recorded),
  momentum: optional(recorded, 'momentum', 0),
  nesterov: recorded.config['nesterov'] === true,
  clip: optional(recorded, 'clip_grad_norm', 0),
  regularization: { l2: optional(recorded, 'weight_decay', 0) },
});

const adagradOf = (recorded: Recorded): OptimizerSpec => ({
  kind: 'adagrad',
  rate: rateOf(recorded),
  epsilon: optional(recorded, 'eps', 1e-10),
  clip: optional(recorded, 'clip_grad_norm', 0),
});

const rmspropOf = (recorded: Recorded): OptimizerSpec => ({
  kind: 'rmsprop',
  rate: rateOf(recorded),
  decay: optional(recorded, 'alpha', 0.99),
  epsilon: optional(recorded, 'eps', 1e-8),
  clip: optional(recorded, 'clip_grad_norm', 0),
});

const adamwOf = (recorded: Recorded): OptimizerSpec => ({
  ...adamOf(recorded),
  regularization: { decay: optional(recorded, 'weight_decay', 0.01) },
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

/** A schedule under plain SGD. `specOf` also says over how many steps it runs; `steps` is how many were recorded. */
const schedule = (
  title: string,
  name: RegExp,
  settings: readonly string[],
  specOf: (
    setting: (name: string) => number,
    rate: number,
    steps: number,
  ) => { spec: ScheduleSpec; budget: number },
): Replayer => ({
  title,
  accepts: (recorded) => isRun(recorded, name, ...settings),
  replay(recorded, sets) {
    const setting = (of: string): number => number(recorded.config, of, recorded.name);
    const positive = (of: string): number => {
      const value = setting(of);
      return value > 0 ? value : refuse(recorded.name, `has a "${of}" of ${value}`);
    };
    for (const of of settings) if (of !== 'eta_min') positive(of);
    const sgd = sgdOf(recorded);
    const steps = list(recorded.all, 'trace', recorded.name).length;
    const { spec, budget } = specOf(setting, sgd.rate, steps);
    return sets.map((set) => replayRun(recorded, sgd, spec, budget, set));
  },
});

export const optimizerReplayers: readonly Replayer[] = [
  optimizer('sgd with momentum and clip_grad_norm', /^sgd\b/, ['momentum'], sgdOf),
  optimizer('adam', /^adam\b/, ['betas', 'eps'], adamOf),
  optimizer(
    'sgd nesterov with weight_decay',
    /^sgd nesterov\b/,
    ['momentum', 'nesterov', 'weight_decay'],
    nesterovOf,
  ),
  optimizer('adagrad', /^adagrad\b/, ['eps'], adagradOf),
  optimizer('rmsprop', /^rmsprop\b/, ['alpha', 'eps'], rmspropOf),
  optimizer('adamw', /^adamw\b/, ['betas', 'eps', 'weight_decay'], adamwOf),
  schedule('schedule step', /^schedule step\b/, ['step_size', 'gamma'], (setting, _rate, steps) => {
    const drops = steps / setting('step_size');
    return { spec: { kind: 'step', floor: pow(setting('gamma'), drops), drops }, budget: steps };
  }),
  schedule('schedule exponential', /^schedule exponential\b/, ['gamma'], (setting, _rate, steps) => ({
    spec: { kind: 'exponential', floor: pow(setting('gamma'), steps) },
    budget: steps,
  })),
  schedule('schedule cosine', /^schedule cosine\b/, ['t_max', 'eta_min'], (setting, rate) => ({
    spec: { kind: 'cosine', floor: setting('eta_min') / rate },
    budget: setting('t_max'),
  })),
  schedule('schedule linear to 0', /^schedule linear to 0$/, ['total'], (setting) => ({
    spec: { kind: 'linear', floor: 0 },
    budget: setting('total'),
  })),
  schedule(
    'schedule warmup then constant',
    /^schedule warmup\b.*constant$/,
    ['start_factor', 'warmup'],
    (setting, _rate, steps) => ({
      spec: {
        kind: 'constant',
        floor: 0,
        warmup: setting('warmup') / steps,
        warmupFrom: setting('start_factor'),
      },
      budget: steps,
    }),
  ),
];

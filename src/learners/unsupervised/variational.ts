// Variational autoencoder (Kingma & Welling 2014, arXiv:1312.6114) with a weight on its prior (Higgins et al. 2017, beta-VAE):
//   L = mean over rows of  -log p(x | z) + beta KL(q(z | x) || N(0, 1)),  z = m(x) + e^(v(x)/2) e,  e ~ N(0, 1).
// -log p is summed over the pixels (independent coins) or numbers (Gaussians of deviation 0.1), the KL over the latents, both in
// nats; only so does beta mean what it says. At beta 1, -L is the evidence lower bound (ELBO).
import type { LayerSpec } from '../../core/layers/registry.ts';
import { gaussianKl } from '../../core/losses/gaussian-kl.ts';
import { exp, log } from '../../core/math.ts';
import { createRandom } from '../../core/random.ts';
import {
  budgetKnob,
  minibatchKnob,
  type OptimizerKnobs,
  optimizerFrom,
  optimizerKnobs,
  scheduleFrom,
} from '../budget-knobs.ts';
import type { Learner, LearnerContext, LearnerDef, Metrics, Words } from '../learner.ts';
import { observeTrend, overfitting } from '../trend.ts';
import { variances } from './looking.ts';
import { variationalNotes } from './notes.ts';
import { createObserving, rowsKnob, showLanes } from './observing.ts';
import { createProbe } from './probe.ts';
import {
  createRebuilding,
  type DecoderKnobs,
  decoderKnobs,
  decoderLayers,
  rebuiltRows,
} from './rebuilding.ts';

export type VariationalKnobs = OptimizerKnobs &
  DecoderKnobs &
  Readonly<{
    code: number;
    beta: number;
    budget: number;
    minibatch: number;
    rows: number;
  }>;

const head = 'variational';
const heads = [head];
const shown = 8;
/** Updates between two looks at the rows held out; as many rows as a minibatch. */
const lookEvery = 16;
/** Updates after which something ought to have been learned. */
const fairChance = 400;
/** A latent is active when its mean varies by more than this with what is seen (Burda et al. 2016, arXiv:1509.00519). */
const activeVariance = 0.01;
/** Standard deviation of the Gaussian around a rebuilt number, in normalised units. */
const deviation = 0.1;
const logRootTwoPi = 0.9189385332046727;

const linear = { scheme: 'orthogonal', gain: 1 } as const;

export const variational: LearnerDef<VariationalKnobs> = {
  id: 'variational',
  paradigm: 'unsupervised',
  title: 'Variational autoencoder',
  summary: 'Rebuilds what it sees from a few uncertain numbers, ordered so that it can also make things up.',
  paper: 'Kingma & Welling 2014; Higgins et al. 2017',
  knobs: {
    code: {
      kind: 'number',
      label: 'Latents',
      default: 8,
      min: 1,
      max: 512,
      step: 1,
      scale: 'log',
      unit: 'numbers',
      help: 'How many uncertain numbers everything seen must pass through.',
    },
    beta: {
      kind: 'number',
      label: 'Beta',
      default: 1,
      min: 0,
      max: 20,
      unit: '',
      help: 'Price of a nat of information in the latents, in nats of rebuilding: 1 is the true bound, more makes fewer latents speak, 0 lets all.',
    },
    ...decoderKnobs,
    ...optimizerKnobs(1e-3),
    budget: budgetKnob(5000, 'updates'),
    minibatch: minibatchKnob(128),
    rows: rowsKnob,
  },
  charted: { heldOutLoss: 'held-out loss', elbo: 'ELBO', kl: 'KL', active: 'active units' },
  unfit: () => undefined,
  heads(world, knobs): Record<string, readonly LayerSpec[]> {
    const posterior: readonly LayerSpec[] = [
      { kind: 'dense', name: 'posterior', units: 2 * knobs.code, init: linear },
      { kind: 'reparametrize', name: 'latent' },
    ];
    return { [head]: [...posterior, ...decoderLayers(world, knobs)] };
  },
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create,
};

function create(context: LearnerContext, knobs: VariationalKnobs): Learner {
  const { network, lanes } = context;
  const size = lanes.observationSize;
  const frames = network.spec.input.length === 3;
  const { minibatch, beta, code } = knobs;
  const observing = createObserving(context, knobs.rows);
  const { baseline, trend } = observing;
  const rebuilding = createRebuilding(context, head, 1 / (2 * deviation ** 2));
  /** What a Gaussian density costs besides its square. */
  const constant = frames ? 0 : size * (log(deviation) + logRootTwoPi);
  const drawing = context.stream('latents');
  const noise = network.inner(`${head}.latent`, 'noise').data;
  const posterior = network.activation(`${head}.posterior`).data;
  const posteriorGrad = network.activationGrad(`${head}.posterior`)!.data;
  const target = new Float32Array(minibatch * size);
  const [means, logVariances, dMeans, dLogVariances] = Array.from(
    { length: 4 },
    () => new Float32Array(minibatch * code),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  // With no noise the latents are their means.
  const latents = network.activation(`${head}.latent`).data;
  const probe = createProbe(context, code, (n) => {
    noise.fill(0);
    network.forward(n, heads, 'evaluate');
    return latents;
  });
  const metrics: Metrics = { loss: 0 };
  const batch = { n: minibatch, heads };

  const aim = (): void => {
    const input = network.input.data;
    for (let i = 0; i < target.length; i++) target[i] = input[i]!;
    for (let i = 0; i < minibatch * code; i++) noise[i] = drawing.normal();
  };

  /** Rebuilding and KL of the minibatch, in nats; writes the gradients of the first plus beta times the second. */
  const score = (): { rebuilt: number; kl: number } => {
    const rebuilt = rebuilding.loss(target, minibatch) + constant;
    for (let r = 0; r < minibatch; r++) {
      for (let d = 0; d < code; d++) {
        means[r * code + d] = posterior[2 * r * code + d]!;
        logVariances[r * code + d] = posterior[(2 * r + 1) * code + d]!;
      }
    }
    const kl = gaussianKl(dMeans, dLogVariances, means, logVariances, minibatch, code);
    for (let r = 0; r < minibatch; r++) {
      for (let d = 0; d < code; d++) {
        posteriorGrad[2 * r * code + d] = beta * dMeans[r * code + d]!;
        posteriorGrad[(2 * r + 1) * code + d] = beta * dLogVariances[r * code + d]!;
      }
    }
    return { rebuilt, kl };
  };

  /** The bound on rows that were never learned from; forward only. */
  const look = (): void => {
    if (!observing.drawHeld(minibatch)) return;
    aim();
    network.forward(minibatch, heads, 'evaluate');
    const { rebuilt, kl } = score();
    metrics['heldOutLoss'] = rebuilt + beta * kl;
    metrics['elbo'] = -(rebuilt + kl);
    metrics['kl'] = kl;
    metrics['active'] = variances(means, minibatch, code).filter((v) => v > activeVariance).length;
    metrics['baselineLoss'] = baseline?.nats(target, minibatch) ?? gaussianNats(target, minibatch, size);
    const least = frames ? rebuilding.least(target, minibatch) : constant;
    metrics['learnable'] = Math.max(metrics['baselineLoss'] - least, 1e-9);
    if (observing.updates > 0) observeTrend(trend, metrics['loss']!, metrics['heldOutLoss']);
  };

  const words = (): Words => {
    const { elbo, kl = 0, active = 0, baselineLoss = 0, learnable = 0 } = metrics;
    if (elbo === undefined) {
      const text = 'It will look at what the lanes do, and try to rebuild it from a few uncertain numbers.';
      return { mood: 'neutral', lead: 'Ready.', text };
    }
    const alone = frames ? 'pixels known one by one' : 'numbers known one by one';
    const byHeart = overfitting(trend, learnable, (loss) => loss.toFixed(1), ' nats');
    if (byHeart) return byHeart;
    const old = observing.updates >= fairChance;
    const units = `${active} active unit${active === 1 ? '' : 's'} of ${code}`;
    const gain = baselineLoss + elbo;
    if (old && gain < -0.1 * learnable) {
      const text = `its bound (${(-elbo).toFixed(1)} nats) is worse than ${alone} (${baselineLoss.toFixed(1)}); ${units}: learning rate too small, or far too large?`;
      return { mood: 'bad', lead: 'Worse than nothing.', text };
    }
    if (old && active <= code / 8 && code > 1) {
      const text = `${units}: at beta ${beta} most of what is seen is not worth its nats (${kl.toFixed(1)} are used).`;
      return { mood: 'bad', lead: 'Latent collapsed.', text };
    }
    const text = `its bound is ${Math.abs(gain).toFixed(1)} nats ${gain >= 0 ? 'better' : 'worse'} than ${alone}, with ${units}.`;
    return { mood: old && gain > 0 ? 'good' : 'neutral', lead: 'Looking.', text };
  };

  /** Rows of what is rebuilt from draws of the prior; the noise is chosen so that it lands where the draw is. */
  const samples = (count: number): Float32Array => {
    const random = createRandom('samples to look at');
    for (let r = 0; r < count; r++) {
      for (let d = 0; d < code; d++) {
        const [mean, logVariance] = [posterior[2 * r * code + d]!, posterior[(2 * r + 1) * code + d]!];
        noise[r * code + d] = (random.normal() - mean) / exp(logVariance / 2);
      }
    }
    network.forward(count, heads, 'evaluate');
    return network.output(head).data.slice(0, count * size);
  };

  return {
    nextBatch() {
      if (!observing.ready()) return undefined;
      if (observing.updates % lookEvery === 0) look();
      observing.draw(minibatch);
      aim();
      return batch;
    },
    loss() {
      const { rebuilt, kl } = score();
      metrics['loss'] = rebuilt + beta * kl;
      return metrics;
    },
    progress: () => observing.updates / knobs.budget,
    words,
    view() {
      const facts = probe.ask(observing.updates);
      const count = showLanes(context, shown);
      noise.fill(0);
      return {
        ...rebuiltRows(context, head, count),
        samples: frames ? samples(count) : new Float32Array(),
        notes: variationalNotes(metrics, size, code, frames),
        facts,
      };
    },
    snapshot: () => observing.snapshot(metrics),
    restore: (state) => observing.restore(state, metrics),
    rejoin: observing.rejoin,
  };
}

/** Entropy of independent Gaussians as wide as n rows [n, size], in nats a row. */
function gaussianNats(rows: Float32Array, n: number, size: number): number {
  let nats = 0;
  for (const variance of variances(rows, n, size))
    nats += 0.5 + logRootTwoPi + log(Math.max(variance, 1e-9)) / 2;
  return nats;
}

// Autoencoder (Hinton & Salakhutdinov 2006): the trunk's features are squeezed through a narrow code and a decoder must rebuild
// from it what the trunk was shown. Frames: L = mean over rows of sum over pixels of the binary cross-entropy; numbers: of the
// squared errors. With noise it is a denoising autoencoder (Vincent et al. 2010): the trunk sees x spoiled, the target is x whole.
// It asks the world for nothing but to be looked at.
import type { LayerSpec } from '../../core/layers/registry.ts';
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
import { corrupt, noiseKnob } from './corruption.ts';
import { spread } from './looking.ts';
import { rebuildingNotes } from './notes.ts';
import { createObserving, rowsKnob, showLanes } from './observing.ts';
import { createProbe } from './probe.ts';
import {
  createRebuilding,
  type DecoderKnobs,
  decoderKnobs,
  decoderLayers,
  rebuiltRows,
} from './rebuilding.ts';

export type AutoencoderKnobs = OptimizerKnobs &
  DecoderKnobs &
  Readonly<{
    code: number;
    noise: number;
    budget: number;
    minibatch: number;
    rows: number;
  }>;

const head = 'decoder';
const heads = [head];
/** Pairs shown to a person. */
const shown = 8;
/** Updates between two looks at the rows held out; as many rows as a minibatch. */
const lookEvery = 16;
/** Updates after which something ought to have been learned. */
const fairChance = 400;

const linear = { scheme: 'orthogonal', gain: 1 } as const;

export const autoencoder: LearnerDef<AutoencoderKnobs> = {
  id: 'autoencoder',
  paradigm: 'unsupervised',
  title: 'Autoencoder',
  summary: 'Learns to rebuild what it sees from a few numbers, with nobody telling it anything.',
  paper: 'Hinton & Salakhutdinov 2006; Vincent et al. 2010',
  knobs: {
    code: {
      kind: 'number',
      label: 'Code',
      default: 16,
      min: 1,
      max: 512,
      step: 1,
      scale: 'log',
      unit: 'numbers',
      help: 'How many numbers everything seen must pass through: fewer is a harder squeeze.',
    },
    noise: noiseKnob,
    ...decoderKnobs,
    ...optimizerKnobs(1e-3),
    budget: budgetKnob(5000, 'updates'),
    minibatch: minibatchKnob(128),
    rows: rowsKnob,
  },
  charted: { heldOutLoss: 'held-out loss', explained: 'share rebuilt', exact: 'frames exact' },
  unfit: () => undefined,
  heads(world, knobs): Record<string, readonly LayerSpec[]> {
    const code: LayerSpec = { kind: 'dense', name: 'code', units: knobs.code, init: linear };
    return { [head]: [code, ...decoderLayers(world, knobs)] };
  },
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create,
};

function create(context: LearnerContext, knobs: AutoencoderKnobs): Learner {
  const { network, lanes } = context;
  const size = lanes.observationSize;
  const frames = network.spec.input.length === 3;
  const { minibatch, noise, code } = knobs;
  const observing = createObserving(context, knobs.rows);
  const { baseline, trend } = observing;
  const rebuilding = createRebuilding(context, head);
  const spoiling = context.stream('noise');
  const target = new Float32Array(minibatch * size);
  const codes = network.activation(`${head}.code`).data;
  const probe = createProbe(context, code, (n) => {
    network.forward(n, heads, 'evaluate');
    return codes;
  });
  const metrics: Metrics = { loss: 0 };
  const batch = { n: minibatch, heads };

  /** What stands in network.input becomes the target, and is spoiled where it stands. */
  const aim = (): void => {
    const input = network.input.data;
    for (let i = 0; i < target.length; i++) target[i] = input[i]!;
    corrupt(input, target.length, frames, noise, spoiling);
  };

  /** How well rows are rebuilt that were never learned from; forward only. */
  const look = (): void => {
    if (!observing.drawHeld(minibatch)) return;
    aim();
    network.forward(minibatch, heads, 'evaluate');
    const loss = rebuilding.loss(target, minibatch);
    const known = baseline?.nats(target, minibatch) ?? spread(target, minibatch, size);
    const exact = rebuilding.exact(target, minibatch);
    metrics['heldOutLoss'] = loss;
    metrics['baselineLoss'] = known;
    const learnable = Math.max(known - rebuilding.least(target, minibatch), 1e-9);
    metrics['learnable'] = learnable;
    metrics['explained'] = (known - loss) / learnable;
    if (!Number.isNaN(exact)) metrics['exact'] = exact;
    metrics['live'] = liveUnits(codes, minibatch, code);
    if (observing.updates > 0) observeTrend(trend, metrics['loss']!, loss);
  };

  const words = (): Words => {
    const explained = metrics['explained'];
    if (explained === undefined) {
      const text = 'It will look at what the lanes do and try to rebuild it.';
      return { mood: 'neutral', lead: 'Ready.', text };
    }
    const ill = illness();
    if (ill) return ill;
    const percent = Math.max(0, Math.floor(explained * 100));
    const exact = metrics['exact'];
    const text =
      exact === undefined
        ? `it rebuilds ${percent} % of what varies in rows it never learned from, ${size} numbers through ${code}.`
        : `of frames it never learned from it rebuilds ${Math.floor(exact * 100)} % exactly, ${size} pixels through ${code} numbers.`;
    return (exact ?? explained) > 0.95
      ? { mood: 'good', lead: 'Seen.', text }
      : { mood: 'neutral', lead: 'Looking.', text };
  };

  const illness = (): Words | undefined => {
    const { heldOutLoss = 0, baselineLoss = 0, explained = 0, live = code } = metrics;
    const unit = frames ? ' nats' : '';
    if (live === 0) {
      const text = `none of the code's ${code} numbers changes with what it sees; begin anew with a smaller learning rate.`;
      return { mood: 'bad', lead: 'Dead units.', text };
    }
    const byHeart = overfitting(trend, metrics['learnable'] ?? 0, (loss) => loss.toFixed(2), unit);
    if (byHeart) return byHeart;
    if (observing.updates >= fairChance && explained < 0.05) {
      const text = `after ${observing.updates} updates it is no better (${heldOutLoss.toFixed(2)}${unit}) than knowing how often each number is what (${baselineLoss.toFixed(2)}): learning rate too small, or far too large?`;
      return { mood: 'bad', lead: 'Loss flat.', text };
    }
    return undefined;
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
      metrics['loss'] = rebuilding.loss(target, minibatch);
      return metrics;
    },
    progress: () => observing.updates / knobs.budget,
    words,
    view() {
      const facts = probe.ask(observing.updates);
      const count = showLanes(context, shown);
      // The same noise at every look, from no stream of the run's.
      corrupt(network.input.data, count * size, frames, noise, createRandom('noise to look at'));
      return {
        ...rebuiltRows(context, head, count),
        samples: new Float32Array(),
        notes: rebuildingNotes(metrics, size, code, frames),
        facts,
      };
    },
    snapshot: () => observing.snapshot(metrics),
    restore: (state) => observing.restore(state, metrics),
    rejoin: observing.rejoin,
  };
}

/** How many of `size` numbers differ at all between n rows [n, size]. */
function liveUnits(rows: Float32Array, n: number, size: number): number {
  let live = 0;
  for (let j = 0; j < size; j++) {
    const first = rows[j]!;
    for (let r = 1; r < n; r++) {
      if (Math.abs(rows[r * size + j]! - first) <= 1e-6) continue;
      live++;
      break;
    }
  }
  return live;
}

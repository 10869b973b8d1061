// Next-observation prediction, the simplest of world models (Schmidhuber 1990; Ha & Schmidhuber 2018, arXiv:1803.10122): of what is
// seen now and what is done, foretell what is seen next; nobody has to say what is right, the next step does. Numbers: the change of
// each, by squared error; frames: each pixel, by cross-entropy (`foretelling.ts`). Of what it foretells the next step can be foretold
// in turn: a dream, held against what really came.
import type { LayerSpec } from '../../core/layers/registry.ts';
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
import { showsFrames } from '../trunk.ts';
import {
  foretellFrames,
  foretellNumbers,
  pictureLayers,
  throughPicture,
  throughTrunk,
  trunkLayers,
} from './foretelling.ts';
import { predictionNotes } from './notes.ts';
import { rowsKnob } from './observing.ts';
import { createProbe } from './probe.ts';
import { createTransitions, stretchSteps } from './transitions.ts';

export type PredictionKnobs = OptimizerKnobs &
  Readonly<{ channels: number; budget: number; minibatch: number; rows: number }>;

/** Pairs shown to a person. */
const shown = 4;
/** Updates between two looks at what is held out; as many pairs as a minibatch. */
const lookEvery = 16;
/** Updates after which something ought to have been learned. */
const fairChance = 400;
/** Normalised error of numbers that counts as foreseen. */
const foreseen = 1e-3;

export const prediction: LearnerDef<PredictionKnobs> = {
  id: 'prediction',
  paradigm: 'unsupervised',
  title: 'Prediction',
  summary:
    'Learns to foretell what it will see next from what it sees and does, and can dream on from there.',
  paper: 'Schmidhuber 1990; Ha & Schmidhuber 2018',
  knobs: {
    channels: {
      kind: 'number',
      label: 'Channels',
      default: 16,
      min: 1,
      max: 128,
      step: 1,
      scale: 'log',
      unit: 'a pixel',
      help: 'Worlds of frames: how many numbers each pixel is put into where the next frame is worked out.',
    },
    ...optimizerKnobs(1e-3),
    schedule: { ...optimizerKnobs(1e-3).schedule, default: 'cosine' },
    budget: budgetKnob(4000, 'updates'),
    minibatch: minibatchKnob(128),
    rows: rowsKnob,
  },
  charted: {
    heldOutLoss: 'held-out loss',
    errorAhead: `error ${stretchSteps} steps ahead`,
    exact: 'frames exact',
    exactAhead: `exact ${stretchSteps} steps ahead`,
  },
  unfit: (world) =>
    world.labelled
      ? 'what it shows next is drawn at random, whatever was seen and done, so that nothing can be foretold'
      : undefined,
  heads(world, knobs): Record<string, readonly LayerSpec[]> {
    const frames = showsFrames(world);
    const onTrunk = { [throughTrunk]: trunkLayers(world, frames) };
    return frames ? { ...onTrunk, [throughPicture]: pictureLayers(world, knobs.channels) } : onTrunk;
  },
  alone: [throughPicture],
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create,
};

function create(context: LearnerContext, knobs: PredictionKnobs): Learner {
  const { network, normalizer, lanes } = context;
  const { shape, names } = lanes.def.observation;
  const size = lanes.observationSize;
  const frames = shape.length === 3;
  const { minibatch } = knobs;
  const foretelling = frames ? foretellFrames(context) : foretellNumbers(context);
  const { heads, dreaming, baseline } = foretelling;
  const transitions = createTransitions(context, knobs.rows, (rows, at) => baseline?.observe(rows, at));
  const { doneSize, stretches, held, trend } = transitions;
  const given = heads.map((head) => network.inner(`${head}.done`, 'given').data);
  const input = network.input.data;
  const now = new Float32Array(network.maxBatch * size);
  const after = new Float32Array(network.maxBatch * (size + doneSize));
  /** What came next, as the network would see it. */
  const next = new Float32Array(network.maxBatch * size);
  const features = network.features.data;
  const probe = createProbe(context, features.length / network.maxBatch, (n) => {
    network.forward(n, [], 'evaluate');
    return features;
  });
  const metrics: Metrics = { loss: 0 };
  const batch = { n: minibatch, heads };

  /** What was done in each of n rows, at done[k * stride...], goes beside what the heads see. */
  const tell = (done: Float32Array, from: number, stride: number, n: number): void => {
    for (const numbers of given) {
      for (let k = 0; k < n; k++) {
        for (let a = 0; a < doneSize; a++) numbers[k * doneSize + a] = done[from + k * stride + a]!;
      }
    }
  };

  /** n rows of `rows`, `stride` numbers apart, as the network sees them, in network.input. */
  const see = (rows: Float32Array, from: number, stride: number, n: number): void => {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < size; j++) input[k * size + j] = rows[from + k * stride + j]!;
    }
    normalizer.apply(network.input, n);
  };

  const seeInto = (
    target: Float32Array,
    rows: Float32Array,
    from: number,
    stride: number,
    n: number,
  ): void => {
    see(rows, from, stride, n);
    for (let i = 0; i < n * size; i++) target[i] = input[i]!;
  };

  /** The n pairs in `now` and `after` are what the network is about to be asked. */
  const aim = (n: number): void => {
    const width = size + doneSize;
    seeInto(next, after, 0, width, n);
    see(now, 0, size, n);
    tell(after, size, width, n);
  };

  /** From the beginnings of n stretches, one foretelling after another; `onStep` is told when one stands in network.input. */
  const dream = (n: number, onStep: (step: number) => void = () => undefined): void => {
    see(stretches.rows, 0, stretches.size, n);
    for (let step = 0; step < stretchSteps; step++) {
      tell(stretches.labels, step * doneSize, stretchSteps * doneSize, n);
      network.forward(n, [dreaming], 'evaluate');
      foretelling.advance(n);
      onStep(step);
    }
  };

  /** How it does on what it never learned from; forward only. */
  const look = (): void => {
    foretelling.prepare(transitions);
    if (!transitions.drawHeld(now, after, minibatch)) return;
    aim(minibatch);
    network.forward(minibatch, heads, 'evaluate');
    foretelling.measure(metrics, next, minibatch);
    if (transitions.updates > 0) observeTrend(trend, metrics['loss']!, metrics['heldOutLoss']!);
    const n = Math.min(stretches.filled(), network.maxBatch);
    if (n === 0) return;
    seeInto(now, stretches.rows, 0, stretches.size, n);
    seeInto(next, stretches.rows, stretchSteps * size, stretches.size, n);
    dream(n);
    const [name, value] = foretelling.drift(now, next, n);
    metrics[name] = value;
  };

  const words = (): Words => {
    const { heldOutLoss, baselineLoss = 0, learnable = 0, exact, exactAhead, errorAhead } = metrics;
    if (heldOutLoss === undefined) {
      const text = 'It will look at what the lanes do and try to foretell the next step.';
      return { mood: 'neutral', lead: 'Ready.', text };
    }
    const unit = frames ? ' nats' : '';
    const byHeart = overfitting(trend, learnable, short, unit);
    if (byHeart) return byHeart;
    if (transitions.updates >= fairChance && baselineLoss - heldOutLoss < 0.05 * learnable) {
      const text = `after ${transitions.updates} updates it foretells no better (${short(heldOutLoss)}${unit}) than who never looks (${short(baselineLoss)}): learning rate too small or far too large, or what comes next is chance?`;
      return { mood: 'bad', lead: 'Loss flat.', text };
    }
    const near =
      exact === undefined
        ? `its error on steps it never learned from is ${short(heldOutLoss)} of what knowing nothing costs`
        : `of steps it never learned from it foretells ${percent(exact)} of the frames exactly`;
    const ahead = exactAhead ?? errorAhead;
    const far =
      ahead === undefined
        ? ''
        : exactAhead === undefined
          ? `; ${stretchSteps} steps ahead ${short(ahead)}`
          : `; dreaming ${stretchSteps} steps ahead ${percent(ahead)}`;
    const sure = exact === undefined ? frames || heldOutLoss <= foreseen : exact >= 0.95;
    // One step is known well, and more than half of what happens in ten is not.
    const drifts =
      exactAhead === undefined
        ? heldOutLoss < 0.2 && (errorAhead ?? 0) > 0.5
        : (exact ?? 0) >= 0.8 && exactAhead < 0.5;
    if (drifts && transitions.updates >= fairChance) {
      const text = `${near}${far}: small errors grow when each step is dreamt from the last.`;
      return { mood: 'bad', lead: 'Dreams drift.', text };
    }
    const sound = exactAhead === undefined || exactAhead >= 0.8;
    return sure && sound
      ? { mood: 'good', lead: 'Foreseen.', text: `${near}${far}.` }
      : { mood: 'neutral', lead: 'Looking ahead.', text: `${near}${far}.` };
  };

  return {
    nextBatch() {
      if (!transitions.ready()) return undefined;
      if (transitions.updates % lookEvery === 0) look();
      transitions.draw(now, after, minibatch);
      aim(minibatch);
      return batch;
    },
    loss() {
      metrics['loss'] = foretelling.loss(next, minibatch);
      return metrics;
    },
    progress: () => transitions.updates / knobs.budget,
    words,
    view() {
      const count = Math.min(shown, held.filled());
      if (count === 0) return { kind: 'none' };
      const facts = probe.ask(transitions.updates);
      now.set(held.rows.subarray(0, count * size));
      after.set(held.labels.subarray(0, count * (size + doneSize)));
      aim(count);
      const before = input.slice(0, count * size);
      network.forward(count, [dreaming], 'evaluate');
      if (frames) input.set(network.output(dreaming).data.subarray(0, count * size));
      else foretelling.advance(count);
      const foretold = input.slice(0, count * size);
      const came = next.slice(0, count * size);
      const steps = stretches.filled() > 0 ? stretchSteps : 0;
      const dreamt = new Float32Array(steps * size);
      const lived = new Float32Array(steps * size);
      if (steps > 0) {
        seeInto(lived, stretches.rows, size, size, steps);
        dream(1, (step) => dreamt.set(input.subarray(0, size), step * size));
      }
      const notes = predictionNotes(metrics, frames, stretchSteps);
      return {
        kind: 'prediction',
        shape,
        names,
        count,
        before,
        foretold,
        came,
        steps,
        dreamt,
        lived,
        notes,
        facts,
      };
    },
    snapshot() {
      const { data, tensors } = transitions.snapshot(metrics);
      return { data, tensors: { ...tensors, ...baseline?.tensors() } };
    },
    restore(state) {
      transitions.restore(state, metrics);
      baseline?.restore(state.tensors);
    },
    rejoin: transitions.rejoin,
  };
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`;

/** A loss, which may become very small. */
const short = (value: number): string => (value < 0.01 ? value.toExponential(1) : value.toFixed(2));

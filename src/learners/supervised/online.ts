// Online learning: a brain that is at work already keeps learning while the world drifts away from what it was taught. Every row
// is first answered and then learned from ("test, then train": Dawid 1984; Gama et al. 2013), each once and in its order, by
// L = -mean log p(label | row). Learning from the newest rows alone follows the world and forgets what it was (McCloskey & Cohen
// 1989); mixing in as many rows of a reservoir that samples the whole past (Vitter 1985; Chaudhry et al. 2019) keeps both.
// Standing still is the control.
import { switchKnob } from '../../core/knobs.ts';
import {
  budgetKnob,
  type OptimizerKnobs,
  optimizerFrom,
  optimizerKnobs,
  scheduleFrom,
} from '../budget-knobs.ts';
import type { Batch, LearnerDef, Metrics, Samples } from '../learner.ts';
import { policyHead } from '../policy.ts';
import { createReservoir } from '../reservoir.ts';
import { savedArray, savedCount } from '../saved.ts';
import { createAnswers } from './answers.ts';
import { createDrift, createHeldOut, destination } from './drift.ts';
import { describeOnline, type Keeping } from './online-words.ts';
import { noSamples, sampleAnswers } from './samples.ts';

export type OnlineKnobs = OptimizerKnobs &
  Readonly<{
    budget: number;
    keeps: string;
    newest: number;
    replay: number;
    twin: number;
    after: number;
    sudden: number;
    over: number;
  }>;

/** Rows over which the stream's accuracy is taken. */
const window = 1000;
/** Rows between two looks at what is held out. */
const lookEvery = 512;

const rowsKnob = (label: string, value: number, min: number, max: number, help: string) =>
  ({ kind: 'number', label, default: value, min, max, step: 1, unit: 'rows', help }) as const;

export const online: LearnerDef<OnlineKnobs> = {
  id: 'online',
  paradigm: 'supervised',
  title: 'Online learning',
  summary: 'Answers a stream of rows, then is told; goes on learning while the world drifts away.',
  paper: 'Gama et al. 2013; replay: Vitter 1985, Chaudhry et al. 2019',
  knobs: {
    keeps: {
      kind: 'choice',
      label: 'Keeps learning',
      default: 'with replay',
      options: ['with replay', 'newest rows', 'not at all'],
      help: 'From the newest rows mixed with as many old ones, from the newest alone, or not at all: as it was deployed.',
    },
    replay: rowsKnob(
      'Replay',
      2000,
      1,
      20_000,
      'Old rows kept to be learned from again: a fair sample of all that ever came.',
    ),
    newest: rowsKnob(
      'New rows an update',
      32,
      1,
      1024,
      'An update is made whenever so many new rows have come; each is learned from once.',
    ),
    twin: {
      kind: 'number',
      label: 'Drifts to',
      default: 1,
      min: 0,
      max: 9,
      step: 1,
      unit: '',
      help: 'Which of the world’s changed twins, by its place in the list of settings, the stream drifts to; 0: the usual settings.',
    },
    after: rowsKnob(
      'Drift begins',
      20_000,
      0,
      10_000_000,
      'Rows that come before the world begins to change.',
    ),
    sudden: switchKnob('Sudden', 'The world changes from one row to the next instead of little by little.'),
    over: rowsKnob(
      'Drift takes',
      10_000,
      1,
      10_000_000,
      'Rows over which the settings move, unless the drift is sudden.',
    ),
    ...optimizerKnobs(1e-3),
    budget: budgetKnob(60_000, 'steps'),
  },
  charted: {
    streamAccuracy: 'stream, last 1000',
    oldAccuracy: 'world before',
    newAccuracy: 'world after',
  },
  unfit: (world) =>
    world.labelled && world.action.kind === 'discrete'
      ? undefined
      : 'its rows carry no known label to be told after the answer',
  acts: 'classes',
  heads: (world) => ({ classes: policyHead(world) }),
  trains: 'all',
  batchRows: (knobs) => 2 * knobs.newest,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create(context, knobs) {
    const { lanes, network, normalizer, onSteps } = context;
    const { newest, budget } = knobs;
    const keeping = knobs.keeps as Keeping;
    const { action, observation } = lanes.def;
    const names = action.kind === 'discrete' ? action.names : [];
    const classes = names.length;
    const size = lanes.observationSize;
    const { title, to } = destination(lanes.def, lanes.params, knobs.twin);
    const drift = createDrift(lanes.def, lanes.params, to, knobs.after, knobs.sudden === 1 ? 0 : knobs.over);
    const held = context.stream('held out');
    const before = createHeldOut(context, lanes.params, held.fork('before'));
    const after = createHeldOut(context, to, held.fork('after'));
    const answers = createAnswers(context, 'classes', action);
    const reservoir = createReservoir(keeping === 'with replay' ? knobs.replay : 0, size);
    const drawing = context.stream('replay');
    const heads = ['classes'];
    // A frozen brain makes its updates too, of nothing, so that its loss is seen and its budget is spent.
    const only = keeping === 'not at all' ? { only: { moves: [], made: 0 } } : {};
    const alone: Batch = { n: newest, heads, ...only };
    const mixed: Batch = { n: 2 * newest, heads };
    if (keeping === 'not at all') for (const { path } of network.plan.layers) network.frozen.add(path);

    /** Rows that were answered and not yet learned from, in their order. */
    const waiting = new Float32Array((newest + lanes.count) * size);
    const waitingLabels = new Float32Array(newest + lanes.count);
    const told = new Float32Array(lanes.count);
    const given = new Float32Array(lanes.count);
    const labels = new Float32Array(2 * newest);
    /** 1 where one of the last rows was answered rightly; row k stands at k % window. */
    const recent = new Uint8Array(window);
    const counts = new Int32Array(classes * classes);
    const metrics: Metrics = { loss: 0 };
    let samples: Samples = noSamples(observation.shape);
    let waits = 0;
    let rows = 0;
    let nextLook = 0;
    /** The best accuracy on the world before, until it began to change; null before the first look. */
    let reference: number | null = null;

    const look = (): void => {
      metrics['oldAccuracy'] = before(answers, heads);
      metrics['newAccuracy'] = after(answers, heads);
      if (drift.share(rows) === 0) reference = Math.max(reference ?? 0, metrics['oldAccuracy']);
      // Old answers fade, so that the matrix shows the brain of the last few looks.
      for (let i = 0; i < counts.length; i++) counts[i] = Math.floor(counts[i]! * 0.8);
    };

    /** Answers the row of every lane, hears the labels, and lets the lanes go on by the answers. */
    const answer = (sampled: boolean): void => {
      const n = lanes.count;
      for (let i = 0; i < n; i++) lanes.expert(i, told, i);
      network.input.data.set(lanes.observations);
      normalizer.apply(network.input, n);
      network.forward(n, heads, 'evaluate');
      answers.loss(told, n);
      for (let i = 0; i < n; i++) {
        given[i] = answers.answer(i);
        recent[rows % window] = given[i] === told[i] ? 1 : 0;
        rows++;
        const cell = told[i]! * classes + given[i]!;
        counts[cell] = counts[cell]! + 1;
      }
      if (sampled) samples = sampleAnswers(answers, observation.shape, lanes.observations, told, n);
      metrics['streamAccuracy'] = recent.reduce((a, b) => a + b, 0) / Math.min(rows, window);
      if (keeping !== 'not at all') normalizer.observe(lanes.observations, n);
      waiting.set(lanes.observations, waits * size);
      waitingLabels.set(told, waits);
      waits += n;
      lanes.change(drift.params(rows));
      lanes.step(given);
      onSteps(true);
    };

    /** The oldest rows that wait, and as many of the past, to network.input. */
    const compose = (): Batch => {
      const input = network.input.data;
      input.set(waiting.subarray(0, newest * size));
      labels.set(waitingLabels.subarray(0, newest));
      const replays = reservoir.filled() > 0;
      if (replays) reservoir.draw(input, newest * size, labels, newest, newest, drawing);
      if (keeping === 'with replay')
        for (let k = 0; k < newest; k++) reservoir.offer(waiting, k * size, waitingLabels, k, drawing);
      waiting.copyWithin(0, newest * size, waits * size);
      waitingLabels.copyWithin(0, newest, waits);
      waits -= newest;
      const batch = replays ? mixed : alone;
      normalizer.apply(network.input, batch.n);
      return batch;
    };

    return {
      nextBatch() {
        if (waits >= newest) return compose();
        if (rows >= nextLook) {
          nextLook = rows + lookEvery;
          look();
          answer(true);
        } else answer(false);
        return undefined;
      },
      loss({ n }) {
        const { loss, hits } = answers.loss(labels, n);
        metrics['loss'] = loss;
        metrics['accuracy'] = hits / n;
        return metrics;
      },
      progress: () => rows / budget,
      words: () => describeOnline(metrics, keeping, drift.share(rows), reference, title),
      view: () => ({ kind: 'confusion', names, counts: counts.slice(), samples }),
      snapshot: () => ({
        data: { rows, nextLook, reference, waits, metrics: { ...metrics } },
        tensors: {
          ...reservoir.tensors('replay'),
          waiting: { shape: [waits, size], data: waiting.slice(0, waits * size) },
          waitingLabels: { shape: [waits], data: waitingLabels.slice(0, waits) },
          recent: { shape: [window], data: recent.slice() },
          confusion: { shape: [classes, classes], data: counts.slice() },
        },
      }),
      restore({ data, tensors }) {
        rows = savedCount(data, 'rows');
        nextLook = savedCount(data, 'nextLook');
        waits = savedCount(data, 'waits', waitingLabels.length);
        reference = typeof data['reference'] === 'number' ? data['reference'] : null;
        Object.assign(metrics, data['metrics']);
        reservoir.restore('replay', tensors);
        waiting.set(savedArray(tensors, 'waiting', waits * size));
        waitingLabels.set(savedArray(tensors, 'waitingLabels', waits));
        recent.set(savedArray(tensors, 'recent', window));
        counts.set(savedArray(tensors, 'confusion', counts.length));
        lanes.change(drift.params(rows));
        lanes.refresh();
      },
      // Every row stands for itself: nothing of the past is lost.
      rejoin: () => undefined,
    };
  },
};

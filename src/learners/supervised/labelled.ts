// Learning from labels, whatever their source: minibatches of (row, label), one head's error, and a
// validation set that is never trained on. Imitation and classification differ only in who supplies the rows.
import { type EarlyStopping, freshEarlyStopping, observeValidation } from '../../core/early-stopping.ts';
import type { Batch, Learner, LearnerContext, Metrics, Samples, Words } from '../learner.ts';
import { createReplay, type Replay } from '../replay.ts';
import { savedArray, savedCount } from '../saved.ts';
import { createAnswers } from './answers.ts';
import { noSamples, sampleAnswers } from './samples.ts';

/** Every fifth lane validates: a split made once, and by whole episodes. */
export const validates = (lane: number): boolean => lane % 5 === 4;

/** Rows that are kept where rows keep coming. */
export const recentRows = 8192;
/** Updates between two looks at the validation set; its rows are as many as a minibatch. */
const validateEvery = 8;

export interface Sources {
  readonly train: Replay;
  readonly validation: Replay;
}

/** Where rows come from. */
export interface Gathering {
  /** Rows kept to train on, and a quarter as many to validate with. */
  readonly capacity: number;
  /** Plays one step of the lanes, and pushes rows where rows come from playing. */
  step(sources: Sources, updates: number): void;
  /** Whether there is enough for update number `updates` (from 0). */
  ready(sources: Sources, updates: number): boolean;
  /** At a look at the validation rows: what else it measures. */
  look?(sources: Sources, metrics: Metrics): void;
  snapshot?(): Readonly<Record<string, unknown>>;
  restore?(data: Readonly<Record<string, unknown>>): void;
  /** The lanes were reset without it. */
  rejoin?(): void;
}

/** What is done to a minibatch before it is learned from; validation rows stay as they are. */
export interface Treatment {
  /** Rows of a class count in inverse proportion to how many of it were seen. */
  readonly balanced: boolean;
  /** Changes the first n rows of network.input to others with the same answer. */
  readonly augment: ((n: number) => void) | undefined;
}

export interface LabelledOptions {
  readonly context: LearnerContext;
  readonly head: string;
  readonly minibatch: number;
  readonly budget: number;
  /** Looks at the validation rows without a new best after which the budget counts as spent; 0: never. */
  readonly patience: number;
  readonly gathering: Gathering;
  readonly treatment?: Treatment;
  readonly words: (metrics: Metrics) => Words;
}

export function createLabelled(options: LabelledOptions): Learner {
  const { context, head, minibatch, budget, patience, gathering } = options;
  const { network, normalizer, lanes } = context;
  const { action } = lanes.def;
  const answers = createAnswers(context, head, action);
  const { labelSize } = answers;
  const classNames = action.kind === 'discrete' ? action.names : [];
  const classes = classNames.length;
  const drawing = context.stream('minibatches');
  const sources: Sources = {
    train: createReplay(gathering.capacity, lanes.observationSize, labelSize),
    validation: createReplay(Math.ceil(gathering.capacity / 4), lanes.observationSize, labelSize),
  };
  const labels = new Float32Array(minibatch * labelSize);
  const counts = new Int32Array(classes * classes);
  const metrics: Metrics = { loss: 0 };
  const heads = [head];
  const batch: Batch = { n: minibatch, heads };
  const early = freshEarlyStopping();
  const weights = options.treatment?.balanced ? new Float64Array(classes).fill(1) : undefined;
  let samples: Samples = noSamples(lanes.def.observation.shape);
  /** Running mean of the training loss over about the last twenty minibatches; null before the first. */
  let usualLoss: number | null = null;
  let stopped = false;
  let gathered = false;
  let updates = 0;

  /** Each class as heavy as the next: N / (classes * rows of it). */
  const weigh = (): void => {
    if (!weights) return;
    const rows = sources.train.filled();
    const seen = new Int32Array(classes);
    for (let i = 0; i < rows; i++) {
      const label = sources.train.labels[i]!;
      seen[label] = seen[label]! + 1;
    }
    for (let c = 0; c < classes; c++) weights[c] = seen[c] === 0 ? 1 : rows / (classes * seen[c]!);
  };

  /** Loss, accuracy and confusion on validation rows; forward only. */
  const validate = (): void => {
    if (sources.validation.filled() === 0) return;
    sources.validation.draw(network.input.data, labels, minibatch, drawing);
    normalizer.apply(network.input, minibatch);
    network.forward(minibatch, heads, 'evaluate');
    const { loss, hits } = answers.loss(labels, minibatch, weights);
    metrics['validationLoss'] = loss;
    if (usualLoss !== null) metrics['gap'] = loss - usualLoss;
    if (observeValidation(early, loss, patience)) stopped = true;
    gathering.look?.(sources, metrics);
    if (classes === 0) return;
    metrics['validationAccuracy'] = hits / minibatch;
    // Old answers fade, so that the matrix shows the brain of the last few looks.
    for (let i = 0; i < counts.length; i++) counts[i] = Math.floor(counts[i]! * 0.8);
    for (let k = 0; k < minibatch; k++) {
      const cell = labels[k]! * classes + answers.answer(k);
      counts[cell] = counts[cell]! + 1;
    }
    samples = sampleAnswers(answers, samples.shape, network.input.data, labels, minibatch);
  };

  return {
    nextBatch() {
      if (!gathered || !gathering.ready(sources, updates)) {
        gathering.step(sources, updates);
        gathered = true;
        return undefined;
      }
      if (updates > 0)
        usualLoss = usualLoss === null ? metrics['loss']! : usualLoss + 0.05 * (metrics['loss']! - usualLoss);
      if (updates % validateEvery === 0) {
        weigh();
        validate();
      }
      sources.train.draw(network.input.data, labels, minibatch, drawing);
      options.treatment?.augment?.(minibatch);
      normalizer.apply(network.input, minibatch);
      gathered = false;
      updates++;
      return batch;
    },
    loss() {
      const { loss, hits } = answers.loss(labels, minibatch, weights);
      metrics['loss'] = loss;
      if (classes > 0) metrics['accuracy'] = hits / minibatch;
      return metrics;
    },
    progress: () => (stopped ? Math.max(1, updates / budget) : updates / budget),
    words: () => (stopped ? stoppedEarly(early, patience) : options.words(metrics)),
    view: () =>
      classes > 0
        ? { kind: 'confusion', names: classNames, counts: counts.slice(), samples }
        : { kind: 'none' },
    snapshot: () => ({
      data: {
        gathered,
        updates,
        early: { ...early },
        stopped,
        usualLoss,
        metrics: { ...metrics },
        gathering: gathering.snapshot?.() ?? {},
      },
      tensors: {
        ...sources.train.tensors('train'),
        ...sources.validation.tensors('validation'),
        confusion: { shape: [classes, classes], data: counts.slice() },
        ...(weights && { weights: { shape: [classes], data: weights.slice() } }),
      },
    }),
    restore({ data, tensors }) {
      gathered = data['gathered'] === true;
      updates = savedCount(data, 'updates');
      stopped = data['stopped'] === true;
      Object.assign(early, freshEarlyStopping(), data['early']);
      usualLoss = typeof data['usualLoss'] === 'number' ? data['usualLoss'] : null;
      Object.assign(metrics, data['metrics']);
      gathering.restore?.((data['gathering'] ?? {}) as Readonly<Record<string, unknown>>);
      sources.train.restore('train', tensors);
      sources.validation.restore('validation', tensors);
      counts.set(savedArray(tensors, 'confusion', counts.length));
      weights?.set(savedArray(tensors, 'weights', classes));
    },
    rejoin() {
      gathered = false;
      gathering.rejoin?.();
    },
  };
}

const stoppedEarly = ({ best, waited }: EarlyStopping, patience: number): Words => ({
  mood: 'neutral',
  lead: 'Stopped early.',
  text: `The validation loss has not fallen below ${(best ?? 0).toFixed(3)} for ${Math.max(waited, patience)} looks; more would be learning by heart.`,
});

/** Metrics of supervised learners that are worth a line on the chart. */
export const labelledCharts = {
  validationLoss: 'validation loss',
  gap: 'gap',
  accuracy: 'accuracy',
  validationAccuracy: 'validation accuracy',
} as const;

/** The line in words that both kinds of supervised learning share. */
export function describeLabelled(metrics: Metrics, doing: string): Words {
  const validation = metrics['validationAccuracy'];
  if (validation === undefined && metrics['validationLoss'] !== undefined) return describeNearness(metrics);
  if (validation === undefined)
    return { mood: 'neutral', lead: 'Ready.', text: `${doing} begins with the first rows.` };
  const percent = Math.round(validation * 100);
  const gap = metrics['accuracy']! - validation;
  if (gap > 0.15) {
    return {
      mood: 'bad',
      lead: 'Overfitting.',
      text: `right on ${Math.round(metrics['accuracy']! * 100)} % of the rows it learns from, on ${percent} % of rows it never saw.`,
    };
  }
  const mood = validation > 0.95 ? 'good' : 'neutral';
  return {
    mood,
    lead: validation > 0.95 ? 'Learned.' : 'Learning.',
    text: `it gives the teacher's answer on ${percent} % of rows it never saw.`,
  };
}

/** Where answers are numbers on axes from -1 to 1: the typical distance from the teacher's, in shares of an axis. */
function describeNearness(metrics: Metrics): Words {
  const [seen, unseen] = [metrics['loss']!, metrics['validationLoss']!].map(
    (square) => Math.sqrt(square) / 2,
  );
  const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
  if (unseen! > 0.05 && unseen! > 2 * seen!) {
    return {
      mood: 'bad',
      lead: 'Overfitting.',
      text: `off by ${percent(seen!)} of the range on the rows it learns from, by ${percent(unseen!)} on rows it never saw.`,
    };
  }
  return {
    mood: unseen! < 0.03 ? 'good' : 'neutral',
    lead: unseen! < 0.03 ? 'Learned.' : 'Learning.',
    text: `its answer is typically ${percent(unseen!)} of the range off the teacher's, on rows it never saw.`,
  };
}

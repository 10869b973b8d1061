// Autoencoder (Hinton & Salakhutdinov 2006): the trunk's features are squeezed through a narrow code and a
// decoder must rebuild from it what the trunk was shown, L = mean (decoder(code(trunk(x))) - x)^2.
// It asks the world for nothing but to be looked at.
import { sizeOf } from '../../core/arena.ts';
import type { LayerSpec } from '../../core/layers/registry.ts';
import { meanSquaredError } from '../../core/losses.ts';
import { createActing } from '../behaviour.ts';
import { budgetKnob, learningRateKnob, minibatchKnob, scheduleFloor, scheduleKnob } from '../budget-knobs.ts';
import type { Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { createReplay } from '../replay.ts';
import { savedNumber } from '../saved.ts';

export type AutoencoderKnobs = Readonly<{
  code: number;
  learningRate: number;
  schedule: string;
  budget: number;
  minibatch: number;
}>;

const head = 'decoder';
const heads = [head];
const capacity = 8192;
/** Pairs shown to a person. */
const shown = 8;

const linear = { scheme: 'orthogonal', gain: 1 } as const;

export const autoencoder: LearnerDef<AutoencoderKnobs> = {
  id: 'autoencoder',
  paradigm: 'unsupervised',
  title: 'Autoencoder',
  summary: 'Learns to rebuild what it sees from a few numbers, with nobody telling it anything.',
  paper: 'Hinton & Salakhutdinov 2006',
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
    learningRate: learningRateKnob(1e-3),
    schedule: scheduleKnob('constant'),
    budget: budgetKnob(5000, 'updates'),
    minibatch: minibatchKnob(128),
  },
  charted: { explained: 'share rebuilt' },
  unfit: () => undefined,
  heads(world, knobs): Record<string, readonly LayerSpec[]> {
    const rebuilt: LayerSpec = {
      kind: 'dense',
      name: 'output',
      units: sizeOf(world.observation.shape),
      init: linear,
    };
    const code: LayerSpec = { kind: 'dense', name: 'code', units: knobs.code, init: linear };
    // Frames live between 0 and 1, and so does a sigmoid.
    const squash: LayerSpec = { kind: 'activation', name: 'pixels', activation: 'sigmoid' };
    return { [head]: world.observation.shape.length === 3 ? [code, rebuilt, squash] : [code, rebuilt] };
  },
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: (knobs) => ({
    kind: 'adam',
    rate: knobs.learningRate,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    clip: 1,
  }),
  schedule: (knobs) => ({ kind: knobs.schedule as 'constant', floor: scheduleFloor }),
  create,
};

function create(context: LearnerContext, knobs: AutoencoderKnobs): Learner {
  const { network, normalizer, lanes } = context;
  const size = lanes.observationSize;
  const { minibatch } = knobs;
  const drawing = context.stream('minibatches');
  const act = createActing(context, 'policy');
  const replay = createReplay(capacity, size);
  const unused = new Int32Array(minibatch);
  const metrics: Metrics = { loss: 0 };
  const batch = { n: minibatch, heads };
  const warmup = lanes.count * 8;
  let gathered = false;
  let updates = 0;

  const gather = (): void => {
    for (let i = 0; i < lanes.count; i++) replay.push(lanes.observations, i * size, 0);
    normalizer.observe(lanes.observations, lanes.count);
    act();
    gathered = true;
  };

  return {
    nextBatch() {
      if (!gathered || replay.filled() < warmup) {
        gather();
        return undefined;
      }
      replay.draw(network.input.data, unused, minibatch, drawing);
      normalizer.apply(network.input, minibatch);
      gathered = false;
      updates++;
      return batch;
    },
    loss() {
      // The input doubles as the target: what the trunk saw, normalised as it saw it.
      const target = network.input.data;
      const output = network.output(head).data;
      const loss = meanSquaredError(network.outputGrad(head).data, output, target, minibatch * size);
      metrics['loss'] = loss;
      metrics['explained'] = 1 - loss / Math.max(variance(target, minibatch, size), 1e-12);
      return metrics;
    },
    progress: () => updates / knobs.budget,
    words() {
      const explained = metrics['explained'];
      if (explained === undefined) {
        return {
          mood: 'neutral',
          lead: 'Ready.',
          text: 'it will look at what the lanes do and try to rebuild it.',
        };
      }
      const percent = Math.max(0, Math.floor(explained * 100));
      const squeeze = `${size} numbers through ${knobs.code}`;
      if (explained > 0.95)
        return { mood: 'good', lead: 'Seen.', text: `it rebuilds ${percent} % of what varies, ${squeeze}.` };
      return {
        mood: 'neutral',
        lead: 'Looking.',
        text: `it rebuilds ${percent} % of what varies, ${squeeze}.`,
      };
    },
    view() {
      const count = Math.min(shown, lanes.count);
      network.input.data.set(lanes.observations.subarray(0, count * size));
      normalizer.apply(network.input, count);
      network.forward(count, heads, 'evaluate');
      return {
        kind: 'reconstruction',
        shape: lanes.def.observation.shape,
        names: lanes.def.observation.names,
        inputs: network.input.data.slice(0, count * size),
        outputs: network.output(head).data.slice(0, count * size),
        count,
      };
    },
    snapshot: () => ({
      data: { gathered, updates, metrics: { ...metrics } },
      tensors: replay.tensors('seen'),
    }),
    restore({ data, tensors }) {
      gathered = data['gathered'] === true;
      updates = savedNumber(data, 'updates');
      Object.assign(metrics, data['metrics']);
      replay.restore('seen', tensors);
    },
    rejoin() {
      gathered = false;
    },
  };
}

/** Mean over columns of each column's variance in the batch: the loss of always guessing the mean. */
function variance(rows: Float32Array, n: number, size: number): number {
  let total = 0;
  for (let j = 0; j < size; j++) {
    let [sum, squares] = [0, 0];
    for (let r = 0; r < n; r++) {
      const x = rows[r * size + j]!;
      sum += x;
      squares += x * x;
    }
    total += squares / n - (sum / n) ** 2;
  }
  return total / size;
}

// Autoencoder (Hinton & Salakhutdinov 2006): the trunk's features are squeezed through a narrow code and a
// decoder must rebuild from it what the trunk was shown, L = mean (decoder(code(trunk(x))) - x)^2.
// It asks the world for nothing but to be looked at.
import { sizeOf } from '../../core/arena.ts';
import type { LayerSpec } from '../../core/layers/registry.ts';
import { meanSquaredError } from '../../core/losses/mean-squared-error.ts';
import {
  budgetKnob,
  minibatchKnob,
  type OptimizerKnobs,
  optimizerFrom,
  optimizerKnobs,
  scheduleFrom,
} from '../budget-knobs.ts';
import type { Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { createLooking, spread } from './looking.ts';

export type AutoencoderKnobs = OptimizerKnobs &
  Readonly<{
    code: number;
    budget: number;
    minibatch: number;
  }>;

const head = 'decoder';
const heads = [head];
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
    ...optimizerKnobs(1e-3),
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
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create,
};

function create(context: LearnerContext, knobs: AutoencoderKnobs): Learner {
  const { network, lanes } = context;
  const size = lanes.observationSize;
  const { minibatch } = knobs;
  const looking = createLooking(context, lanes.count * 8);
  const metrics: Metrics = { loss: 0 };
  const batch = { n: minibatch, heads };

  return {
    nextBatch: () => (looking.draw(minibatch) ? batch : undefined),
    loss() {
      // The input doubles as the target: what the trunk saw, normalised as it saw it.
      const target = network.input.data;
      const output = network.output(head).data;
      const loss = meanSquaredError(network.outputGrad(head).data, output, target, minibatch * size);
      metrics['loss'] = loss;
      metrics['explained'] = 1 - (loss * size) / Math.max(spread(target, minibatch, size), 1e-9);
      return metrics;
    },
    progress: () => looking.updates / knobs.budget,
    words() {
      const explained = metrics['explained'];
      if (explained === undefined) {
        const text = 'It will look at what the lanes do and try to rebuild it.';
        return { mood: 'neutral', lead: 'Ready.', text };
      }
      const percent = Math.max(0, Math.floor(explained * 100));
      const text = `It rebuilds ${percent} % of what varies, ${size} numbers through ${knobs.code}.`;
      return explained > 0.95
        ? { mood: 'good', lead: 'Seen.', text }
        : { mood: 'neutral', lead: 'Looking.', text };
    },
    view() {
      const count = Math.min(shown, lanes.count);
      looking.show(lanes.observations, count);
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
    snapshot: () => looking.snapshot(metrics),
    restore: (state) => looking.restore(state, metrics),
    rejoin: looking.rejoin,
  };
}

// What autoencoders make of Breakout's frames when every game begins somewhere else (scrambled starts), so that hardly one comes
// twice. Measured on frames of lanes of their own, which no learner saw.
import { createLanes } from '../../../envs/vectorize.ts';
import type { KnobValues } from '../../core/knobs.ts';
import { createRandom } from '../../core/random.ts';
import { anyAction } from '../../learners/policy.ts';
import { createSession, type Session } from '../../training/session.ts';
import { kernels, runToEnd } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

const tested = 2048;
/** Rows of one forward pass. */
const atOnce = 64;

/** [tested, size] frames of random play that no run ever draws from. */
function freshFrames({ world, params }: Session, seed: number): Float32Array {
  const lanes = createLanes(world, params, atOnce);
  const random = createRandom(`frames to measure on ${seed}`);
  lanes.resetAll(random.fork('lanes'));
  const size = lanes.observationSize;
  const frames = new Float32Array(tested * size);
  const actions = new Float32Array(lanes.count * lanes.actionSize);
  for (let at = 0; at < tested; at += lanes.count) {
    frames.set(lanes.observations, at * size);
    // A few steps apart, so that one game's frames are not all alike.
    for (let step = 0; step < 3; step++) {
      for (let i = 0; i < lanes.count; i++) anyAction(world.action, actions, i * lanes.actionSize, random);
      lanes.step(actions);
    }
  }
  return frames;
}

/** Percent of frames that come back exactly. */
function exactPercent({ brain }: Session, head: string, frames: Float32Array): number {
  const { network } = brain;
  const size = frames.length / tested;
  let exact = 0;
  for (let at = 0; at < tested; at += atOnce) {
    network.input.data.set(frames.subarray(at * size, (at + atOnce) * size));
    network.forward(atOnce, [head], 'evaluate');
    const rebuilt = network.output(head).data;
    for (let r = 0; r < atOnce; r++) {
      let same = true;
      for (let i = 0; i < size && same; i++)
        same = rebuilt[r * size + i]! > 0.5 === (frames[(at + r) * size + i] === 1);
      if (same) exact++;
    }
  }
  return (100 * exact) / tested;
}

async function trained(learner: string, knobs: KnobValues, seed: number): Promise<Session> {
  const session = createSession(
    {
      world: 'breakout',
      params: { scramble: 1 },
      learner,
      knobs,
      brain: { hidden: [256], activation: 'relu', settings: { filters: 0 } },
      lanes: 64,
      seed,
    },
    await kernels(),
  );
  runToEnd(session, undefined, undefined);
  return session;
}

async function measureRepresentation(seed: number): Promise<Numbers> {
  const numbers: Record<string, number> = {};
  const plain = await trained('autoencoder', { code: 64 }, seed);
  const frames = freshFrames(plain, seed);
  numbers['frames exact through 64 numbers, %'] = exactPercent(plain, 'decoder', frames);
  numbers['their loss, nats'] = plain.metrics['heldOutLoss']!;
  numbers['independent pixels, nats'] = plain.metrics['baselineLoss']!;
  for (const beta of [1, 4]) {
    const { metrics } = await trained('variational', { code: 32, beta }, seed);
    numbers[`VAE of 32 latents, beta ${beta}: -ELBO, nats`] = -metrics['elbo']!;
    numbers[`VAE of 32 latents, beta ${beta}: of it KL, nats`] = metrics['kl']!;
    numbers[`VAE of 32 latents, beta ${beta}: active units`] = metrics['active']!;
  }
  return numbers;
}

export const representation: Measurement = {
  id: 'representation',
  title: 'Breakout with scrambled starts: frames that were never learned from.',
  seeds: 3,
  aims: {
    'frames exact through 64 numbers, %': '>= 95',
    'VAE of 32 latents, beta 1: -ELBO, nats': 'less than independent pixels',
    'VAE of 32 latents, beta 4: active units': 'about 1',
  },
  measure: measureRepresentation,
};

// Knob values that work better in a certain world than the learner's own defaults. Found by measuring; only
// what differs is listed.
import type { KnobValues } from '../core/knobs.ts';

const recommended: Readonly<Record<string, Readonly<Record<string, KnobValues>>>> = {
  // Four numbers through sixteen would be no squeeze.
  cartpole: { autoencoder: { code: 2 } },
  breakout: {
    ppo: {
      budget: 2_000_000,
      learningRate: 5e-3,
      horizon: 128,
      epochs: 4,
      minibatch: 1024,
      clip: 0.2,
      // With 0.01 one seed in seven stayed on the first bricks for good.
      entropy: 0.03,
      critic: 'apart',
    },
    autoencoder: { code: 64 },
  },
  digits: {
    ppo: {
      budget: 200_000,
      epochs: 4,
      discount: 0.5,
      lambda: 0.5,
      clip: 0.2,
      horizon: 16,
    },
    autoencoder: { code: 32 },
    kmeans: { clusters: 10 },
  },
  // Every item is decided by itself, so nothing is gained by looking far ahead.
  mailroom: {
    ppo: { epochs: 4, discount: 0.5, lambda: 0.5, horizon: 16 },
    autoencoder: { code: 32 },
    // What it finds are the ten templates, which words go together, not whose words they are; a few to spare find them all.
    kmeans: { clusters: 16 },
  },
  clinic: {
    ppo: { budget: 200_000, discount: 0.5, lambda: 0.5 },
    autoencoder: { code: 5 },
    kmeans: { clusters: 2 },
  },
  shop: {
    ppo: { epochs: 4, discount: 0.5, lambda: 0.5, horizon: 16 },
    autoencoder: { code: 6 },
    // Two more than there are segments: with six, two centres may share one segment and none is left for another.
    kmeans: { clusters: 8 },
  },
};

export const recommendedKnobs = (world: string, learner: string): KnobValues =>
  recommended[world]?.[learner] ?? {};

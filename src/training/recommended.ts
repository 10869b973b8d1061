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
  points: {
    // Spirals of 1.5 windings at 8 to 12 thousand points, of 2.5 at 70 thousand.
    classification: { learningRate: 0.01, minibatch: 256, budget: 1500 },
    // Every point stands alone: nothing done now changes what comes.
    ppo: {
      budget: 100_000,
      learningRate: 0.01,
      discount: 0,
      lambda: 0,
      horizon: 16,
      epochs: 4,
      clip: 0.2,
    },
    // Two numbers through two would be no squeeze.
    autoencoder: { code: 1 },
  },
  heights: {
    imitation: { learningRate: 0.01, minibatch: 256, budget: 1500, schedule: 'cosine' },
    ppo: { budget: 150_000, discount: 0, lambda: 0, learningRate: 3e-3, horizon: 16, epochs: 4, clip: 0.2 },
    autoencoder: { code: 1 },
  },
  pong: {
    // 21 to 0 from about half a million steps on; with the critic on the trunk, one seed of two had it in a million.
    ppo: {
      budget: 1_000_000,
      learningRate: 4e-3,
      horizon: 128,
      epochs: 4,
      minibatch: 1024,
      discount: 0.98,
      clip: 0.2,
      critic: 'apart',
    },
    imitation: { budget: 8000, schedule: 'cosine' },
  },
};

export const recommendedKnobs = (world: string, learner: string): KnobValues =>
  recommended[world]?.[learner] ?? {};

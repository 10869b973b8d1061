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
  // With 5e-3 and more entropy both stayed below their thresholds in a million steps.
  asterix: {
    ppo: {
      // After one million it averages 2.0, still rising: the network has to learn to read the trails first.
      budget: 3_000_000,
      learningRate: 2e-3,
      horizon: 128,
      epochs: 4,
      minibatch: 1024,
      clip: 0.2,
      entropy: 0.01,
      critic: 'apart',
    },
    autoencoder: { code: 64 },
  },
  seaquest: {
    ppo: {
      budget: 1_000_000,
      learningRate: 2e-3,
      horizon: 128,
      epochs: 4,
      minibatch: 1024,
      clip: 0.2,
      entropy: 0.01,
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
};

export const recommendedKnobs = (world: string, learner: string): KnobValues =>
  recommended[world]?.[learner] ?? {};

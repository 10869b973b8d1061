// What works better in a certain world than the usual: another way of learning to begin with, other numbers of it, more or fewer
// lanes. Found by measuring; only what differs is listed.
import type { KnobValues } from '../core/knobs.ts';

/** PPO on frames of few cells, after purejaxrl's settings. */
const arcade: KnobValues = {
  budget: 2_000_000,
  learningRate: 5e-3,
  horizon: 128,
  epochs: 4,
  minibatch: 1024,
  clip: 0.2,
  entropy: 0.01,
  critic: 'apart',
};

const recommended: Readonly<Record<string, Readonly<Record<string, KnobValues>>>> = {
  // Four numbers through sixteen would be no squeeze.
  cartpole: { autoencoder: { code: 2 }, variational: { code: 4 } },
  breakout: {
    // With an entropy bonus of 0.01 one seed in seven stayed on the first bricks for good, with 0.03 one in four under 15.
    ppo: { ...arcade, entropy: 0.06 },
    autoencoder: { code: 64, decoderUnits: 256 },
    variational: { code: 32, decoderUnits: 256 },
    // 99 % of the frames after 800 updates; more would be waiting.
    prediction: { budget: 1500 },
  },
  // Two seeds: 200 points after 195,000 and 315,000 steps, 284 and 274 at the end.
  lander: {
    ppo: {
      budget: 1_000_000,
      horizon: 128,
      epochs: 4,
      minibatch: 512,
      clip: 0.2,
      // A landing pays some hundreds of steps after what led to it.
      discount: 0.999,
      lambda: 0.98,
      critic: 'apart',
    },
  },
  // These four start from rl-zoo's tuned settings, which do with few lanes.
  mountaincar: {
    ppo: {
      budget: 1_000_000,
      horizon: 16,
      minibatch: 64,
      epochs: 4,
      lambda: 0.98,
      clip: 0.2,
      entropy: 0,
    },
    autoencoder: { code: 1 },
  },
  'mountaincar-continuous': {
    ppo: {
      budget: 100_000,
      horizon: 128,
      discount: 0.999,
      clip: 0.2,
      entropy: 0,
      // Without it the goal is never found, and standing still is the best there is.
      persistence: 0.95,
    },
    autoencoder: { code: 1 },
  },
  acrobot: {
    ppo: {
      budget: 1_000_000,
      horizon: 256,
      minibatch: 128,
      epochs: 4,
      lambda: 0.94,
      clip: 0.2,
      entropy: 0,
    },
    autoencoder: { code: 3 },
  },
  pendulum: {
    // Ten seeds of ten at -170 or better; with rl-zoo's discount of 0.9 and a rate of 0.001 five of them at -180.
    ppo: {
      learningRate: 7e-4,
      horizon: 512,
      minibatch: 64,
      discount: 0.95,
      clip: 0.2,
      entropy: 0,
      // More falls apart late; none takes half as long again.
      persistence: 0.3,
    },
    autoencoder: { code: 2 },
  },
  invaders: {
    ppo: arcade,
    autoencoder: { code: 64 },
  },
  freeway: {
    // Three seeds, by gymnax's rules: half the usual rate crosses 39 to 46 times in a game after the budget, the usual one 35 or 36.
    ppo: { ...arcade, learningRate: 2.5e-3 },
    autoencoder: { code: 64 },
  },
  asterix: {
    // With an entropy bonus of 0.01 three seeds of four end under 3 gold, with 0.05 none, with 0.12 three again.
    ppo: { ...arcade, learningRate: 2e-3, entropy: 0.05 },
    autoencoder: { code: 64 },
  },
  seaquest: {
    ppo: { ...arcade, learningRate: 2e-3 },
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
    online: { learningRate: 3e-3 },
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
  // Few things to learn and many looks at each: short rollouts, quick steps.
  grid: {
    ppo: { learningRate: 3e-3, epochs: 4, clip: 0.2, horizon: 16 },
  },
  snake: {
    ppo: { budget: 1_000_000, learningRate: 3e-3, epochs: 4, clip: 0.2, horizon: 64, minibatch: 1024 },
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
  // The plain settings get there too, in about twice the steps.
  driver: {
    ppo: { budget: 150_000, discount: 0.98, clip: 0.2, entropy: 0, critic: 'apart' },
  },
  // Every item is decided by itself, so nothing is gained by looking far ahead.
  mailroom: {
    ppo: { epochs: 4, discount: 0.5, lambda: 0.5, horizon: 16 },
    autoencoder: { code: 32 },
    // What it finds are the ten templates, which words go together, not whose words they are; a few to spare find them all.
    kmeans: { clusters: 16 },
  },
  clinic: {
    // Within one per cent of the Bayes rate on every seed tried; the usual numbers miss it on one of five.
    classification: { budget: 6000, minibatch: 512, schedule: 'cosine' },
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

/** The way of learning a newcomer is shown first. */
const firstLearner: Readonly<Record<string, string>> = {
  digits: 'classification',
  fewshot: 'classification',
  mailroom: 'classification',
  clinic: 'classification',
  shop: 'classification',
  points: 'classification',
  heights: 'imitation',
};

/** World -> learner -> lanes. */
const lanes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  mountaincar: { ppo: 16 },
  'mountaincar-continuous': { ppo: 16 },
  acrobot: { ppo: 16 },
  pendulum: { ppo: 4 },
};

/** Whole episodes are many steps of a lane: few lanes then. */
const usualLanes: Readonly<Record<string, number>> = { reinforce: 4 };

export const recommendedLearner = (world: string): string => firstLearner[world] ?? 'ppo';

export const recommendedLanes = (world: string, learner: string): number =>
  lanes[world]?.[learner] ?? usualLanes[learner] ?? 64;

export const recommendedKnobs = (world: string, learner: string): KnobValues =>
  recommended[world]?.[learner] ?? {};

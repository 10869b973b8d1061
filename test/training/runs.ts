// Small runs for tests: every learner with a world that it fits, quick enough to run many of.
import type { WorldShape } from '../../envs/environment.ts';
import { isContinuous, shapeOfWorld } from '../../envs/environment.ts';
import { environments } from '../../envs/registry.ts';
import type { KernelFactory } from '../../src/core/kernels.ts';
import type { KnobValues } from '../../src/core/knobs.ts';
import { learnerById, learners } from '../../src/learners/registry.ts';
import type { Card } from '../../src/models/card.ts';
import { defaultRecipe, type Recipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { encodeRun } from '../../src/training/snapshot.ts';

export interface Pair {
  readonly world: string;
  readonly learner: string;
  /** Observations that the brain remembers; velocities are hidden from it. */
  readonly memory?: number;
  /** What the world rules out cannot be chosen. */
  readonly masked?: true;
}

const fits = (learner: (typeof learners)[number], world: WorldShape): boolean =>
  learner.unfit(world) === undefined;

/** Every learner in the first world that it fits and in the first world of frames; who acts, in one of numbers, too. */
export const pairs: readonly Pair[] = learners.flatMap((learner) => {
  const worlds = environments.filter((world) => fits(learner, shapeOfWorld(world)));
  const ofFrames = worlds.filter((world) => world.observation.shape.length === 3);
  const frames = ofFrames.find((world) => world.labelled) ?? ofFrames[0];
  const numbers = learner.acts === undefined ? undefined : worlds.find(isContinuous);
  const chosen = new Set([worlds[0], frames, numbers].flatMap((world) => (world ? [world.id] : [])));
  return [...chosen].map((world) => ({ world, learner: learner.id }));
});

/** The ways that use a brain with memory each in a way of its own: by reward, by example, with nothing told. */
export const remembering: readonly Pair[] = ['ppo', 'a2c', 'imitation', 'autoencoder'].map((learner) => ({
  world: 'cartpole',
  learner,
  memory: 3,
}));

/** Draws, log-probabilities and entropy pass through a mask. */
export const masked: readonly Pair[] = [{ world: 'grid', learner: 'ppo', masked: true }];

export const titleOf = ({ world, learner, memory, masked: masks }: Pair): string =>
  `${learner} in ${world}${memory === undefined ? '' : ` with a memory of ${memory}`}${masks ? ' with masks' : ''}`;

/** What else a learner needs so that a few dozen updates show all that it does. */
const smallKnobs: Readonly<Record<string, KnobValues>> = {
  ppo: { horizon: 8 },
  curious: { horizon: 8 },
  // These learn from all that they played at once.
  a2c: { horizon: 3 },
  reinforce: { horizon: 3, valueUpdates: 4 },
  autoencoder: { decoderUnits: 12 },
  variational: { decoderUnits: 12 },
  // The world drifts all through the runs that are stopped half-way.
  online: { newest: 16, replay: 100, after: 100, over: 2000 },
  prediction: { channels: 2, minibatch: 4 },
  // Groups come soon, so that their loss is tested, too.
  'deep-clustering': { pretraining: 3, interval: 4 },
  // A round every 20 updates; in the few before the gradient is checked, its head has to grow beyond rounding.
  dagger: { learningRate: 0.01, budget: 100, rounds: 4, perRound: 2, episodes: 2 },
};

export const smallRecipe = ({ world, learner, memory, masked: masks }: Pair, seed = 7): Recipe => {
  const recipe = defaultRecipe(world, learner);
  const minibatch = Object.hasOwn(learnerById(learner).knobs, 'minibatch') ? { minibatch: 32 } : {};
  return {
    ...recipe,
    seed,
    lanes: 10,
    knobs: { ...minibatch, ...smallKnobs[learner] },
    brain: { ...recipe.brain, hidden: [12, 12] },
    ...(masks && { params: { mask: 1 } }),
    ...(memory && {
      params: { velocities: 'hidden' },
      brain: { ...recipe.brain, hidden: [12], settings: { memory, memoryUnits: 8 } },
    }),
  };
};

export const trainTo = (session: Session, updates: number): void => {
  while (session.updates < updates) session.tick();
};

/** A run as a file, with nothing in it that depends on when it was written. */
export function fileOf(session: Session): Uint8Array {
  const card: Card = {
    format: 'relearn',
    version: 1,
    title: 'test',
    world: session.recipe.world,
    params: {},
    learner: session.recipe.learner,
    knobs: session.recipe.knobs,
    brain: session.recipe.brain,
    lanes: session.recipe.lanes,
    seed: session.recipe.seed,
    updates: session.updates,
    steps: session.steps,
    seconds: 0,
    score: null,
    fingerprint: '0'.repeat(64),
    savedAt: '2026-01-01T00:00:00Z',
    parent: null,
    command: null,
  };
  return encodeRun(session.snapshot(), card);
}

export const smallSession = (pair: Pair, kernels: KernelFactory, seed = 7): Session =>
  createSession(smallRecipe(pair, seed), kernels);

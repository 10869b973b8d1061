// A recipe is everything that decides a run: the same recipe gives the same weights everywhere. Plain JSON.
import {
  canRemember,
  configured,
  type EnvironmentDef,
  remembering,
  shapeOfWorld,
  type WorldParams,
} from '../../envs/environment.ts';
import { environmentById } from '../../envs/registry.ts';
import { worldParams } from '../../envs/vectorize.ts';
import { activationCode } from '../core/kernels/contract/activations.ts';
import { type KnobValues, resolveKnobs } from '../core/knobs.ts';
import { learnerById } from '../learners/registry.ts';
import { type BrainConfig, brainSettings, defaultBrain } from '../learners/trunk.ts';
import { recommendedKnobs, recommendedLanes, recommendedLearner } from './recommended.ts';

export type { BrainConfig };

export interface Recipe {
  readonly world: string;
  /** Only what differs from the world's own settings. */
  readonly params: KnobValues;
  readonly learner: string;
  /** Only what differs from the defaults (`knobsFor`). */
  readonly knobs: KnobValues;
  readonly brain: BrainConfig;
  readonly lanes: number;
  readonly seed: number;
}

export const limits = {
  lanes: { min: 1, max: 1024 },
  seed: { min: 0, max: 2 ** 32 - 1 },
  layers: { min: 0, max: 16 },
  units: { min: 1, max: 1024 },
} as const;

/** A learner's knob values in a world: its defaults, what is recommended there, then `given`. Throws a sentence. */
export function knobsFor(
  world: string,
  learner: string,
  given: Readonly<Record<string, unknown>> = {},
): KnobValues {
  const def = learnerById(learner);
  return resolveKnobs(def.knobs, { ...recommendedKnobs(world, learner), ...given }, def.title);
}

/** The recipe a newcomer gets for a world and a learner. */
export function defaultRecipe(world = 'cartpole', learner = recommendedLearner(world)): Recipe {
  return {
    world,
    params: {},
    learner,
    knobs: {},
    brain: defaultBrain(shapeOfWorld(environmentById(world))),
    lanes: recommendedLanes(world, learner),
    seed: 4,
  };
}

/** The world as its settings make it, for a brain: one with memory sees its last few observations, where `checkMemory` allows it. */
export function worldFor(def: EnvironmentDef, params: WorldParams, brain: BrainConfig): EnvironmentDef {
  const made = configured(def, params);
  return canRemember(made) ? remembering(made, brainSettings(brain).memory) : made;
}

const whole = (name: string, value: unknown, { min, max }: { min: number; max: number }): void => {
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
    throw new Error(`${name} is ${JSON.stringify(value)}; it must be a whole number from ${min} to ${max}.`);
  }
};

/** Checks a recipe from anywhere (a link, a file, a form); throws one sentence with the offending value. */
export function checkRecipe(recipe: Recipe): void {
  const world = environmentById(recipe.world);
  const learner = learnerById(recipe.learner);
  const unfit = learner.unfit(shapeOfWorld(world));
  if (unfit) throw new Error(`${learner.title} does not fit ${world.title}: ${unfit}.`);
  worldParams(world, recipe.params);
  knobsFor(recipe.world, recipe.learner, recipe.knobs);
  whole('lanes', recipe.lanes, limits.lanes);
  whole('seed', recipe.seed, limits.seed);
  checkBrain(recipe.brain);
  checkMemory(configured(world, worldParams(world, recipe.params)), recipe.brain);
}

/** Throws one sentence where a world is not one to be remembered by this brain. */
export function checkMemory(world: EnvironmentDef, brain: BrainConfig): void {
  const { memory } = brainSettings(brain);
  if (memory === 0 || canRemember(world)) return;
  const shown = world.labelled
    ? 'examples that have nothing to do with each other'
    : world.observation.shape.length === 3
      ? 'frames'
      : 'a list of things';
  throw new Error(
    `memory is ${memory}, but ${world.title} shows ${shown}; it must be 0 where what is seen is not a row of numbers that leads to the next.`,
  );
}

/** Checks a brain from anywhere; throws one sentence with the offending value. */
export function checkBrain(brain: BrainConfig): void {
  const { hidden, activation } = brain;
  if (!Array.isArray(hidden))
    throw new Error(`brain is ${JSON.stringify(hidden)}; it must be a list of layer sizes.`);
  whole('number of hidden layers', hidden.length, limits.layers);
  for (const units of hidden) whole('units of a hidden layer', units, limits.units);
  brainSettings(brain);
  if (!Object.hasOwn(activationCode, activation)) {
    throw new Error(
      `activation is ${JSON.stringify(activation)}; allowed: ${Object.keys(activationCode).join(', ')}.`,
    );
  }
}

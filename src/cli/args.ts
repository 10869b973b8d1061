// Reading a command line into a recipe: every sentence it can fail with names the offending word.
import { parseArgs } from 'node:util';
import { shapeOfWorld } from '../../envs/environment.ts';
import { environmentById } from '../../envs/registry.ts';
import type { Activation } from '../core/kernels/contract/activations.ts';
import type { KnobValue } from '../core/knobs.ts';
import { learnerById } from '../learners/registry.ts';
import { brainKnobs, defaultBrain } from '../learners/trunk.ts';
import { checkRecipe, defaultRecipe, type Recipe } from '../training/recipe.ts';
import { recommendedLearner } from '../training/recommended.ts';

export const options = {
  world: { type: 'string', help: 'which world to play' },
  learner: { type: 'string', help: 'which way of learning' },
  seed: { type: 'string', help: 'whole number that decides everything random' },
  lanes: { type: 'string', help: 'games played side by side' },
  hidden: { type: 'string', help: "units of the trunk's dense layers, such as 64,64" },
  activation: { type: 'string', help: 'relu, tanh, sigmoid, linear and others (an unknown one lists them)' },
  set: {
    type: 'string',
    multiple: true,
    help: 'name=value of a world, learner or brain setting (see below); may be repeated',
  },
  from: { type: 'string', help: 'a model file to start from (transfer)' },
  rival: {
    type: 'string',
    help: 'the model file to play against, in a world whose opponent is a saved agent',
  },
  teacher: {
    type: 'string',
    help: "the model file to learn from, with --set teacher='saved agent'",
  },
  resume: { type: 'string', help: 'a run file to go on with, exactly where it stopped' },
  fresh: { type: 'string', help: 'layers of --from to begin anew, such as policy,value' },
  freeze: { type: 'string', help: 'layers that never change, such as trunk' },
  updates: {
    type: 'string',
    help: 'stop after this many updates in all (default: when the budget is spent)',
  },
  episodes: { type: 'string', help: 'episodes of the final evaluation (default 100)' },
  sampled: { type: 'boolean', help: 'evaluate with actions drawn from the policy instead of the likeliest' },
  jobs: { type: 'string', help: 'how many runs at a time, for scores (default 2)' },
  seeds: { type: 'string', help: 'how many seeds a comparison or benchmark runs over' },
  out: { type: 'string', help: 'file to write the run to' },
  json: { type: 'boolean', help: 'print one JSON object as the last line' },
  help: { type: 'boolean', help: 'this text' },
} as const;

type Options = typeof options;
export type Flags = {
  [K in keyof Options]?: K extends 'set' ? string[] : Options[K]['type'] extends 'boolean' ? boolean : string;
};

export interface CommandLine {
  readonly command: string | undefined;
  readonly files: readonly string[];
  readonly flags: Flags;
}

export function readCommandLine(words: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
  const [command, ...files] = positionals;
  return { command, files, flags: values as Flags };
}

export function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${name} is "${text}"; it must be a whole number, 0 or more.`);
  return value;
}

export const list = (text: string | undefined): string[] =>
  text ? text.split(',').map((word) => word.trim()) : [];

/** The recipe that the flags describe, over `base` (a model's own recipe) where there is one. */
export function recipeFrom(flags: Flags, base?: Recipe): Recipe {
  const world = flags.world ?? base?.world ?? 'cartpole';
  const learner = flags.learner ?? base?.learner ?? recommendedLearner(world);
  const start = base ?? defaultRecipe(world, learner);
  const def = environmentById(world);
  const knobs = learnerById(learner).knobs;
  const params: Record<string, KnobValue> = { ...(base?.world === world ? base.params : {}) };
  const chosen: Record<string, KnobValue> = { ...(base?.learner === learner ? base.knobs : {}) };
  const own = base?.world === world ? start.brain : defaultBrain(shapeOfWorld(def));
  const settings: Record<string, KnobValue> = { ...own.settings };
  for (const assignment of flags.set ?? []) {
    const [name = '', text] = assignment.split('=');
    if (text === undefined) throw new Error(`--set "${assignment}" has no value; write name=value.`);
    const value = text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
    if (Object.hasOwn(def.params, name)) params[name] = value;
    else if (Object.hasOwn(knobs, name)) chosen[name] = value;
    else if (Object.hasOwn(brainKnobs, name)) settings[name] = value;
    else {
      const known = [...Object.keys(def.params), ...Object.keys(knobs), ...Object.keys(brainKnobs)].join(
        ', ',
      );
      throw new Error(
        `--set "${name}": ${def.title}, ${learner} and the brain have no such setting; they have ${known}.`,
      );
    }
  }
  const recipe: Recipe = {
    world,
    params,
    learner,
    knobs: chosen,
    brain: {
      hidden: flags.hidden === undefined ? own.hidden : list(flags.hidden).map(Number),
      activation: (flags.activation as Activation | undefined) ?? own.activation,
      ...(Object.keys(settings).length > 0 ? { settings } : {}),
    },
    lanes: wholeNumber('lanes', flags.lanes, start.lanes),
    seed: wholeNumber('seed', flags.seed, start.seed),
  };
  checkRecipe(recipe);
  return recipe;
}

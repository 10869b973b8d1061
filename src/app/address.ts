// The whole recipe in the address bar and back. Pure: it touches no window. Only what differs from the
// defaults is written; a bad value gets one sentence and the default, and the rest of the link still counts.
import { type EnvironmentDef, shapeOfWorld } from '../../envs/environment.ts';
import { environments } from '../../envs/registry.ts';
import { activationCode } from '../core/kernels/contract/activations.ts';
import {
  type Knob,
  type Knobs,
  type KnobValue,
  type KnobValues,
  knobProblem,
  resolveKnobs,
} from '../core/knobs.ts';
import type { LearnerDef } from '../learners/learner.ts';
import { learnerById, learners } from '../learners/registry.ts';
import { type BrainConfig, brainKnobs, defaultBrain } from '../learners/trunk.ts';
import type { TransferPlan } from '../models/transfer-plan.ts';
import { defaultRecipe, knobsFor, limits, type Recipe } from '../training/recipe.ts';
import { recommendedLanes, recommendedLearner } from '../training/recommended.ts';

/** What a link says: a recipe, where its brain comes from, and whether and how long to run. */
export interface Link {
  readonly recipe: Recipe;
  /** Id of a model that comes with the page, or null for a blank brain. */
  readonly from: string | null;
  /** Id of the model that comes with the page and is played against; null where none is, or the first one that fits. */
  readonly rival: string | null;
  /** The saved agent to learn from: the id of one that comes with the page. */
  readonly teacher: string | null;
  readonly plan: TransferPlan;
  readonly until: number | null;
  readonly run: boolean;
}

export interface Decoded {
  readonly link: Link;
  /** One sentence per value that could not be used. */
  readonly problems: readonly string[];
  /** Whether the address says anything at all. */
  readonly empty: boolean;
}

export const activations = Object.keys(activationCode) as readonly BrainConfig['activation'][];
export const copyAll: TransferPlan = { fresh: [], freeze: [] };
const usual = defaultRecipe();

export const defaultLink: Link = {
  recipe: usual,
  from: null,
  rival: null,
  teacher: null,
  plan: copyAll,
  until: null,
  run: false,
};

/** The values that are not the usual ones. */
export function differing<V extends KnobValue>(
  values: Readonly<Record<string, V>>,
  usualValues: Readonly<Record<string, KnobValue>>,
): Readonly<Record<string, V>> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => usualValues[name] !== value),
  ) as Record<string, V>;
}

export const usualParams = (world: EnvironmentDef): KnobValues =>
  Object.fromEntries(Object.entries(world.params).map(([name, knob]) => [name, knob.default]));

const isSameBrain = (a: BrainConfig, b: BrainConfig): boolean =>
  a.activation === b.activation && a.hidden.join() === b.hidden.join();

const usualSettings = resolveKnobs(brainKnobs, {}, 'the brain');

/** The brain's settings that a world begins with. */
export const settingsIn = (world: EnvironmentDef): KnobValues => ({
  ...usualSettings,
  ...defaultBrain(shapeOfWorld(world)).settings,
});

/** Such as `world=cartpole&learner=ppo&seed=1&knob.discount=0.9`, without the '#'. */
export function encodeLink({ recipe, from, rival, teacher, plan, until, run }: Link): string {
  const world = environments.find((def) => def.id === recipe.world);
  const parts: [string, string][] = [
    ['world', recipe.world],
    ['learner', recipe.learner],
    ['seed', String(recipe.seed)],
  ];
  if (recipe.lanes !== recommendedLanes(recipe.world, recipe.learner))
    parts.push(['lanes', String(recipe.lanes)]);
  if (!world || !isSameBrain(defaultBrain(shapeOfWorld(world)), recipe.brain)) {
    parts.push(['hidden', hiddenText(recipe.brain.hidden)], ['activation', recipe.brain.activation]);
  }
  const settings = differing(recipe.brain.settings ?? {}, world ? settingsIn(world) : usualSettings);
  for (const [name, value] of Object.entries(settings)) parts.push([`brain.${name}`, String(value)]);
  const params = world ? differing(recipe.params, usualParams(world)) : recipe.params;
  for (const [name, value] of Object.entries(params)) parts.push([`set.${name}`, String(value)]);
  const knobs = differing(recipe.knobs, knobsFor(recipe.world, recipe.learner));
  for (const [name, value] of Object.entries(knobs)) parts.push([`knob.${name}`, String(value)]);
  if (from !== null) {
    parts.push(['from', from]);
    if (plan.fresh.length > 0) parts.push(['fresh', plan.fresh.join(',')]);
    if (plan.freeze.length > 0) parts.push(['freeze', plan.freeze.join(',')]);
  }
  if (rival !== null) parts.push(['rival', rival]);
  if (teacher !== null) parts.push(['teacher', teacher]);
  if (until !== null) parts.push(['until', String(until)]);
  if (run) parts.push(['run', '1']);
  return parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

/** Reads an address; never throws. `hash` may begin with '#'. */
export function decodeLink(hash: string): Decoded {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const problems: string[] = [];
  const world = readWorld(given, problems);
  const learner = readLearner(given, world, problems);
  const brain = defaultBrain(shapeOfWorld(world));
  const usualKnobs = knobsFor(world.id, learner.id);
  const settings = {
    ...brain.settings,
    ...readSettings(given, 'brain.', brainKnobs, settingsIn(world), problems),
  };
  const list = (name: string): string[] => given.get(name)?.split(',').filter(Boolean) ?? [];
  return {
    link: {
      recipe: {
        world: world.id,
        params: readSettings(given, 'set.', world.params, usualParams(world), problems),
        learner: learner.id,
        knobs: readSettings(given, 'knob.', learner.knobs, usualKnobs, problems),
        brain: {
          hidden: readHidden(given, brain.hidden, problems),
          activation: readChoice(given, 'activation', activations, brain.activation, problems),
          ...(Object.keys(settings).length > 0 ? { settings } : {}),
        },
        lanes: readWhole(given, 'lanes', limits.lanes, recommendedLanes(world.id, learner.id), problems),
        seed: readWhole(given, 'seed', limits.seed, usual.seed, problems),
      },
      from: given.get('from'),
      rival: given.get('rival'),
      teacher: given.get('teacher'),
      plan: { fresh: list('fresh'), freeze: list('freeze') },
      until: given.has('until')
        ? readWhole(given, 'until', { min: 1, max: 100_000_000 }, 200, problems)
        : null,
      run: given.get('run') === '1',
    },
    problems,
    empty: [...given.keys()].length === 0,
  };
}

function readWorld(given: URLSearchParams, problems: string[]): EnvironmentDef {
  const ids = environments.map((def) => def.id);
  const id = readChoice(given, 'world', ids, usual.world, problems);
  return environments.find((def) => def.id === id)!;
}

function readLearner(given: URLSearchParams, world: EnvironmentDef, problems: string[]): LearnerDef {
  const fitting = learners.filter((def) => def.unfit(shapeOfWorld(world)) === undefined).map((def) => def.id);
  const wanted = recommendedLearner(world.id);
  const first = fitting.includes(wanted) ? wanted : (fitting[0] ?? usual.learner);
  return learnerById(readChoice(given, 'learner', fitting, first, problems));
}

function readChoice<T extends string>(
  given: URLSearchParams,
  name: string,
  allowed: readonly T[],
  otherwise: T,
  problems: string[],
): T {
  const value = given.get(name);
  if (value === null) return otherwise;
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  problems.push(
    `The link asks for ${name} "${short(value)}"; allowed: ${allowed.join(', ')}. Using ${otherwise}.`,
  );
  return otherwise;
}

function readWhole(
  given: URLSearchParams,
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
  otherwise: number,
  problems: string[],
): number {
  const value = given.get(name);
  if (value === null) return otherwise;
  const number = Number(value);
  if (value.trim() !== '' && Number.isInteger(number) && number >= min && number <= max) return number;
  problems.push(
    `The link has ${name} "${short(value)}"; it must be a whole number from ${min} to ${max}. Using ${otherwise}.`,
  );
  return otherwise;
}

function readSettings(
  given: URLSearchParams,
  prefix: string,
  knobs: Knobs,
  usualValues: KnobValues,
  problems: string[],
): KnobValues {
  const values: Record<string, KnobValue> = {};
  for (const [key, text] of given) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    const knob = Object.hasOwn(knobs, name) ? knobs[name] : undefined;
    if (!knob) {
      const known = Object.keys(knobs).join(', ');
      problems.push(`The link sets "${short(name)}", which is not known here; allowed: ${known}.`);
      continue;
    }
    const value = readKnob(knob, text);
    const problem = knobProblem(name, knob, value);
    if (problem) problems.push(`From the link: ${problem} Using ${usualValues[name]}.`);
    else values[name] = value;
  }
  return differing(values, usualValues);
}

const readKnob = (knob: Knob, text: string): KnobValue =>
  knob.kind === 'number' && text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;

/** Layer sizes as a person writes them: '64-64', '64 64' or '64, 64'; 'none' for no layer. */
export function parseHidden(text: string): readonly number[] | undefined {
  const trimmed = text.trim();
  if (trimmed === 'none' || trimmed === '') return [];
  const sizes = trimmed.split(/[-\s,x·]+/).map(Number);
  const { min, max } = limits.units;
  const fine = sizes.every((units) => Number.isInteger(units) && units >= min && units <= max);
  return fine && sizes.length <= limits.layers.max ? sizes : undefined;
}

export const hiddenText = (hidden: readonly number[]): string => hidden.join('-') || 'none';
export const hiddenRule = `at most ${limits.layers.max} whole numbers from ${limits.units.min} to ${limits.units.max}, such as 64-64`;

function readHidden(
  given: URLSearchParams,
  otherwise: readonly number[],
  problems: string[],
): readonly number[] {
  const text = given.get('hidden');
  if (text === null) return otherwise;
  const sizes = parseHidden(text);
  if (sizes) return sizes;
  problems.push(
    `The link has hidden "${short(text)}"; it must be ${hiddenRule}. Using ${hiddenText(otherwise)}.`,
  );
  return otherwise;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}...` : text);

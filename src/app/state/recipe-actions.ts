// How the recipe being written changes, and what follows at once: an untouched run simply opens anew, a new
// learner on a touched run is a switch, everything else waits for "Start over with these".
import { batch } from '@preact/signals';
import { shapeOfWorld } from '../../../envs/environment.ts';
import { environmentById, environments } from '../../../envs/registry.ts';
import type { KnobValue, KnobValues } from '../../core/knobs.ts';
import { learnerById, learners } from '../../learners/registry.ts';
import { defaultBrain } from '../../learners/trunk.ts';
import type { ModelSummary } from '../../models/store/store.ts';
import { defaultRecipe, knobsFor, type Recipe } from '../../training/recipe.ts';
import { recommendedLanes, recommendedLearner } from '../../training/recommended.ts';
import { copyAll, differing, usualParams } from '../address.ts';
import { accentWay } from '../theme.ts';
import type { Way } from '../ways.tsx';
import { open, switchTo } from './conductor.ts';
import {
  type Kept,
  libraryOpen,
  opened,
  plan,
  recipe,
  rival,
  type Source,
  source,
  standingLearner,
  standingWay,
  status,
  teacher,
  touched,
  way,
} from './page.ts';
import { bundledModels } from './stores.ts';

let timer = 0;

/** Opens the written recipe anew if nothing has been learned yet; waits until a slider comes to rest. */
function openIfUntouched(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    if (!touched.value && way.value !== 'transfer') void open();
  }, 200);
}

export function changeRecipe(change: Partial<Recipe>): void {
  recipe.value = { ...recipe.value, ...change };
  openIfUntouched();
}

const fits = (id: string, worldId: string): boolean =>
  learnerById(id).unfit(shapeOfWorld(environmentById(worldId))) === undefined;

export function chooseWorld(id: string): void {
  if (id === recipe.value.world) return;
  const def = environmentById(id);
  const now = recipe.value;
  // A world that is best begun with labels is begun so, unless a person has chosen another way of teaching by example.
  const stays = fits(now.learner, id) && learnerById(now.learner).paradigm !== 'reinforcement';
  const fitting = learnerById(recommendedLearner(id));
  const learner = stays ? now.learner : fitting.id;
  batch(() => {
    source.value = { home: 'blank' };
    rival.value = null;
    teacher.value = null;
    plan.value = copyAll;
    if (way.value !== 'transfer') {
      way.value = learnerById(learner).paradigm;
      accentWay.value = way.value;
    }
    changeRecipe({
      world: id,
      params: {},
      learner,
      lanes: recommendedLanes(id, learner),
      knobs: {},
      brain: defaultBrain(shapeOfWorld(def)),
    });
  });
}

export function changeParam(name: string, value: KnobValue): void {
  const { world, params } = recipe.value;
  const all = { ...params, [name]: value };
  changeRecipe({ params: differing(all, usualParams(environmentById(world))) });
}

export function chooseVariant(id: string): void {
  const def = environmentById(recipe.value.world);
  const found = def.variants.find((one) => one.id === id);
  changeRecipe({ params: differing((found?.params ?? {}) as KnobValues, usualParams(def)) });
}

/** The variant that the written parameters are exactly, 'own' when there is none such, '' for the usual world. */
export function variantOf({ world, params }: Recipe): string {
  const def = environmentById(world);
  const text = (values: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (Object.keys(params).length === 0) return '';
  return def.variants.find((one) => text(one.params) === text(params))?.id ?? 'own';
}

export function changeKnob(name: string, value: KnobValue): void {
  const { world, learner, knobs } = recipe.value;
  changeRecipe({ knobs: differing({ ...knobs, [name]: value }, knobsFor(world, learner)) });
}

export function chooseLearner(id: string): void {
  const standing = opened.value?.recipe;
  const def = learnerById(id);
  way.value = def.paradigm;
  if (standing && touched.value && standing.world === recipe.value.world) {
    if (id === standing.learner) recipe.value = { ...recipe.value, learner: id, knobs: standing.knobs };
    else switchTo(id, {});
    return;
  }
  accentWay.value = def.paradigm;
  changeRecipe({ learner: id, knobs: {} });
}

/** Knobs that were changed while a run stands can be given to it as it is. */
export const applyKnobs = (): void => switchTo(recipe.value.learner, recipe.value.knobs);

export function chooseSource(from: Source): void {
  batch(() => {
    source.value = from;
    plan.value = copyAll;
  });
  openIfUntouched();
}

export function chooseRival(kept: Kept): void {
  rival.value = kept;
  openIfUntouched();
}

export function chooseTeacher(kept: Kept): void {
  teacher.value = kept;
  openIfUntouched();
}

/** The default example of passing on: the same world with a changed twin, from the brain at hand. */
function prepareTransfer(): void {
  const { world } = recipe.value;
  const def = environmentById(world);
  const ready = bundledModels.value.find((model) => model.world === world);
  const variant = def.variants.find((one) => one.id === 'heavy-pole') ?? def.variants[0];
  batch(() => {
    way.value = 'transfer';
    source.value = touched.value
      ? { home: 'current' }
      : ready
        ? { home: 'bundled', id: ready.id }
        : { home: 'current' };
    plan.value = copyAll;
    if (variant && variantOf(recipe.value) === '') chooseVariant(variant.id);
  });
}

/** Leaves the fine-tuning form without having started: the recipe is what stands again. */
function leaveTransfer(): void {
  const standing = opened.value;
  if (!standing || standingWay.value === 'transfer') return;
  batch(() => {
    recipe.value = standing.recipe;
    source.value = { home: 'blank' };
    plan.value = copyAll;
  });
}

export function chooseWay(id: Way): void {
  if (id === way.value) return;
  if (id === 'transfer') {
    if (standingWay.value === 'transfer') way.value = 'transfer';
    else prepareTransfer();
    accentWay.value = 'transfer';
    return;
  }
  if (way.value === 'transfer') leaveTransfer();
  const current = standingLearner.value;
  const wanted =
    current.paradigm === id && fits(current.id, recipe.value.world)
      ? current
      : learners.find((def) => def.paradigm === id && fits(def.id, recipe.value.world));
  if (!wanted) return;
  accentWay.value = id;
  chooseLearner(wanted.id);
}

export const startOver = (): void => {
  const running = status.value === 'running';
  void open(running || way.value === 'transfer');
};

/** A brain that came with the page, at work in its own world: a run that begins with its weights. */
export function startFrom(model: ModelSummary): void {
  libraryOpen.value = false;
  batch(() => {
    recipe.value = defaultRecipe(model.world, learnerById(model.learner).id);
    way.value = learnerById(model.learner).paradigm;
    accentWay.value = way.value;
    source.value = { home: 'bundled', id: model.id };
    plan.value = copyAll;
  });
  void open();
}

/** From a card of the library: the fine-tuning form with that model as its source, in a changed twin of its world. */
export function fineTuneFrom(home: 'mine' | 'bundled', model: ModelSummary): void {
  libraryOpen.value = false;
  batch(() => {
    way.value = 'transfer';
    accentWay.value = 'transfer';
    if (environments.some((def) => def.id === model.world)) {
      recipe.value = defaultRecipe(model.world, learnerById(model.learner).id);
    }
    source.value = { home, id: model.id };
    plan.value = copyAll;
    const variants = environmentById(recipe.value.world).variants;
    const variant = variants.find((one) => one.id === 'heavy-pole') ?? variants[0];
    if (variant) chooseVariant(variant.id);
  });
}

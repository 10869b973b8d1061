// What the page knows, as signals: the recipe being written, the run that stands, what is shown of it. Only
// values and what follows from them; what is done with them lives in conductor.ts and library.ts.
import { computed, signal } from '@preact/signals';
import { rivalSeat } from '../../../envs/environment.ts';
import { environmentById } from '../../../envs/registry.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import { learnerById } from '../../learners/registry.ts';
import type { TransferPlan } from '../../models/transfer-plan.ts';
import type { Inspection } from '../../training/inspection.ts';
import type { Command, Frame, HistoryPoint } from '../../training/protocol.ts';
import { knobsFor, type Recipe, worldFor } from '../../training/recipe.ts';
import { copyAll, defaultLink, encodeLink, type Link } from '../address.ts';
import type { Opened } from '../run.ts';
import type { Way } from '../ways.tsx';

/** Where a new run's brain comes from. */
export type Source = { readonly home: 'blank' } | { readonly home: 'current' } | Kept;

/** A model kept in this browser, or one that comes with the page. */
export interface Kept {
  readonly home: 'bundled' | 'mine';
  readonly id: string;
}

export type Region = 'world' | 'brain' | 'progress' | 'recipe' | 'library';

export interface Problem {
  readonly region: Region;
  readonly text: string;
  /** What the page was asked to do when it happened. */
  readonly command: Command['kind'] | null;
  /** Where a number stopped being finite; then there is a way back. */
  readonly tensor: string | null;
}

/** A run that is over, kept as a faint line behind the present one. */
export interface PastRun {
  readonly world: string;
  readonly label: string;
  readonly history: readonly HistoryPoint[];
}

// What is being written.
export const recipe = signal<Recipe>(defaultLink.recipe);
export const source = signal<Source>({ home: 'blank' });
/** Who is played against, where the recipe's world asks for a saved agent; null: the first that comes with the page. */
export const rival = signal<Kept | null>(null);
/** Who is learned from, where the learner's settings ask for a saved agent; null: the first that comes with the page. */
export const teacher = signal<Kept | null>(null);
export const plan = signal<TransferPlan>(copyAll);
export const until = signal<number | null>(null);
/** The tab that is chosen. 'transfer' turns the recipe into the fine-tuning form. */
export const way = signal<Way>('reinforcement');

// What stands.
export const opened = signal<Opened | null>(null);
/** Recipe, source and plan of the standing run, as text, to see what has been changed since. */
export const openedAddress = signal('');
/** Whether the brain is looked into, what the last look saw, and the last one with a loss surface. */
export const insideOpen = signal(false);
export const inspection = signal<Inspection | null>(null);
export const surfaceSeen = signal<Inspection | null>(null);
export const surfaceWanted = signal(false);
/** The frame that words and numbers are taken from: a few a second, so that they can be read. */
export const shown = signal<Frame | null>(null);
export const controlShown = signal<Frame | null>(null);
export const reached = signal<{ readonly updates: number; readonly fingerprint: string } | null>(null);
/** Paused by the plan, not by a person: then another way of learning goes on at once. */
export const budgetSpent = signal(false);
export const earlier = signal<readonly PastRun[]>([]);
export const trunkFingerprint = signal('');

// How it is looked at.
export const speed = signal(1);
export const overlays = signal({ sees: false, acts: true, values: false, attends: true, visited: true });
export const stageMode = signal<'close' | 'wall'>('close');
export const libraryOpen = signal(false);
export const keysOpen = signal(false);

// What is said.
export const problems = signal<readonly Problem[]>([]);
export const toast = signal<{ readonly text: string; readonly undo?: () => void } | null>(null);
export const spoken = signal('');

const asksForRival = ({ world: id, params }: Recipe): boolean => {
  const def = environmentById(id);
  return rivalSeat(def, worldParams(def, params)).by === 'saved';
};
export const rivalAsked = computed(() => asksForRival(recipe.value));

const asksForTeacher = ({ world: id, learner: way, knobs }: Recipe): boolean =>
  knobsFor(id, way, knobs)['teacher'] === 'saved agent';
export const teacherAsked = computed(() => asksForTeacher(recipe.value));

const linkOf = (now: Recipe, from: Source, transfer: TransferPlan, stop: number | null): Link => ({
  recipe: now,
  from: from.home === 'bundled' ? from.id : null,
  rival: rival.value?.home === 'bundled' && asksForRival(now) ? rival.value.id : null,
  teacher: teacher.value?.home === 'bundled' && asksForTeacher(now) ? teacher.value.id : null,
  plan: transfer,
  until: stop,
  run: false,
});

const link = computed(() => linkOf(recipe.value, source.value, plan.value, until.value));
export const address = computed(() => encodeLink(link.value));
/** The same, with sources that a link cannot carry, and without `until`: what decides whether a new run is due. */
export const startText = (now: Recipe, from: Source, transfer: TransferPlan): string =>
  `${encodeLink(linkOf(now, from, transfer, null))}|${from.home}|${'id' in from ? from.id : ''}|${rival.value?.home === 'mine' && asksForRival(now) ? rival.value.id : ''}|${teacher.value?.home === 'mine' && asksForTeacher(now) ? teacher.value.id : ''}`;
export const dirty = computed(
  () => opened.value !== null && startText(recipe.value, source.value, plan.value) !== openedAddress.value,
);

export const world = computed(() => environmentById(recipe.value.world));
/** The same as its written settings make it. */
export const recipeWorld = computed(() =>
  worldFor(world.value, worldParams(world.value, recipe.value.params), recipe.value.brain),
);
export const learner = computed(() => learnerById(recipe.value.learner));
/** The world and learner of the run that stands, which may differ from the recipe being written. */
/** The world of the run that stands, as its settings make it. */
export const standingWorld = computed(() => {
  const { world: id, params, brain } = opened.value?.recipe ?? recipe.value;
  const def = environmentById(id);
  return worldFor(def, worldParams(def, params), brain);
});
export const standingLearner = computed(() =>
  learnerById(opened.value?.recipe.learner ?? recipe.value.learner),
);
export const standingWay = computed<Way>(() =>
  opened.value?.transfer ? 'transfer' : standingLearner.value.paradigm,
);

export const status = computed(() => shown.value?.status ?? 'paused');
/** Whether the standing run has learned anything yet; until then a changed recipe simply opens anew. */
export const touched = computed(
  () => (shown.value?.counters.steps ?? 0) > 0 || (opened.value?.updates ?? 0) > 0,
);

export function report(problem: Problem): void {
  problems.value = [...problems.value.filter((one) => one.text !== problem.text), problem].slice(-4);
}

export function clearProblems(region?: Region): void {
  problems.value = region ? problems.value.filter((one) => one.region !== region) : [];
}

/** A new attempt clears what earlier commands ran into; what a person has not been heard on (storage) stays. */
export function clearCommandProblems(region?: Region): void {
  problems.value = problems.value.filter(
    (one) => one.command === null || (region !== undefined && one.region !== region),
  );
}

export function say(text: string): void {
  spoken.value = text;
}

let toastTimer = 0;
export function showToast(text: string, undo?: () => void): void {
  toast.value = undo ? { text, undo } : { text };
  say(text);
  clearTimeout(toastTimer);
  toastTimer = window.setTimeout(
    () => {
      toast.value = null;
    },
    undo ? 9000 : 4500,
  );
}

// A run as bytes and back: one safetensors file that holds everything, named, so that resuming is exact and
// Python can read the weights. The card says what it is; 'run' holds the plain data; tensors the rest:
//   trunk.hidden1.weight ...        the model            phase.<learner>.optimizer.m.<parameter>
//   best.trunk.hidden1.weight ...   its best evaluation  phase.<learner>.learner.<name>
//   rival.trunk.hidden1.weight ...  who plays against it, where a brain does
//   teacher.trunk.hidden1.weight ... the saved agent it learns from, where one teaches
//   world.rows                      every lane's row     recording.observations, recording.actions
//   world.visits                    how often each place was come to, where a world has places

import type { KernelFactory } from '../core/kernels.ts';
import { freshPlateau, type PlateauState } from '../core/plateau.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
  type TensorMap,
} from '../core/safetensors.ts';
import { type Card, cardMetadata, readCard } from '../models/card.ts';
import { historyFromJson, historyToJson } from './history.ts';
import { solvedEpisodes } from './judgement.ts';
import type { SavedPhase } from './phase.ts';
import { checkBrain, checkRecipe, type Recipe } from './recipe.ts';
import type { RivalModel } from './rival.ts';
import type { RunState, SessionSnapshot } from './run-state.ts';
import { createSession, type Session } from './session.ts';

const under = (tensors: TensorMap, prefix: string): Record<string, NamedTensor> =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
const prefixed = (tensors: TensorMap, prefix: string): Record<string, NamedTensor> =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]));

const notModel = ['best.', 'rival.', 'teacher.', 'phase.', 'world.', 'recording.'];

/** The bytes depend on the snapshot and the card alone: equal runs give equal files. */
export function encodeRun(snapshot: SessionSnapshot, card: Card): Uint8Array {
  const { state } = snapshot;
  const tensors: Record<string, NamedTensor> = {
    ...snapshot.model,
    ...prefixed(snapshot.best, 'best.'),
    ...prefixed(snapshot.rival, 'rival.'),
    ...prefixed(snapshot.teacher, 'teacher.'),
  };
  const stride = snapshot.rows.length / state.recipe.lanes;
  tensors['world.rows'] = { shape: [state.recipe.lanes, stride], data: snapshot.rows };
  if (snapshot.visits.length > 0)
    tensors['world.visits'] = { shape: [snapshot.visits.length], data: snapshot.visits };
  for (const [id, phase] of state.phases) {
    Object.assign(tensors, prefixed(phase.optimizer, `phase.${id}.optimizer.`));
    Object.assign(tensors, prefixed(phase.learner.tensors, `phase.${id}.learner.`));
  }
  if (state.recording) {
    const { observations, actions, size } = state.recording;
    tensors['recording.observations'] = { shape: [observations.length / size, size], data: observations };
    tensors['recording.actions'] = { shape: [actions.length], data: actions };
  }
  const run = {
    ...state,
    history: historyToJson(state.history),
    rival: state.rival ?? undefined,
    teacher: state.teacher ?? undefined,
    recording: state.recording ? { world: state.recording.world, size: state.recording.size } : null,
    phases: state.phases.map(([id, phase]) => [
      id,
      {
        knobs: phase.knobs,
        data: phase.learner.data,
        streams: phase.streams,
        optimizerSteps: phase.optimizerSteps,
        plateau: phase.plateau,
      },
    ]),
  };
  return encodeSafetensors(tensors, { ...cardMetadata(card), run: JSON.stringify(run) });
}

/** The card and the weights, of any Relearn file. Throws one sentence for anything else. */
export function readModel(bytes: Uint8Array): { readonly card: Card; readonly model: TensorMap } {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const card = readCard(metadata);
  const model = Object.entries(tensors).filter(
    ([name]) => !notModel.some((prefix) => name.startsWith(prefix)),
  );
  for (const [name, { data }] of model) {
    const bad = (data as Float32Array).findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new Error(`"${name}" holds ${data[bad]} at ${bad}; every weight must be finite.`);
  }
  return { card, model: Object.fromEntries(model) };
}

/** The brain in a file, to be played against or learned from. */
export function rivalFrom(bytes: Uint8Array): RivalModel {
  const { card, model } = readModel(bytes);
  return { brain: card.brain, tensors: model };
}

/** The brain that a run in a file plays against; undefined where none does. */
export function rivalKept(bytes: Uint8Array): RivalModel | undefined {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const run = metadata['run'] === undefined ? {} : (JSON.parse(metadata['run']) as Json);
  const rival = readRival(run['rival']);
  return rival ? { brain: rival.brain, tensors: under(tensors, 'rival.') } : undefined;
}

/** Goes on exactly where saved bytes stopped. Throws one sentence when the file is not a run, or is damaged. */
export function resumeRun(
  bytes: Uint8Array,
  kernels: KernelFactory,
): { readonly card: Card; readonly session: Session } {
  const { card, model } = readModel(bytes);
  const { tensors, metadata } = decodeSafetensors(bytes);
  const text = metadata['run'];
  if (text === undefined) {
    throw new Error('this file holds a model but no run to go on with; fine-tune from it instead.');
  }
  try {
    const snapshot = readRun(JSON.parse(text), tensors, model);
    return { card, session: createSession(snapshot.state.recipe, kernels, { saved: snapshot }) };
  } catch (error) {
    throw new Error(
      `this file's run cannot be resumed: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

type Json = Readonly<Record<string, unknown>>;

/** A saved plateau; runs from before there was one begin afresh. */
function readPlateau(value: unknown): PlateauState {
  const fresh = freshPlateau();
  if (value === undefined) return fresh;
  const given = Object(value) as Record<string, unknown>;
  const best = given['best'];
  const { sum, updates, waited, factor } = given;
  if (
    ![sum, updates, waited, factor].every(
      (number) => typeof number === 'number' && Number.isFinite(number),
    ) ||
    !(best === null || typeof best === 'number')
  ) {
    throw new Error(`its plateau is ${JSON.stringify(value)}; it must be what the schedule keeps.`);
  }
  return given as unknown as PlateauState;
}

/** Most runs have none, and say nothing of it. */
function readRival(value: unknown): RunState['rival'] {
  if (value === undefined) return null;
  const rival = field({ rival: value }, 'rival', isRival, 'a brain and a step') as NonNullable<
    RunState['rival']
  >;
  checkBrain(rival.brain);
  return rival;
}

/** Most runs have none, and say nothing of it. */
function readTeacher(value: unknown): RunState['teacher'] {
  if (value === undefined) return null;
  const teacher = field({ teacher: value }, 'teacher', isTeacher, 'a brain') as NonNullable<
    RunState['teacher']
  >;
  checkBrain(teacher.brain);
  return teacher;
}

function readRun(run: Json, tensors: TensorMap, model: TensorMap): SessionSnapshot {
  const recipe = run['recipe'] as Recipe;
  if (typeof recipe !== 'object' || recipe === null) throw new Error('it holds no recipe.');
  checkRecipe(recipe);
  const rows = tensors['world.rows'];
  if (!(rows?.data instanceof Float64Array)) throw new Error('it holds no world rows.');
  const saved = field(
    run,
    'phases',
    listOf(isSavedPhase),
    'a list of learners with their state',
  ) as (readonly [string, Json])[];
  const phases = saved.map(([id, phase]): readonly [string, SavedPhase] => [
    id,
    {
      knobs: phase['knobs'] as SavedPhase['knobs'],
      learner: { data: phase['data'] as Json, tensors: under(tensors, `phase.${id}.learner.`) },
      streams: phase['streams'] as SavedPhase['streams'],
      optimizerSteps: count(phase, 'optimizerSteps'),
      plateau: readPlateau(phase['plateau']),
      optimizer: under(tensors, `phase.${id}.optimizer.`),
    },
  ]);
  if (!phases.some(([id]) => id === recipe.learner))
    throw new Error(`it holds no state of its learner "${recipe.learner}".`);
  const recorded = field(run, 'recording', orNull(isRecorded), 'a world and a size, or null') as {
    world: string;
    size: number;
  } | null;
  const state: RunState = {
    recipe,
    freeze: field(run, 'freeze', listOf(isText), 'a list of layer names') as RunState['freeze'],
    transfer: field(run, 'transfer', orNull(isReport), 'a transfer report or null') as RunState['transfer'],
    updates: count(run, 'updates'),
    steps: count(run, 'steps'),
    episodes: count(run, 'episodes'),
    recentReturns: field(run, 'recentReturns', listOf(isNumber), 'a list of numbers') as readonly number[],
    marks: field(run, 'marks', listOf(isMark), 'a list of marks') as RunState['marks'],
    history: historyFromJson(run['history']),
    nextEvaluation: count(run, 'nextEvaluation'),
    evaluating: count(run, 'evaluating', solvedEpisodes),
    evaluation: field(run, 'evaluation', orNull(isScore), 'a score or null') as RunState['evaluation'],
    stepsToThreshold: field(run, 'stepsToThreshold', orNull(isNumber), 'a number or null') as number | null,
    best: field(run, 'best', orNull(isBest), 'a mean and steps, or null') as RunState['best'],
    recording: recorded && {
      ...recorded,
      observations: tensors['recording.observations']!.data as Float32Array,
      actions: tensors['recording.actions']!.data as Float32Array,
    },
    rival: readRival(run['rival']),
    teacher: readTeacher(run['teacher']),
    phases,
  };
  const [best, rival, teacher] = ['best.', 'rival.', 'teacher.'].map((prefix) => under(tensors, prefix));
  const visits = tensors['world.visits']?.data ?? new Float64Array();
  if (!(visits instanceof Float64Array && visits.every((times) => Number.isInteger(times) && times >= 0)))
    throw new Error('its visits must be whole numbers.');
  return { state, model, best: best!, rival: rival!, teacher: teacher!, rows: rows.data, visits };
}

function field(json: Json, name: string, holds: (value: unknown) => boolean, allowed: string): unknown {
  const value = json[name];
  if (holds(value)) return value;
  throw new Error(
    `its ${name} is ${(JSON.stringify(value) ?? 'missing').slice(0, 60)}; ${allowed} is needed.`,
  );
}

const count = (json: Json, name: string, max = Number.MAX_SAFE_INTEGER): number =>
  field(
    json,
    name,
    (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max,
    `a whole number from 0 to ${max}`,
  ) as number;

type Test = (value: unknown) => boolean;
const isNumber: Test = (value) => typeof value === 'number';
const isText: Test = (value) => typeof value === 'string';
const isObject: Test = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const orNull =
  (holds: Test): Test =>
  (value) =>
    value === null || holds(value);
const listOf =
  (holds: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(holds);
const objectOf =
  (fields: Readonly<Record<string, Test>>): Test =>
  (value) =>
    isObject(value) && Object.entries(fields).every(([name, holds]) => holds((value as Json)[name]));

const isScore = objectOf({
  mean: isNumber,
  iqm: isNumber,
  low: isNumber,
  high: isNumber,
  episodes: isNumber,
});
const isBest = objectOf({ mean: isNumber, steps: isNumber });
const isRecorded = objectOf({ world: isText, size: isNumber });
const names = listOf(isText);
const isReport = objectOf({ copied: names, fresh: names, frozen: names, unused: names });
const isMark = objectOf({
  updates: isNumber,
  steps: isNumber,
  from: isText,
  to: isText,
  trunkBefore: isText,
  trunkAfter: isText,
});
const isRival = objectOf({ brain: isObject, since: isNumber });
const isTeacher = objectOf({ brain: isObject });
const isPhase = objectOf({ knobs: isObject, data: isObject, streams: isObject });
const isSavedPhase: Test = (pair) => Array.isArray(pair) && isText(pair[0]) && isPhase(pair[1]);

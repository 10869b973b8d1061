// A run as bytes and back: one safetensors file that holds everything, named, so that resuming is exact and
// Python can read the weights. The card says what it is; 'run' holds the plain data; tensors the rest:
//   trunk.hidden1.weight ...        the model            phase.<learner>.optimizer.m.<parameter>
//   best.trunk.hidden1.weight ...   its best evaluation  phase.<learner>.learner.<name>
//   world.rows                      every lane's row     recording.observations, recording.actions
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
  type TensorMap,
} from '../core/safetensors.ts';
import { type Card, cardMetadata, readCard } from '../models/card.ts';
import { historyFromJson, historyToJson } from './history.ts';
import type { SavedPhase } from './phase.ts';
import { checkRecipe, type Recipe } from './recipe.ts';
import type { RunState, SessionSnapshot } from './session.ts';

const under = (tensors: TensorMap, prefix: string): Record<string, NamedTensor> =>
  Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
const prefixed = (tensors: TensorMap, prefix: string): Record<string, NamedTensor> =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]));

const notModel = ['best.', 'phase.', 'world.', 'recording.'];

/** The bytes depend on the snapshot and the card alone: equal runs give equal files. */
export function encodeRun(snapshot: SessionSnapshot, card: Card): Uint8Array {
  const { state } = snapshot;
  const tensors: Record<string, NamedTensor> = { ...snapshot.model, ...prefixed(snapshot.best, 'best.') };
  const stride = snapshot.rows.length / state.recipe.lanes;
  tensors['world.rows'] = { shape: [state.recipe.lanes, stride], data: snapshot.rows };
  for (const [id, phase] of state.phases) {
    Object.assign(tensors, prefixed(phase.optimizer, `phase.${id}.optimizer.`));
    Object.assign(tensors, prefixed(phase.learner.tensors, `phase.${id}.learner.`));
  }
  if (state.recording) {
    const { observations, actions, size } = state.recording;
    tensors['recording.observations'] = { shape: [actions.length, size], data: observations };
    tensors['recording.actions'] = { shape: [actions.length], data: actions };
  }
  const run = {
    ...state,
    history: historyToJson(state.history),
    recording: state.recording ? { world: state.recording.world, size: state.recording.size } : null,
    phases: state.phases.map(([id, phase]) => [
      id,
      {
        knobs: phase.knobs,
        data: phase.learner.data,
        streams: phase.streams,
        optimizerSteps: phase.optimizerSteps,
      },
    ]),
  };
  return encodeSafetensors(tensors, { ...cardMetadata(card), run: JSON.stringify(run) });
}

export interface SavedRun {
  readonly card: Card;
  readonly snapshot: SessionSnapshot;
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

/** Everything needed to go on. Throws one sentence when the file is not a run, or is damaged. */
export function decodeRun(bytes: Uint8Array): SavedRun {
  const { card, model } = readModel(bytes);
  const { tensors, metadata } = decodeSafetensors(bytes);
  const text = metadata['run'];
  if (text === undefined)
    throw new Error('this file holds a model but no run to go on with; fine-tune from it instead.');
  try {
    return { card, snapshot: readRun(JSON.parse(text), tensors, model) };
  } catch (error) {
    throw new Error(
      `this file's run cannot be resumed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

type Json = Readonly<Record<string, unknown>>;

function readRun(run: Json, tensors: TensorMap, model: TensorMap): SessionSnapshot {
  const recipe = run['recipe'] as Recipe;
  if (typeof recipe !== 'object' || recipe === null) throw new Error('it holds no recipe.');
  checkRecipe(recipe);
  const rows = tensors['world.rows'];
  if (!(rows?.data instanceof Float64Array)) throw new Error('it holds no world rows.');
  const phases = (run['phases'] as (readonly [string, Json])[]).map(
    ([id, phase]): readonly [string, SavedPhase] => [
      id,
      {
        knobs: phase['knobs'] as SavedPhase['knobs'],
        learner: { data: phase['data'] as Json, tensors: under(tensors, `phase.${id}.learner.`) },
        streams: phase['streams'] as SavedPhase['streams'],
        optimizerSteps: count(phase, 'optimizerSteps'),
        optimizer: under(tensors, `phase.${id}.optimizer.`),
      },
    ],
  );
  if (!phases.some(([id]) => id === recipe.learner))
    throw new Error(`it holds no state of its learner "${recipe.learner}".`);
  const recorded = run['recording'] as { world: string; size: number } | null;
  const state: RunState = {
    recipe,
    freeze: run['freeze'] as RunState['freeze'],
    transfer: run['transfer'] as RunState['transfer'],
    updates: count(run, 'updates'),
    steps: count(run, 'steps'),
    episodes: count(run, 'episodes'),
    recentReturns: run['recentReturns'] as readonly number[],
    marks: run['marks'] as RunState['marks'],
    history: historyFromJson(run['history']),
    nextEvaluation: count(run, 'nextEvaluation'),
    evaluating: count(run, 'evaluating'),
    evaluation: run['evaluation'] as RunState['evaluation'],
    stepsToThreshold: run['stepsToThreshold'] as number | null,
    best: run['best'] as RunState['best'],
    recording: recorded && {
      ...recorded,
      observations: tensors['recording.observations']!.data as Float32Array,
      actions: tensors['recording.actions']!.data as Int32Array,
    },
    phases,
  };
  return { state, model, best: under(tensors, 'best.'), rows: rows.data };
}

function count(json: Json, name: string): number {
  const value = json[name];
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw new Error(`its ${name} is ${JSON.stringify(value)}; a whole number, 0 or more, is needed.`);
  }
  return value as number;
}

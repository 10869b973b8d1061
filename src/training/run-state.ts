// Everything a run is, as plain data: what a session hands out and begins from. `snapshot.ts` makes it bytes.
import type { TensorMap } from '../core/safetensors.ts';
import type { Recording } from '../learners/recording.ts';
import type { Score } from '../models/card.ts';
import type { TransferReport } from '../models/transfer-plan.ts';
import type { History } from './history.ts';
import type { SavedPhase } from './phase.ts';
import type { SwitchMark } from './protocol.ts';
import type { BrainConfig, Recipe } from './recipe.ts';

/** Everything a run is besides the model and the world's rows. */
export interface RunState {
  readonly recipe: Recipe;
  readonly freeze: readonly string[];
  readonly transfer: TransferReport | null;
  readonly updates: number;
  readonly steps: number;
  readonly episodes: number;
  readonly recentReturns: readonly number[];
  readonly marks: readonly SwitchMark[];
  readonly history: History;
  readonly nextEvaluation: number;
  /** Episodes of the evaluation in progress; 0 for none. It is begun again on resume, to the same end. */
  readonly evaluating: number;
  readonly evaluation: Score | null;
  readonly stepsToThreshold: number | null;
  readonly best: { readonly mean: number; readonly steps: number } | null;
  readonly recording: Recording | null;
  /** Who plays the other side, where a brain does, and the step at which it came; its weights are in the snapshot. */
  readonly rival: { readonly brain: BrainConfig; readonly since: number } | null;
  /** The saved agent that teaches, if one was given; its weights are in the snapshot. */
  readonly teacher: { readonly brain: BrainConfig } | null;
  /** Learners in the order of first use; the current one is among them. */
  readonly phases: readonly (readonly [learner: string, phase: SavedPhase])[];
}

export interface SessionSnapshot {
  readonly state: RunState;
  readonly model: TensorMap;
  /** Weights of the best evaluation so far; empty before the first. */
  readonly best: TensorMap;
  /** Weights of the rival; empty where no brain plays it. */
  readonly rival: TensorMap;
  /** Weights of the saved agent that teaches; empty where none does. */
  readonly teacher: TensorMap;
  /** [lanes, stride] */
  readonly rows: Float64Array;
  /** How often each place of the world was come to; empty where it has none. */
  readonly visits: Float64Array;
}

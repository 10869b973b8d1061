// The messages between a page and a run in its worker. One union each way; frames are pulled, one at a time,
// so that a slow page never builds a queue. Typed arrays in events are transferred: the receiver owns them.
import type { ProbeAnswers, WorldParams } from '../../envs/environment.ts';
import type { KnobValues } from '../core/knobs.ts';
import type { NetworkSpec } from '../core/network.ts';
import type { LearnerView, Paradigm, Words } from '../learners/learner.ts';
import type { Recording } from '../learners/recording.ts';
import type { Score } from '../models/card.ts';
import type { TransferPlan, TransferReport } from '../models/transfer-plan.ts';
import type { ExaminationRequest } from './examination.ts';
import type { Inspection } from './inspection.ts';
import type { LatentMap } from './mapping.ts';
import type { Recipe } from './recipe.ts';

export type Command =
  /** A new run, from nothing or from another brain. */
  | {
      readonly kind: 'open';
      readonly recipe: Recipe;
      readonly source?: { readonly bytes: Uint8Array; readonly plan: TransferPlan };
      /** The saved agent to play against, where the recipe's world asks for one. */
      readonly rival?: Uint8Array;
      /** The saved agent to learn from, where the learner's settings ask for one. */
      readonly teacher?: Uint8Array;
    }
  /** Go on exactly where saved bytes stopped. */
  | { readonly kind: 'restore'; readonly bytes: Uint8Array }
  /** Train; with `until`, pause by itself when that many updates are done. */
  | { readonly kind: 'run'; readonly until?: number }
  | { readonly kind: 'pause' }
  /** One piece of work: one step of the lanes, or one update. 'update' gathers until an update is done. */
  | { readonly kind: 'step'; readonly size: 'piece' | 'update' }
  /** Pieces of work per second; null is flat out. */
  | { readonly kind: 'speed'; readonly piecesPerSecond: number | null }
  /** Another way of learning on the same trunk, in the same run. */
  | {
      readonly kind: 'switch';
      readonly learner: string;
      readonly knobs: KnobValues;
      readonly teacher?: Uint8Array;
    }
  | { readonly kind: 'record'; readonly recording: Recording }
  /**
   * Ask for one frame. Answered by one 'frame' event. `historyFrom`: first history point not yet held; `probes`: with what
   * the brain says of the world's probes, where it has any.
   */
  | {
      readonly kind: 'pull';
      readonly historyFrom: number;
      readonly weights: boolean;
      readonly probes?: boolean;
    }
  /** Ask for everything the run is, as a file. Answered by 'saved' with the same ticket. */
  | { readonly kind: 'save'; readonly ticket: number; readonly title: string }
  /** Examine a saved brain, apart from the run, which goes on meanwhile. Answered by 'evaluating' and then 'evaluated'. */
  | {
      readonly kind: 'evaluate';
      readonly ticket: number;
      readonly bytes: Uint8Array;
      readonly request: ExaminationRequest;
    }
  /** What does the brain say of this observation? Answered by 'answered' with the same ticket. */
  | { readonly kind: 'ask'; readonly ticket: number; readonly observation: Float32Array }
  /** What does the trunk make of a few games? Answered by 'mapped' with the same ticket. */
  | { readonly kind: 'map'; readonly ticket: number }
  /** Look into the next update. Answered by 'inspected'; the run keeps no trace of it. */
  | { readonly kind: 'inspect'; readonly surface: boolean }
  /** Set one weight by hand (pausing is not needed). */
  | { readonly kind: 'poke'; readonly tensor: string; readonly index: number; readonly value: number };

export type RunStatus = 'paused' | 'running' | 'failed';

/** What the last piece of work was. */
export type Piece = 'none' | 'gather' | 'update' | 'evaluate';

/** One point of a run's history. */
export interface HistoryPoint {
  readonly updates: number;
  readonly steps: number;
  readonly learner: string;
  /** Mean return of the last (up to) 100 training episodes; NaN before the first. */
  readonly score: number;
  /** Mean return of the last evaluation; NaN where none was made since the last point. */
  readonly evaluation: number;
  readonly loss: number;
  /** The learner's charted metrics, by name. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Where the way of learning changed, with the trunk's fingerprint on both sides of the change. */
export interface SwitchMark {
  readonly updates: number;
  readonly steps: number;
  readonly from: string;
  readonly to: string;
  readonly trunkBefore: string;
  readonly trunkAfter: string;
}

export interface Counters {
  readonly updates: number;
  /** Steps of single lanes. */
  readonly steps: number;
  readonly episodes: number;
  /** Wall-clock seconds spent training. */
  readonly seconds: number;
  /** Over the last second or so. */
  readonly stepsPerSecond: number;
  readonly updatesPerSecond: number;
}

export type { Score };

/** One lane played by the brain as it is now, in real time, apart from the run: for looking at. */
export interface HeroFrame {
  /** State row, then vectorize's bookkeeping. */
  readonly row: Float64Array;
  readonly observation: Float32Array;
  /** What it is about to do: an index, or a number for each axis. */
  readonly action: Float32Array;
  /** Probability of each choice; empty where the brain has no policy yet, or actions are numbers. */
  readonly probabilities: Float32Array;
  /** Standard deviation of each axis, in the world's unit; empty without such a policy. */
  readonly deviations: Float32Array;
  /** The value head's opinion of this state, in units of return; NaN without one. */
  readonly value: number;
  /** Share of the first thing's attention that each thing of a list gets; empty without attention. */
  readonly attention: Float32Array;
  /** Output of every layer by path, for the observation above. */
  readonly activations: Readonly<Record<string, Float32Array>>;
  /** Return of its last finished episode; NaN before the first. */
  readonly lastReturn: number;
  /** Where they were asked for and the world has any; renewed a few times a second. */
  readonly probes: ProbeAnswers | null;
}

export interface Frame {
  readonly status: RunStatus;
  readonly piece: Piece;
  readonly learner: string;
  readonly paradigm: Paradigm;
  readonly counters: Counters;
  readonly score: number;
  readonly evaluation: Score | null;
  /** World steps at which an evaluation first reached the threshold; null before. */
  readonly stepsToThreshold: number | null;
  /** Training seconds at that moment. */
  readonly secondsToThreshold: number | null;
  readonly words: Words;
  readonly metrics: Readonly<Record<string, number>>;
  /** State rows of all training lanes, [lanes, stride]. */
  readonly rows: Float64Array;
  readonly lanes: number;
  /** The lanes' settings as they are now: those of the recipe, unless the world drifts. */
  readonly params: WorldParams;
  /** How often each of the world's places was come to in the whole run; empty where it has none. */
  readonly visits: Float64Array;
  readonly hero: HeroFrame;
  /** Points from the asked index on. `historyStart` is their index; smaller than asked when history was thinned. */
  readonly history: readonly HistoryPoint[];
  readonly historyStart: number;
  readonly marks: readonly SwitchMark[];
  readonly view: LearnerView;
  /** The whole parameter vector and the last update's gradients, when asked for. */
  readonly weights: Float32Array | null;
  readonly gradients: Float32Array | null;
}

export type Event =
  /** A run stands ready (after open, restore or switch): its shape and where it comes from. */
  | {
      readonly kind: 'opened';
      readonly recipe: Recipe;
      readonly spec: NetworkSpec;
      readonly fingerprint: string;
      readonly trunkFingerprint: string;
      readonly transfer: TransferReport | null;
      readonly updates: number;
    }
  | { readonly kind: 'frame'; readonly frame: Frame }
  | {
      readonly kind: 'saved';
      readonly ticket: number;
      readonly bytes: Uint8Array;
      readonly fingerprint: string;
      readonly updates: number;
    }
  | { readonly kind: 'inspected'; readonly inspection: Inspection }
  | { readonly kind: 'evaluating'; readonly ticket: number; readonly done: number }
  | {
      readonly kind: 'evaluated';
      readonly ticket: number;
      readonly score: Score;
      /** Of every episode, in the order in which they ended. */
      readonly returns: Float64Array;
    }
  /** A probability for each choice, or a number for each axis; empty while the brain has no head that acts. */
  | { readonly kind: 'answered'; readonly ticket: number; readonly answer: Float32Array }
  | { readonly kind: 'mapped'; readonly ticket: number; readonly map: LatentMap }
  /** The run paused by itself: `until` was reached or the budget is spent. */
  | {
      readonly kind: 'paused';
      readonly reason: 'until' | 'budget';
      readonly fingerprint: string;
      readonly updates: number;
    }
  /** A command could not be carried out, or the run stopped on a non-finite number; the run keeps its last good state. */
  | {
      readonly kind: 'failed';
      readonly command: Command['kind'];
      readonly message: string;
      readonly stack: string;
      /** Where a non-finite number was first seen. */
      readonly tensor: string | null;
    };

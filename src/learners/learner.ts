// A way of learning is a choice of rows and a loss. This is its whole interface; the network, the optimiser,
// the session and the page never ask which learner they have.

import type { WorldShape } from '../../envs/environment.ts';
import type { Lanes } from '../../envs/vectorize.ts';
import type { Arena } from '../core/arena.ts';
import type { Kernels } from '../core/kernels.ts';
import type { Knob, Knobs, KnobValue, KnobValues } from '../core/knobs.ts';
import type { LayerSpec } from '../core/layers/registry.ts';
import type { Network } from '../core/network.ts';
import type { Normalizer } from '../core/normalizer.ts';
import type { OptimizerSpec } from '../core/optimizers.ts';
import type { Random } from '../core/random.ts';
import type { TensorMap } from '../core/safetensors.ts';
import type { ScheduleSpec } from '../core/schedules.ts';
import type { Recording } from './recording.ts';
import type { Taught } from './trunk.ts';

export type Paradigm = 'supervised' | 'unsupervised' | 'reinforcement';

/** Numbers a learner reports after an update; one object per learner, overwritten in place. */
export type Metrics = Record<string, number>;

/** `n` rows have been written to network.input; `heads` are to be run on them. */
export interface Batch {
  readonly n: number;
  readonly heads: readonly string[];
  /** Left out: everything that may move does. */
  readonly only?: Part;
}

/** A part of a brain that is taught at its own pace. */
export interface Part {
  /** 'trunk' or names of heads; one object for every batch of the part. */
  readonly moves: readonly string[];
  /** Updates that it has had. */
  readonly made: number;
}

/** Everything a learner is beyond the network: JSON-able data and named arrays. */
export interface LearnerState {
  readonly data: Readonly<Record<string, unknown>>;
  readonly tensors: TensorMap;
}

/** How much of one fact about the world a linear map reads off a code, and off what is seen itself: R² on held-out rows. */
export interface FactRead {
  readonly name: string;
  readonly code: number;
  readonly seen: number;
}

/** What a page may want to draw of a learner; rebuilt at each request, never kept. */
export type LearnerView =
  | { readonly kind: 'none' }
  /** Pairs of frames or vectors, [count, size] each: what went in and what came back. */
  | {
      readonly kind: 'reconstruction';
      readonly shape: readonly number[];
      readonly names: readonly string[];
      readonly inputs: Float32Array;
      readonly outputs: Float32Array;
      readonly count: number;
      /** [count, size]: what the model makes up by itself; empty where it cannot. */
      readonly samples: Float32Array;
      /** What is to be said beside it: names and values. */
      readonly notes: readonly (readonly [name: string, value: string])[];
      readonly facts: readonly FactRead[];
    }
  /** What came of what was done: as foretold, and as it was. All as the network sees them. */
  | {
      readonly kind: 'prediction';
      readonly shape: readonly number[];
      readonly names: readonly string[];
      /** [count, size] each: what was seen, what was foretold of the next step, what came. */
      readonly count: number;
      readonly before: Float32Array;
      readonly foretold: Float32Array;
      readonly came: Float32Array;
      /** [steps, size] each: one stretch dreamt on from its beginning, and as it was; 0 steps where none is known yet. */
      readonly steps: number;
      readonly dreamt: Float32Array;
      readonly lived: Float32Array;
      readonly notes: readonly (readonly [name: string, value: string])[];
      readonly facts: readonly FactRead[];
    }
  /** Cluster of every lane as it stands, rows per cluster, and a two-dimensional map of recent rows. */
  | {
      readonly kind: 'clusters';
      readonly clusters: number;
      readonly laneCluster: Int32Array;
      readonly sizes: Int32Array;
      /** [points, 2]: features on their two principal axes. */
      readonly map: Float32Array;
      readonly mapCluster: Int32Array;
    }
  /** What a critic predicted of `count` rows and what return was then observed, in the world's unit. */
  | {
      readonly kind: 'calibration';
      readonly predicted: Float32Array;
      readonly observed: Float32Array;
      readonly count: number;
      /** How the update went: label -> number. */
      readonly numbers: Readonly<Record<string, number>>;
    }
  /** counts[truth * classes + answer] on validation rows. */
  | {
      readonly kind: 'confusion';
      readonly names: readonly string[];
      readonly counts: Int32Array;
      readonly samples: Samples;
    };

/** Rows of the last look at the validation set with what was answered: wrong ones first, then right ones. */
export interface Samples {
  readonly shape: readonly number[];
  readonly count: number;
  /** [count, size] */
  readonly rows: Float32Array;
  readonly truths: readonly number[];
  readonly answers: readonly number[];
  /** Of the answers given, 0 to 1. */
  readonly probabilities: readonly number[];
}

export interface Words {
  readonly mood: 'good' | 'neutral' | 'bad';
  /** One short lead ("Solved", "Improving") and one sentence. */
  readonly lead: string;
  readonly text: string;
}

/** Groups that a way of learning has found. */
export interface FoundGroups {
  readonly count: number;
  /** Runs its head on the n rows in network.input and writes the group of each. */
  sort(n: number, found: Int32Array): void;
}

export interface Learner {
  /**
   * One small piece of gathering: either a step of the lanes, then undefined, or the next batch.
   * Rows of a returned batch stand in network.input.
   */
  nextBatch(): Batch | undefined;
  /** Reads the outputs of the batch's heads, writes dLoss/dOutput, returns metrics (with `loss`). */
  loss(batch: Batch): Metrics;
  /** Share of its budget that is used up, 0 to 1; the schedules run on it. */
  progress(): number;
  /** How it is going, from its own metrics. */
  words(): Words;
  view(): LearnerView;
  /** Left out where it finds none. */
  readonly groups?: FoundGroups;
  snapshot(): LearnerState;
  restore(state: LearnerState): void;
  /** The lanes went on (or were reset) without it: drop what depends on their recent past. */
  rejoin(): void;
}

/** A brain that was saved, asked for advice. */
export interface SavedTeacher {
  /** What it would do at each of the first `count` rows of observations, in the world's unit, to actions[count, numbers per action]. */
  ask(observations: Float32Array, count: number, actions: Float32Array): void;
}

export interface LearnerContext {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly network: Network;
  readonly normalizer: Normalizer;
  /** The brain's statistics of returns (see `return-scale.ts`), and whether they must stay as they are. */
  readonly returns: { readonly statistics: Float64Array; readonly frozen: boolean };
  readonly lanes: Lanes;
  /** A random stream of this learner's own; its state is saved and restored with the run. */
  readonly stream: (name: string) => Random;
  /** What a person played, if anything. */
  readonly recording: Recording | undefined;
  /** The saved agent that teaches, if one was given. */
  readonly teacher: SavedTeacher | undefined;
  /**
   * Told after each step of all lanes. `own`: whether the brain itself chose the actions, so that the
   * episodes that ended count as its score.
   */
  readonly onSteps: (own: boolean) => void;
}

export interface LearnerDef<C extends Readonly<Record<string, KnobValue>> = KnobValues> {
  readonly id: string;
  readonly paradigm: Paradigm;
  readonly title: string;
  /** One sentence for a person choosing. */
  readonly summary: string;
  readonly paper: string;
  readonly knobs: { readonly [K in keyof C]: Knob } & Knobs;
  /** Metrics worth a line on the chart: name -> label. */
  readonly charted: Readonly<Record<string, string>>;
  /** One sentence saying what a world lacks for this learner, or undefined when it fits. */
  unfit(world: WorldShape): string | undefined;
  /** The head whose likeliest output is what the brain does in a world; left out: it does not act. */
  readonly acts?: string;
  /** The heads it needs on top of a trunk whose features have the given size. */
  heads(world: WorldShape, knobs: C): Readonly<Record<string, readonly LayerSpec[]>>;
  /** Those of its heads that look at the world through a trunk of their own; left out: none. */
  apart?(knobs: C): readonly string[];
  /** Those of its heads that look at the world itself, with nothing before their own layers; left out: none. */
  readonly alone?: readonly string[];
  /** Those of its heads that stay as they were drawn; left out: none. */
  readonly still?: readonly string[];
  /** Whether its gradients move the trunk, or its own heads alone. */
  readonly trains: 'all' | 'heads';
  /** Rows of the largest batch it will ask for. */
  batchRows(knobs: C, lanes: number): number;
  optimizer(knobs: C): OptimizerSpec;
  schedule(knobs: C): ScheduleSpec;
  create(context: LearnerContext, knobs: C): Learner;
}

/** What a learner wants on a trunk. */
export const taughtBy = (def: LearnerDef, world: WorldShape, knobs: KnobValues): Taught => ({
  heads: def.heads(world, knobs),
  apart: def.apart?.(knobs) ?? [],
  ...(def.alone && { alone: def.alone }),
});

// A phase: one way of learning at work on a brain, with its own optimiser and random streams. A run is a
// sequence of phases on one trunk; a phase that is left is kept as plain data and can be taken up again.
import { shapeOfWorld } from '../../envs/environment.ts';
import type { Lanes } from '../../envs/vectorize.ts';
import type { KernelFactory } from '../core/kernels.ts';
import type { KnobValues } from '../core/knobs.ts';
import { initializeParams, type NetworkSpec, type Slot } from '../core/network.ts';
import { createOptimizer, type Optimizer, type Range } from '../core/optimizers.ts';
import { freshPlateau, type PlateauState } from '../core/plateau.ts';
import type { Random, RandomState } from '../core/random.ts';
import type { NamedTensor, TensorMap } from '../core/safetensors.ts';
import type { ScheduleSpec } from '../core/schedules.ts';
import {
  type Learner,
  type LearnerDef,
  type LearnerState,
  type SavedTeacher,
  taughtBy,
} from '../learners/learner.ts';
import type { Recording } from '../learners/recording.ts';
import { learnerById } from '../learners/registry.ts';
import { networkFor } from '../learners/trunk.ts';
import { isUnder } from '../models/transfer-plan.ts';
import { type Brain, createBrain } from './brain.ts';
import { knobsFor, type Recipe } from './recipe.ts';

export interface Phase {
  readonly def: LearnerDef;
  readonly knobs: KnobValues;
  readonly brain: Brain;
  readonly learner: Learner;
  readonly optimizer: Optimizer;
  readonly schedule: ScheduleSpec;
  readonly plateau: PlateauState;
  /** Where the parameters that may move lie. */
  readonly ranges: readonly Range[];
  /** Those of them under the given names. */
  readonly rangesUnder: (moves: readonly string[]) => readonly Range[];
  readonly streams: ReadonlyMap<string, Random>;
}

/** A phase as plain data. */
export interface SavedPhase {
  readonly knobs: KnobValues;
  readonly learner: LearnerState;
  readonly streams: Readonly<Record<string, RandomState>>;
  readonly optimizerSteps: number;
  readonly plateau: PlateauState;
  /** '<state>.<parameter>' -> values. */
  readonly optimizer: TensorMap;
}

export interface PhaseOptions {
  readonly recipe: Recipe;
  /** Every learner this brain has heads for, with its knobs, in the order of first use; holds the recipe's own. */
  readonly taught: ReadonlyMap<string, KnobValues>;
  readonly freeze: readonly string[];
  readonly lanes: Lanes;
  readonly random: Random;
  readonly kernels: KernelFactory;
  readonly recording: Recording | undefined;
  readonly teacher: SavedTeacher | undefined;
  readonly onSteps: (own: boolean) => void;
}

/** Head its brain acts with, or undefined when it has none. */
export function actingHead({ def, brain }: Phase): string | undefined {
  return def.acts ?? ['policy', 'classes'].find((head) => Object.hasOwn(brain.network.spec.heads, head));
}

/** Rows that views and evaluations may ask for at once. */
const leastBatch = 128;

/** The network with a head for everything it was ever taught. */
function specOf(recipe: Recipe, taught: ReadonlyMap<string, KnobValues>, lanes: Lanes): NetworkSpec {
  const world = shapeOfWorld(lanes.def);
  const parts = [...taught].map(([id, knobs]) => taughtBy(learnerById(id), world, knobs));
  return networkFor(world, recipe.brain, parts);
}

/** A brain with freshly drawn weights, and the learner at its start. */
export function openPhase(options: PhaseOptions): Phase {
  const { recipe, taught, lanes, random } = options;
  const def = learnerById(recipe.learner);
  const knobs = knobsFor(recipe.world, recipe.learner, recipe.knobs);
  const rows = Math.max(lanes.count, def.batchRows(knobs, lanes.count), leastBatch);
  const streams = new Map<string, Random>();
  const stream = (name: string): Random => {
    const own = random.fork(`${def.id}/${name}`);
    streams.set(name, own);
    return own;
  };
  const brain = createBrain(specOf(recipe, taught, lanes), rows, options.kernels, stream);
  const { arena, kernels, network, normalizer } = brain;
  initializeParams(network.params, random.fork('weights'));
  normalizer.frozen = !network.spec.normalize || isUnder('input', options.freeze);
  const optimizer = createOptimizer(def.optimizer(knobs), network.params, arena, kernels);
  const learner = def.create(
    {
      arena,
      kernels,
      network,
      normalizer,
      returns: { statistics: brain.returns, frozen: isUnder('value', options.freeze) },
      lanes,
      stream,
      recording: options.recording,
      teacher: options.teacher,
      onSteps: options.onSteps,
    },
    knobs,
  );
  const own = Object.keys(def.heads(shapeOfWorld(lanes.def), knobs)).filter(
    (head) => !def.still?.includes(head),
  );
  const moving = def.trains === 'all' ? ['trunk', ...own] : own;
  for (const { path } of network.plan.layers) {
    if (!isUnder(path, moving) || isUnder(path, options.freeze)) network.frozen.add(path);
  }
  return {
    def,
    knobs,
    brain,
    learner,
    optimizer,
    schedule: def.schedule(knobs),
    plateau: freshPlateau(),
    ranges: rangesOf(brain, moving, options.freeze),
    rangesUnder: rangesByPart(brain, moving, options.freeze),
    streams,
  };
}

/** Worked out once for each list of names, which are few. */
function rangesByPart(
  brain: Brain,
  moving: readonly string[],
  freeze: readonly string[],
): Phase['rangesUnder'] {
  const known = new Map<readonly string[], readonly Range[]>();
  return (moves) => {
    let ranges = known.get(moves);
    if (!ranges) {
      const wanted = moves.filter((name) => moving.includes(name));
      ranges = rangesOf(brain, wanted, freeze);
      known.set(moves, ranges);
    }
    return ranges;
  };
}

/** Ranges of the parameter vector under `moving` and not under `freeze`, neighbours merged. */
function rangesOf(brain: Brain, moving: readonly string[], freeze: readonly string[]): Range[] {
  const ranges: { offset: number; length: number }[] = [];
  for (const slot of brain.network.params.slots) {
    if (!isUnder(slot.name, moving) || isUnder(slot.name, freeze)) continue;
    const last = ranges.at(-1);
    // Slots begin at multiples of 4; the gap between neighbours holds zeros that stay zeros.
    if (last && slot.offset - (last.offset + last.length) < 4)
      last.length = slot.offset + slot.length - last.offset;
    else ranges.push({ offset: slot.offset, length: slot.length });
  }
  return ranges;
}

const isIn = (ranges: readonly Range[], slot: Slot): boolean =>
  ranges.some(({ offset, length }) => slot.offset >= offset && slot.offset < offset + length);

const stateSlot = (phase: Phase, state: string, offset: number, length: number): Float32Array =>
  phase.optimizer.state[state]!.data.subarray(offset, offset + length);

export function capturePhase(phase: Phase): SavedPhase {
  const { optimizer, brain } = phase;
  const tensors: Record<string, NamedTensor> = {};
  for (const state of Object.keys(optimizer.state)) {
    for (const slot of brain.network.params.slots) {
      if (!isIn(phase.ranges, slot)) continue;
      tensors[`${state}.${slot.name}`] = {
        shape: slot.shape,
        data: stateSlot(phase, state, slot.offset, slot.length).slice(),
      };
    }
  }
  return {
    knobs: phase.knobs,
    learner: phase.learner.snapshot(),
    streams: Object.fromEntries([...phase.streams].map(([name, stream]) => [name, stream.state()])),
    optimizerSteps: optimizer.steps,
    plateau: { ...phase.plateau },
    optimizer: tensors,
  };
}

/**
 * Takes a saved phase up again. Throws one sentence when the data does not fit.
 * @param grown whether the brain may have got layers since, which the optimiser then meets for the first time.
 */
export function restorePhase(phase: Phase, saved: SavedPhase, grown = false): void {
  for (const [name, stream] of phase.streams) {
    const state = saved.streams[name];
    const numbers = [state?.c, state?.s0, state?.s1, state?.s2];
    if (!state || !numbers.every((number) => typeof number === 'number' && Number.isFinite(number))) {
      throw new Error(
        `the saved run's random stream "${name}" is ${JSON.stringify(state)}; four numbers are needed.`,
      );
    }
    stream.restore(state);
  }
  phase.optimizer.steps = saved.optimizerSteps;
  Object.assign(phase.plateau, saved.plateau);
  for (const state of Object.keys(phase.optimizer.state)) {
    for (const slot of phase.brain.network.params.slots) {
      if (!isIn(phase.ranges, slot)) continue;
      const tensor = saved.optimizer[`${state}.${slot.name}`];
      if (!tensor && grown) continue;
      if (tensor?.data.length !== slot.length) {
        throw new Error(`it lacks the optimiser's ${state} of ${slot.name}, or has it in another size.`);
      }
      stateSlot(phase, state, slot.offset, slot.length).set(tensor.data);
    }
  }
  phase.learner.restore(saved.learner);
}

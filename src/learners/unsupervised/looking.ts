// Looking on: the lanes go on by the brain's own policy (or by chance), everything seen is kept with what is known of it,
// and minibatches are drawn from it. What learners without a teacher share; none of them learns from what is known.

import { isContinuous } from '../../../envs/environment.ts';
import { bookkeeping } from '../../../envs/vectorize.ts';
import { createActing } from '../behaviour.ts';
import type { LearnerContext, LearnerState, Metrics } from '../learner.ts';
import { createReplay, type Replay } from '../replay.ts';
import { savedArray, savedCount } from '../saved.ts';

const capacity = 8192;

/** What is known of a row that was seen, for a person to compare with; its place among the row's numbers. */
export const known = {
  /** The right answer, where the world is one of labelled data; -1 elsewhere. */
  label: 0,
  /** Steps of its episode before it. */
  time: 1,
  /** What the step taken there was paid. */
  reward: 2,
} as const;
export const knownLength = 3;

export interface Looking {
  readonly replay: Replay;
  /** Minibatches drawn so far. */
  readonly updates: number;
  /** Whether an update has just been made and the lanes have not yet gone on. */
  readonly settled: boolean;
  /** A minibatch now stands in network.input, normalised; false when a step of the lanes was taken instead. */
  draw(minibatch: number): boolean;
  /** The same, but the first minibatch drawn is the last: it comes again and again, and the lanes rest. */
  hold(minibatch: number): boolean;
  /** One step of the lanes, whose rows are kept. */
  gather(): void;
  /**
   * Draws rows.length of the rows kept, whose numbers are written to `rows`, to network.input, normalised; `augment` may
   * change them where they stand before that.
   */
  choose(rows: Int32Array, augment?: (n: number) => void): void;
  /** Writes the first n of `rows` to network.input, normalised. */
  show(rows: Float32Array, n: number): void;
  snapshot(metrics: Metrics): LearnerState;
  restore(state: LearnerState, metrics: Metrics): void;
  rejoin(): void;
}

/** @param warmup rows wanted before the first minibatch. */
export function createLooking(context: LearnerContext, warmup: number): Looking {
  const { network, normalizer, lanes } = context;
  const size = lanes.observationSize;
  const labelled = lanes.def.labelled && !isContinuous(lanes.def);
  const drawing = context.stream('minibatches');
  const act = createActing(context, 'policy');
  const replay = createReplay(capacity, size, knownLength);
  const facts = new Float32Array(lanes.count * knownLength);
  const ofDrawn = new Float32Array(network.maxBatch * knownLength);
  const before = new Float32Array(lanes.count * size);
  const elapsedAt = lanes.stride - bookkeeping.length;
  let held = new Float32Array(0);
  let gathered = false;
  let updates = 0;

  const gather = (): void => {
    before.set(lanes.observations);
    for (let i = 0; i < lanes.count; i++) {
      const at = i * knownLength;
      facts[at + known.label] = -1;
      if (labelled) lanes.expert(i, facts, at + known.label);
      facts[at + known.time] = lanes.rows[i * lanes.stride + elapsedAt]!;
    }
    normalizer.observe(lanes.observations, lanes.count);
    act();
    for (let i = 0; i < lanes.count; i++) {
      facts[i * knownLength + known.reward] = lanes.rewards[i]!;
      replay.push(before, i * size, facts, i * knownLength);
    }
    gathered = true;
  };

  const draw = (minibatch: number): boolean => {
    if (!gathered || replay.filled() < warmup) {
      gather();
      return false;
    }
    replay.draw(network.input.data, ofDrawn, minibatch, drawing);
    normalizer.apply(network.input, minibatch);
    gathered = false;
    updates++;
    return true;
  };

  return {
    replay,
    get updates() {
      return updates;
    },
    get settled() {
      return !gathered;
    },
    draw,
    hold(minibatch) {
      if (held.length > 0) {
        network.input.data.set(held);
        updates++;
        return true;
      }
      if (!draw(minibatch)) return false;
      held = network.input.data.slice(0, minibatch * size);
      return true;
    },
    gather,
    choose(rows, augment) {
      for (let k = 0; k < rows.length; k++) {
        rows[k] = drawing.integer(replay.filled());
        const from = rows[k]! * size;
        for (let j = 0; j < size; j++) network.input.data[k * size + j] = replay.rows[from + j]!;
      }
      augment?.(rows.length);
      normalizer.apply(network.input, rows.length);
      gathered = false;
      updates++;
    },
    show(rows, n) {
      network.input.data.set(rows.subarray(0, n * size));
      normalizer.apply(network.input, n);
    },
    snapshot: (metrics) => ({
      data: { gathered, updates, held: held.length, metrics: { ...metrics } },
      tensors: { ...replay.tensors('seen'), held: { shape: [held.length], data: held.slice() } },
    }),
    restore({ data, tensors }, metrics) {
      gathered = data['gathered'] === true;
      updates = savedCount(data, 'updates');
      held = Float32Array.from(
        savedArray(tensors, 'held', savedCount(data, 'held', network.maxBatch * size)),
      );
      Object.assign(metrics, data['metrics']);
      replay.restore('seen', tensors);
    },
    rejoin() {
      gathered = false;
    },
  };
}

/** The variance of each column of n rows [n, size]. */
export function variances(rows: Float32Array, n: number, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, j) => {
    let [sum, squares] = [0, 0];
    for (let r = 0; r < n; r++) {
      const x = rows[r * size + j]!;
      sum += x;
      squares += x * x;
    }
    return squares / n - (sum / n) ** 2;
  });
}

/** Mean squared distance of n rows [n, size] to their mean: the loss of knowing the mean alone. */
export const spread = (rows: Float32Array, n: number, size: number): number =>
  variances(rows, n, size).reduce((total, variance) => total + variance, 0);

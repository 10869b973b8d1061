// What follows what: the lanes go on by the brain's own policy (or by chance), and every step is kept as a pair, what was seen and
// what was done there, and what was seen next. Where an episode ends, what comes next is its last observation and never the first
// of another. Every fifth lane is held out, as pairs and as stretches of several steps without a break, for dreams to be held against.
import { actionSize } from '../../../envs/environment.ts';
import { createActing } from '../behaviour.ts';
import type { LearnerContext } from '../learner.ts';
import { answerSize, fromWorld } from '../policy.ts';
import { createReplay, type Replay } from '../replay.ts';
import { savedArray } from '../saved.ts';
import { createSplitReplay, isHeldOut, type SplitReplay } from './split-replay.ts';

/** Steps of a stretch. */
export const stretchSteps = 10;
/** Stretches kept. */
const stretchCapacity = 64;
/** Numbers that all pairs together may take, 16 MB: large frames are kept for a shorter time. */
const mostNumbers = 4_194_304;
const mostPairs = 8192;

/** Rows: what was seen. Labels: what was seen next, then what was done. */
export interface Transitions extends SplitReplay {
  readonly seen: Replay;
  readonly held: Replay;
  /** Rows: what was seen before and after each of `stretchSteps` steps of a held-out lane. Labels: what was done. */
  readonly stretches: Replay;
  /** How many numbers say what was done: one for each choice (1 for the one taken), or one an axis (-1 to 1). */
  readonly doneSize: number;
}

/**
 * @param rows learns from the first so many pairs and no more; 0: from the latest.
 * @param onSeen told of each observation that is to be foretold, at rows[at...].
 */
export function createTransitions(
  context: LearnerContext,
  rows: number,
  onSeen: (rows: Float32Array, at: number) => void,
): Transitions {
  const { normalizer, lanes } = context;
  const { action } = lanes.def;
  const { count, observationSize: size } = lanes;
  const act = createActing(context, 'policy');
  const doneSize = answerSize(action);
  const capacity = Math.min(mostPairs, Math.floor(mostNumbers / (2 * size + doneSize)));
  const seen = createReplay(rows || capacity, size, size + doneSize);
  const held = createReplay(Math.ceil(capacity / 4), size, size + doneSize);
  const stretches = createReplay(stretchCapacity, (stretchSteps + 1) * size, stretchSteps * doneSize);
  const before = new Float32Array(count * size);
  const after = new Float32Array(size + doneSize);
  const done = new Float32Array(count * doneSize);
  const heldLanes = Array.from({ length: count }, (_, lane) => lane).filter(isHeldOut);
  /** The stretch that is growing in each held-out lane: observations, what was done, and how many steps it has. */
  const growing = new Float32Array(heldLanes.length * stretches.size);
  const growingDone = new Float32Array(heldLanes.length * stretchSteps * doneSize);
  const grown = new Int32Array(heldLanes.length);
  const warmup = Math.min(rows || lanes.count * 8, capacity);

  const encode = (actions: Float32Array): void => {
    if (action.kind === 'continuous') {
      done.set(actions);
      fromWorld(action, done);
      return;
    }
    done.fill(0);
    for (let i = 0; i < count; i++) done[i * doneSize + actions[i * actionSize(action)]!] = 1;
  };

  /** Step of held-out lane number k: from `before` to `after`. */
  const grow = (k: number, lane: number): void => {
    const step = grown[k]!;
    const at = k * stretches.size + step * size;
    if (step === 0) growing.set(before.subarray(lane * size, (lane + 1) * size), at);
    growing.set(after.subarray(0, size), at + size);
    growingDone.set(after.subarray(size), (k * stretchSteps + step) * doneSize);
    grown[k] = step + 1;
    if (step + 1 === stretchSteps) {
      stretches.push(growing, k * stretches.size, growingDone, k * stretchSteps * doneSize);
    }
    const ended = lanes.terminated[lane] === 1 || lanes.truncated[lane] === 1;
    if (ended || step + 1 === stretchSteps) grown[k] = 0;
  };

  const gather = (): void => {
    before.set(lanes.observations);
    normalizer.observe(before, count);
    encode(act());
    for (let i = 0, k = 0; i < count; i++) {
      const ended = lanes.terminated[i] === 1 || lanes.truncated[i] === 1;
      const next = ended ? lanes.finalObservations : lanes.observations;
      after.set(next.subarray(i * size, (i + 1) * size));
      after.set(done.subarray(i * doneSize, (i + 1) * doneSize), size);
      if (isHeldOut(i)) {
        held.push(before, i * size, after, 0);
        grow(k++, i);
      } else if (rows === 0 || seen.filled() < rows) {
        seen.push(before, i * size, after, 0);
        onSeen(after, 0);
      }
    }
  };

  const split = createSplitReplay(context, seen, held, warmup, gather);

  return {
    seen,
    held,
    stretches,
    doneSize,
    get updates() {
      return split.updates;
    },
    trend: split.trend,
    ready: split.ready,
    draw: split.draw,
    drawHeld: split.drawHeld,
    snapshot(metrics) {
      const { data, tensors } = split.snapshot(metrics);
      return {
        data,
        tensors: {
          ...tensors,
          ...stretches.tensors('stretches'),
          growing: { shape: [growing.length], data: growing.slice() },
          growingDone: { shape: [growingDone.length], data: growingDone.slice() },
          grown: { shape: [grown.length], data: grown.slice() },
        },
      };
    },
    restore(state, metrics) {
      split.restore(state, metrics);
      const { tensors } = state;
      stretches.restore('stretches', tensors);
      growing.set(savedArray(tensors, 'growing', growing.length));
      growingDone.set(savedArray(tensors, 'growingDone', growingDone.length));
      grown.set(
        savedArray(tensors, 'grown', grown.length).map((steps) =>
          Number.isInteger(steps) && steps >= 0 && steps < stretchSteps ? steps : 0,
        ),
      );
    },
    rejoin() {
      // The lanes went on without being watched: no stretch may bridge that.
      grown.fill(0);
      split.rejoin();
    },
  };
}

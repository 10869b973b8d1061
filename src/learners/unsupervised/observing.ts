// Looking on with some of it held out: the lanes go on by the brain's own policy (or by chance), what is seen is kept, and
// every fifth lane's episodes are kept apart, to be asked about and never learned from.
import type { NumberKnob } from '../../core/knobs.ts';
import { createActing } from '../behaviour.ts';
import type { LearnerContext, LearnerState, Metrics } from '../learner.ts';
import { createReplay } from '../replay.ts';
import type { Trend } from '../trend.ts';
import { createPixelBaseline, type PixelBaseline } from './baseline.ts';
import { createSplitReplay, isHeldOut } from './split-replay.ts';

const seenCapacity = 8192;
const heldCapacity = 2048;

export const rowsKnob: NumberKnob = {
  kind: 'number',
  label: 'Rows',
  default: 0,
  min: 0,
  max: seenCapacity,
  step: 1,
  unit: 'rows',
  help: 'Learns from the first so many rows and no more, which invites learning by heart; 0: looks on for ever.',
};

export interface Observing {
  /** Minibatches drawn so far. */
  readonly updates: number;
  /** Losses on rows learned from and on rows held out. */
  readonly trend: Trend;
  /** Of frames: what can be known of them without looking, by the rows learned from. */
  readonly baseline: PixelBaseline | undefined;
  /** Whether the next minibatch may be drawn; false when a step of the lanes was taken instead. */
  ready(): boolean;
  /** A minibatch to learn from now stands in network.input, normalised. */
  draw(minibatch: number): void;
  /** n rows never learned from now stand in network.input, normalised; false while there are none. */
  drawHeld(n: number): boolean;
  snapshot(metrics: Metrics): LearnerState;
  restore(state: LearnerState, metrics: Metrics): void;
  rejoin(): void;
}

/** @param rows what `rowsKnob` says. */
export function createObserving(context: LearnerContext, rows: number): Observing {
  const { network, normalizer, lanes } = context;
  const size = lanes.observationSize;
  const act = createActing(context, 'policy');
  const seen = createReplay(rows || seenCapacity, size);
  const held = createReplay(heldCapacity, size);
  const baseline = network.spec.input.length === 3 ? createPixelBaseline(size) : undefined;
  const unused = new Float32Array(network.maxBatch);

  const gather = (): void => {
    const { observations } = lanes;
    for (let i = 0; i < lanes.count; i++) {
      if (isHeldOut(i)) {
        held.push(observations, i * size, unused, 0);
      } else if (rows === 0 || seen.filled() < rows) {
        seen.push(observations, i * size, unused, 0);
        baseline?.observe(observations, i * size);
      }
    }
    normalizer.observe(observations, lanes.count);
    act();
  };
  const split = createSplitReplay(context, seen, held, rows || lanes.count * 8, gather);

  return {
    get updates() {
      return split.updates;
    },
    trend: split.trend,
    baseline,
    ready: split.ready,
    draw(minibatch) {
      split.draw(network.input.data, unused, minibatch);
      normalizer.apply(network.input, minibatch);
    },
    drawHeld(n) {
      if (!split.drawHeld(network.input.data, unused, n)) return false;
      normalizer.apply(network.input, n);
      return true;
    },
    snapshot(metrics) {
      const { data, tensors } = split.snapshot(metrics);
      return { data, tensors: { ...tensors, ...baseline?.tensors() } };
    },
    restore(state, metrics) {
      split.restore(state, metrics);
      baseline?.restore(state.tensors);
    },
    rejoin: split.rejoin,
  };
}

/** Writes rows of lanes as they stand to network.input, normalised, held-out lanes first; returns how many. */
export function showLanes({ network, normalizer, lanes }: LearnerContext, most: number): number {
  const size = lanes.observationSize;
  const order = Array.from({ length: lanes.count }, (_, lane) => lane);
  order.sort((a, b) => Number(isHeldOut(b)) - Number(isHeldOut(a)) || a - b);
  const shown = order.slice(0, most);
  shown.forEach((lane, k) => {
    network.input.data.set(lanes.observations.subarray(lane * size, (lane + 1) * size), k * size);
  });
  normalizer.apply(network.input, shown.length);
  return shown.length;
}

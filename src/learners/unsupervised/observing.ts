// Looking on with some of it held out: the lanes go on by the brain's own policy (or by chance), what is seen is kept, and
// every fifth lane's episodes are kept apart, to be asked about and never learned from.
import type { NumberKnob } from '../../core/knobs.ts';
import { createActing } from '../behaviour.ts';
import type { LearnerContext, LearnerState, Metrics } from '../learner.ts';
import { createReplay, type Replay } from '../replay.ts';
import { savedCount } from '../saved.ts';

/** Every fifth lane is held out: a split made once, and by whole episodes. */
export const isHeldOut = (lane: number): boolean => lane % 5 === 4;

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
  /** What is learned from, and what never is. */
  readonly seen: Replay;
  readonly held: Replay;
  /** Minibatches drawn so far. */
  readonly updates: number;
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

/**
 * @param rows what `rowsKnob` says.
 * @param onSeen told of each row that is to be learned from, at observations[at...].
 */
export function createObserving(
  context: LearnerContext,
  rows: number,
  onSeen: (observations: Float32Array, at: number) => void = () => undefined,
): Observing {
  const { network, normalizer, lanes } = context;
  const size = lanes.observationSize;
  const act = createActing(context, 'policy');
  const [drawing, asking] = [context.stream('minibatches'), context.stream('held out')];
  const seen = createReplay(rows || seenCapacity, size);
  const held = createReplay(heldCapacity, size);
  const unused = new Float32Array(network.maxBatch);
  const warmup = rows || lanes.count * 8;
  let gathered = false;
  let updates = 0;

  const gather = (): void => {
    const { observations } = lanes;
    for (let i = 0; i < lanes.count; i++) {
      if (isHeldOut(i)) {
        held.push(observations, i * size, unused, 0);
      } else if (rows === 0 || seen.filled() < rows) {
        seen.push(observations, i * size, unused, 0);
        onSeen(observations, i * size);
      }
    }
    normalizer.observe(observations, lanes.count);
    act();
  };

  return {
    seen,
    held,
    get updates() {
      return updates;
    },
    ready() {
      if (gathered && seen.filled() >= warmup) return true;
      gather();
      gathered = true;
      return false;
    },
    draw(minibatch) {
      seen.draw(network.input.data, unused, minibatch, drawing);
      normalizer.apply(network.input, minibatch);
      gathered = false;
      updates++;
    },
    drawHeld(n) {
      if (held.filled() === 0) return false;
      held.draw(network.input.data, unused, n, asking);
      normalizer.apply(network.input, n);
      return true;
    },
    snapshot: (metrics) => ({
      data: { gathered, updates, metrics: { ...metrics } },
      tensors: { ...seen.tensors('seen'), ...held.tensors('held') },
    }),
    restore({ data, tensors }, metrics) {
      gathered = data['gathered'] === true;
      updates = savedCount(data, 'updates');
      Object.assign(metrics, data['metrics']);
      seen.restore('seen', tensors);
      held.restore('held', tensors);
    },
    rejoin() {
      gathered = false;
    },
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

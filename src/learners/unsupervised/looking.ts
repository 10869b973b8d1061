// Looking on: the lanes go on by the brain's own policy (or by chance), everything seen is kept, and minibatches
// are drawn from it. What learners without a teacher share.
import { createActing } from '../behaviour.ts';
import type { LearnerContext, LearnerState, Metrics } from '../learner.ts';
import { createReplay, type Replay } from '../replay.ts';
import { savedCount } from '../saved.ts';

const capacity = 8192;

export interface Looking {
  readonly replay: Replay;
  /** Minibatches drawn so far. */
  readonly updates: number;
  /** A minibatch now stands in network.input, normalised; false when a step of the lanes was taken instead. */
  draw(minibatch: number): boolean;
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
  const drawing = context.stream('minibatches');
  const act = createActing(context, 'policy');
  const replay = createReplay(capacity, size);
  const unused = new Float32Array(network.maxBatch);
  let gathered = false;
  let updates = 0;
  return {
    replay,
    get updates() {
      return updates;
    },
    draw(minibatch) {
      if (gathered && replay.filled() >= warmup) {
        replay.draw(network.input.data, unused, minibatch, drawing);
        normalizer.apply(network.input, minibatch);
        gathered = false;
        updates++;
        return true;
      }
      for (let i = 0; i < lanes.count; i++) replay.push(lanes.observations, i * size, unused, 0);
      normalizer.observe(lanes.observations, lanes.count);
      act();
      gathered = true;
      return false;
    },
    show(rows, n) {
      network.input.data.set(rows.subarray(0, n * size));
      normalizer.apply(network.input, n);
    },
    snapshot: (metrics) => ({
      data: { gathered, updates, metrics: { ...metrics } },
      tensors: replay.tensors('seen'),
    }),
    restore({ data, tensors }, metrics) {
      gathered = data['gathered'] === true;
      updates = savedCount(data, 'updates');
      Object.assign(metrics, data['metrics']);
      replay.restore('seen', tensors);
    },
    rejoin() {
      gathered = false;
    },
  };
}

/** Mean squared distance of n rows [n, size] to their mean: the loss of knowing the mean alone. */
export function spread(rows: Float32Array, n: number, size: number): number {
  let total = 0;
  for (let j = 0; j < size; j++) {
    let [sum, squares] = [0, 0];
    for (let r = 0; r < n; r++) {
      const x = rows[r * size + j]!;
      sum += x;
      squares += x * x;
    }
    total += squares / n - (sum / n) ** 2;
  }
  return total;
}

// What was seen, split by lane: rows to learn from, and rows held out, which are asked about and never learned from. One step of
// the lanes, one minibatch, and so on; and whether what is learned from the one still helps with the other.
import type { LearnerContext, LearnerState, Metrics } from '../learner.ts';
import type { Replay } from '../replay.ts';
import { savedCount } from '../saved.ts';
import { freshTrend, type Trend } from '../trend.ts';

/** Every fifth lane is held out: a split made once, and by whole episodes. */
export const isHeldOut = (lane: number): boolean => lane % 5 === 4;

export interface SplitReplay {
  /** Minibatches drawn so far. */
  readonly updates: number;
  readonly trend: Trend;
  /** Whether the next minibatch may be drawn; false when a step of the lanes was taken instead. */
  ready(): boolean;
  /** Copies n of the rows learned from to rows[n, ...], and what is kept with them to labels[n, ...]. */
  draw(rows: Float32Array, labels: Float32Array, n: number): void;
  /** The same of those held out; false while there are none. */
  drawHeld(rows: Float32Array, labels: Float32Array, n: number): boolean;
  snapshot(metrics: Metrics): LearnerState;
  restore(state: LearnerState, metrics: Metrics): void;
  rejoin(): void;
}

/**
 * @param seen rows learned from.
 * @param warmup how many of them are wanted before the first minibatch.
 * @param gather takes a step of the lanes, and keeps what was seen.
 */
export function createSplitReplay(
  context: LearnerContext,
  seen: Replay,
  held: Replay,
  warmup: number,
  gather: () => void,
): SplitReplay {
  const [drawing, asking] = [context.stream('minibatches'), context.stream('held out')];
  const trend = freshTrend();
  let gathered = false;
  let updates = 0;
  return {
    get updates() {
      return updates;
    },
    trend,
    ready() {
      if (gathered && seen.filled() >= warmup) return true;
      gather();
      gathered = true;
      return false;
    },
    draw(rows, labels, n) {
      seen.draw(rows, labels, n, drawing);
      gathered = false;
      updates++;
    },
    drawHeld(rows, labels, n) {
      if (held.filled() === 0) return false;
      held.draw(rows, labels, n, asking);
      return true;
    },
    snapshot: (metrics) => ({
      data: { gathered, updates, metrics: { ...metrics }, trend: { ...trend } },
      tensors: { ...seen.tensors('seen'), ...held.tensors('held') },
    }),
    restore({ data, tensors }, metrics) {
      gathered = data['gathered'] === true;
      updates = savedCount(data, 'updates');
      Object.assign(metrics, data['metrics']);
      Object.assign(trend, freshTrend(), data['trend']);
      seen.restore('seen', tensors);
      held.restore('held', tensors);
    },
    rejoin() {
      gathered = false;
    },
  };
}

// A brain at play after it was taught, and what becomes of it. It does what it thinks best, as in an evaluation; small errors lead it to
// states its teacher never showed, where it errs more: the compounding error of cloning (Ross & Bagnell 2010).
import type { LearnerContext, Metrics } from '../learner.ts';
import { likeliestAction } from '../policy.ts';
import type { Replay } from '../replay.ts';
import { labelledCharts } from './labelled.ts';

/** Taught rows that a visited state is compared with, and states visited at a look. */
const compared = 512;
const visitedAtOnce = 8;
/** A state counts as strange when it is farther from the taught rows than this share of held-out rows is. */
const usual = 0.95;
const memory = 128;

/** Metrics of a taught brain at its own play that are worth a line on the chart. */
export const ownPlayCharts = {
  ...labelledCharts,
  ownAccuracy: 'accuracy on its own states',
  strange: 'strange states',
} as const;

/** Plays one step of all lanes by the head's likeliest actions, which stay in `actions`. */
export function createGreedyPlay(context: LearnerContext, head: string) {
  const { network, normalizer, lanes, onSteps } = context;
  const heads = [head];
  const actions = new Float32Array(lanes.count * lanes.actionSize);
  const outputs = network.output(head).data;
  return {
    actions,
    /** Fills `actions`; the lanes stand still. */
    decide(): void {
      network.input.data.set(lanes.observations);
      normalizer.apply(network.input, lanes.count);
      network.forward(lanes.count, heads, 'evaluate');
      for (let i = 0; i < lanes.count; i++)
        likeliestAction(lanes.def.action, outputs, i, actions, i * lanes.actionSize);
    },
    /** Carries them out. @param own whether they are the brain's own */
    step(own: boolean): void {
      lanes.step(actions);
      onSteps(own);
    },
  };
}

export interface Strangeness {
  /** Told before the brain carries out what it has decided, in the world's unit, what the teacher would have done. */
  compare(decided: Float32Array, advice: Float32Array): void;
  /**
   * Compares some of the lanes' states, and as many rows held out, with the rows taught; writes `strange` and, for choices,
   * `ownAccuracy`.
   */
  look(train: Replay, validation: Replay, metrics: Metrics): void;
  snapshot(): Readonly<Record<string, unknown>>;
  restore(data: Readonly<Record<string, unknown>>): void;
}

/**
 * What becomes of a taught brain where it goes by itself: the share of states that are unlike any it was taught, over about the
 * last 128, and how often it does there what its teacher would do, over about the last 50 steps.
 */
export function createStrangeness({ lanes, normalizer }: LearnerContext): Strangeness {
  const size = lanes.observationSize;
  let held: number[] = [];
  let visited: number[] = [];
  let turn = 0;
  let agreement: number | null = null;

  /** Squared distance, each number in its own deviations, to the nearest of evenly spaced taught rows. */
  const nearest = (rows: Float32Array, row: number, train: Replay): number => {
    const stride = Math.max(1, Math.floor(train.filled() / compared));
    let least = Number.POSITIVE_INFINITY;
    for (let k = turn % stride; k < train.filled(); k += stride) {
      let sum = 0;
      for (let j = 0; j < size && sum < least; j++) {
        const d = rows[row * size + j]! - train.rows[k * size + j]!;
        sum += (d * d) / (normalizer.variance[j % normalizer.variance.length]! + 1e-8);
      }
      if (sum < least) least = sum;
    }
    return least;
  };

  return {
    compare(decided, advice) {
      if (lanes.def.action.kind !== 'discrete') return;
      let same = 0;
      for (let i = 0; i < lanes.count; i++) if (decided[i] === advice[i]) same++;
      const share = same / lanes.count;
      agreement = agreement === null ? share : agreement + 0.02 * (share - agreement);
    },
    look(train, validation, metrics) {
      if (agreement !== null) metrics['ownAccuracy'] = agreement;
      if (validation.filled() === 0) return;
      for (let i = 0; i < visitedAtOnce; i++) {
        // Steps through lanes and rows, so that no random stream is needed.
        held.push(nearest(validation.rows, (turn * 97 + 13) % validation.filled(), train));
        visited.push(nearest(lanes.observations, turn % lanes.count, train));
        turn++;
      }
      held = held.slice(-memory);
      visited = visited.slice(-memory);
      const limit = [...held].sort((a, b) => a - b)[Math.floor(usual * (held.length - 1))]!;
      metrics['strange'] = visited.filter((distance) => distance > limit).length / visited.length;
    },
    snapshot: () => ({ held: [...held], visited: [...visited], turn, agreement }),
    restore({ held: savedHeld, visited: savedVisited, turn: savedTurn, agreement: savedAgreement }) {
      held = numbersIn(savedHeld);
      visited = numbersIn(savedVisited);
      agreement = typeof savedAgreement === 'number' ? savedAgreement : null;
      turn = Number.isInteger(savedTurn) ? (savedTurn as number) : 0;
    },
  };
}

const numbersIn = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];

// A rollout: what the lanes saw and did for `steps` steps, row t * lanes + lane. Filled by playing, read in
// shuffled minibatches, saved whole, so that a run stopped half-way through goes on exactly.
import type { NamedTensor } from '../../core/safetensors.ts';
import { savedArray } from '../saved.ts';

export interface Rollout {
  readonly rows: number;
  /** [rows, observationSize], as the world wrote them. */
  readonly observations: Float32Array;
  /** [rows, actionSize], as the policy drew them. */
  readonly actions: Float32Array;
  readonly logProbs: Float32Array;
  readonly values: Float32Array;
  /** Scaled; a truncated step already holds gamma V(final observation). */
  readonly rewards: Float32Array;
  readonly done: Uint8Array;
  /** [lanes]: V of what follows the last step. */
  readonly lastValues: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  /** The order in which an epoch visits the rows. */
  readonly order: Int32Array;
  /** Copies the observations of the `n` rows that stand in `order` from `next` on to the front of `target`. */
  gather(target: Float32Array, next: number, n: number): void;
}

/** Rows longer than this are copied as a whole; shorter ones number by number, which is faster for a few. */
const fewNumbers = 32;

export function createRollout(
  steps: number,
  lanes: number,
  observationSize: number,
  actionSize: number,
): Rollout {
  const rows = steps * lanes;
  const size = observationSize;
  const observations = new Float32Array(rows * size);
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  // Views made once: making one for every copy would be garbage in every step.
  const whole =
    size > fewNumbers
      ? Array.from({ length: rows }, (_, i) => observations.subarray(i * size, (i + 1) * size))
      : [];
  return {
    rows,
    observations,
    actions: new Float32Array(rows * actionSize),
    logProbs: new Float32Array(rows),
    values: new Float32Array(rows),
    rewards: new Float32Array(rows),
    done: new Uint8Array(rows),
    lastValues: new Float32Array(lanes),
    advantages: new Float32Array(rows),
    returns: new Float32Array(rows),
    order,
    gather(target, next, n) {
      for (let k = 0; k < n; k++) {
        const i = order[next + k]!;
        if (size > fewNumbers) target.set(whole[i]!, k * size);
        else for (let j = 0; j < size; j++) target[k * size + j] = observations[i * size + j]!;
      }
    },
  };
}

const arrays = [
  'observations',
  'actions',
  'logProbs',
  'values',
  'rewards',
  'done',
  'lastValues',
  'advantages',
  'returns',
  'order',
] as const;

export const rolloutTensors = (rollout: Rollout): Record<string, NamedTensor> =>
  Object.fromEntries(
    arrays.map((name) => [`rollout.${name}`, { shape: [rollout[name].length], data: rollout[name].slice() }]),
  );

export function restoreRollout(rollout: Rollout, tensors: Readonly<Record<string, NamedTensor>>): void {
  for (const name of arrays) {
    rollout[name].set(savedArray(tensors, `rollout.${name}`, rollout[name].length));
  }
}

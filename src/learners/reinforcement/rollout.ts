// A rollout: what the lanes saw and did for `steps` steps, row t * lanes + lane. Filled by playing, read in
// shuffled minibatches, saved whole, so that a run stopped half-way through goes on exactly.
import type { NamedTensor } from '../../core/safetensors.ts';
import { savedArray } from '../saved.ts';

export interface Rollout {
  readonly rows: number;
  /** [rows, observationSize], as the world wrote them. */
  readonly observations: Float32Array;
  readonly actions: Int32Array;
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
}

export function createRollout(steps: number, lanes: number, observationSize: number): Rollout {
  const rows = steps * lanes;
  return {
    rows,
    observations: new Float32Array(rows * observationSize),
    actions: new Int32Array(rows),
    logProbs: new Float32Array(rows),
    values: new Float32Array(rows),
    rewards: new Float32Array(rows),
    done: new Uint8Array(rows),
    lastValues: new Float32Array(lanes),
    advantages: new Float32Array(rows),
    returns: new Float32Array(rows),
    order: Int32Array.from({ length: rows }, (_, i) => i),
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

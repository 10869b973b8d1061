// A brain beside the one that learns, in the same lanes: it may remember less of them than the other is shown, and then sees the
// newest part of each row. What is older than a row holds it cannot know.
import { type EnvironmentDef, numbersSeen, shapeOfWorld, type WorldShape } from '../../envs/environment.ts';
import { type BrainConfig, brainSettings } from '../learners/trunk.ts';

export interface Recall {
  /** The world as that brain sees it. */
  readonly shape: WorldShape;
  /** Numbers of a row as it sees it. */
  readonly size: number;
  /** Writes what it sees of rows `from` to `from` + `n` of the lanes' own to the front of `target`. */
  write(rows: Float32Array, from: number, n: number, target: Float32Array): void;
}

/** @param who how a refusal begins: 'the saved agent cannot teach in CartPole'. */
export function createRecall(world: EnvironmentDef, brain: BrainConfig, who: string): Recall {
  const whole = shapeOfWorld(world);
  const { memory } = brainSettings(brain);
  const { steps: shown, ...observation } = whole.observation;
  const once = numbersSeen(whole.observation);
  if (memory > (shown ?? 1)) {
    throw new Error(
      `${who}: it remembers ${memory} observations and would be shown ${shown ?? 1}; give the brain that learns a memory of ${memory} or more.`,
    );
  }
  const all = once * (shown ?? 1);
  const size = once * Math.max(memory, 1);
  const seen =
    memory > 0
      ? { ...observation, shape: [memory, once], steps: memory }
      : { ...observation, shape: shown === undefined ? observation.shape : [once] };
  return {
    shape: { ...whole, observation: seen },
    size,
    write(rows, from, n, target) {
      if (size === all) {
        target.set(rows.subarray(from * all, (from + n) * all));
        return;
      }
      for (let i = 0; i < n; i++) {
        const at = (from + i + 1) * all - size;
        for (let j = 0; j < size; j++) target[i * size + j] = rows[at + j]!;
      }
    },
  };
}

// The scale of rewards: the running standard deviation of the discounted return. Dividing rewards by it keeps
// the value loss of order one, so that on a shared trunk the critic does not drown the policy
// (Engstrom et al. 2020, "Implementation matters"; VecNormalize of Stable-Baselines3).

/** Scaled rewards are clipped to this many standard deviations. */
const limit = 10;

export interface ReturnScale {
  /** Discounted return of every lane so far, in world units. */
  readonly running: Float64Array;
  /** Standard deviation in world units; 1 when switched off. */
  deviation(): number;
  /** Merges one step's rewards into the statistics; lanes that ended start again from 0. */
  observe(rewards: Float64Array, ended: (lane: number) => boolean): void;
  scaled(reward: number): number;
}

/** A tiny count to begin with, so that the first variance is already a blend and never zero. */
export const freshReturns = (): Float64Array => Float64Array.of(0, 1, 1e-4);

/**
 * @param statistics belong to the brain, whose value head is scaled by them: they are saved and copied with it.
 * @param frozen leaves them as they are.
 */
export function createReturnScale(
  enabled: boolean,
  lanes: number,
  gamma: number,
  statistics: Float64Array,
  frozen = false,
): ReturnScale {
  const running = new Float64Array(lanes);
  const deviation = (): number => (enabled ? Math.sqrt(statistics[1]! + 1e-8) : 1);
  return {
    running,
    deviation,
    observe(rewards, ended) {
      let sum = 0;
      for (let i = 0; i < lanes; i++) {
        running[i] = running[i]! * gamma + rewards[i]!;
        sum += running[i]!;
      }
      const batchMean = sum / lanes;
      let squares = 0;
      for (let i = 0; i < lanes; i++) squares += (running[i]! - batchMean) ** 2;
      const [mean, variance, count] = statistics as unknown as [number, number, number];
      const total = count + lanes;
      const delta = batchMean - mean;
      if (!frozen) {
        statistics[0] = mean + (delta * lanes) / total;
        statistics[1] = (variance * count + squares + (delta * delta * count * lanes) / total) / total;
        statistics[2] = total;
      }
      for (let i = 0; i < lanes; i++) if (ended(i)) running[i] = 0;
    },
    scaled: (reward) => (enabled ? Math.min(Math.max(reward / deviation(), -limit), limit) : reward),
  };
}

// Which episode every lane is in, where a learner wants a certain number of whole ones. Episodes are numbered as they begin and the
// first so many are kept: taking the first so many that end would favour the short ones.
import type { Lanes } from '../../../envs/vectorize.ts';

/** Of `count` episodes to learn from, a quarter as many again are kept apart. */
export const withValidation = (count: number): number => count + Math.ceil(count / 4);

/** Whether episode `index` of `total` validates: every fifth, and the last; decided once, by whole episodes. */
export const validatesEpisode = (index: number, total: number): boolean =>
  index % 5 === 4 || index === total - 1;

/** Lane -> number of its episode. */
export interface Episodes {
  readonly numbers: Int32Array;
  /** Numbers the episodes that begin now from 0. */
  begin(): void;
  /** After a step of the lanes: an episode that has begun in a lane gets the next number. */
  note(): void;
  /** Whether the first `total` have all ended. */
  ended(total: number): boolean;
}

export function createEpisodes({ count, terminated, truncated }: Lanes): Episodes {
  const numbers = Int32Array.from({ length: count }, (_, i) => i);
  return {
    numbers,
    begin() {
      for (let i = 0; i < count; i++) numbers[i] = i;
    },
    note() {
      let next = 0;
      for (let i = 0; i < count; i++) next = Math.max(next, numbers[i]! + 1);
      for (let i = 0; i < count; i++) {
        if (terminated[i] === 1 || truncated[i] === 1) numbers[i] = next++;
      }
    },
    ended: (total) => numbers.every((number) => number >= total),
  };
}

// What is counted while a run goes on: updates, steps of lanes, episodes, and what the last of these came to.
import type { Lanes } from '../../envs/vectorize.ts';
import type { RunState } from './run-state.ts';

export interface Tally {
  updates: number;
  steps: number;
  episodes: number;
  /** Returns of the last episodes that the brain itself played, oldest first. */
  readonly recentReturns: number[];
}

const recent = 100;

/** @param saved what a run is taken up from. */
export const beginTally = (saved: RunState | undefined): Tally => ({
  updates: saved?.updates ?? 0,
  steps: saved?.steps ?? 0,
  episodes: saved?.episodes ?? 0,
  recentReturns: [...(saved?.recentReturns ?? [])],
});

/** Notes a step of all lanes. @param own whether the brain played; else its returns say nothing of it. */
export function countSteps(tally: Tally, lanes: Lanes, own: boolean): void {
  tally.steps += lanes.count;
  for (let i = 0; i < lanes.count; i++) {
    if (lanes.terminated[i] === 0 && lanes.truncated[i] === 0) continue;
    tally.episodes++;
    if (!own) continue;
    tally.recentReturns.push(lanes.finishedReturns[i]!);
    if (tally.recentReturns.length > recent) tally.recentReturns.shift();
  }
}

/** Mean return of the last 100 episodes; NaN before the first. */
export const meanReturn = ({ recentReturns }: Tally): number =>
  recentReturns.length === 0
    ? Number.NaN
    : recentReturns.reduce((sum, r) => sum + r, 0) / recentReturns.length;

// The exact answer: value iteration (Bellman 1957) over all cells of a map, slips and winds included. What a network only
// comes to believe can be laid beside it, cell by cell.
import { type GridMap, kinds } from './map.ts';

/** What the exact answer depends on besides the map. */
export type GridRules = Readonly<{ slip: number; stepCost: number; goalReward: number; pitReward: number }>;

/** PPO's usual discount, so that what its value head learns and the values here are the same quantity. */
export const discount = 0.99;
const precise = 1e-10;
const mostSweeps = 20_000;
/** Actions this close to the best are as good. */
const tie = 1e-9;

export interface Solution {
  /** [cells]: the discounted return from each under the best play; 0 where it is over, or a wall stands. */
  readonly values: Float64Array;
  /** [cells, 4]: which actions are best there, 1 each. */
  readonly best: Uint8Array;
  /** [cells]: the first of these. */
  readonly action: Uint8Array;
}

/** Reward of arriving on a cell. */
export const rewardOf = (map: GridMap, cell: number, p: GridRules): number =>
  (map.cells[cell] === kinds.goal ? p.goalReward : map.cells[cell] === kinds.pit ? p.pitReward : 0) -
  p.stepCost;

export const isEnd = (map: GridMap, cell: number): boolean =>
  map.cells[cell] === kinds.goal || map.cells[cell] === kinds.pit;

/** The mean of reward and discounted value over what asking for `action` on `cell` may lead to. */
function worth(
  map: GridMap,
  p: GridRules,
  cell: number,
  action: number,
  values: Float64Array,
  gamma: number,
): number {
  let sum = 0;
  for (let turn = -1; turn <= 1; turn++) {
    const chance = turn === 0 ? 1 - p.slip : p.slip / 2;
    const to = map.next[4 * cell + ((action + turn) & 3)]!;
    sum += chance * (rewardOf(map, to, p) + gamma * values[to]!);
  }
  return sum;
}

function iterate(map: GridMap, p: GridRules): Solution {
  const values = new Float64Array(map.cells.length);
  for (let sweep = 0, change = 1; change > precise && sweep < mostSweeps; sweep++) {
    change = 0;
    for (const cell of map.open) {
      let top = Number.NEGATIVE_INFINITY;
      for (let a = 0; a < 4; a++) top = Math.max(top, worth(map, p, cell, a, values, discount));
      change = Math.max(change, Math.abs(top - values[cell]!));
      values[cell] = top;
    }
  }
  const best = new Uint8Array(4 * map.cells.length);
  const action = new Uint8Array(map.cells.length);
  const worths = new Float64Array(4);
  for (const cell of map.open) {
    for (let a = 0; a < 4; a++) worths[a] = worth(map, p, cell, a, values, discount);
    const top = Math.max(...worths);
    for (let a = 3; a >= 0; a--) {
      if (worths[a]! < top - tie) continue;
      best[4 * cell + a] = 1;
      action[cell] = a;
    }
  }
  return { values, best, action };
}

let held: { readonly map: GridMap; readonly p: GridRules; readonly solution: Solution } | undefined;

/** The exact solution; the last one asked for is kept. */
export function solve(map: GridMap, p: GridRules): Solution {
  const same =
    held !== undefined &&
    held.map === map &&
    (held.p === p ||
      (held.p.slip === p.slip &&
        held.p.stepCost === p.stepCost &&
        held.p.goalReward === p.goalReward &&
        held.p.pitReward === p.pitReward));
  if (!same) held = { map, p, solution: iterate(map, p) };
  return held!.solution;
}

/** The mean return, not discounted, of the best play from a cell, when it is cut after so many steps. */
export function returnsOfBest(map: GridMap, p: GridRules, steps: number): Float64Array {
  const { action } = solve(map, p);
  let later = new Float64Array(map.cells.length);
  for (let t = 0; t < steps; t++) {
    const now = new Float64Array(map.cells.length);
    for (const cell of map.open) now[cell] = worth(map, p, cell, action[cell]!, later, 1);
    later = now;
  }
  return later;
}

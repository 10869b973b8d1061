// The expert of Freeway: where every car will be is known until the chicken has crossed, so the best way over is found by dynamic
// programming over (time, row, last action). While the chicken rests any button can be pressed, so it is taken to land with the
// last action that suits it best; while it waits, a step may repeat the last action, which is reckoned with.
import { minatar } from '../minatar.ts';
import { freewayAt as at, crossing, type FreewayParams, gridSize, kerb, laneCount } from './rules.ts';

/** Steps looked ahead. Beyond that the road counts as empty. */
const horizon = 18;
const longestHop = 6;
/** Being across t steps away is worth patience^t. */
const patience = 0.97;

const moves = [minatar.none, minatar.up, minatar.down];
const choices = moves.length;
const times = horizon + longestHop + 1;

/** Rows, as bits, in which a car is on the chicken's column after each coming step. */
const blocked = new Int32Array(times);
/** What it is worth to be free to hop at a time, [time, row, last action], and with the best last action, [time, row]. */
const worth = new Float64Array(times * gridSize * choices);
const worthBest = new Float64Array(times * gridSize);
const value = new Float64Array(choices);

function foresee(s: Float64Array): void {
  blocked.fill(0);
  for (let i = 0; i < laneCount; i++) {
    const bit = 1 << (i + 1);
    const speed = s[at.speeds + i]!;
    const rest = Math.abs(speed) + 1;
    // Cells to go until it is on the chicken's column; it stays there for one rest.
    const ahead = speed > 0 ? crossing - s[at.cars + i]! : s[at.cars + i]! - crossing;
    const cells = ahead >= 0 ? ahead : ahead + gridSize;
    let from = s[at.timers + i]! + 1 + (cells - 1) * rest;
    while (from < times) {
      const to = Math.min(times, from + rest);
      for (let t = Math.max(0, from); t < to; t++) blocked[t] = blocked[t]! | bit;
      from += gridSize * rest;
    }
  }
}

/** The hop interval for which the times beyond the horizon were filled; nothing else writes there. */
let filledFor = 0;

/** An empty road: every row takes one hop. */
function fillBeyond(hop: number): void {
  if (filledFor === hop) return;
  filledFor = hop;
  let later = 1;
  for (let row = 0; row <= kerb; row++) {
    for (let t = horizon; t < times; t++) {
      worthBest[t * gridSize + row] = later;
      worth.fill(later, (t * gridSize + row) * choices, (t * gridSize + row + 1) * choices);
    }
    for (let k = 0; k < (row === 0 ? 1 : hop); k++) later *= patience;
  }
}

/** The best of MinAtar's actions now. */
export function bestAction(s: Float64Array, p: FreewayParams): number {
  const hop = p.hopInterval;
  const sticks = p.stickyActionProbability;
  const rest = s[at.hopTimer]!;
  // Only the last step of a rest can still be repeated when the chicken may hop.
  if (rest > 1) return minatar.up;
  let landing = 1;
  for (let k = 0; k < hop; k++) landing *= patience;
  foresee(s);
  fillBeyond(hop);
  let best = 0;
  for (let t = horizon - 1; t >= rest; t--) {
    // A car that is there before its move or after it hits; after a hop so does every car that comes while it rests.
    const cars = blocked[t]! | blocked[t + 1]!;
    let under = cars;
    for (let k = 2; k <= hop; k++) under |= blocked[t + k]!;
    const landed = (t + hop) * gridSize;
    // No further than it can have come by then.
    for (let row = Math.max(1, s[at.chicken]! - Math.floor((t - rest) / hop)); row <= kerb; row++) {
      const stays = ((cars >> row) & 1) !== 0 ? kerb : row;
      const above = ((under >> (row - 1)) & 1) !== 0 ? kerb : row - 1;
      const below = row === kerb || ((under >> (row + 1)) & 1) !== 0 ? kerb : row + 1;
      value[0] = patience * worth[((t + 1) * gridSize + stays) * choices]!;
      value[1] = row === 1 ? 1 : landing * worthBest[landed + above]!;
      value[2] = landing * worthBest[landed + below]!;
      const choice = value[1]! > value[0]! ? (value[2]! > value[1]! ? 2 : 1) : value[2]! > value[0]! ? 2 : 0;
      const place = (t * gridSize + row) * choices;
      for (let a = 0; a < choices; a++) {
        worth[place + a] = (1 - sticks) * value[choice]! + sticks * value[a]!;
      }
      worthBest[t * gridSize + row] = value[choice]!;
      if (t === rest && row === s[at.chicken]) best = choice;
    }
  }
  return moves[best]!;
}

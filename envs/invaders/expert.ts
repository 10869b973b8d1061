// The expert of Space Invaders: the next steps of fleet and bombs are known but for bombs yet to fall, so it computes, for
// each of the cannon's places and times, what can be hit and what would kill, and takes the best way by dynamic programming.
// A step may repeat the last action; that is reckoned with.
import { minatar } from '../minatar.ts';
import { invadersAt as at, bottom, columnsIn, foreseeStep, gridSize, type InvadersParams } from './rules.ts';

/** Steps looked ahead for the cannon. A shot is followed to the end of its flight beyond that. */
const horizon = 8;
const flight = bottom;
/** A hit t steps away counts patience^t. */
const patience = 0.95;
/** The value of being hit. */
const lost = -20;

const moves = [minatar.none, minatar.left, minatar.right, minatar.fire];
const fire = 3;
const choices = moves.length;

const times = horizon + flight;
/** Columns, as bits, in which the cannon dies in each coming step, and from which a shot fired in that step hits. */
const deadly = new Int32Array(times);
const hitting = new Int32Array(times);
const future = new Float64Array(at.executed + 1);

/** What each place is worth before a step, [cannon, last move]: with a shot still to fire, and after it. */
const ready = [new Float64Array(gridSize * choices), new Float64Array(gridSize * choices)];
const spent = [new Float64Array(gridSize * choices), new Float64Array(gridSize * choices)];
const value = new Float64Array(choices);

function foresee(s: Float64Array): void {
  future.set(s);
  hitting.fill(0);
  for (let t = 1; t < times; t++) {
    deadly[t] = foreseeStep(future);
    if (future[at.over] !== 0) {
      deadly.fill(0, t + 1);
      return;
    }
    // A shot fired k steps before is k rows above the one right over the cannon.
    for (let k = 0; k < flight && k < t; k++) {
      if (t - k <= horizon) hitting[t - k] = hitting[t - k]! | columnsIn(future, bottom - 1 - k);
    }
  }
}

/** The best of MinAtar's actions now. */
export function bestAction(s: Float64Array, p: InvadersParams): number {
  foresee(s);
  const sticks = p.stickyActionProbability;
  const reload = s[at.reload]!;
  const cannon = s[at.cannon]!;
  ready[horizon & 1]!.fill(0);
  spent[horizon & 1]!.fill(0);
  let best = 0;
  for (let t = horizon; t >= 1; t--) {
    const loaded = t > reload;
    const deaths = deadly[t]!;
    const to = Math.min(bottom, cannon + t - 1);
    for (let after = 0; after < 2; after++) {
      const kind = after === 0 ? ready : spent;
      const later = kind[t & 1]!;
      const now = kind[(t - 1) & 1]!;
      for (let x = Math.max(0, cannon - t + 1); x <= to; x++) {
        let most = Number.NEGATIVE_INFINITY;
        let choice = 0;
        for (let a = 0; a < choices; a++) {
          const there = a === 1 ? (x > 0 ? x - 1 : 0) : a === 2 ? (x < bottom ? x + 1 : bottom) : x;
          const fires = a === fire && loaded && after === 0;
          const next = (fires ? spent[t & 1]! : later)[there * choices + a]!;
          const gain = fires ? (hitting[t]! >> x) & 1 : 0;
          const v = gain + (((deaths >> there) & 1) !== 0 ? lost : patience * next);
          value[a] = v;
          if (v > most) {
            most = v;
            choice = a;
          }
        }
        for (let a = 0; a < choices; a++) now[x * choices + a] = (1 - sticks) * most + sticks * value[a]!;
        if (t === 1 && after === 0) best = choice;
      }
    }
  }
  return moves[best]!;
}

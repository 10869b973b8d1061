// A player of Asterix that looks ahead: everything on the board goes its way for certain, so only sticky actions and what is
// still to come are left to chance. Dynamic programming (Bellman 1957) over the cells and moves of the next steps.
import {
  asterixAt as at,
  clampX,
  clampY,
  enemy,
  gridSize,
  lastCell,
  nothing,
  slots,
  slotWidth,
  stepX,
  stepY,
} from './board.ts';

interface Chances {
  readonly stickyActionProbability: number;
  readonly goldOneIn: number;
}

/** How many steps ahead it looks. */
const horizon = 8;
/** Gold k steps away counts discount^k. */
const discount = 0.95;
/** The value of touching an enemy. */
const death = -20;
/** At the end of the look ahead, a cell nearer to the middle is better: more time to step aside of what comes in. */
const perCell = 0.02;
const moves = 5;
const states = slots * gridSize * moves;

/** A state is a cell and the move that led there. This is where each move leads from a state's cell, and by which move. */
const leadsTo = Int32Array.from({ length: states }, (_, i) => {
  const cell = Math.floor(i / moves);
  const move = i % moves;
  const x = clampX((cell % gridSize) + stepX[move]!);
  const y = clampY(Math.floor(cell / gridSize) + 1 + stepY[move]!);
  return ((y - 1) * gridSize + x) * moves + move;
});
const atTheEnd = Float64Array.from({ length: states }, (_, i) => {
  const x = Math.floor(i / moves) % gridSize;
  return -perCell * Math.abs(x - lastCell / 2);
});
/** The value of each state in a step and in the one after it, in turns. Rewritten in every call. */
const values = [new Float64Array(states), new Float64Array(states)] as const;

/** The move (none, left, up, right, down as 0 to 4) that promises most from here. */
export function bestMove(s: Float64Array, p: Chances): number {
  const moveTimer = s[at.moveTimer]!;
  const moveInterval = s[at.moveInterval]!;
  const spawnTimer = s[at.spawnTimer]!;
  const spawnInterval = s[at.spawnInterval]!;
  let free = 0;
  for (let i = 0; i < slots; i++) if (s[i * slotWidth] === nothing) free++;
  const ambush = free > 0 ? (death * (1 - 1 / p.goldOneIn)) / 2 / free : 0;
  let later: Float64Array = atTheEnd;
  for (let step = horizon - 1; step >= 0; step--) {
    // Things move after moveTimer steps, and something comes in after spawnTimer steps; then once in every interval.
    const since = step - moveTimer;
    const moveNow = since >= 0 && since % moveInterval === 0;
    const moved = since > 0 ? Math.ceil(since / moveInterval) : 0;
    const spawnNow = step >= spawnTimer && (step - spawnTimer) % spawnInterval === 0;
    const now = values[step & 1]!;
    for (let row = 0; row < slots; row++) {
      const slot = row * slotWidth;
      const kind = s[slot]!;
      const way = s[slot + 2]!;
      const before = kind === nothing ? -1 : s[slot + 1]! + moved * way;
      const after = kind === nothing ? -1 : moveNow ? before + way : before;
      valueRow(now, later, row, before, after, kind === enemy, p.stickyActionProbability);
      if (kind === nothing && spawnNow) addAmbush(now, row, moveNow ? 2 : 1, ambush);
    }
    later = now;
  }
  const here = ((s[at.playerY]! - 1) * gridSize + s[at.playerX]!) * moves;
  let choice = 0;
  for (let move = 1; move < moves; move++) {
    if (later[leadsTo[here + move]!]! > later[leadsTo[here + choice]!]!) choice = move;
  }
  return choice;
}

/** One row's states in one step, in which the row's thing is at `before` and then at `after`. */
function valueRow(
  now: Float64Array,
  later: Float64Array,
  row: number,
  before: number,
  after: number,
  deadly: boolean,
  sticky: number,
): void {
  const first = row * gridSize * moves;
  const keep = discount * (1 - sticky);
  const repeat = discount * sticky;
  const end = first + states / slots;
  let x = 0;
  for (let i = first; i < end; i += 5) {
    const touched = x === before || x === after;
    if (touched && deadly) {
      for (let k = i; k < i + 5; k++) now[k] = death;
    } else {
      const a = later[leadsTo[i]!]!;
      const b = later[leadsTo[i + 1]!]!;
      const c = later[leadsTo[i + 2]!]!;
      const d = later[leadsTo[i + 3]!]!;
      const e = later[leadsTo[i + 4]!]!;
      let best = a > b ? a : b;
      if (c > best) best = c;
      if (d > best) best = d;
      if (e > best) best = e;
      best *= keep;
      // Who stands still took what lies here before; only what runs into him is new.
      const gain = touched ? best + 1 : best;
      now[i] = (touched && x === before ? best : gain) + repeat * a;
      now[i + 1] = gain + repeat * b;
      now[i + 2] = gain + repeat * c;
      now[i + 3] = gain + repeat * d;
      now[i + 4] = gain + repeat * e;
    }
    x++;
  }
}

/** What comes into a free row at either side may meet the player there, and next to it where things move in the same step. */
function addAmbush(now: Float64Array, row: number, reach: number, value: number): void {
  const first = row * gridSize * moves;
  const length = gridSize * moves;
  for (let i = 0; i < reach * moves; i++) {
    now[first + i]! += value;
    now[first + length - 1 - i]! += value;
  }
}

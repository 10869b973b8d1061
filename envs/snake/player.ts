// Snake's expert: the shortest way to the food if it leaves a way to the tail afterwards, else a long way after the tail, which
// always makes room. Two rules and a flood fill; no plan is kept between moves.
import { snakeAt as at, cellCount, headingAfter, neighbours, nowhere, rowNames, sideOf } from './board.ts';

type Rules = Readonly<{ board: string; wrap: number }>;

const unreached = -1;
/** Moves to each cell, and the cell from which it was reached; rewritten by every search. */
const distance = new Int32Array(cellCount);
const before = new Int32Array(cellCount);
const queue = new Int32Array(cellCount);
const future = new Float64Array(rowNames.length);
const way = new Int32Array(cellCount);

/**
 * How far every cell is from the head, when a cell of the body can be entered once it will have been left. Stops at `goal`.
 * @returns how many cells were reached.
 */
function search(s: Float64Array, next: Int16Array, goal = nowhere): number {
  distance.fill(unreached);
  const head = s[at.head]!;
  const gone = s[at.moves]! - s[at.length]!;
  distance[head] = 0;
  queue[0] = head;
  let filled = 1;
  for (let turn = 0; turn < filled; turn++) {
    const cell = queue[turn]!;
    const steps = distance[cell]! + 1;
    for (let heading = 0; heading < 4; heading++) {
      const to = next[4 * cell + heading]!;
      if (to < 0 || distance[to] !== unreached || s[to]! - gone > steps) continue;
      distance[to] = steps;
      before[to] = cell;
      queue[filled++] = to;
      if (to === goal) return filled;
    }
  }
  return filled;
}

/** The cell of the tail's end. */
function tailOf(s: Float64Array): number {
  const last = s[at.moves]! - s[at.length]! + 1;
  for (let cell = 0; cell < cellCount; cell++) if (s[cell] === last) return cell;
  return s[at.head]!;
}

/** Moves `s` on to a cell beside its head. */
function enter(s: Float64Array, cell: number): void {
  s[at.moves] = s[at.moves]! + 1;
  s[at.head] = cell;
  s[cell] = s[at.moves]!;
  if (cell === s[at.food]) s[at.length] = s[at.length]! + 1;
}

/** The heading that begins the shortest way to the food, if the tail can be reached from its end; else nowhere. */
function towardsFood(s: Float64Array, side: number, next: Int16Array): number {
  const food = s[at.food]!;
  search(s, next, food);
  if (food === nowhere || distance[food] === unreached) return nowhere;
  let n = 0;
  for (let cell = food; cell !== s[at.head]; cell = before[cell]!) way[n++] = cell;
  future.set(s);
  for (let i = n - 1; i >= 0; i--) enter(future, way[i]!);
  const first = way[n - 1]!;
  if (future[at.length]! < side * side) {
    const tail = tailOf(future);
    search(future, next, tail);
    if (distance[tail] === unreached) return nowhere;
  }
  for (let heading = 0; heading < 4; heading++) {
    if (next[4 * s[at.head]! + heading]! === first) return heading;
  }
  return nowhere;
}

/** The move after which the tail is farthest but can still be reached; failing that, the one with the most room. */
function afterTail(s: Float64Array, next: Int16Array): number {
  let best = s[at.heading]!;
  let most = Number.NEGATIVE_INFINITY;
  const gone = s[at.moves]! - s[at.length]!;
  for (let heading = 0; heading < 4; heading++) {
    if (headingAfter(s[at.heading]!, heading) !== heading) continue;
    const cell = next[4 * s[at.head]! + heading]!;
    if (cell === nowhere || s[cell]! - gone > 1) continue;
    future.set(s);
    enter(future, cell);
    const room = search(future, next);
    const far = distance[tailOf(future)]!;
    const score = far === unreached ? room - 2 * cellCount : far;
    if (score > most) {
      most = score;
      best = heading;
    }
  }
  return best;
}

export function chooseMove(s: Float64Array, p: Rules): number {
  const side = sideOf(p.board);
  const next = neighbours(side, p.wrap === 1);
  const greedy = towardsFood(s, side, next);
  return greedy === nowhere ? afterTail(s, next) : greedy;
}

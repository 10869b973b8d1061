// The rules of Space Invaders on a 10 x 10 grid, with every quirk of MinAtar's game (Young & Tian 2019), written from a
// description of its rules: the row of numbers that is the whole game, and one step of it.
import { type MinAtarParams, minatar } from '../minatar.ts';

export type InvadersParams = MinAtarParams &
  Readonly<{ ramping: number; marchInterval: number; shotInterval: number; mirrored: number }>;

export const gridSize = 10;
export const bottom = gridSize - 1;
/** The fleet as it arrives: four rows of six. */
export const fleetRows = 4;
export const fleetColumns = 6;
export const fullFleet = 0xffffff;
/** Steps until the cannon can fire again. */
export const reloadTime = 5;
/** The fleet never marches more often than this, however many waves were cleared. */
export const fastestMarch = 6;
/** A shot leaves the board before a third one can be on it; so does a bomb. */
export const inFlight = 2;

/** Where each number stands in the row. x counts columns from the left, y rows from the top. */
export const invadersAt = {
  /** One bit for each alien that lives, 6 * row + column of the fleet. */
  aliens: 0,
  /** Where on the board the fleet's top left corner is; it may lie outside once outer columns are shot away. */
  left: 1,
  top: 2,
  /** -1 while the fleet marches left, 1 while it marches right. */
  direction: 3,
  /** Steps between two marches of a large fleet: 12 at first, one less after each wave. */
  interval: 4,
  marchTimer: 5,
  /** Steps until an alien drops the next bomb. */
  bombTimer: 6,
  cannon: 7,
  reload: 8,
  /** x, y of each shot in flight; y is -1 where there is none. */
  shots: 9,
  /** The same for the aliens' bombs. */
  bombs: 9 + 2 * inFlight,
  /** 1 once the cannon was hit or the fleet has landed; nothing moves any more. */
  over: 9 + 4 * inFlight,
  /** The action carried out last, which a sticky step repeats. It outlives the episode. */
  executed: 10 + 4 * inFlight,
} as const;
const at = invadersAt;

const flights = (name: string): string[] =>
  Array.from({ length: inFlight }, (_, i) => [`${name}${i + 1}X`, `${name}${i + 1}Y`]).flat();

export const stateNames: readonly string[] = [
  ...['aliens', 'left', 'top', 'direction', 'interval', 'marchTimer', 'bombTimer', 'cannon', 'reload'],
  ...flights('shot'),
  ...flights('bomb'),
  ...['over', 'executed'],
];

/** The bits of one column of the fleet, and of one row. */
const columnBits = (column: number): number => 0x041041 << column;
const rowBits = (row: number): number => 0x3f << (fleetColumns * row);

/**
 * Which of the fleet's aliens, living or not, belongs at (x, y): its bit, or 0 where there is none. A fleet that stepped below the
 * board comes in again at the top: the recorded games do so in their last step.
 */
function alienBit(left: number, top: number, x: number, y: number): number {
  const column = x - left;
  const row = y >= top ? y - top : y - top + gridSize;
  return column < 0 || column >= fleetColumns || row >= fleetRows ? 0 : 1 << (fleetColumns * row + column);
}

const alienAt = (s: Float64Array, x: number, y: number): boolean =>
  (s[at.aliens]! & alienBit(s[at.left]!, s[at.top]!, x, y)) !== 0;

/** How many bits are set, four neighbours at a time. */
function aliensLeft(aliens: number): number {
  let n = aliens - ((aliens >> 1) & 0x555555);
  n = (n & 0x333333) + ((n >> 2) & 0x333333);
  n = (n + (n >> 4)) & 0x0f0f0f;
  return (n + (n >> 8) + (n >> 16)) & 31;
}

function arrive(s: Float64Array): void {
  s[at.aliens] = fullFleet;
  s[at.left] = 2;
  s[at.top] = 0;
}

/** A new game. It draws nothing: every game begins alike. */
export function resetGame(s: Float64Array, p: InvadersParams): void {
  arrive(s);
  s[at.direction] = -1;
  s[at.interval] = p.marchInterval;
  s[at.marchTimer] = p.marchInterval;
  s[at.bombTimer] = p.shotInterval;
  s[at.cannon] = 5;
  s[at.reload] = 0;
  for (let i = 0; i < 2 * inFlight; i++) {
    s[at.shots + 2 * i] = 0;
    s[at.shots + 2 * i + 1] = -1;
  }
  s[at.over] = 0;
}

/** Puts a shot or a bomb into a free place. */
function launch(s: Float64Array, kind: number, x: number, y: number): void {
  const place = s[kind + 1]! < 0 ? kind : kind + 2;
  s[place] = x;
  s[place + 1] = y;
}

/** The fleet's march when its timer has run out: a step sideways, or at the edge a turn and a step down. */
function march(s: Float64Array): void {
  const aliens = s[at.aliens]!;
  const left = s[at.left]!;
  s[at.marchTimer] = Math.min(aliensLeft(aliens), s[at.interval]!);
  const edge = s[at.direction]! < 0 ? -left : bottom - left;
  if (edge < 0 || edge >= fleetColumns || (aliens & columnBits(edge)) === 0) {
    s[at.left] = left + s[at.direction]!;
    return;
  }
  s[at.direction] = -s[at.direction]!;
  const lowest = bottom - s[at.top]!;
  if (lowest < fleetRows && (aliens & rowBits(lowest)) !== 0) s[at.over] = 1;
  s[at.top] = s[at.top]! + 1;
}

/** A bomb from the lowest alien of the column nearest to the cannon; of two as near, the left one. */
function dropBomb(s: Float64Array): void {
  const aliens = s[at.aliens]!;
  const left = s[at.left]!;
  let from = -1;
  let nearest = gridSize;
  for (let column = 0; column < fleetColumns; column++) {
    const distance = Math.abs(s[at.cannon]! - left - column);
    if (distance < nearest && (aliens & columnBits(column)) !== 0) {
      nearest = distance;
      from = column;
    }
  }
  for (let y = bottom; y >= 0; y--) {
    if ((aliens & alienBit(left, s[at.top]!, left + from, y)) === 0) continue;
    launch(s, at.bombs, left + from, y);
    return;
  }
}

/** Takes away every alien that shares its cell with a shot, and the shot; returns how many. */
function hits(s: Float64Array): number {
  let count = 0;
  for (let k = at.shots; k < at.bombs; k += 2) {
    if (s[k + 1]! < 0) continue;
    const bit = s[at.aliens]! & alienBit(s[at.left]!, s[at.top]!, s[k]!, s[k + 1]!);
    if (bit === 0) continue;
    s[at.aliens] = s[at.aliens]! - bit;
    s[k + 1] = -1;
    count++;
  }
  return count;
}

/** Moves every shot up by one row and every bomb down by one; returns the columns, as bits, where a bomb has come down. */
function fly(s: Float64Array): number {
  let landing = 0;
  for (let k = at.shots; k < at.bombs; k += 2) if (s[k + 1]! >= 0) s[k + 1] = s[k + 1]! - 1;
  for (let k = at.bombs; k < at.over; k += 2) {
    const y = s[k + 1]!;
    if (y < 0) continue;
    s[k + 1] = y === bottom ? -1 : y + 1;
    if (y + 1 === bottom) landing |= 1 << s[k]!;
  }
  return landing;
}

/** Columns of the board, as bits, in which an alien stands on row y. */
export function columnsIn(s: Float64Array, y: number): number {
  const row = y - s[at.top]!;
  if (row < 0 || row >= fleetRows) return 0;
  const bits = (s[at.aliens]! >> (fleetColumns * row)) & 0x3f;
  const left = s[at.left]!;
  return left >= 0 ? bits << left : bits >> -left;
}

/**
 * One step without the cannon: no new shot, no new bomb, no new wave. Returns the columns, as bits, in which the cannon would die.
 */
export function foreseeStep(s: Float64Array): number {
  let deadly = fly(s) | columnsIn(s, bottom);
  if (s[at.marchTimer] === 0 && s[at.aliens] !== 0) {
    march(s);
    deadly |= columnsIn(s, bottom);
  }
  hits(s);
  s[at.marchTimer] = s[at.marchTimer]! - 1;
  return deadly;
}

/** One step in which the cannon carries out one of MinAtar's actions; returns the reward. */
export function playStep(s: Float64Array, executed: number, p: InvadersParams): number {
  if (executed === minatar.left) s[at.cannon] = Math.max(0, s[at.cannon]! - 1);
  else if (executed === minatar.right) s[at.cannon] = Math.min(bottom, s[at.cannon]! + 1);
  else if (executed === minatar.fire && s[at.reload] === 0) {
    launch(s, at.shots, s[at.cannon]!, bottom);
    s[at.reload] = reloadTime;
  }
  const cannon = s[at.cannon]!;
  if (((fly(s) >> cannon) & 1) !== 0) s[at.over] = 1;
  if (alienAt(s, cannon, bottom)) s[at.over] = 1;
  if (s[at.marchTimer] === 0) {
    march(s);
    if (alienAt(s, cannon, bottom)) s[at.over] = 1;
  }
  if (s[at.bombTimer] === 0) {
    s[at.bombTimer] = p.shotInterval;
    dropBomb(s);
  }
  const reward = hits(s);
  if (s[at.reload]! > 0) s[at.reload] = s[at.reload]! - 1;
  s[at.marchTimer] = s[at.marchTimer]! - 1;
  s[at.bombTimer] = s[at.bombTimer]! - 1;
  if (s[at.aliens] === 0) {
    if (p.ramping !== 0 && s[at.interval]! > fastestMarch) s[at.interval] = s[at.interval]! - 1;
    arrive(s);
  }
  return reward;
}

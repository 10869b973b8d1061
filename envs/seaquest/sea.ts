// Where Seaquest keeps its numbers in the row: what rules, expert and pictures share.
import { listNumbers, type RowList, rowList } from './lists.ts';

export const gridSize = 10;
export const lastCell = gridSize - 1;
/** The submarine stays in rows 0 (the surface) to 8, all else in rows 1 to 8; row 9 holds the gauges. */
export const deepest = 8;
export const mostDivers = 6;

/** Single numbers. x counts columns from the left, y rows from the top; a way is 1 (right) or -1 (left). */
export const seaquestAt = {
  /** The action carried out last, by MinAtar's numbers, which a sticky step repeats. It outlives the episode. */
  executed: 0,
  oxygen: 1,
  /** Divers on board: up to 6, and below 0 after a full load was brought up. */
  divers: 2,
  subX: 3,
  subY: 4,
  /** The way the submarine faces. */
  way: 5,
  /** Steps until it may shoot again. */
  shotTimer: 6,
  /** 1 from surfacing until it dives again. */
  surfaced: 7,
  spawnTimer: 8,
  /** Steps between two arrivals of enemies. */
  spawnInterval: 9,
  diverTimer: 10,
  /** Steps between two moves of an enemy, less one. */
  moveInterval: 11,
  /** How often the game has become faster. */
  ramp: 12,
  /** 1 once the game is over; nothing moves any more. */
  over: 13,
} as const;
const scalars = Object.keys(seaquestAt).length;

/**
 * How many places the lists have. With the usual settings none ever runs out:
 * - Own shots: one in 5 steps, and each is off the board by its 10th move: 2.
 * - Divers: they take 60 steps to cross, and one comes in 30 (in 10 at the least): 6.
 * - Enemies: one takes ten moves to cross, one every 3 steps at the fastest, which is from the sixth surfacing on; waiting for its
 *   first may take 6: 33 steps in all. At most one comes in a step: 33. Before that, with at least 14 steps between two arrivals and
 *   at most 60 to cross, there are 5 that may still be about: 38.
 * - Enemy shots: a submarine fires every 11 steps, by when its last shot is off the board: one for each, 38.
 * Slow enemies that come fast (both are settings) may be more: then the newest stays out.
 */
const enemies = 40;
const plan = {
  shots: [3, 2],
  divers: [4, 6],
  subs: [5, enemies],
  enemyShots: [3, enemies],
  fish: [4, enemies],
};

type ListName = 'shots' | 'divers' | 'subs' | 'enemyShots' | 'fish';
let end = scalars;
const list = ([width, capacity]: readonly number[]): RowList => {
  const start = end;
  end += listNumbers(width!, capacity!);
  return rowList(start, width!, capacity!);
};

/**
 * The lists. Entries: column, row, way; then for what moves by itself the steps until it does; then, for enemy submarines, the steps
 * until they shoot.
 */
export const seaquestLists: Readonly<Record<ListName, RowList>> = {
  shots: list(plan.shots),
  divers: list(plan.divers),
  subs: list(plan.subs),
  enemyShots: list(plan.enemyShots),
  fish: list(plan.fish),
};

const parts = ['X', 'Y', 'Way', 'MoveTimer', 'ShotTimer'];
const entryNames: Readonly<Record<ListName, string>> = {
  shots: 'shot',
  divers: 'diver',
  subs: 'enemySub',
  enemyShots: 'enemyShot',
  fish: 'fish',
};
export const seaquestState: readonly string[] = [
  ...Object.keys(seaquestAt),
  ...(Object.keys(seaquestLists) as ListName[]).flatMap((name) => [
    `${entryNames[name]}Count`,
    ...Array.from({ length: seaquestLists[name].capacity }, (_, i) =>
      parts.slice(0, seaquestLists[name].width).map((part) => `${entryNames[name]}${i + 1}${part}`),
    ).flat(),
  ]),
];

export const offBoard = (x: number): boolean => x < 0 || x > lastCell;

/** How many of the gauge's ten cells the air fills. */
export const oxygenCells = (s: Float64Array, full: number): number =>
  Math.floor((Math.max(0, s[seaquestAt.oxygen]!) * gridSize) / full);

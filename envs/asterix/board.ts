// Where Asterix keeps its numbers in the row, and how things move on its board: what rules, expert and pictures share.

export const gridSize = 10;
export const lastCell = gridSize - 1;
/** Things come in rows 1 to 8, at most one in each; the player stays in these rows, too. */
export const slots = 8;

/** What is in a slot. */
export const nothing = 0;
export const enemy = 1;
export const gold = 2;

/**
 * Where each number stands in the row. First the slots, that of board row 1 first, `slotWidth` numbers each: kind, column, and
 * the way it goes (1 right, -1 left). x counts columns from the left, y rows from the top.
 */
export const slotWidth = 3;
const scalars = slots * slotWidth;
export const asterixAt = {
  slots: 0,
  playerX: scalars,
  playerY: scalars + 1,
  spawnTimer: scalars + 2,
  /** Steps between two arrivals. */
  spawnInterval: scalars + 3,
  moveTimer: scalars + 4,
  /** Steps between two moves of all things. */
  moveInterval: scalars + 5,
  rampTimer: scalars + 6,
  /** How often the game has become faster. */
  ramp: scalars + 7,
  /** 1 once an enemy was touched; nothing moves any more. */
  over: scalars + 8,
  /** The action carried out last, by MinAtar's numbers, which a sticky step repeats. It outlives the episode. */
  executed: scalars + 9,
} as const;

export const asterixState: readonly string[] = [
  ...Array.from({ length: slots }, (_, i) => [`kind${i + 1}`, `x${i + 1}`, `way${i + 1}`]).flat(),
  ...['playerX', 'playerY', 'spawnTimer', 'spawnInterval', 'moveTimer', 'moveInterval'],
  ...['rampTimer', 'ramp', 'over', 'executed'],
];

/** What MinAtar's actions 0 to 5 do to the player's column and row. */
export const stepX = [0, -1, 0, 1, 0, 0] as const;
export const stepY = [0, 0, -1, 0, 1, 0] as const;

export const clampX = (x: number): number => (x < 0 ? 0 : x > lastCell ? lastCell : x);
export const clampY = (y: number): number => (y < 1 ? 1 : y > slots ? slots : y);

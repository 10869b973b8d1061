// Snake's board as numbers in a row. Each cell keeps the move at which the head entered it: a cell is body while that is no longer
// ago than the snake is long, so a step writes one cell and nothing has to be shifted along.

/** The largest board; smaller ones use its upper left. */
export const largestSide = 10;
export const cellCount = largestSide * largestSide;

export const boards = { '6x6': 6, '8x8': 8, '10x10': 10 } as const;
export type BoardName = keyof typeof boards;
export const sideOf = (board: string): number => boards[board as BoardName];

/** How it ended. */
export const outcomes = { playing: 0, wall: 1, body: 2, hunger: 3, full: 4 } as const;

/** Where each number stands in the row. The board's cells come first, ten to a line. */
export const snakeAt = {
  /** The move at which the head entered; 0: never. */
  entered: 0,
  head: cellCount,
  /** 0 up, 1 right, 2 down, 3 left: the way the head moved last. */
  heading: cellCount + 1,
  length: cellCount + 2,
  moves: cellCount + 3,
  food: cellCount + 4,
  /** Moves since it last ate. */
  hungry: cellCount + 5,
  outcome: cellCount + 6,
} as const;
export const rowNames = [
  ...Array.from({ length: cellCount }, (_, cell) => `entered${cell}`),
  ...['head', 'heading', 'length', 'moves', 'food', 'hungry', 'outcome'],
];
const at = snakeAt;

export const startLength = 3;
export const nowhere = -1;

// Up, right, down, left: the actions and the headings.
export const stepX = [0, 1, 0, -1] as const;
export const stepY = [-1, 0, 1, 0] as const;

/** Made once for each kind of board: a search asks thousands of times. */
const tables: Int16Array[] = [];

/** [cells, 4]: the cell beside each in every direction, or nowhere beyond the edge. */
export function neighbours(side: number, wrap: boolean): Int16Array {
  const key = 2 * side + (wrap ? 1 : 0);
  tables[key] ??= Int16Array.from({ length: 4 * cellCount }, (_, i) => beside(i >> 2, i & 3, side, wrap));
  return tables[key];
}

function beside(cell: number, heading: number, side: number, wrap: boolean): number {
  let x = (cell % largestSide) + stepX[heading]!;
  let y = Math.floor(cell / largestSide) + stepY[heading]!;
  if (x < 0 || y < 0 || x >= side || y >= side) {
    if (!wrap) return nowhere;
    x = (x + side) % side;
    y = (y + side) % side;
  }
  return y * largestSide + x;
}

/** Moves until the cell is free again: 0 free now, 1 the tail's end, which makes room in the very next move. */
export const staysFor = (s: Float64Array, cell: number): number =>
  Math.max(0, s[cell]! + s[at.length]! - s[at.moves]!);

/** Asking to turn back into the own neck is asking to go straight on. */
export const headingAfter = (heading: number, action: number): number =>
  action === ((heading + 2) & 3) ? heading : action;

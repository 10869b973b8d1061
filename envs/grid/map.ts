// A map drawn as a short text: one character a cell, rows joined by '/'. Read once and kept, with everything that follows
// from it alone: where a step from each cell leads, and what the network sees there.

const smallestSide = 3;
export const largestSide = 21;

/**
 * What is seen is the map around the player, so many cells each way: a network then learns about what lies around it, which it
 * can take to another map. (Seen from above, with the player's place marked in it, a map takes twice as long to learn: the walls
 * are then the same in every picture.) On maps of up to sixteen cells a side at least one edge is in sight, so that no two cells look
 * alike; in the middle of a larger one it is the walls that tell.
 */
export const sight = 8;
export const frameSide = 2 * sight + 1;

export const kinds = {
  floor: 0,
  wall: 1,
  goal: 2,
  pit: 3,
  windUp: 4,
  windRight: 5,
  windDown: 6,
  windLeft: 7,
} as const;

/** The characters of a map; S is the floor one may always start from. */
export const symbols = '.#GP^>v<S';
const startSymbol = symbols.indexOf('S');

/** Kind k is channel k - 1; floor is dark. */
export const channels = ['wall', 'goal', 'pit', 'wind up', 'wind right', 'wind down', 'wind left'];
const frameSize = frameSide * frameSide * channels.length;

// Up, right, down, left: the world's actions, and the winds in the same order.
export const stepX = [0, 1, 0, -1] as const;
export const stepY = [-1, 0, 1, 0] as const;

export interface GridMap {
  readonly width: number;
  readonly height: number;
  /** Kind of each cell, row by row from the top. */
  readonly cells: Uint8Array;
  /** The cells one can stand on while it goes on. */
  readonly open: Int32Array;
  /** The cell marked S; without one the first open cell. */
  readonly start: number;
  /** [cells, 4]: where a step in each direction leads, wind and walls included. */
  readonly next: Int32Array;
  /** For each cell, the numbers of the frame that are lit for a player who stands there. */
  readonly lit: readonly Int32Array[];
}

const isOpen = (kind: number): boolean => kind === kinds.floor || kind >= kinds.windUp;

/** One sentence saying why a text is no map, or undefined when it is one. */
export function mapProblem(text: string): string | undefined {
  const rows = text.split('/');
  const width = rows[0]!.length;
  const sides = `${smallestSide} to ${largestSide}`;
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0) return `Row ${odd + 1} has ${rows[odd]!.length} cells where the first has ${width}.`;
  if (rows.length < smallestSide || rows.length > largestSide)
    return `It has ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}; ${sides} are possible.`;
  if (width < smallestSide || width > largestSide)
    return `Its rows have ${width} cells; ${sides} are possible.`;
  const strange = [...text].find((symbol) => symbol !== '/' && !symbols.includes(symbol));
  if (strange !== undefined) return `"${strange}" is no cell; a map is made of ${[...symbols].join(' ')}.`;
  if (text.split('S').length > 2) return 'There is more than one start S.';
  if (!text.includes('G')) return 'There is no goal G.';
  if (!/[.S^>v<]/.test(text)) return 'There is no cell to stand on.';
  return undefined;
}

/** A map that was read stays at hand; a person painting one makes a new text with every stroke. */
const kept = new Map<string, GridMap>();
const mostKept = 16;
let lastText = '';
let lastMap: GridMap | undefined;

/** The map of a text that has no problem. */
export function readMap(text: string): GridMap {
  if (lastMap && text === lastText) return lastMap;
  let map = kept.get(text);
  if (!map) {
    map = parse(text);
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, map);
  }
  [lastText, lastMap] = [text, map];
  return map;
}

function parse(text: string): GridMap {
  const rows = text.split('/');
  const [width, height] = [rows[0]!.length, rows.length];
  const drawn = [...rows.join('')].map((symbol) => symbols.indexOf(symbol));
  const cells = Uint8Array.from(drawn, (kind) => (kind === startSymbol ? kinds.floor : kind));
  const open = Int32Array.from([...cells.keys()].filter((cell) => isOpen(cells[cell]!)));
  const marked = drawn.indexOf(startSymbol);
  const start = marked < 0 ? open[0]! : marked;

  /** The neighbour in that direction, or the cell itself where a wall or the edge is in the way. */
  const beside = (cell: number, direction: number): number => {
    const [x, y] = [(cell % width) + stepX[direction]!, Math.floor(cell / width) + stepY[direction]!];
    const to = y * width + x;
    return x < 0 || y < 0 || x >= width || y >= height || cells[to] === kinds.wall ? cell : to;
  };
  const next = new Int32Array(4 * cells.length);
  cells.forEach((kind, cell) => {
    for (let direction = 0; direction < 4; direction++) {
      const to = beside(cell, direction);
      // The wind of the cell that is left carries one cell further, unless it is all over before.
      const carried = kind >= kinds.windUp && isOpen(cells[to]!) ? beside(to, kind - kinds.windUp) : to;
      next[4 * cell + direction] = carried;
    }
  });

  return { width, height, cells, open, start, next, lit: litAround(width, height, cells) };
}

/** Around a map there is a wall, one cell thick. */
function litAround(width: number, height: number, cells: Uint8Array): Int32Array[] {
  return Array.from(cells, (_, cell) => {
    const [left, top] = [(cell % width) - sight, Math.floor(cell / width) - sight];
    const lit: number[] = [];
    for (let row = 0; row < frameSide; row++) {
      for (let column = 0; column < frameSide; column++) {
        const [x, y] = [left + column, top + row];
        if (x < -1 || y < -1 || x > width || y > height) continue;
        const outside = x < 0 || y < 0 || x === width || y === height;
        const kind = outside ? kinds.wall : cells[y * width + x]!;
        if (kind !== kinds.floor) lit.push((row * frameSide + column) * channels.length + kind - 1);
      }
    }
    return Int32Array.from(lit);
  });
}

/** Writes what is seen from `cell` to obs[at...]. */
export function writeFrame(map: GridMap, cell: number, obs: Float32Array, at: number): void {
  obs.fill(0, at, at + frameSize);
  const lit = map.lit[cell]!;
  for (let i = 0; i < lit.length; i++) obs[at + lit[i]!] = 1;
}

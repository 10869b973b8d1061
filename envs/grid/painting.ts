// Painting a map by pointing: which cells a stroke touches, and the text that comes of it.
import { largestSide, mapProblem, type symbols } from './map.ts';

/** What can be put down, by the name a person reads. */
export const tools = {
  wall: '#',
  floor: '.',
  goal: 'G',
  pit: 'P',
  start: 'S',
  'wind up': '^',
  'wind right': '>',
  'wind down': 'v',
  'wind left': '<',
} as const satisfies Readonly<Record<string, (typeof symbols)[number]>>;

export interface Ground {
  /** Of the map's upper left corner, in the stroke's unit. */
  readonly x: number;
  readonly y: number;
  readonly cell: number;
}

/** The text after a stroke through `points` [x0, y0, x1, y1, ...]; undefined where nothing changes or no map would be left. */
export function paintMap(
  text: string,
  tool: string,
  points: readonly number[],
  ground: Ground,
): string | undefined {
  const symbol = Object.hasOwn(tools, tool) ? tools[tool as keyof typeof tools] : undefined;
  if (symbol === undefined) return undefined;
  const rows = text.split('/').map((row) => [...row]);
  const put = (px: number, py: number): void => {
    const row = rows[Math.floor((py - ground.y) / ground.cell)];
    const x = Math.floor((px - ground.x) / ground.cell);
    if (row?.[x] === undefined) return;
    // There is one start at most: putting it down takes it from where it was.
    const before = symbol === 'S' ? rows.find((one) => one.includes('S')) : undefined;
    if (before) before[before.indexOf('S')] = '.';
    row[x] = symbol;
  };
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    const [fromX, fromY] = i === 0 ? [x, y] : [points[i - 2]!, points[i - 1]!];
    // A quick stroke leaves gaps between its points: every cell on the way is painted.
    const far = Math.max(Math.abs(x - fromX), Math.abs(y - fromY)) / ground.cell;
    const parts = Math.min(4 * largestSide, Math.max(1, Math.ceil(far * 3)));
    for (let k = 1; k <= parts; k++) {
      put(fromX + ((x - fromX) * k) / parts, fromY + ((y - fromY) * k) / parts);
    }
  }
  const next = rows.map((row) => row.join('')).join('/');
  return next === text || mapProblem(next) !== undefined ? undefined : next;
}

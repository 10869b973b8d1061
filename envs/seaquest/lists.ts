// Bounded lists within a row of numbers, oldest entry first: MinAtar's game keeps its fish and bullets so, and the order in which
// they are walked and removed decides what happens. An entry is `width` numbers.

export interface RowList {
  /** Where the row keeps how many entries there are. */
  readonly count: number;
  /** Where the first entry begins. */
  readonly first: number;
  readonly width: number;
  readonly capacity: number;
}

export const listNumbers = (width: number, capacity: number): number => 1 + width * capacity;

/** A list that begins with its count at `start`. */
export const rowList = (start: number, width: number, capacity: number): RowList => ({
  count: start,
  first: start + 1,
  width,
  capacity,
});

/** Takes one more entry and returns where to write it; -1 when the list is full, and the newest has to stay out. */
export function append(s: Float64Array, list: RowList): number {
  const count = s[list.count]!;
  if (count >= list.capacity) return -1;
  s[list.count] = count + 1;
  return list.first + count * list.width;
}

/** Where the oldest entry in this cell begins, -1 if there is none. Every entry begins with its column and row. */
export function findAt(s: Float64Array, list: RowList, x: number, y: number): number {
  const end = list.first + s[list.count]! * list.width;
  for (let entry = list.first; entry < end; entry += list.width) {
    if (s[entry] === x && s[entry + 1] === y) return entry;
  }
  return -1;
}

function equal(s: Float64Array, a: number, b: number, width: number): boolean {
  for (let k = 0; k < width; k++) if (s[a + k] !== s[b + k]) return false;
  return true;
}

/**
 * Removes the oldest entry that is equal to the one at `entry`, number by number: not always that one itself. Returns where
 * that one stands now, -1 if it is the one that went.
 */
export function removeEqual(s: Float64Array, list: RowList, entry: number): number {
  const { first, width } = list;
  let gone = first;
  while (gone < entry && !equal(s, gone, entry, width)) gone += width;
  const count = s[list.count]! - 1;
  s[list.count] = count;
  s.copyWithin(gone, gone + width, first + (count + 1) * width);
  return gone === entry ? -1 : entry - width;
}

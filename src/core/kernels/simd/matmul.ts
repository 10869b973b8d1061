// The one matrix product behind dense and conv2d, cut into blocks that stay in the nearest cache and into the tiles
// of tiles.ts. Neither the tile a number falls into nor the number of rows can change its bits: the cuts of the
// inner side depend on its length alone.
import { pack, packedAt } from './moves';
import { addScalar, multiplyNarrow } from './narrow';
import { tile1x4, tile1x16, tile2x16, tile4x4, tile4x8 } from './tiles';

/** 4 rows by `columns` (4 or more), tile by tile. */
@inline
function fourRows(
  across: bool,
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  inner: i32,
  columns: i32,
): void {
  const lastVector = (<usize>columns << 2) - 16;
  let at: usize = 0;
  let left = columns;
  for (; left > 4; left -= 8, at += 32) {
    const second = left >= 8 ? 16 : lastVector - at;
    tile4x8(across, c + at, cRow, a, aRow, aStep, b + at, bRow, second, bias ? bias + at : 0, inner, min(left - 4, 4));
  }
  if (left > 0) {
    at = lastVector;
    tile4x4(c + at, cRow, a, aRow, aStep, b + at, bRow, bias ? bias + at : 0, inner, left);
  }
}

/** 2 rows by `columns` (16 or more): what is left over by groups of 16 falls to single rows. */
@inline
function twoRows(
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  inner: i32,
  columns: i32,
): void {
  const whole = columns & ~15;
  const end = <usize>whole << 2;
  for (let at: usize = 0; at < end; at += 64) {
    tile2x16(c + at, cRow, a, aRow, aStep, b + at, bRow, bias ? bias + at : 0, inner);
  }
  if (whole == columns) return;
  ragged(c, a, aStep, b, bRow, bias, inner, columns, end);
  ragged(c + cRow, a + aRow, aStep, b, bRow, bias, inner, columns, end);
}

/** The last columns of a row, from byte `at` on, a vector at a time; the last vector may overlap the one before. */
function ragged(
  c: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  inner: i32,
  columns: i32,
  at: usize,
): void {
  for (let left = columns - <i32>(at >> 2); left > 0; left -= 4, at += 16) {
    if (left < 4) at = (<usize>columns << 2) - 16;
    tile1x4(c + at, a, aStep, b + at, bRow, bias ? bias + at : 0, inner, min(left, 4));
  }
}

/** 1 row by `columns` (4 or more). */
function oneRow(
  c: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  inner: i32,
  columns: i32,
): void {
  const end = <usize>(columns & ~15) << 2;
  for (let at: usize = 0; at < end; at += 64) {
    tile1x16(c + at, a, aStep, b + at, bRow, bias ? bias + at : 0, inner);
  }
  ragged(c, a, aStep, b, bRow, bias, inner, columns, end);
}

/** All rows of one block of `b` that fits the first-level cache. */
@inline
function block(
  across: bool,
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  let row = 0;
  for (; row + 4 <= rows; row += 4, c += 4 * cRow, a += 4 * aRow) {
    fourRows(across, c, cRow, a, aRow, aStep, b, bRow, bias, inner, columns);
  }
  for (; row + 2 <= rows && columns >= 16; row += 2, c += 2 * cRow, a += 2 * aRow) {
    twoRows(c, cRow, a, aRow, aStep, b, bRow, bias, inner, columns);
  }
  for (; row < rows; row++, c += cRow, a += aRow) oneRow(c, a, aStep, b, bRow, bias, inner, columns);
}

// Blocks of `b` of this many rows and columns (32 KiB) stay in the first-level cache while all rows of `a` pass.
const blockInner = 128;
const blockColumns = 64;
const packedBytes: usize = blockInner * (blockColumns + 3) * 4;

/**
 * c[rows,columns] = bias + a[rows,inner] b[inner,columns], or c += a b where bias is 0. Number (r, k) of `a` is at
 * byte r * aRow + k * aStep, so a transposed matrix needs no copy; one of the two must be 4.
 */
export function multiply(
  c: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bias: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  if (columns < 4 || (aStep == 4 && inner >= 32 && columns < 16 && columns & 7)) {
    if (aStep == 4) multiplyNarrow(c, a, aRow, b, bias, rows, inner, columns);
    else addScalar(c, a, aRow, aStep, b, rows, inner, columns);
    return;
  }
  const width = <usize>columns << 2;
  const packed = packedAt();
  do {
    const depth = min(inner, blockInner);
    let column = 0;
    while (column < columns) {
      // A rest of less than one vector joins the block before it.
      const wide = columns - column < blockColumns + 4 ? columns - column : blockColumns;
      const at = <usize>column << 2;
      const start = bias ? bias + at : 0;
      let from = b + at;
      let step = width;
      if (columns >= blockColumns + 4 && rows >= 16) {
        from = packed;
        step = <usize>wide << 2;
        pack(packed, b + at, width, depth, step);
      }
      if (aStep == 4) {
        block(false, c + at, width, a, aRow, 4, from, step, start, rows, depth, wide);
      } else if (aStep < 512 || columns < 16) {
        block(true, c + at, width, a, 4, aStep, from, step, start, rows, depth, wide);
      } else {
        // Columns of `a` far apart: a cache line of each at a time.
        const line = packed + packedBytes;
        for (let row = 0; row < rows; row += 16) {
          const count = min(16, rows - row);
          pack(line, a + (row << 2), aStep, depth, <usize>count << 2);
          block(true, c + at + <usize>row * width, width, line, 4, <usize>count << 2, from, step, start, count, depth, wide);
        }
      }
      column += wide;
    }
    bias = 0;
    inner -= depth;
    a += <usize>depth * aStep;
    b += <usize>depth * width;
  } while (inner > 0);
}

// The one matrix product behind dense and conv2d: c[rows,columns] = start + a[rows,inner] b[inner,columns].
//
// Lanes run along the columns and every output number is summed over `inner` in ascending order by one lane, so
// neither the tile it falls into nor the number of rows can change its bits. `a` is read through two strides (in
// bytes), so that a transposed matrix needs no copy. `bias` says where sums start: at bias[column] and
// overwriting c, or (bias = 0) at zero and adding to c.
import { sumLanes } from './lanes';

/** sum + x * w, rounded twice: never fused, so that every machine agrees. */
// @ts-ignore: decorator
@inline
function mulAdd(sum: v128, x: v128, w: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, w));
}

// @ts-ignore: decorator
@inline
function put(c: usize, sum: v128, add: bool): void {
  v128.store(c, add ? f32x4.add(v128.load(c), sum) : sum);
}

/** As `put`, for the last `fresh` lanes only: the others belong to columns that are done. */
// @ts-ignore: decorator
@inline
function putLast(c: usize, sum: v128, add: bool, fresh: i32): void {
  if (fresh == 4) {
    put(c, sum, add);
  } else {
    const value = add ? f32x4.add(v128.load(c), sum) : sum;
    v128.store_lane<f32>(c, value, 3, 12);
    if (fresh > 1) v128.store_lane<f32>(c, value, 2, 8);
    if (fresh > 2) v128.store_lane<f32>(c, value, 1, 4);
  }
}

// @ts-ignore: decorator
@inline
function startAt(bias: usize): v128 {
  return bias ? v128.load(bias) : f32x4.splat(0);
}

/**
 * 4 rows by 2 vectors, the second `second` bytes after the first: 16 of the 16 multiply-adds in flight that the
 * latency of an addition needs. `across`: rows of `a` lie side by side (aRow = 4).
 */
// @ts-ignore: decorator
@inline
function tile4x8(
  across: bool,
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  second: usize,
  bias: usize,
  inner: i32,
  fresh: i32,
): void {
  let s00 = startAt(bias);
  let s01 = startAt(bias ? bias + second : 0);
  let s10 = s00;
  let s11 = s01;
  let s20 = s00;
  let s21 = s01;
  let s30 = s00;
  let s31 = s01;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (let k = inner; k > 0; k--) {
    const w0 = v128.load(b);
    const w1 = v128.load(b + second);
    b += bRow;
    let x = v128.load_splat<f32>(a);
    s00 = mulAdd(s00, x, w0);
    s01 = mulAdd(s01, x, w1);
    x = across ? v128.load_splat<f32>(a, 4) : v128.load_splat<f32>(a1);
    s10 = mulAdd(s10, x, w0);
    s11 = mulAdd(s11, x, w1);
    x = across ? v128.load_splat<f32>(a, 8) : v128.load_splat<f32>(a2);
    s20 = mulAdd(s20, x, w0);
    s21 = mulAdd(s21, x, w1);
    x = across ? v128.load_splat<f32>(a, 12) : v128.load_splat<f32>(a3);
    s30 = mulAdd(s30, x, w0);
    s31 = mulAdd(s31, x, w1);
    a += aStep;
    if (!across) {
      a1 += aStep;
      a2 += aStep;
      a3 += aStep;
    }
  }
  const add = !bias;
  put(c, s00, add);
  putLast(c + second, s01, add, fresh);
  c += cRow;
  put(c, s10, add);
  putLast(c + second, s11, add, fresh);
  c += cRow;
  put(c, s20, add);
  putLast(c + second, s21, add, fresh);
  c += cRow;
  put(c, s30, add);
  putLast(c + second, s31, add, fresh);
}

/** 4 rows by 1 vector. */
function tile4x4(
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  inner: i32,
  fresh: i32,
): void {
  let s0 = startAt(bias);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (let k = inner; k > 0; k--) {
    const w = v128.load(b);
    b += bRow;
    s0 = mulAdd(s0, v128.load_splat<f32>(a), w);
    s1 = mulAdd(s1, v128.load_splat<f32>(a1), w);
    s2 = mulAdd(s2, v128.load_splat<f32>(a2), w);
    s3 = mulAdd(s3, v128.load_splat<f32>(a3), w);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
  }
  const add = !bias;
  putLast(c, s0, add, fresh);
  c += cRow;
  putLast(c, s1, add, fresh);
  c += cRow;
  putLast(c, s2, add, fresh);
  c += cRow;
  putLast(c, s3, add, fresh);
}

/** 1 row by 4 vectors. */
function tile1x16(c: usize, a: usize, aStep: usize, b: usize, bRow: usize, bias: usize, inner: i32): void {
  let s0 = startAt(bias);
  let s1 = startAt(bias ? bias + 16 : 0);
  let s2 = startAt(bias ? bias + 32 : 0);
  let s3 = startAt(bias ? bias + 48 : 0);
  for (let k = inner; k > 0; k--) {
    const x = v128.load_splat<f32>(a);
    a += aStep;
    s0 = mulAdd(s0, x, v128.load(b));
    s1 = mulAdd(s1, x, v128.load(b, 16));
    s2 = mulAdd(s2, x, v128.load(b, 32));
    s3 = mulAdd(s3, x, v128.load(b, 48));
    b += bRow;
  }
  const add = !bias;
  put(c, s0, add);
  put(c + 16, s1, add);
  put(c + 32, s2, add);
  put(c + 48, s3, add);
}

/** 1 row by 1 vector. */
function tile1x4(
  c: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  inner: i32,
  fresh: i32,
): void {
  let sum = startAt(bias);
  for (let k = inner; k > 0; k--) {
    sum = mulAdd(sum, v128.load_splat<f32>(a), v128.load(b));
    a += aStep;
    b += bRow;
  }
  putLast(c, sum, !bias, fresh);
}

/** Any strides, any sizes; for the few numbers left when there are fewer than four columns. */
function multiplyScalar(
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
  const bRow = <usize>columns << 2;
  for (let row = 0; row < rows; row++, a += aRow) {
    for (let column = 0; column < columns; column++, c += 4) {
      let sum: f32 = bias ? load<f32>(bias + (column << 2)) : 0;
      let from = a;
      let weight = b + (column << 2);
      for (let k = inner; k > 0; k--, from += aStep, weight += bRow) sum += load<f32>(from) * load<f32>(weight);
      store<f32>(c, bias ? sum : load<f32>(c) + sum);
    }
  }
}

/** 4 rows by `columns` (4 or more), tile by tile. */
// @ts-ignore: decorator
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
  let at: usize = 0;
  let left = columns;
  for (; left >= 16; left -= 16, at += 64) {
    tile1x16(c + at, a, aStep, b + at, bRow, bias ? bias + at : 0, inner);
  }
  for (; left > 0; left -= 4, at += 16) {
    if (left < 4) at = (<usize>columns << 2) - 16;
    tile1x4(c + at, a, aStep, b + at, bRow, bias ? bias + at : 0, inner, min(left, 4));
  }
}

/** All rows of one block of `b` that fits the first-level cache. */
// @ts-ignore: decorator
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
  for (; row < rows; row++, c += cRow, a += aRow) oneRow(c, a, aStep, b, bRow, bias, inner, columns);
}

// Blocks of `b` of this many rows and columns (32 KiB) stay in the first-level cache while all rows of `a` pass.
const blockInner = 128;
const blockColumns = 64;
const packedBytes: usize = blockInner * (blockColumns + 3) * 4;

/** c[rows,columns] (=|+=) a[rows,inner] b[inner,columns]; see the head of this file. */
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
  if (columns < 4) {
    multiplyScalar(c, a, aRow, aStep, b, bias, rows, inner, columns);
    return;
  }
  const width = <usize>columns << 2;
  const packed = (__heap_base + 15) & ~15;
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

/** Copies `depth` rows of `bytes` each, `stride` apart, so that they follow one another. */
function pack(to: usize, from: usize, stride: usize, depth: i32, bytes: usize): void {
  for (let k = depth; k > 0; k--, from += stride) {
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16, to += 16) v128.store(to, v128.load(from + at));
    for (; at < bytes; at += 4, to += 4) store<f32>(to, load<f32>(from + at));
  }
}

/** t[columns,rows] = m[rows,columns] transposed, in blocks of 4 by 4. */
export function transpose(t: usize, m: usize, rows: i32, columns: i32): void {
  const width = <usize>columns << 2;
  const height = <usize>rows << 2;
  let row = 0;
  for (; row + 4 <= rows; row += 4, t += 16, m += 4 * width) {
    let from = m;
    let to = t;
    let column = 0;
    for (; column + 4 <= columns; column += 4, from += 16) {
      const a = v128.load(from);
      const b = v128.load(from + width);
      const c = v128.load(from + 2 * width);
      const d = v128.load(from + 3 * width);
      const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
      v128.store(to, i64x2.shuffle(ab, cd, 0, 2));
      to += height;
      v128.store(to, i64x2.shuffle(ab, cd, 1, 3));
      to += height;
      v128.store(to, i64x2.shuffle(abHigh, cdHigh, 0, 2));
      to += height;
      v128.store(to, i64x2.shuffle(abHigh, cdHigh, 1, 3));
      to += height;
    }
    for (; column < columns; column++, from += 4, to += height) {
      for (let i: usize = 0; i < 4; i++) store<f32>(to + 4 * i, load<f32>(from + i * width));
    }
  }
  for (; row < rows; row++, t += 4) {
    let to = t;
    for (let column = 0; column < columns; column++, m += 4, to += height) store<f32>(to, load<f32>(m));
  }
}

/** db[columns] += sums of the columns of dy[rows,columns]. */
export function addColumnSums(db: usize, dy: usize, rows: i32, columns: i32): void {
  if (columns < 4) {
    addNarrowColumnSums(db, dy, rows, columns);
    return;
  }
  const width = <usize>columns << 2;
  let left = columns;
  for (; left >= 16; left -= 16, db += 64, dy += 64) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let at = dy;
    for (let row = rows; row > 0; row--, at += width) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
    }
    put(db, s0, true);
    put(db + 16, s1, true);
    put(db + 32, s2, true);
    put(db + 48, s3, true);
  }
  while (left > 0) {
    const fresh = min(left, 4);
    const back = <usize>(4 - fresh) << 2;
    let sum = f32x4.splat(0);
    let at = dy - back;
    for (let row = rows; row > 0; row--, at += width) sum = f32x4.add(sum, v128.load(at));
    putLast(db - back, sum, true, fresh);
    left -= fresh;
    db += 16;
    dy += 16;
  }
}

/** As above for 1, 2 or 3 columns: 12 numbers are whole rows of any of them. */
function addNarrowColumnSums(db: usize, dy: usize, rows: i32, columns: i32): void {
  let left = rows * columns;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  for (; left >= 12; left -= 12, dy += 48) {
    s0 = f32x4.add(s0, v128.load(dy));
    s1 = f32x4.add(s1, v128.load(dy, 16));
    s2 = f32x4.add(s2, v128.load(dy, 32));
  }
  v128.store(sums12, s0);
  v128.store(sums12, s1, 16);
  v128.store(sums12, s2, 32);
  for (let column = 0; column < columns; column++) {
    let sum: f32 = 0;
    for (let i = column; i < 12; i += columns) sum += load<f32>(sums12 + (i << 2));
    for (let i = column; i < left; i += columns) sum += load<f32>(dy + (i << 2));
    store<f32>(db + (column << 2), load<f32>(db + (column << 2)) + sum);
  }
}

// @ts-ignore: decorator
@lazy
const sums12 = memory.data(48, 16);

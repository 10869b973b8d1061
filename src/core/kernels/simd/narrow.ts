// Matrix products with few columns, such as heads: lanes run along the inner side.
import { loadPartial, sumLanes, sumLanesOf4 } from './lanes';
import { packedAt, transpose } from './moves';
import { mulAdd } from './tiles';

// So many numbers of a transposed copy leave the first page half empty.
const narrowNumbers = 6144;

/** Products of one row of `a` with one row of `t`, four partial sums in the lanes. */
@inline
function dot(a: usize, t: usize, inner: i32): v128 {
  let sum = f32x4.splat(0);
  const end = t + (<usize>(inner & ~3) << 2);
  for (; t < end; t += 16, a += 16) sum = mulAdd(sum, v128.load(a), v128.load(t));
  const left = inner & 3;
  return left ? mulAdd(sum, loadPartial(a, left), loadPartial(t, left)) : sum;
}

/** `dot` for 4 rows of `a`, summed: one result per lane. */
@inline
function dotOf4(a: usize, aRow: usize, t: usize, inner: i32): v128 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  const end = t + (<usize>(inner & ~3) << 2);
  for (; t < end; t += 16, a += 16, a1 += 16, a2 += 16, a3 += 16) {
    const w = v128.load(t);
    s0 = mulAdd(s0, v128.load(a), w);
    s1 = mulAdd(s1, v128.load(a1), w);
    s2 = mulAdd(s2, v128.load(a2), w);
    s3 = mulAdd(s3, v128.load(a3), w);
  }
  const left = inner & 3;
  if (left) {
    const w = loadPartial(t, left);
    s0 = mulAdd(s0, loadPartial(a, left), w);
    s1 = mulAdd(s1, loadPartial(a1, left), w);
    s2 = mulAdd(s2, loadPartial(a2, left), w);
    s3 = mulAdd(s3, loadPartial(a3, left), w);
  }
  return sumLanesOf4(s0, s1, s2, s3);
}

/** One column of 4 rows: lane r goes to row r. */
@inline
function putColumn(c: usize, width: usize, sums: v128, bias: usize, start: f32): void {
  putNumber(c, f32x4.extract_lane(sums, 0), bias, start);
  c += width;
  putNumber(c, f32x4.extract_lane(sums, 1), bias, start);
  c += width;
  putNumber(c, f32x4.extract_lane(sums, 2), bias, start);
  c += width;
  putNumber(c, f32x4.extract_lane(sums, 3), bias, start);
}

/** 4 rows by 2 columns: eight sums hide the latency of an addition, as in `tile4x8`. */
@inline
function fourByTwo(c: usize, width: usize, a: usize, aRow: usize, t: usize, inner: i32, bias: usize): void {
  let s00 = f32x4.splat(0);
  let s10 = s00;
  let s20 = s00;
  let s30 = s00;
  let s01 = s00;
  let s11 = s00;
  let s21 = s00;
  let s31 = s00;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let u = t + (<usize>inner << 2);
  const end = t + (<usize>(inner & ~3) << 2);
  for (; t < end; t += 16, u += 16, a += 16, a1 += 16, a2 += 16, a3 += 16) {
    const w0 = v128.load(t);
    const w1 = v128.load(u);
    let x = v128.load(a);
    s00 = mulAdd(s00, x, w0);
    s01 = mulAdd(s01, x, w1);
    x = v128.load(a1);
    s10 = mulAdd(s10, x, w0);
    s11 = mulAdd(s11, x, w1);
    x = v128.load(a2);
    s20 = mulAdd(s20, x, w0);
    s21 = mulAdd(s21, x, w1);
    x = v128.load(a3);
    s30 = mulAdd(s30, x, w0);
    s31 = mulAdd(s31, x, w1);
  }
  const left = inner & 3;
  if (left) {
    const w0 = loadPartial(t, left);
    const w1 = loadPartial(u, left);
    let x = loadPartial(a, left);
    s00 = mulAdd(s00, x, w0);
    s01 = mulAdd(s01, x, w1);
    x = loadPartial(a1, left);
    s10 = mulAdd(s10, x, w0);
    s11 = mulAdd(s11, x, w1);
    x = loadPartial(a2, left);
    s20 = mulAdd(s20, x, w0);
    s21 = mulAdd(s21, x, w1);
    x = loadPartial(a3, left);
    s30 = mulAdd(s30, x, w0);
    s31 = mulAdd(s31, x, w1);
  }
  putColumn(c, width, sumLanesOf4(s00, s10, s20, s30), bias, bias ? load<f32>(bias) : 0);
  putColumn(c + 4, width, sumLanesOf4(s01, s11, s21, s31), bias, bias ? load<f32>(bias, 4) : 0);
}

/**
 * Few columns: lanes run along `inner` instead, against a transposed copy of `b`. Rows of `a` must be
 * contiguous. The four partial sums of a number are the same for one row as for four.
 */
export function multiplyNarrow(
  c: usize,
  a: usize,
  aRow: usize,
  b: usize,
  bias: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  const width = <usize>columns << 2;
  const packed = packedAt();
  do {
    const depth = min(inner, narrowNumbers / columns);
    const t = packed;
    const tRow = <usize>depth << 2;
    transpose(t, b, depth, columns);
    let to = c;
    let from = a;
    let row = 0;
    for (; row + 4 <= rows; row += 4, from += 4 * aRow, to += 4 * width) {
      let column = 0;
      let at: usize = 0;
      for (; column + 2 <= columns; column += 2, at += 8) {
        fourByTwo(to + at, width, from, aRow, t + <usize>column * tRow, depth, bias ? bias + at : 0);
      }
      if (column < columns) {
        const sums = dotOf4(from, aRow, t + <usize>column * tRow, depth);
        putColumn(to + at, width, sums, bias, bias ? load<f32>(bias + at) : 0);
      }
    }
    for (; row < rows; row++, from += aRow) {
      let at: usize = 0;
      for (let column = 0; column < columns; column++, at += 4) {
        const sum = sumLanes(dot(from, t + <usize>column * tRow, depth));
        putNumber(to + at, sum, bias, bias ? load<f32>(bias + at) : 0);
      }
      to += width;
    }
    bias = 0;
    inner -= depth;
    a += <usize>depth << 2;
    b += <usize>depth * width;
  } while (inner > 0);
}

@inline
function putNumber(c: usize, sum: f32, bias: usize, start: f32): void {
  store<f32>(c, sum + (bias ? start : load<f32>(c)));
}

/** c[rows,columns] += a b for fewer than 4 columns and any strides of `a`: a few numbers, one at a time. */
export function addScalar(
  c: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  const bRow = <usize>columns << 2;
  for (let row = 0; row < rows; row++, a += aRow) {
    for (let column = 0; column < columns; column++, c += 4) {
      let sum: f32 = 0;
      let from = a;
      let weight = b + (column << 2);
      for (let k = inner; k > 0; k--, from += aStep, weight += bRow) sum += load<f32>(from) * load<f32>(weight);
      store<f32>(c, load<f32>(c) + sum);
    }
  }
}

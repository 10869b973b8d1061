// Matrix products with fewer than four columns: heads with one to three outputs. Lanes run along the inner side.
import { loadPartial, sumLanes, sumLanesOf4 } from './lanes';
import { packedAt, transpose } from './moves';
import { mulAdd } from './tiles';

// So many rows of three columns leave the first page half empty.
const narrowInner = 2048;

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

/**
 * Fewer than 4 columns: lanes run along `inner` instead, against a transposed copy of `b`. Rows of `a` must be
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
    const depth = min(inner, narrowInner);
    transpose(packed, b, depth, columns);
    for (let column = 0; column < columns; column++) {
      const t = packed + <usize>(column * depth << 2);
      const start: f32 = bias ? load<f32>(bias + (column << 2)) : 0;
      let to = c + (column << 2);
      let from = a;
      let row = 0;
      for (; row + 4 <= rows; row += 4, from += 4 * aRow) {
        const sums = dotOf4(from, aRow, t, depth);
        putNumber(to, f32x4.extract_lane(sums, 0), bias, start);
        to += width;
        putNumber(to, f32x4.extract_lane(sums, 1), bias, start);
        to += width;
        putNumber(to, f32x4.extract_lane(sums, 2), bias, start);
        to += width;
        putNumber(to, f32x4.extract_lane(sums, 3), bias, start);
        to += width;
      }
      for (; row < rows; row++, from += aRow, to += width) {
        putNumber(to, sumLanes(dot(from, t, depth)), bias, start);
      }
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

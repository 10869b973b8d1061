// The weight gradient of a small batch, dw += xT dy with at most `longestShortSum` terms a number. Its terms nearly
// cancel where little is left to learn, and what remains would carry the rounding of a running float32 sum. So four
// terms at a time are summed in float32, and those sums in float64: slower than `tile4x8`, and exact enough to agree
// with a gradient computed in float64 within 2e-5. Longer sums average more rows, and stay in float32.
import { mulAdd, putLast } from './tiles';

export const longestShortSum = 64;

@inline
function lowHalf(sums: v128): v128 {
  return f64x2.promote_low_f32x4(sums);
}

@inline
function highHalf(sums: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(sums, sums, 1, 1));
}

/** Two pairs of float64 as four float32. */
@inline
function rounded(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** 4 numbers of x in a row (4 rows of dw) by 1 vector of dy; only the last `fresh` columns are stored. */
function tile4x4(dw: usize, dwRow: usize, x: usize, xRow: usize, dy: usize, dyRow: usize, n: i32, fresh: i32): void {
  let low0 = f64x2.splat(0);
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high0 = low0;
  let high1 = low0;
  let high2 = low0;
  let high3 = low0;
  for (let left = n; left > 0; left -= 4) {
    let w = v128.load(dy);
    let s0 = f32x4.mul(v128.load_splat<f32>(x), w);
    let s1 = f32x4.mul(v128.load_splat<f32>(x, 4), w);
    let s2 = f32x4.mul(v128.load_splat<f32>(x, 8), w);
    let s3 = f32x4.mul(v128.load_splat<f32>(x, 12), w);
    x += xRow;
    dy += dyRow;
    for (let k = min(left, 4); k > 1; k--) {
      w = v128.load(dy);
      s0 = mulAdd(s0, v128.load_splat<f32>(x), w);
      s1 = mulAdd(s1, v128.load_splat<f32>(x, 4), w);
      s2 = mulAdd(s2, v128.load_splat<f32>(x, 8), w);
      s3 = mulAdd(s3, v128.load_splat<f32>(x, 12), w);
      x += xRow;
      dy += dyRow;
    }
    low0 = f64x2.add(low0, lowHalf(s0));
    high0 = f64x2.add(high0, highHalf(s0));
    low1 = f64x2.add(low1, lowHalf(s1));
    high1 = f64x2.add(high1, highHalf(s1));
    low2 = f64x2.add(low2, lowHalf(s2));
    high2 = f64x2.add(high2, highHalf(s2));
    low3 = f64x2.add(low3, lowHalf(s3));
    high3 = f64x2.add(high3, highHalf(s3));
  }
  putLast(dw, rounded(low0, high0), true, fresh);
  dw += dwRow;
  putLast(dw, rounded(low1, high1), true, fresh);
  dw += dwRow;
  putLast(dw, rounded(low2, high2), true, fresh);
  dw += dwRow;
  putLast(dw, rounded(low3, high3), true, fresh);
}

/** 1 number of x by 1 vector of dy, summed as in `tile4x4`. */
function tile1x4(dw: usize, x: usize, xRow: usize, dy: usize, dyRow: usize, n: i32, fresh: i32): void {
  let low = f64x2.splat(0);
  let high = low;
  for (let left = n; left > 0; left -= 4) {
    let sum = f32x4.mul(v128.load_splat<f32>(x), v128.load(dy));
    x += xRow;
    dy += dyRow;
    for (let k = min(left, 4); k > 1; k--) {
      sum = mulAdd(sum, v128.load_splat<f32>(x), v128.load(dy));
      x += xRow;
      dy += dyRow;
    }
    low = f64x2.add(low, lowHalf(sum));
    high = f64x2.add(high, highHalf(sum));
  }
  putLast(dw, rounded(low, high), true, fresh);
}

/** dw[inputs,outputs] += x[n,inputs]T dy[n,outputs] for 4 outputs or more. */
export function addShortSums(dw: usize, x: usize, dy: usize, n: i32, inputs: i32, outputs: i32): void {
  const xRow = <usize>inputs << 2;
  const dyRow = <usize>outputs << 2;
  const last = dyRow - 16;
  let input = 0;
  for (; input + 4 <= inputs; input += 4, x += 16, dw += 4 * dyRow) {
    for (let left = outputs, at: usize = 0; left > 0; left -= 4, at += 16) {
      if (left < 4) at = last;
      tile4x4(dw + at, dyRow, x, xRow, dy + at, dyRow, n, min(left, 4));
    }
  }
  for (; input < inputs; input++, x += 4, dw += dyRow) {
    for (let left = outputs, at: usize = 0; left > 0; left -= 4, at += 16) {
      if (left < 4) at = last;
      tile1x4(dw + at, x, xRow, dy + at, dyRow, n, min(left, 4));
    }
  }
}

// Over whole vectors and rows: clipping normaliser, sum of squares.
import { loadPartial, storePartial } from './lanes';

@inline
function clipped(x: v128, mean: v128, scale: v128, limit: v128): v128 {
  const value = f32x4.mul(f32x4.sub(x, mean), scale);
  // The order of the arguments lets a NaN through.
  return f32x4.pmax(f32x4.pmin(value, limit), f32x4.neg(limit));
}

/** y[n,size] = clip((x - mean) * scale, -limit, limit). */
export function normalize(y: usize, x: usize, mean: usize, scale: usize, limit: f32, n: i32, size: i32): void {
  const limits = f32x4.splat(limit);
  const vectors = size >> 2;
  const left = size & 3;
  for (let row = 0; row < n; row++) {
    let at: usize = 0;
    for (let i = 0; i < vectors; i++, at += 16, x += 16, y += 16) {
      v128.store(y, clipped(v128.load(x), v128.load(mean + at), v128.load(scale + at), limits));
    }
    if (left) {
      const value = clipped(
        loadPartial(x, left),
        loadPartial(mean + at, left),
        loadPartial(scale + at, left),
        limits,
      );
      storePartial(y, value, left);
      x += <usize>left << 2;
      y += <usize>left << 2;
    }
  }
}

/** Sum of squares, in float64: no float32 vector overflows it. */
export function sumOfSquares(x: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const end = x + ((<usize>(count & ~3)) << 2);
  for (; x < end; x += 16) {
    const v = v128.load(x);
    const a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  let sum =
    f64x2.extract_lane(low, 0) +
    f64x2.extract_lane(low, 1) +
    (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
  for (let i = 0; i < (count & 3); i++, x += 4) {
    const value = <f64>load<f32>(x);
    sum += value * value;
  }
  return sum;
}

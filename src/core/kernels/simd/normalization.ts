// Layer norm (lanes along a row) and batch norm (lanes along the columns).
import { give, sumLanes, take } from './lanes';

@inline
function addTo(at: usize, v: v128, count: i32): void {
  give(at, f32x4.add(take(at, count), v), count);
}

/** Sum of a row of `size` floats. */
@inline
function rowSum(x: usize, size: i32): f32 {
  let sum = f32x4.splat(0);
  for (let left = size; left > 0; left -= 4, x += 16) sum = f32x4.add(sum, take(x, left));
  return sumLanes(sum);
}

/** v with the lanes from `count` on set to 0. */
@inline
function only(v: v128, count: i32): v128 {
  return count >= 4 ? v : v128.and(v, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count)));
}

/** y = (x - mean) * scale * gain + bias; statistics = mean and scale of each row. */
export function layerNorm(
  y: usize,
  statistics: usize,
  x: usize,
  gain: usize,
  bias: usize,
  epsilon: f32,
  n: i32,
  size: i32,
): void {
  const width = <usize>size << 2;
  for (let row = 0; row < n; row++, x += width, y += width, statistics += 8) {
    const mean = rowSum(x, size) / <f32>size;
    const means = f32x4.splat(mean);
    let squares = f32x4.splat(0);
    let at: usize = 0;
    for (let left = size; left > 0; left -= 4, at += 16) {
      const d = only(f32x4.sub(take(x + at, left), means), left);
      squares = f32x4.add(squares, f32x4.mul(d, d));
    }
    const scale = <f32>1 / sqrt<f32>(sumLanes(squares) / <f32>size + epsilon);
    const scales = f32x4.splat(scale);
    at = 0;
    for (let left = size; left > 0; left -= 4, at += 16) {
      const h = f32x4.mul(f32x4.sub(take(x + at, left), means), scales);
      give(y + at, f32x4.add(f32x4.mul(h, take(gain + at, left)), take(bias + at, left)), left);
    }
    store<f32>(statistics, mean);
    store<f32>(statistics, scale, 4);
  }
}

/** dx += scale (g - mean g - h mean(g h)), g = dy gain; dgain += sum dy h; dbias += sum dy. */
export function layerNormBackward(
  dx: usize,
  dgain: usize,
  dbias: usize,
  dy: usize,
  x: usize,
  gain: usize,
  statistics: usize,
  n: i32,
  size: i32,
): void {
  const width = <usize>size << 2;
  for (let row = 0; row < n; row++, x += width, dy += width, statistics += 8) {
    const means = v128.load_splat<f32>(statistics);
    const scales = v128.load_splat<f32>(statistics, 4);
    let sumG = f32x4.splat(0);
    let sumGh = sumG;
    let at: usize = 0;
    for (let left = size; left > 0; left -= 4, at += 16) {
      const d = take(dy + at, left);
      const h = f32x4.mul(f32x4.sub(take(x + at, left), means), scales);
      const dh = f32x4.mul(d, h);
      const g = take(gain + at, left);
      if (dgain) addTo(dgain + at, dh, left);
      if (dbias) addTo(dbias + at, d, left);
      sumG = f32x4.add(sumG, f32x4.mul(d, g));
      // The lanes past the end are 0 in d and g; 0 times whatever h is there stays out of the sum.
      sumGh = f32x4.add(sumGh, only(f32x4.mul(dh, g), left));
    }
    if (!dx) continue;
    const meanG = f32x4.splat(sumLanes(sumG) / <f32>size);
    const meanGh = f32x4.splat(sumLanes(sumGh) / <f32>size);
    at = 0;
    for (let left = size; left > 0; left -= 4, at += 16) {
      const h = f32x4.mul(f32x4.sub(take(x + at, left), means), scales);
      const g = f32x4.mul(take(dy + at, left), take(gain + at, left));
      const rest = f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(h, meanGh));
      addTo(dx + at, f32x4.mul(scales, rest), left);
    }
    dx += width;
  }
}

/** Mean and biased variance of each column. */
export function columnStatistics(mean: usize, variance: usize, x: usize, n: i32, size: i32): void {
  const width = <usize>size << 2;
  const rows = f32x4.splat(<f32>n);
  for (let left = size; left > 0; left -= 4, x += 16, mean += 16, variance += 16) {
    let sum = f32x4.splat(0);
    let at = x;
    for (let row = n; row > 0; row--, at += width) sum = f32x4.add(sum, take(at, left));
    const middle = f32x4.div(sum, rows);
    let squares = f32x4.splat(0);
    at = x;
    for (let row = n; row > 0; row--, at += width) {
      const d = f32x4.sub(take(at, left), middle);
      squares = f32x4.add(squares, f32x4.mul(d, d));
    }
    give(mean, middle, left);
    give(variance, f32x4.div(squares, rows), left);
  }
}

/** y = (x - mean) * scale * gain + bias. */
export function batchNorm(
  y: usize,
  x: usize,
  mean: usize,
  scale: usize,
  gain: usize,
  bias: usize,
  n: i32,
  size: i32,
): void {
  const width = <usize>size << 2;
  for (let row = 0; row < n; row++, x += width, y += width) {
    let at: usize = 0;
    for (let left = size; left > 0; left -= 4, at += 16) {
      const h = f32x4.mul(f32x4.sub(take(x + at, left), take(mean + at, left)), take(scale + at, left));
      give(y + at, f32x4.add(f32x4.mul(h, take(gain + at, left)), take(bias + at, left)), left);
    }
  }
}

/** dgain += sum dy h; dbias += sum dy; dx += gain scale (dy - mean dy - h mean(dy h)), without the means if constant. */
export function batchNormBackward(
  dx: usize,
  dgain: usize,
  dbias: usize,
  dy: usize,
  x: usize,
  mean: usize,
  scale: usize,
  gain: usize,
  scratch: usize,
  constant: i32,
  n: i32,
  size: i32,
): void {
  const width = <usize>size << 2;
  const rows = f32x4.splat(<f32>n);
  let at: usize = 0;
  for (let left = size; left > 0; left -= 4, at += 16) {
    const means = take(mean + at, left);
    const scales = take(scale + at, left);
    let sum = f32x4.splat(0);
    let sumH = sum;
    let from = at;
    for (let row = n; row > 0; row--, from += width) {
      const d = take(dy + from, left);
      const h = f32x4.mul(f32x4.sub(take(x + from, left), means), scales);
      sum = f32x4.add(sum, d);
      sumH = f32x4.add(sumH, f32x4.mul(d, h));
    }
    if (dgain) addTo(dgain + at, sumH, left);
    if (dbias) addTo(dbias + at, sum, left);
    const zero = f32x4.splat(0);
    give(scratch + at, constant ? zero : f32x4.div(sum, rows), left);
    give(scratch + width + at, constant ? zero : f32x4.div(sumH, rows), left);
  }
  if (!dx) return;
  for (let row = 0; row < n; row++, x += width, dy += width, dx += width) {
    at = 0;
    for (let left = size; left > 0; left -= 4, at += 16) {
      const scales = take(scale + at, left);
      const h = f32x4.mul(f32x4.sub(take(x + at, left), take(mean + at, left)), scales);
      const rest = f32x4.sub(
        f32x4.sub(take(dy + at, left), take(scratch + at, left)),
        f32x4.mul(h, take(scratch + width + at, left)),
      );
      addTo(dx + at, f32x4.mul(f32x4.mul(take(gain + at, left), scales), rest), left);
    }
  }
}

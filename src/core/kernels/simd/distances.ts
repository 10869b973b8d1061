// Squared distances to centres.
import { loadPartial, storePartial, sumLanes, sumLanesOf4 } from './lanes';

@inline
function addSquare(sum: v128, x: v128, c: v128): v128 {
  const d = f32x4.sub(x, c);
  return f32x4.add(sum, f32x4.mul(d, d));
}

/** y[n,k] = sum over size of (x[n,size] - c[k,size])^2, four centres at a time. */
export function distances(y: usize, x: usize, c: usize, n: i32, k: i32, size: i32): void {
  const left = size & 3;
  const rowBytes = <usize>size << 2;
  const wholeBytes = rowBytes & ~15;
  for (let row = 0; row < n; row++, x += rowBytes) {
    let c0 = c;
    let centre = 0;
    for (; centre + 4 <= k; centre += 4, c0 += 4 * rowBytes, y += 16) {
      const c1 = c0 + rowBytes;
      const c2 = c1 + rowBytes;
      const c3 = c2 + rowBytes;
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let at: usize = 0;
      for (; at < wholeBytes; at += 16) {
        const v = v128.load(x + at);
        s0 = addSquare(s0, v, v128.load(c0 + at));
        s1 = addSquare(s1, v, v128.load(c1 + at));
        s2 = addSquare(s2, v, v128.load(c2 + at));
        s3 = addSquare(s3, v, v128.load(c3 + at));
      }
      if (left) {
        const v = loadPartial(x + at, left);
        s0 = addSquare(s0, v, loadPartial(c0 + at, left));
        s1 = addSquare(s1, v, loadPartial(c1 + at, left));
        s2 = addSquare(s2, v, loadPartial(c2 + at, left));
        s3 = addSquare(s3, v, loadPartial(c3 + at, left));
      }
      v128.store(y, sumLanesOf4(s0, s1, s2, s3));
    }
    for (; centre < k; centre++, c0 += rowBytes, y += 4) {
      let sum = f32x4.splat(0);
      let at: usize = 0;
      for (; at < wholeBytes; at += 16) sum = addSquare(sum, v128.load(x + at), v128.load(c0 + at));
      if (left) sum = addSquare(sum, loadPartial(x + at, left), loadPartial(c0 + at, left));
      store<f32>(y, sumLanes(sum));
    }
  }
}

/** dx += 2 dy (x - c) over the centres, dc -= 2 dy (x - c) over the rows; dx may be 0. */
export function distancesBackward(
  dx: usize,
  dc: usize,
  dy: usize,
  x: usize,
  c: usize,
  n: i32,
  k: i32,
  size: i32,
): void {
  const vectors = size >> 2;
  const left = size & 3;
  const rowBytes = <usize>size << 2;
  for (let row = 0; row < n; row++, x += rowBytes) {
    let from: usize = 0;
    for (let j = 0; j < k; j++, from += rowBytes, dy += 4) {
      const factor = f32x4.splat(2 * load<f32>(dy));
      let at: usize = 0;
      for (let i = 0; i < vectors; i++, at += 16) {
        const step = f32x4.mul(factor, f32x4.sub(v128.load(x + at), v128.load(c + from + at)));
        v128.store(dc + from + at, f32x4.sub(v128.load(dc + from + at), step));
        if (dx) v128.store(dx + at, f32x4.add(v128.load(dx + at), step));
      }
      if (left) {
        const step = f32x4.mul(factor, f32x4.sub(loadPartial(x + at, left), loadPartial(c + from + at, left)));
        storePartial(dc + from + at, f32x4.sub(loadPartial(dc + from + at, left), step), left);
        if (dx) storePartial(dx + at, f32x4.add(loadPartial(dx + at, left), step), left);
      }
    }
    if (dx) dx += rowBytes;
  }
}

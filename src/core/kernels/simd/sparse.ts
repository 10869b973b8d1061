// Dense layers on rows that are mostly zeros. What is not zero in a row is listed once, in ascending order, and only
// those rows of w are visited: each number is summed in one fixed order, whatever else is in the batch.
import { mulAdd } from './tiles';

/**
 * Lists what is not zero (NaN is not) in x[inputs]: pairs of the number and of the byte offset of its row of w.
 * @returns the end of the list.
 */
function listNonZeros(list: usize, x: usize, inputs: i32, wRow: usize): usize {
  let offset: usize = 0;
  const end = x + (<usize>inputs << 2);
  for (; x + 16 <= end; x += 16, offset += 4 * wRow) {
    const v = v128.load(x);
    let lit = i32x4.bitmask(f32x4.ne(v, f32x4.splat(0)));
    while (lit) {
      const lane = <usize>ctz(lit);
      store<u32>(list, load<u32>(x + (lane << 2)));
      store<u32>(list, <u32>(offset + lane * wRow), 4);
      list += 8;
      lit &= lit - 1;
    }
  }
  for (; x < end; x += 4, offset += wRow) {
    if (load<f32>(x) == 0) continue;
    store<u32>(list, load<u32>(x));
    store<u32>(list, <u32>offset, 4);
    list += 8;
  }
  return list;
}

/** y[32] = b + sum of listed numbers times their rows of w. */
@inline
function sum32(y: usize, b: usize, w: usize, list: usize, end: usize): void {
  let s0 = v128.load(b);
  let s1 = v128.load(b, 16);
  let s2 = v128.load(b, 32);
  let s3 = v128.load(b, 48);
  let s4 = v128.load(b, 64);
  let s5 = v128.load(b, 80);
  let s6 = v128.load(b, 96);
  let s7 = v128.load(b, 112);
  for (; list < end; list += 8) {
    const x = v128.load_splat<f32>(list);
    const from = w + <usize>load<u32>(list, 4);
    s0 = mulAdd(s0, x, v128.load(from));
    s1 = mulAdd(s1, x, v128.load(from, 16));
    s2 = mulAdd(s2, x, v128.load(from, 32));
    s3 = mulAdd(s3, x, v128.load(from, 48));
    s4 = mulAdd(s4, x, v128.load(from, 64));
    s5 = mulAdd(s5, x, v128.load(from, 80));
    s6 = mulAdd(s6, x, v128.load(from, 96));
    s7 = mulAdd(s7, x, v128.load(from, 112));
  }
  v128.store(y, s0);
  v128.store(y, s1, 16);
  v128.store(y, s2, 32);
  v128.store(y, s3, 48);
  v128.store(y, s4, 64);
  v128.store(y, s5, 80);
  v128.store(y, s6, 96);
  v128.store(y, s7, 112);
}

/** y[n,outputs] = x w + b. */
export function sparseDense(
  y: usize,
  x: usize,
  w: usize,
  b: usize,
  scratch: usize,
  n: i32,
  inputs: i32,
  outputs: i32,
): void {
  const width = <usize>outputs << 2;
  for (let row = 0; row < n; row++, x += <usize>inputs << 2, y += width) {
    const end = listNonZeros(scratch, x, inputs, width);
    let at: usize = 0;
    for (; at + 128 <= width; at += 128) sum32(y + at, b + at, w + at, scratch, end);
    for (; at + 16 <= width; at += 16) {
      let sum = v128.load(b + at);
      for (let i = scratch; i < end; i += 8) {
        sum = mulAdd(sum, v128.load_splat<f32>(i), v128.load(w + at + <usize>load<u32>(i, 4)));
      }
      v128.store(y + at, sum);
    }
    for (; at < width; at += 4) {
      let sum = load<f32>(b + at);
      for (let i = scratch; i < end; i += 8) sum += load<f32>(i) * load<f32>(w + at + <usize>load<u32>(i, 4));
      store<f32>(y + at, sum);
    }
  }
}

/** to[at] += x * d */
@inline
function addTo(to: usize, x: v128, d: v128): void {
  v128.store(to, mulAdd(v128.load(to), x, d));
}

/** dw += xT dy, row by row of the batch. */
export function sparseDenseBackward(
  dw: usize,
  dy: usize,
  x: usize,
  scratch: usize,
  n: i32,
  inputs: i32,
  outputs: i32,
): void {
  const width = <usize>outputs << 2;
  for (let row = 0; row < n; row++, x += <usize>inputs << 2, dy += width) {
    const end = listNonZeros(scratch, x, inputs, width);
    let at: usize = 0;
    for (; at + 128 <= width; at += 128) {
      const from = dy + at;
      const d0 = v128.load(from);
      const d1 = v128.load(from, 16);
      const d2 = v128.load(from, 32);
      const d3 = v128.load(from, 48);
      const d4 = v128.load(from, 64);
      const d5 = v128.load(from, 80);
      const d6 = v128.load(from, 96);
      const d7 = v128.load(from, 112);
      for (let i = scratch; i < end; i += 8) {
        const value = v128.load_splat<f32>(i);
        const to = dw + at + <usize>load<u32>(i, 4);
        addTo(to, value, d0);
        addTo(to + 16, value, d1);
        addTo(to + 32, value, d2);
        addTo(to + 48, value, d3);
        addTo(to + 64, value, d4);
        addTo(to + 80, value, d5);
        addTo(to + 96, value, d6);
        addTo(to + 112, value, d7);
      }
    }
    for (; at + 16 <= width; at += 16) {
      const d = v128.load(dy + at);
      for (let i = scratch; i < end; i += 8) {
        addTo(dw + at + <usize>load<u32>(i, 4), v128.load_splat<f32>(i), d);
      }
    }
    for (; at < width; at += 4) {
      const d = load<f32>(dy + at);
      for (let i = scratch; i < end; i += 8) {
        const to = dw + at + <usize>load<u32>(i, 4);
        store<f32>(to, load<f32>(to) + load<f32>(i) * d);
      }
    }
  }
}

// exp, tanh, sigmoid and what is made of them, four numbers at a time. Errors stay within a few units in the
// last place; a NaN stays a NaN: pmin(x, limit) and pmax(x, limit) return x when x is NaN.
import { loadPartial, storePartial, sumLanes } from './lanes';

/**
 * e^x = 2^k e^r, k = round(x / ln 2), |r| <= ln 2 / 2; polynomial of Cephes expf.c. 2^k is applied in two
 * halves so that the ends of the range overflow to Infinity and underflow gradually to 0.
 */
// @ts-ignore: decorator
@inline
export function expLanes(x: v128): v128 {
  const clipped = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89.5)), f32x4.splat(-105));
  // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
  const magic = f32x4.splat(12582912);
  const shifted = f32x4.add(f32x4.mul(clipped, f32x4.splat(1.44269504)), magic);
  const k = f32x4.sub(shifted, magic);
  let r = f32x4.sub(clipped, f32x4.mul(k, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(k, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  const y = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.sub(shifted, magic);
  const half = i32x4.shr_s(power, 1);
  const bias = i32x4.splat(127);
  const first = i32x4.shl(i32x4.add(half, bias), 23);
  const second = i32x4.shl(i32x4.add(i32x4.sub(power, half), bias), 23);
  return f32x4.mul(f32x4.mul(y, first), second);
}

/** 1 / (1 + e^-x). */
// @ts-ignore: decorator
@inline
function sigmoidLanes(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, expLanes(f32x4.neg(x))));
}

/** Near 0 the odd polynomial of Cephes tanhf.c, elsewhere 1 - 2 / (e^2|x| + 1) with the sign of x. */
// @ts-ignore: decorator
@inline
function tanhLanes(x: v128): v128 {
  const one = f32x4.splat(1);
  const signBit = i32x4.splat(0x80000000);
  const size = v128.andnot(x, signBit);
  const e = expLanes(f32x4.add(size, size));
  const far = v128.or(
    f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(e, one))),
    v128.and(x, signBit),
  );
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-3.33332819422e-1));
  const near = f32x4.add(x, f32x4.mul(x, f32x4.mul(p, z)));
  return v128.bitselect(near, far, f32x4.lt(size, f32x4.splat(0.625)));
}

/** f of activationCode `code`: 0 linear, 1 relu, 2 tanh, 3 sigmoid. */
// @ts-ignore: decorator
@inline
function apply(code: i32, x: v128): v128 {
  if (code == 1) return v128.andnot(x, f32x4.lt(x, f32x4.splat(0)));
  if (code == 2) return tanhLanes(x);
  if (code == 3) return sigmoidLanes(x);
  return x;
}

// @ts-ignore: decorator
@inline
function applyAll(code: i32, y: usize, x: usize, count: i32): void {
  const end = y + ((<usize>(count & ~3)) << 2);
  for (; y < end; x += 16, y += 16) v128.store(y, apply(code, v128.load(x)));
  const left = count & 3;
  if (left) storePartial(y, apply(code, loadPartial(x, left)), left);
}

/** y = f(x). */
export function activate(code: i32, y: usize, x: usize, count: i32): void {
  if (code == 1) applyAll(1, y, x, count);
  else if (code == 2) applyAll(2, y, x, count);
  else if (code == 3) applyAll(3, y, x, count);
  else memory.copy(y, x, <usize>count << 2);
}

/** dy f'(x), f' in terms of y. Where relu's y is not positive it is 0 or NaN, and y * 0 keeps which. */
// @ts-ignore: decorator
@inline
function slope(code: i32, dy: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  if (code == 1) return f32x4.mul(dy, v128.bitselect(one, f32x4.mul(y, zero), f32x4.gt(y, zero)));
  if (code == 2) return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(y, y)));
  if (code == 3) return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(one, y)));
  return dy;
}

// @ts-ignore: decorator
@inline
function addSlopes(code: i32, dx: usize, dy: usize, y: usize, count: i32): void {
  const end = y + ((<usize>(count & ~3)) << 2);
  for (; y < end; y += 16, dx += 16, dy += 16) {
    v128.store(dx, f32x4.add(v128.load(dx), slope(code, v128.load(dy), v128.load(y))));
  }
  const left = count & 3;
  if (left) {
    const step = slope(code, loadPartial(dy, left), loadPartial(y, left));
    storePartial(dx, f32x4.add(loadPartial(dx, left), step), left);
  }
}

/** dx += dy f'(x). */
export function activateBackward(code: i32, dx: usize, dy: usize, y: usize, count: i32): void {
  if (code == 1) addSlopes(1, dx, dy, y, count);
  else if (code == 2) addSlopes(2, dx, dy, y, count);
  else if (code == 3) addSlopes(3, dx, dy, y, count);
  else addSlopes(0, dx, dy, y, count);
}

/** Largest number of a row; any NaN in it may be passed over, since the exponentials will carry it. */
// @ts-ignore: decorator
@inline
function rowMaximum(x: usize, vectors: i32, left: i32): f32 {
  let top = f32x4.splat(-Infinity);
  for (let i = 0; i < vectors; i++, x += 16) top = f32x4.pmax(top, v128.load(x));
  if (left) top = f32x4.pmax(top, loadPartial(x, left, -Infinity));
  top = f32x4.pmax(top, i8x16.shuffle(top, top, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  top = f32x4.pmax(top, i8x16.shuffle(top, top, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  return f32x4.extract_lane(top, 0);
}

/** y = e^(x - max) / sum of e^(x - max), row by row. */
export function softmax(y: usize, x: usize, n: i32, classes: i32): void {
  const vectors = classes >> 2;
  const left = classes & 3;
  const rowBytes = <usize>classes << 2;
  for (let row = 0; row < n; row++, x += rowBytes, y += rowBytes) {
    const top = f32x4.splat(rowMaximum(x, vectors, left));
    let sum = f32x4.splat(0);
    let at: usize = 0;
    for (let i = 0; i < vectors; i++, at += 16) {
      const e = expLanes(f32x4.sub(v128.load(x + at), top));
      v128.store(y + at, e);
      sum = f32x4.add(sum, e);
    }
    let last = f32x4.splat(0);
    if (left) {
      last = expLanes(f32x4.sub(loadPartial(x + at, left, -Infinity), top));
      sum = f32x4.add(sum, last);
    }
    const total = f32x4.splat(sumLanes(sum));
    if (left) storePartial(y + at, f32x4.div(last, total), left);
    at = 0;
    for (let i = 0; i < vectors; i++, at += 16) v128.store(y + at, f32x4.div(v128.load(y + at), total));
  }
}

/** y = (x - max) - log(sum of e^(x - max)), row by row. */
export function logSoftmax(y: usize, x: usize, n: i32, classes: i32): void {
  const vectors = classes >> 2;
  const left = classes & 3;
  const rowBytes = <usize>classes << 2;
  for (let row = 0; row < n; row++, x += rowBytes, y += rowBytes) {
    const top = f32x4.splat(rowMaximum(x, vectors, left));
    let sum = f32x4.splat(0);
    let at: usize = 0;
    for (let i = 0; i < vectors; i++, at += 16) {
      sum = f32x4.add(sum, expLanes(f32x4.sub(v128.load(x + at), top)));
    }
    if (left) sum = f32x4.add(sum, expLanes(f32x4.sub(loadPartial(x + at, left, -Infinity), top)));
    const logSum = f32x4.splat(Mathf.log(sumLanes(sum)));
    at = 0;
    for (let i = 0; i < vectors; i++, at += 16) {
      v128.store(y + at, f32x4.sub(f32x4.sub(v128.load(x + at), top), logSum));
    }
    if (left) storePartial(y + at, f32x4.sub(f32x4.sub(loadPartial(x + at, left), top), logSum), left);
  }
}

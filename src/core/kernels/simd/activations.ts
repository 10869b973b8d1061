// exp, tanh, sigmoid and what is made of them, four numbers at a time. Errors stay within three units in the
// last place (../contract/activations.ts); a NaN stays a NaN: pmin(x, limit) and pmax(x, limit) return x when x is NaN.
import { give, loadPartial, storePartial, sumLanes, take } from './lanes';

// Constants are read from memory: a load that fills all lanes is one instruction, a vector literal in the middle
// of a loop three.
const one = memory.data<f32>([1]);
const two = memory.data<f32>([2]);
const perLn2 = memory.data<f32>([1.44269504]);
const twicePerLn2 = memory.data<f32>([2.88539008]);
const halfLn2 = memory.data<f32>([0.34657359]);
// ln 2 in two parts, the first so short that a whole number times it is exact.
const ln2High = memory.data<f32>([0.693359375]);
const ln2Low = memory.data<f32>([-2.1219444e-4]);
// 1.5 * 2^23: adding it rounds to a whole number and leaves that in the low bits.
const rounder = memory.data<f32>([12582912]);
// e^r = 1 + r + c2 r^2 + ... + c7 r^7 (Cephes expf.c).
const c2 = memory.data<f32>([0.5]);
const c3 = memory.data<f32>([0.16666666]);
const c4 = memory.data<f32>([4.1665796e-2]);
const c5 = memory.data<f32>([8.3334519e-3]);
const c6 = memory.data<f32>([1.3981999e-3]);
const c7 = memory.data<f32>([1.9875692e-4]);
// Beyond these the results are 0 or Infinity, and 1 or -1.
const expAbove = memory.data<f32>([89]);
const expBelow = memory.data<f32>([-87.3]);
const tanhAbove = memory.data<f32>([9.1]);
const tanhBelow = memory.data<f32>([-9.1]);
// 1 / 3, 1 / 5, ... of the logarithm's series.
const l3 = memory.data<f32>([0.33333334]);
const l5 = memory.data<f32>([0.2]);
const l7 = memory.data<f32>([0.14285715]);
const l9 = memory.data<f32>([0.11111111]);
const l11 = memory.data<f32>([0.09090909]);
const l13 = memory.data<f32>([0.07692308]);
const l15 = memory.data<f32>([0.06666667]);
const leak = memory.data<f32>([0.01]);
// 2 sqrt(2 / pi), times 0.044715, and three times that.
const geluScale = memory.data<f32>([1.5957691]);
const geluCube = memory.data<f32>([0.071354814]);
const geluCubeThrice = memory.data<f32>([0.21406445]);

/** One constant in all lanes. */
@inline
function lanes(constant: usize): v128 {
  return v128.load_splat<f32>(constant);
}

/** e^r - 1 for |r| <= ln 2 / 2. The polynomial is summed in pairs: shorter chains than Horner's keep lanes busy. */
@inline
function expMinusOne(r: v128): v128 {
  const square = f32x4.mul(r, r);
  const top = f32x4.add(f32x4.mul(lanes(c7), r), lanes(c6));
  const middle = f32x4.add(f32x4.mul(lanes(c5), r), lanes(c4));
  const low = f32x4.add(f32x4.mul(lanes(c3), r), lanes(c2));
  const p = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(top, square), middle), square), low);
  return f32x4.add(f32x4.mul(p, square), r);
}

/**
 * e^x = 2 (2^(k-1)) e^r, k = round(x / ln 2), r = x - k ln 2. Halving the power lets the largest results be
 * reached, and overflow to Infinity; below e^-87 (the smallest normal numbers) the result is 0.
 */
@inline
function expLanes(x: v128): v128 {
  const clipped = f32x4.pmax(f32x4.pmin(x, lanes(expAbove)), lanes(expBelow));
  const shifted = f32x4.add(f32x4.mul(clipped, lanes(perLn2)), lanes(rounder));
  const k = f32x4.sub(shifted, lanes(rounder));
  let r = f32x4.sub(clipped, f32x4.mul(k, lanes(ln2High)));
  r = f32x4.sub(r, f32x4.mul(k, lanes(ln2Low)));
  const e = expMinusOne(r);
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(126)), 23);
  const twice = f32x4.add(f32x4.add(e, e), lanes(two));
  return f32x4.mul(twice, power);
}

/** 1 / (1 + e^-x). */
@inline
export function sigmoidLanes(x: v128): v128 {
  return f32x4.div(lanes(one), f32x4.add(lanes(one), expLanes(f32x4.neg(x))));
}

/** e^x - 1 = 2^k (e^r - 1) + (2^k - 1) for x <= 0: accurate near 0 as well. */
@inline
function expMinusOneBelow(x: v128): v128 {
  const clipped = f32x4.pmax(x, lanes(expBelow));
  const shifted = f32x4.add(f32x4.mul(clipped, lanes(perLn2)), lanes(rounder));
  const k = f32x4.sub(shifted, lanes(rounder));
  let r = f32x4.sub(clipped, f32x4.mul(k, lanes(ln2High)));
  r = f32x4.sub(r, f32x4.mul(k, lanes(ln2Low)));
  const e = expMinusOne(r);
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
  return f32x4.add(f32x4.mul(e, power), f32x4.sub(power, lanes(one)));
}

/**
 * log(1 + t) for 0 <= t <= 1, from s = t / (2 + t): 2 (s + s^3 / 3 + s^5 / 5 + ...). s is at most 1/3, so eight terms
 * of the series leave less than half a unit in the last place.
 */
@inline
function logOnePlus(t: v128): v128 {
  const s = f32x4.div(t, f32x4.add(lanes(two), t));
  const z = f32x4.mul(s, s);
  let p = f32x4.add(f32x4.mul(lanes(l15), z), lanes(l13));
  p = f32x4.add(f32x4.mul(p, z), lanes(l11));
  p = f32x4.add(f32x4.mul(p, z), lanes(l9));
  p = f32x4.add(f32x4.mul(p, z), lanes(l7));
  p = f32x4.add(f32x4.mul(p, z), lanes(l5));
  p = f32x4.add(f32x4.mul(p, z), lanes(l3));
  const twice = f32x4.add(s, s);
  return f32x4.add(twice, f32x4.mul(twice, f32x4.mul(p, z)));
}

/** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). */
@inline
function softplusLanes(x: v128): v128 {
  const rest = logOnePlus(expLanes(f32x4.neg(f32x4.abs(x))));
  // Where x is NaN so is the rest.
  return f32x4.add(f32x4.pmax(f32x4.splat(0), x), rest);
}

/** 2 sqrt(2 / pi) (x + 0.044715 x^3): gelu(x) = x sigmoid of this. */
@inline
function geluInner(x: v128): v128 {
  const cubic = f32x4.mul(lanes(geluCube), f32x4.mul(x, x));
  return f32x4.mul(x, f32x4.add(lanes(geluScale), cubic));
}

/**
 * t / (t + 2), t = e^2x - 1 = 2^k (e^2r - 1) + (2^k - 1), k = round(2x / ln 2), r = x - k ln 2 / 2: accurate near 0
 * as well, and never beyond 1. One part of ln 2 is enough: where k * ln 2 is rounded, tanh is flat.
 */
@inline
export function tanhLanes(x: v128): v128 {
  const clipped = f32x4.pmax(f32x4.pmin(x, lanes(tanhAbove)), lanes(tanhBelow));
  const shifted = f32x4.add(f32x4.mul(clipped, lanes(twicePerLn2)), lanes(rounder));
  const k = f32x4.sub(shifted, lanes(rounder));
  const r = f32x4.sub(clipped, f32x4.mul(k, lanes(halfLn2)));
  const e = expMinusOne(f32x4.add(r, r));
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
  const t = f32x4.add(f32x4.mul(e, power), f32x4.sub(power, lanes(one)));
  return f32x4.div(t, f32x4.add(t, lanes(two)));
}

/** f of activationCode `code`. */
@inline
function apply(code: i32, x: v128): v128 {
  const below = f32x4.lt(x, f32x4.splat(0));
  if (code == 1) return v128.andnot(x, below);
  if (code == 2) return tanhLanes(x);
  if (code == 3) return sigmoidLanes(x);
  if (code == 4) return v128.bitselect(f32x4.mul(x, lanes(leak)), x, below);
  if (code == 5) return v128.bitselect(expMinusOneBelow(x), x, below);
  if (code == 6) return f32x4.mul(x, sigmoidLanes(x));
  if (code == 7) return f32x4.mul(x, sigmoidLanes(geluInner(x)));
  if (code == 8) return softplusLanes(x);
  return x;
}

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
  else if (code == 4) applyAll(4, y, x, count);
  else if (code == 5) applyAll(5, y, x, count);
  else if (code == 6) applyAll(6, y, x, count);
  else if (code == 7) applyAll(7, y, x, count);
  else if (code == 8) applyAll(8, y, x, count);
  else memory.copy(y, x, <usize>count << 2);
}

/**
 * dy f'(x), f' in terms of y where it can be. Where relu's or leaky relu's y is not positive, y * 0 keeps a NaN one.
 */
@inline
function slope(code: i32, dy: v128, y: v128, x: v128): v128 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  if (code == 1) return f32x4.mul(dy, v128.bitselect(one, f32x4.mul(y, zero), f32x4.gt(y, zero)));
  if (code == 2) return f32x4.mul(dy, f32x4.sub(one, f32x4.mul(y, y)));
  if (code == 3) return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(one, y)));
  if (code == 4) {
    const leaked = f32x4.add(f32x4.mul(y, zero), lanes(leak));
    return f32x4.mul(dy, v128.bitselect(one, leaked, f32x4.gt(y, zero)));
  }
  if (code == 5) return f32x4.mul(dy, v128.bitselect(one, f32x4.add(y, one), f32x4.gt(y, zero)));
  if (code == 6) {
    const s = sigmoidLanes(x);
    return f32x4.mul(dy, f32x4.add(s, f32x4.mul(y, f32x4.sub(one, s))));
  }
  if (code == 7) {
    const s = sigmoidLanes(geluInner(x));
    const steep = f32x4.add(lanes(geluScale), f32x4.mul(lanes(geluCubeThrice), f32x4.mul(x, x)));
    return f32x4.mul(dy, f32x4.add(s, f32x4.mul(f32x4.mul(y, f32x4.sub(one, s)), steep)));
  }
  if (code == 8) return f32x4.mul(dy, sigmoidLanes(x));
  return dy;
}

@inline
function addSlopes(code: i32, dx: usize, dy: usize, y: usize, x: usize, count: i32): void {
  const end = y + ((<usize>(count & ~3)) << 2);
  for (; y < end; y += 16, x += 16, dx += 16, dy += 16) {
    v128.store(dx, f32x4.add(v128.load(dx), slope(code, v128.load(dy), v128.load(y), v128.load(x))));
  }
  const left = count & 3;
  if (left) {
    const step = slope(code, loadPartial(dy, left), loadPartial(y, left), loadPartial(x, left));
    storePartial(dx, f32x4.add(loadPartial(dx, left), step), left);
  }
}

/** dx += dy f'(x). */
export function activateBackward(code: i32, dx: usize, dy: usize, y: usize, x: usize, count: i32): void {
  if (code == 1) addSlopes(1, dx, dy, y, x, count);
  else if (code == 2) addSlopes(2, dx, dy, y, x, count);
  else if (code == 3) addSlopes(3, dx, dy, y, x, count);
  else if (code == 4) addSlopes(4, dx, dy, y, x, count);
  else if (code == 5) addSlopes(5, dx, dy, y, x, count);
  else if (code == 6) addSlopes(6, dx, dy, y, x, count);
  else if (code == 7) addSlopes(7, dx, dy, y, x, count);
  else if (code == 8) addSlopes(8, dx, dy, y, x, count);
  else addSlopes(0, dx, dy, y, x, count);
}

/** Largest number of a row; any NaN in it may be passed over, since the exponentials will carry it. */
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

/** dx += y (dy - sum of dy y), row by row. */
export function softmaxBackward(dx: usize, dy: usize, y: usize, n: i32, classes: i32): void {
  const rowBytes = <usize>classes << 2;
  for (; n > 0; n--, dx += rowBytes, dy += rowBytes, y += rowBytes) {
    let sum = f32x4.splat(0);
    let at: usize = 0;
    for (let left = classes; left > 0; left -= 4, at += 16) {
      sum = f32x4.add(sum, f32x4.mul(take(dy + at, left), take(y + at, left)));
    }
    const total = f32x4.splat(sumLanes(sum));
    at = 0;
    for (let left = classes; left > 0; left -= 4, at += 16) {
      const step = f32x4.mul(take(y + at, left), f32x4.sub(take(dy + at, left), total));
      give(dx + at, f32x4.add(take(dx + at, left), step), left);
    }
  }
}

/** dx += dy - e^y sum of dy, row by row. */
export function logSoftmaxBackward(dx: usize, dy: usize, y: usize, n: i32, classes: i32): void {
  const rowBytes = <usize>classes << 2;
  for (; n > 0; n--, dx += rowBytes, dy += rowBytes, y += rowBytes) {
    let sum = f32x4.splat(0);
    let at: usize = 0;
    for (let left = classes; left > 0; left -= 4, at += 16) sum = f32x4.add(sum, take(dy + at, left));
    const total = f32x4.splat(sumLanes(sum));
    at = 0;
    for (let left = classes; left > 0; left -= 4, at += 16) {
      const step = f32x4.sub(take(dy + at, left), f32x4.mul(expLanes(take(y + at, left)), total));
      give(dx + at, f32x4.add(take(dx + at, left), step), left);
    }
  }
}

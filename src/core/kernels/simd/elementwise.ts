// One number at a time: sums, products, scaling.
import { loadPartial, storePartial } from './lanes';

/** x *= factor. */
export function scale(x: usize, factor: f32, count: i32): void {
  const factors = f32x4.splat(factor);
  const end = x + ((<usize>(count & ~3)) << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.mul(v128.load(x), factors));
  const left = count & 3;
  if (left) storePartial(x, f32x4.mul(loadPartial(x, left), factors), left);
}

/** y = x. */
export function copy(y: usize, x: usize, count: i32): void {
  memory.copy(y, x, <usize>count << 2);
}

/** y = 0. */
export function clear(y: usize, count: i32): void {
  memory.fill(y, 0, <usize>count << 2);
}

/** y[n,size] = row, n times. */
export function fillRows(y: usize, row: usize, n: i32, size: i32): void {
  const bytes = <usize>size << 2;
  for (; n > 0; n--, y += bytes) memory.copy(y, row, bytes);
}

/** y += x. */
export function add(y: usize, x: usize, count: i32): void {
  const end = x + ((<usize>(count & ~3)) << 2);
  for (; x < end; x += 16, y += 16) v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
  const left = count & 3;
  if (left) storePartial(y, f32x4.add(loadPartial(y, left), loadPartial(x, left)), left);
}

/** y = a b. */
export function multiply(y: usize, a: usize, b: usize, count: i32): void {
  const end = a + ((<usize>(count & ~3)) << 2);
  for (; a < end; a += 16, b += 16, y += 16) v128.store(y, f32x4.mul(v128.load(a), v128.load(b)));
  const left = count & 3;
  if (left) storePartial(y, f32x4.mul(loadPartial(a, left), loadPartial(b, left)), left);
}

/** y += a b. */
export function addProduct(y: usize, a: usize, b: usize, count: i32): void {
  const end = a + ((<usize>(count & ~3)) << 2);
  for (; a < end; a += 16, b += 16, y += 16) {
    v128.store(y, f32x4.add(v128.load(y), f32x4.mul(v128.load(a), v128.load(b))));
  }
  const left = count & 3;
  if (left) {
    const product = f32x4.mul(loadPartial(a, left), loadPartial(b, left));
    storePartial(y, f32x4.add(loadPartial(y, left), product), left);
  }
}

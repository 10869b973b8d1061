// One time step of a gated recurrent unit, four units at a time.
import { sigmoidLanes, tanhLanes } from './activations';
import { add, copy } from './elementwise';
import { give, take } from './lanes';

/** r, z, c and h of n rows. */
export function gruStep(
  h: usize,
  gates: usize,
  fromX: usize,
  fromH: usize,
  before: usize,
  xStride: i32,
  n: i32,
  units: i32,
): void {
  const width = <usize>units << 2;
  const one = f32x4.splat(1);
  for (; n > 0; n--) {
    let at: usize = 0;
    for (let left = units; left > 0; left -= 4, at += 16) {
      const r = sigmoidLanes(f32x4.add(take(fromX + at, left), take(fromH + at, left)));
      const z = sigmoidLanes(f32x4.add(take(fromX + width + at, left), take(fromH + width + at, left)));
      const fromMemory = f32x4.mul(r, take(fromH + 2 * width + at, left));
      const c = tanhLanes(f32x4.add(take(fromX + 2 * width + at, left), fromMemory));
      give(gates + at, r, left);
      give(gates + width + at, z, left);
      give(gates + 2 * width + at, c, left);
      const fresh = f32x4.mul(f32x4.sub(one, z), c);
      give(h + at, f32x4.add(fresh, f32x4.mul(z, take(before + at, left))), left);
    }
    h += width;
    before += width;
    gates += 3 * width;
    fromH += 3 * width;
    fromX += <usize>xStride << 2;
  }
}

/** Gradients of both products, and dbefore += dh z. */
export function gruStepBackward(
  dfromX: usize,
  dfromH: usize,
  dbefore: usize,
  dh: usize,
  gates: usize,
  fromH: usize,
  before: usize,
  xStride: i32,
  n: i32,
  units: i32,
): void {
  const width = <usize>units << 2;
  const one = f32x4.splat(1);
  for (; n > 0; n--) {
    let at: usize = 0;
    for (let left = units; left > 0; left -= 4, at += 16) {
      const r = take(gates + at, left);
      const z = take(gates + width + at, left);
      const c = take(gates + 2 * width + at, left);
      const d = take(dh + at, left);
      const zSlope = f32x4.mul(z, f32x4.sub(one, z));
      const dz = f32x4.mul(f32x4.mul(d, f32x4.sub(take(before + at, left), c)), zSlope);
      const dc = f32x4.mul(f32x4.mul(d, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(c, c)));
      const rSlope = f32x4.mul(r, f32x4.sub(one, r));
      const dr = f32x4.mul(f32x4.mul(dc, take(fromH + 2 * width + at, left)), rSlope);
      give(dfromX + at, dr, left);
      give(dfromX + width + at, dz, left);
      give(dfromX + 2 * width + at, dc, left);
      give(dfromH + at, dr, left);
      give(dfromH + width + at, dz, left);
      give(dfromH + 2 * width + at, f32x4.mul(dc, r), left);
      give(dbefore + at, f32x4.add(take(dbefore + at, left), f32x4.mul(d, z)), left);
    }
    dbefore += width;
    dh += width;
    before += width;
    gates += 3 * width;
    fromH += 3 * width;
    dfromH += 3 * width;
    dfromX += <usize>xStride << 2;
  }
}

/** Rows copied from one spacing to another; spacings count floats. */
export function copyRows(y: usize, yStride: i32, x: usize, xStride: i32, n: i32, units: i32): void {
  for (; n > 0; n--, y += <usize>yStride << 2, x += <usize>xStride << 2) copy(y, x, units);
}

/** The same, added. */
export function addRows(y: usize, yStride: i32, x: usize, xStride: i32, n: i32, units: i32): void {
  for (; n > 0; n--, y += <usize>yStride << 2, x += <usize>xStride << 2) add(y, x, units);
}

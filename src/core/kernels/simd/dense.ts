// The dense layer: y = x w + b and its three gradients, each one matrix product.
import { multiply } from './matmul';
import { transpose } from './moves';
import { addShortSums, longestShortSum } from './short-sums';
import { addColumnSums } from './sums';

/** y[n,outputs] = x[n,inputs] w[inputs,outputs] + b[outputs]. */
export function dense(y: usize, x: usize, w: usize, b: usize, n: i32, inputs: i32, outputs: i32): void {
  multiply(y, x, <usize>inputs << 2, 4, w, b, n, inputs, outputs);
}

/** dw += xT dy. `scratch` holds inputs*outputs floats. */
export function addWeightGradient(
  dw: usize,
  x: usize,
  dy: usize,
  scratch: usize,
  n: i32,
  inputs: i32,
  outputs: i32,
): void {
  const xRow = <usize>inputs << 2;
  const dyRow = <usize>outputs << 2;
  // Columns that fill no whole tiles waste lanes; a transposed result pays where it has enough of them and of rows.
  const wasteful = outputs < 4 ? inputs >= 4 : n >= 32 && inputs >= 16 && outputs < 16 && (outputs & 7) != 0;
  const short = n <= longestShortSum;
  if (!wasteful) {
    if (short && outputs >= 4) addShortSums(dw, x, dy, n, inputs, outputs);
    else multiply(dw, x, 4, xRow, dy, 0, inputs, n, outputs);
    return;
  }
  // Lanes run along the inputs, and the small result is transposed.
  memory.fill(scratch, 0, xRow * outputs);
  if (short) addShortSums(scratch, dy, x, n, outputs, inputs);
  else multiply(scratch, dy, 4, dyRow, x, 0, outputs, n, inputs);
  for (let i = 0; i < inputs; i++) {
    let from = scratch + (<usize>i << 2);
    for (let o = 0; o < outputs; o++, dw += 4, from += xRow) store<f32>(dw, load<f32>(dw) + load<f32>(from));
  }
}

/** dw += xT dy; db += column sums of dy; dx += dy wT; each unless it is 0. `scratch` holds inputs*outputs floats. */
export function denseBackward(
  dx: usize,
  dw: usize,
  db: usize,
  dy: usize,
  x: usize,
  w: usize,
  scratch: usize,
  n: i32,
  inputs: i32,
  outputs: i32,
): void {
  if (dw) addWeightGradient(dw, x, dy, scratch, n, inputs, outputs);
  if (db) addColumnSums(db, dy, n, outputs);
  if (!dx) return;
  transpose(scratch, w, inputs, outputs);
  multiply(dx, dy, <usize>outputs << 2, 4, scratch, 0, n, outputs, inputs);
}

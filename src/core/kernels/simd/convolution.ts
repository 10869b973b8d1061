// Convolution as a matrix product: each image is unfolded into one row of kernel*kernel*inputs numbers per output
// pixel (im2col; Chellapilla, Puri & Simard 2006), channels last, so that runs along a row are plain copies.
import { addWeightGradient } from './dense';
import { multiply } from './matmul';
import { transpose } from './moves';
import { addColumnSums } from './sums';

@inline
function outputSide(side: i32, kernel: i32, stride: i32, padding: i32): i32 {
  return (side + 2 * padding - kernel) / stride + 1;
}

/**
 * Walks one image: u[pixels,kernel*kernel*inputs] = the numbers under each output pixel, zeros in the padding; or,
 * when folding, the reverse: x += u, each number where it was taken from.
 */
@inline
function walk(
  folding: bool,
  u: usize,
  x: usize,
  height: i32,
  width: i32,
  inputs: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
): void {
  const pixelBytes = <usize>inputs << 2;
  const rowBytes = <usize>width * pixelBytes;
  const runBytes = <usize>kernel * pixelBytes;
  for (let oy = 0; oy < outHeight; oy++) {
    const top = oy * stride - padding;
    const firstRow = max(0, -top);
    const lastRow = min(kernel, height - top);
    for (let ox = 0; ox < outWidth; ox++) {
      const left = ox * stride - padding;
      const first = max(0, -left);
      const last = min(kernel, width - left);
      let from = x + <usize>(top + firstRow) * rowBytes + <usize>(left + first) * pixelBytes;
      if (last - first == kernel && lastRow - firstRow == kernel) {
        for (let ky = kernel; ky > 0; ky--, u += runBytes, from += rowBytes) {
          if (folding) addRun(from, u, runBytes);
          else copyRun(u, from, runBytes);
        }
        continue;
      }
      // At the rim.
      const next = u + <usize>kernel * runBytes;
      if (!folding) memory.fill(u, 0, next - u);
      if (first < last) {
        u += <usize>firstRow * runBytes + <usize>first * pixelBytes;
        const bytes = <usize>(last - first) * pixelBytes;
        for (let ky = firstRow; ky < lastRow; ky++, u += runBytes, from += rowBytes) {
          if (folding) addRun(from, u, bytes);
          else copyRun(u, from, bytes);
        }
      }
      u = next;
    }
  }
}

function unfold(
  u: usize,
  x: usize,
  height: i32,
  width: i32,
  inputs: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
): void {
  walk(false, u, x, height, width, inputs, outHeight, outWidth, kernel, stride, padding);
}

function addFolded(
  dx: usize,
  du: usize,
  height: i32,
  width: i32,
  inputs: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
): void {
  walk(true, du, dx, height, width, inputs, outHeight, outWidth, kernel, stride, padding);
}

/** Copies a few floats: whole vectors, the last one overlapping; memory.copy would be a call into the engine. */
@inline
function copyRun(to: usize, from: usize, bytes: usize): void {
  if (bytes >= 16) {
    const last = bytes - 16;
    for (let at: usize = 0; at < last; at += 16) v128.store(to + at, v128.load(from + at));
    v128.store(to + last, v128.load(from + last));
  } else {
    for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
  }
}

/** Adds a few floats. */
@inline
function addRun(to: usize, from: usize, bytes: usize): void {
  const end = from + bytes;
  for (; from + 16 <= end; from += 16, to += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  for (; from < end; from += 4, to += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
}

/** y[n,outHeight,outWidth,outputs] = x (*) w + b. `scratch` holds one unfolded image. */
export function conv2d(
  y: usize,
  x: usize,
  w: usize,
  b: usize,
  scratch: usize,
  n: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
): void {
  const outHeight = outputSide(height, kernel, stride, padding);
  const outWidth = outputSide(width, kernel, stride, padding);
  const pixels = outHeight * outWidth;
  const unfolded = kernel * kernel * inputs;
  for (let row = 0; row < n; row++) {
    unfold(scratch, x, height, width, inputs, outHeight, outWidth, kernel, stride, padding);
    multiply(y, scratch, <usize>unfolded << 2, 4, w, b, pixels, unfolded, outputs);
    x += <usize>(height * width * inputs) << 2;
    y += <usize>(pixels * outputs) << 2;
  }
}

/** dw += uT dy; db += column sums of dy; dx += fold(dy wT). Scratch: u and du of one image, wT. */
export function conv2dBackward(
  dx: usize,
  dw: usize,
  db: usize,
  dy: usize,
  x: usize,
  w: usize,
  scratch: usize,
  n: i32,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
): void {
  const outHeight = outputSide(height, kernel, stride, padding);
  const outWidth = outputSide(width, kernel, stride, padding);
  const pixels = outHeight * outWidth;
  const unfolded = kernel * kernel * inputs;
  const imageBytes = <usize>(height * width * inputs) << 2;
  const dyBytes = <usize>(pixels * outputs) << 2;
  const uBytes = <usize>(pixels * unfolded) << 2;
  const du = scratch + uBytes;
  const wT = du + uBytes;
  if (db) addColumnSums(db, dy, n * pixels, outputs);
  for (let row = 0; dw && row < n; row++, x += imageBytes) {
    unfold(scratch, x, height, width, inputs, outHeight, outWidth, kernel, stride, padding);
    addWeightGradient(dw, scratch, dy + <usize>row * dyBytes, wT, pixels, unfolded, outputs);
  }
  if (!dx) return;
  transpose(wT, w, unfolded, outputs);
  for (let row = 0; row < n; row++, dx += imageBytes, dy += dyBytes) {
    memory.fill(du, 0, uBytes);
    multiply(du, dy, <usize>outputs << 2, 4, wT, 0, pixels, outputs, unfolded);
    addFolded(dx, du, height, width, inputs, outHeight, outWidth, kernel, stride, padding);
  }
}

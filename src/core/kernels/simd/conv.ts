// Convolution as a matrix product: each image is unfolded into one row of kernel*kernel*inputs numbers per output
// pixel (im2col; Chellapilla, Puri & Simard 2006), channels last, so that runs along a row are plain copies.
import { addWeightGradient } from './dense';
import { addColumnSums, multiply, transpose } from './matmul';

// @ts-ignore: decorator
@inline
function outputSide(side: i32, kernel: i32, stride: i32, padding: i32): i32 {
  return (side + 2 * padding - kernel) / stride + 1;
}

/** u[pixels,kernel*kernel*inputs] = the numbers of one image under each output pixel; zeros in the padding. */
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
  const pixelBytes = <usize>inputs << 2;
  const runBytes = <usize>kernel * pixelBytes;
  for (let oy = 0; oy < outHeight; oy++) {
    for (let ox = 0; ox < outWidth; ox++) {
      const left = ox * stride - padding;
      const first = max(0, -left);
      const last = min(kernel, width - left);
      for (let ky = 0; ky < kernel; ky++, u += runBytes) {
        const iy = oy * stride + ky - padding;
        if (iy < 0 || iy >= height || first >= last) {
          memory.fill(u, 0, runBytes);
          continue;
        }
        const from = x + <usize>(iy * width + left + first) * pixelBytes;
        const skip = <usize>first * pixelBytes;
        const run = <usize>(last - first) * pixelBytes;
        if (skip) memory.fill(u, 0, skip);
        copyFloats(u + skip, from, run);
        if (skip + run < runBytes) memory.fill(u + skip + run, 0, runBytes - skip - run);
      }
    }
  }
}

/** The reverse: dx of one image += du, each number where it was taken from. */
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
  const pixelBytes = <usize>inputs << 2;
  const runBytes = <usize>kernel * pixelBytes;
  for (let oy = 0; oy < outHeight; oy++) {
    for (let ox = 0; ox < outWidth; ox++) {
      const left = ox * stride - padding;
      const first = max(0, -left);
      const last = min(kernel, width - left);
      for (let ky = 0; ky < kernel; ky++, du += runBytes) {
        const iy = oy * stride + ky - padding;
        if (iy < 0 || iy >= height || first >= last) continue;
        addFloats(
          dx + <usize>(iy * width + left + first) * pixelBytes,
          du + <usize>first * pixelBytes,
          <usize>(last - first) * pixelBytes,
        );
      }
    }
  }
}

/** A short copy; memory.copy is a call into the engine. */
// @ts-ignore: decorator
@inline
function copyFloats(to: usize, from: usize, bytes: usize): void {
  const end = from + bytes;
  for (; from + 16 <= end; from += 16, to += 16) v128.store(to, v128.load(from));
  for (; from < end; from += 4, to += 4) store<f32>(to, load<f32>(from));
}

// @ts-ignore: decorator
@inline
function addFloats(to: usize, from: usize, bytes: usize): void {
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
  addColumnSums(db, dy, n * pixels, outputs);
  for (let row = 0; row < n; row++, x += imageBytes) {
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

// PyTorch's layouts into ours: dense weights [out, in] -> [in, out], convolution weights OIHW -> HWIO, images
// NCHW -> NHWC. All arrays row-major; nothing is computed, numbers only change places.

/** `values` of the given shape with its axes in another order: axis i of the result is axis order[i]. */
function transposed(
  values: ArrayLike<number>,
  shape: readonly number[],
  order: readonly number[],
): Float64Array {
  // How far apart neighbours along each axis lie.
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const result = new Float64Array(values.length);
  for (let i = 0; i < result.length; i++) {
    let rest = i;
    let from = 0;
    for (let axis = order.length - 1; axis >= 0; axis--) {
      const size = shape[order[axis]!]!;
      from += (rest % size) * strides[order[axis]!]!;
      rest = Math.floor(rest / size);
    }
    result[i] = values[from]!;
  }
  return result;
}

/** [outputs, inputs] -> [inputs, outputs] */
export const denseWeight = (values: ArrayLike<number>, outputs: number, inputs: number): Float64Array =>
  transposed(values, [outputs, inputs], [1, 0]);

/** [outputs, inputs, kernel, kernel] -> [kernel, kernel, inputs, outputs] */
export const convWeight = (
  values: ArrayLike<number>,
  outputs: number,
  inputs: number,
  kernel: number,
): Float64Array => transposed(values, [outputs, inputs, kernel, kernel], [2, 3, 1, 0]);

/** [n, channels, height, width] -> [n, height, width, channels] */
export const convImages = (
  values: ArrayLike<number>,
  n: number,
  channels: number,
  height: number,
  width: number,
): Float64Array => transposed(values, [n, channels, height, width], [0, 2, 3, 1]);

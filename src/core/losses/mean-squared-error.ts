// Mean squared error over all numbers: L = mean (y - t)^2, dL/dy = 2 (y - t) / count (Gauss 1809; Legendre 1805).

/** Reads y and target [count], writes dL/dy. @returns the loss. */
export function meanSquaredError(
  dy: Float32Array,
  y: Float32Array,
  target: Float32Array,
  count: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const error = y[i]! - target[i]!;
    sum += error * error;
    dy[i] = (2 * error) / count;
  }
  return sum / count;
}

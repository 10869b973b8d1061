// Huber's loss: squared near the target, linear far from it, so that outliers pull with a bounded force (Huber 1964).
// With e = y - t: L = mean of e^2 / 2 where |e| <= delta, else delta (|e| - delta / 2); dL/dy = clip(e, -delta, delta) / count.

/** Reads y and target [count], writes dL/dy. @param delta above 0. @returns the loss. */
export function huber(
  dy: Float32Array,
  y: Float32Array,
  target: Float32Array,
  count: number,
  delta: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const error = y[i]! - target[i]!;
    const size = Math.abs(error);
    sum += size <= delta ? 0.5 * error * error : delta * (size - 0.5 * delta);
    // Written so that a NaN stays one.
    dy[i] = (error > delta ? delta : error < -delta ? -delta : error) / count;
  }
  return sum / count;
}

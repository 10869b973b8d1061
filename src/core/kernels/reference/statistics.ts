// Whole vectors and rows: clipping normaliser, sum of squares.
import type { StatisticsKernels } from '../contract/statistics.ts';
import { addColumnSums, type From } from './common.ts';

export const statistics = (from: From): StatisticsKernels => ({
  normalize(yPtr, xPtr, meanPtr, scalePtr, limit, n, size) {
    const [y, x, mean, scale] = [from(yPtr), from(xPtr), from(meanPtr), from(scalePtr)];
    for (let row = 0; row < n; row++) {
      for (let i = 0; i < size; i++) {
        const value = (x[row * size + i]! - mean[i]!) * scale[i]!;
        y[row * size + i] = value > limit ? limit : value < -limit ? -limit : value;
      }
    }
  },

  addColumnSums: (dPtr, xPtr, n, size) => addColumnSums(from(dPtr), from(xPtr), n, size),

  sumOfSquares(xPtr, count) {
    const x = from(xPtr);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += x[i]! * x[i]!;
    return sum;
  },
});

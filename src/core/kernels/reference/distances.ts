// Squared distances to centres.
import type { DistanceKernels } from '../contract/distances.ts';
import type { From } from './common.ts';

export const distances = (from: From): DistanceKernels => ({
  distances(yPtr, xPtr, cPtr, n, k, size) {
    const [y, x, c] = [from(yPtr), from(xPtr), from(cPtr)];
    for (let row = 0; row < n; row++) {
      for (let centre = 0; centre < k; centre++) {
        let sum = 0;
        for (let i = 0; i < size; i++) {
          const d = x[row * size + i]! - c[centre * size + i]!;
          sum += d * d;
        }
        y[row * k + centre] = sum;
      }
    }
  },

  distancesBackward(dxPtr, dcPtr, dyPtr, xPtr, cPtr, n, k, size) {
    const [dc, dy, x, c] = [from(dcPtr), from(dyPtr), from(xPtr), from(cPtr)];
    const dx = dxPtr === 0 ? null : from(dxPtr);
    for (let row = 0; row < n; row++) {
      for (let centre = 0; centre < k; centre++) {
        const slope = 2 * dy[row * k + centre]!;
        for (let i = 0; i < size; i++) {
          const step = slope * (x[row * size + i]! - c[centre * size + i]!);
          dc[centre * size + i]! -= step;
          if (dx) dx[row * size + i]! += step;
        }
      }
    }
  },
});

// Dense layers on rows that are mostly zeros.
import type { SparseKernels } from '../contract/sparse.ts';
import type { From } from './common.ts';

export const sparse = (from: From): SparseKernels => ({
  sparseDense(yPtr, xPtr, wPtr, bPtr, _scratch, n, inputs, outputs) {
    const [y, x, w, b] = [from(yPtr), from(xPtr), from(wPtr), from(bPtr)];
    for (let row = 0; row < n; row++) {
      for (let o = 0; o < outputs; o++) {
        let sum = b[o]!;
        for (let i = 0; i < inputs; i++) {
          const value = x[row * inputs + i]!;
          if (value !== 0) sum += value * w[i * outputs + o]!;
        }
        y[row * outputs + o] = sum;
      }
    }
  },

  sparseDenseBackward(dwPtr, dyPtr, xPtr, _scratch, n, inputs, outputs) {
    const [dw, dy, x] = [from(dwPtr), from(dyPtr), from(xPtr)];
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        let sum = 0;
        for (let row = 0; row < n; row++) {
          const value = x[row * inputs + i]!;
          if (value !== 0) sum += value * dy[row * outputs + o]!;
        }
        dw[i * outputs + o]! += sum;
      }
    }
  },
});

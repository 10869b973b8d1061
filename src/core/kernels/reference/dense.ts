// Dense layers: matrix products with a bias.
import type { DenseKernels } from '../contract/dense.ts';
import { addColumnSums, type From } from './common.ts';

export const dense = (from: From): DenseKernels => ({
  dense(yPtr, xPtr, wPtr, bPtr, n, inputs, outputs) {
    const [y, x, w, b] = [from(yPtr), from(xPtr), from(wPtr), from(bPtr)];
    for (let row = 0; row < n; row++) {
      for (let o = 0; o < outputs; o++) {
        let sum = b[o]!;
        for (let i = 0; i < inputs; i++) sum += x[row * inputs + i]! * w[i * outputs + o]!;
        y[row * outputs + o] = sum;
      }
    }
  },

  denseBackward(dxPtr, dwPtr, dbPtr, dyPtr, xPtr, wPtr, _scratch, n, inputs, outputs) {
    const [dw, dy, x, w] = [from(dwPtr), from(dyPtr), from(xPtr), from(wPtr)];
    for (let i = 0; dwPtr !== 0 && i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        let sum = 0;
        for (let row = 0; row < n; row++) sum += x[row * inputs + i]! * dy[row * outputs + o]!;
        dw[i * outputs + o]! += sum;
      }
    }
    if (dbPtr !== 0) addColumnSums(from(dbPtr), dy, n, outputs);
    if (dxPtr === 0) return;
    const dx = from(dxPtr);
    for (let row = 0; row < n; row++) {
      for (let i = 0; i < inputs; i++) {
        let sum = 0;
        for (let o = 0; o < outputs; o++) sum += dy[row * outputs + o]! * w[i * outputs + o]!;
        dx[row * inputs + i]! += sum;
      }
    }
  },
});

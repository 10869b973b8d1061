// One number at a time: sums, products, scaling.
import type { ElementwiseKernels } from '../contract/elementwise.ts';
import type { From } from './common.ts';

export const elementwise = (from: From): ElementwiseKernels => ({
  scale(xPtr, factor, count) {
    const x = from(xPtr);
    for (let i = 0; i < count; i++) x[i]! *= factor;
  },

  copy(yPtr, xPtr, count) {
    from(yPtr).set(from(xPtr).subarray(0, count));
  },

  clear(yPtr, count) {
    from(yPtr).fill(0, 0, count);
  },

  fillRows(yPtr, rowPtr, n, size) {
    const [y, row] = [from(yPtr), from(rowPtr)];
    for (let i = 0; i < n * size; i++) y[i] = row[i % size]!;
  },

  add(yPtr, xPtr, count) {
    const [y, x] = [from(yPtr), from(xPtr)];
    for (let i = 0; i < count; i++) y[i]! += x[i]!;
  },

  multiply(yPtr, aPtr, bPtr, count) {
    const [y, a, b] = [from(yPtr), from(aPtr), from(bPtr)];
    for (let i = 0; i < count; i++) y[i] = a[i]! * b[i]!;
  },

  addProduct(yPtr, aPtr, bPtr, count) {
    const [y, a, b] = [from(yPtr), from(aPtr), from(bPtr)];
    for (let i = 0; i < count; i++) y[i]! += a[i]! * b[i]!;
  },
});

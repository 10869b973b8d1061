// Layer norm and batch norm.
import type { NormalizationKernels } from '../contract/normalization.ts';
import type { From } from './common.ts';

export const normalization = (from: From): NormalizationKernels => ({
  layerNorm(yPtr, statisticsPtr, xPtr, gainPtr, biasPtr, epsilon, n, size) {
    const [y, statistics, x] = [from(yPtr), from(statisticsPtr), from(xPtr)];
    const [gain, bias] = [from(gainPtr), from(biasPtr)];
    for (let row = 0; row < n; row++) {
      const at = row * size;
      let sum = 0;
      for (let i = 0; i < size; i++) sum += x[at + i]!;
      const mean = sum / size;
      let squares = 0;
      for (let i = 0; i < size; i++) squares += (x[at + i]! - mean) ** 2;
      const scale = 1 / Math.sqrt(squares / size + epsilon);
      for (let i = 0; i < size; i++) y[at + i] = (x[at + i]! - mean) * scale * gain[i]! + bias[i]!;
      statistics[2 * row] = mean;
      statistics[2 * row + 1] = scale;
    }
  },

  layerNormBackward(dxPtr, dgainPtr, dbiasPtr, dyPtr, xPtr, gainPtr, statisticsPtr, n, size) {
    const [dy, x, gain, statistics] = [from(dyPtr), from(xPtr), from(gainPtr), from(statisticsPtr)];
    const h = (row: number, i: number): number =>
      (x[row * size + i]! - statistics[2 * row]!) * statistics[2 * row + 1]!;
    addGradients(from, dgainPtr, dbiasPtr, dy, h, n, size);
    if (dxPtr === 0) return;
    const dx = from(dxPtr);
    for (let row = 0; row < n; row++) {
      let meanG = 0;
      let meanGh = 0;
      for (let i = 0; i < size; i++) {
        const g = dy[row * size + i]! * gain[i]!;
        meanG += g / size;
        meanGh += (g * h(row, i)) / size;
      }
      const scale = statistics[2 * row + 1]!;
      for (let i = 0; i < size; i++) {
        const g = dy[row * size + i]! * gain[i]!;
        dx[row * size + i]! += scale * (g - meanG - h(row, i) * meanGh);
      }
    }
  },

  columnStatistics(meanPtr, variancePtr, xPtr, n, size) {
    const [mean, variance, x] = [from(meanPtr), from(variancePtr), from(xPtr)];
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let row = 0; row < n; row++) sum += x[row * size + i]!;
      const middle = sum / n;
      let squares = 0;
      for (let row = 0; row < n; row++) squares += (x[row * size + i]! - middle) ** 2;
      mean[i] = middle;
      variance[i] = squares / n;
    }
  },

  batchNorm(yPtr, xPtr, meanPtr, scalePtr, gainPtr, biasPtr, n, size) {
    const [y, x, mean, scale] = [from(yPtr), from(xPtr), from(meanPtr), from(scalePtr)];
    const [gain, bias] = [from(gainPtr), from(biasPtr)];
    for (let row = 0; row < n; row++) {
      for (let i = 0; i < size; i++) {
        y[row * size + i] = (x[row * size + i]! - mean[i]!) * scale[i]! * gain[i]! + bias[i]!;
      }
    }
  },

  batchNormBackward(
    dxPtr,
    dgainPtr,
    dbiasPtr,
    dyPtr,
    xPtr,
    meanPtr,
    scalePtr,
    gainPtr,
    _scratch,
    constant,
    n,
    size,
  ) {
    const [dy, x, mean] = [from(dyPtr), from(xPtr), from(meanPtr)];
    const [scale, gain] = [from(scalePtr), from(gainPtr)];
    const h = (row: number, i: number): number => (x[row * size + i]! - mean[i]!) * scale[i]!;
    addGradients(from, dgainPtr, dbiasPtr, dy, h, n, size);
    if (dxPtr === 0) return;
    const dx = from(dxPtr);
    for (let i = 0; i < size; i++) {
      let meanDy = 0;
      let meanDyH = 0;
      for (let row = 0; constant === 0 && row < n; row++) {
        meanDy += dy[row * size + i]! / n;
        meanDyH += (dy[row * size + i]! * h(row, i)) / n;
      }
      for (let row = 0; row < n; row++) {
        dx[row * size + i]! += gain[i]! * scale[i]! * (dy[row * size + i]! - meanDy - h(row, i) * meanDyH);
      }
    }
  },
});

/** dgain += sum over rows of dy h; dbias += sum over rows of dy. */
function addGradients(
  from: From,
  dgainPtr: number,
  dbiasPtr: number,
  dy: Float32Array,
  h: (row: number, i: number) => number,
  n: number,
  size: number,
): void {
  const [dgain, dbias] = [from(dgainPtr), from(dbiasPtr)];
  for (let i = 0; i < size; i++) {
    let forGain = 0;
    let forBias = 0;
    for (let row = 0; row < n; row++) {
      forGain += dy[row * size + i]! * h(row, i);
      forBias += dy[row * size + i]!;
    }
    if (dgainPtr !== 0) dgain[i]! += forGain;
    if (dbiasPtr !== 0) dbias[i]! += forBias;
  }
}

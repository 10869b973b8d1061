// One time step of a gated recurrent unit, after its two matrix products.
import { exp, tanh } from '../../math.ts';
import type { RecurrentKernels } from '../contract/recurrent.ts';
import type { From } from './common.ts';

const sigmoid = (x: number): number => 1 / (1 + exp(-x));

export const recurrent = (from: From): RecurrentKernels => ({
  gruStep(hPtr, gatesPtr, fromXPtr, fromHPtr, beforePtr, xStride, n, units) {
    const [h, gates, fromX] = [from(hPtr), from(gatesPtr), from(fromXPtr)];
    const [fromH, before] = [from(fromHPtr), from(beforePtr)];
    for (let row = 0; row < n; row++) {
      const at = row * 3 * units;
      for (let i = 0; i < units; i++) {
        const x = row * xStride + i;
        const r = sigmoid(fromX[x]! + fromH[at + i]!);
        const z = sigmoid(fromX[x + units]! + fromH[at + units + i]!);
        const c = tanh(fromX[x + 2 * units]! + r * fromH[at + 2 * units + i]!);
        gates[at + i] = r;
        gates[at + units + i] = z;
        gates[at + 2 * units + i] = c;
        h[row * units + i] = (1 - z) * c + z * before[row * units + i]!;
      }
    }
  },

  gruStepBackward(dfromXPtr, dfromHPtr, dbeforePtr, dhPtr, gatesPtr, fromHPtr, beforePtr, xStride, n, units) {
    const [dfromX, dfromH, dbefore, dh] = [from(dfromXPtr), from(dfromHPtr), from(dbeforePtr), from(dhPtr)];
    const [gates, fromH, before] = [from(gatesPtr), from(fromHPtr), from(beforePtr)];
    for (let row = 0; row < n; row++) {
      const at = row * 3 * units;
      for (let i = 0; i < units; i++) {
        const [r, z, c] = [gates[at + i]!, gates[at + units + i]!, gates[at + 2 * units + i]!];
        const d = dh[row * units + i]!;
        const dz = d * (before[row * units + i]! - c) * z * (1 - z);
        const dc = d * (1 - z) * (1 - c * c);
        const dr = dc * fromH[at + 2 * units + i]! * r * (1 - r);
        const x = row * xStride + i;
        dfromX[x] = dr;
        dfromX[x + units] = dz;
        dfromX[x + 2 * units] = dc;
        dfromH[at + i] = dr;
        dfromH[at + units + i] = dz;
        dfromH[at + 2 * units + i] = dc * r;
        dbefore[row * units + i]! += d * z;
      }
    }
  },

  copyRows(yPtr, yStride, xPtr, xStride, n, units) {
    const [y, x] = [from(yPtr), from(xPtr)];
    for (let row = 0; row < n; row++) {
      for (let i = 0; i < units; i++) y[row * yStride + i] = x[row * xStride + i]!;
    }
  },

  addRows(yPtr, yStride, xPtr, xStride, n, units) {
    const [y, x] = [from(yPtr), from(xPtr)];
    for (let row = 0; row < n; row++) {
      for (let i = 0; i < units; i++) y[row * yStride + i]! += x[row * xStride + i]!;
    }
  },
});

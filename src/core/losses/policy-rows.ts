// What every policy loss does to the outputs of one row: dL/dlog pi(a|s) is given, the entropy bonus is added, dL/doutputs written;
// for a categorical policy and for a diagonal Gaussian one whose spread does not depend on the state.
import { exp } from '../math.ts';

/**
 * logProbs: classes [at, at + classes). Writes dL/dlogits there.
 * @param entropyWeight the entropy's coefficient, divided by the number of rows.
 * @returns the row's entropy in nats.
 */
export function categoricalRow(
  dLogits: Float32Array,
  logProbs: Float32Array,
  at: number,
  classes: number,
  action: number,
  dLogProb: number,
  entropyWeight: number,
): number {
  let entropy = 0;
  for (let j = 0; j < classes; j++) entropy -= exp(logProbs[at + j]!) * logProbs[at + j]!;
  for (let j = 0; j < classes; j++) {
    const logProb = logProbs[at + j]!;
    const probability = exp(logProb);
    const dEntropy = -probability * (logProb + entropy);
    dLogits[at + j] = dLogProb * ((j === action ? 1 : 0) - probability) - entropyWeight * dEntropy;
  }
  return entropy;
}

/** mean, actions: numbers [at, at + size). Writes dL/dmean there and adds to dLogStd [size]. */
export function gaussianRow(
  dMean: Float32Array,
  dLogStd: Float32Array,
  mean: Float32Array,
  logStd: Float32Array,
  actions: Float32Array,
  at: number,
  size: number,
  dLogProb: number,
): void {
  for (let d = 0; d < size; d++) {
    const precision = exp(-logStd[d]!);
    const distance = (actions[at + d]! - mean[at + d]!) * precision;
    dMean[at + d] = dLogProb * distance * precision;
    dLogStd[d] = dLogStd[d]! + dLogProb * (distance * distance - 1);
  }
}

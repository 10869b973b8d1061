// The policy gradient as a loss (Williams 1992; Sutton et al. 2000): L = -mean A log pi(a|s) - coefficient * mean H, whose gradient
// is that of the expected return where A is the return, or the return less anything that does not depend on a.
import * as gaussian from '../distributions/diagonal-gaussian.ts';
import { categoricalRow, gaussianRow } from './policy-rows.ts';

/** What the loss says of a batch; overwritten in place. */
export interface PolicyReport {
  /** -mean A log pi(a|s) */
  policyLoss: number;
  /** Mean entropy in nats. */
  entropy: number;
}

/** For a categorical policy. logProbs: [n, classes]; the rest: [n]. Writes dL/dlogits. */
export function policyGradient(
  report: PolicyReport,
  dLogits: Float32Array,
  logProbs: Float32Array,
  actions: ArrayLike<number>,
  advantages: Float32Array,
  n: number,
  classes: number,
  entropyCoefficient: number,
): void {
  report.policyLoss = 0;
  report.entropy = 0;
  for (let i = 0; i < n; i++) {
    const at = i * classes;
    const action = actions[i]!;
    const advantage = advantages[i]!;
    report.policyLoss -= (advantage * logProbs[at + action]!) / n;
    const dLogProb = -advantage / n;
    const weight = entropyCoefficient / n;
    report.entropy += categoricalRow(dLogits, logProbs, at, classes, action, dLogProb, weight);
  }
  report.entropy /= n;
}

/** For a diagonal Gaussian policy. mean, actions: [n, size]; logStd: [size]. Writes dL/dmean and dL/dlogStd [size]. */
export function policyGradientGaussian(
  report: PolicyReport,
  dMean: Float32Array,
  dLogStd: Float32Array,
  mean: Float32Array,
  logStd: Float32Array,
  actions: Float32Array,
  advantages: Float32Array,
  n: number,
  size: number,
  entropyCoefficient: number,
): void {
  report.policyLoss = 0;
  // dH/dlogStd is 1 in every dimension.
  dLogStd.fill(-entropyCoefficient, 0, size);
  for (let i = 0; i < n; i++) {
    const at = i * size;
    const advantage = advantages[i]!;
    report.policyLoss -= (advantage * gaussian.logProbability(mean, logStd, actions, at, size)) / n;
    gaussianRow(dMean, dLogStd, mean, logStd, actions, at, size, -advantage / n);
  }
  report.entropy = gaussian.entropy(logStd, size);
}

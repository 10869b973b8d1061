// PPO's clipped surrogate with an entropy bonus (Schulman et al. 2017, arXiv:1707.06347, eq. 7 and 9):
// L = -mean min(r A, clip(r, 1 - c, 1 + c) A) - coefficient * mean H, r = pi(a|s) / pi_old(a|s);
// for a categorical policy and for a diagonal Gaussian one whose spread does not depend on the state.
import * as gaussian from '../distributions/diagonal-gaussian.ts';
import { exp } from '../math.ts';
import { categoricalRow, gaussianRow } from './policy-rows.ts';

/** What PPO's policy loss says of a minibatch; overwritten in place. */
export interface SurrogateReport {
  /** -mean min(r A, clip(r) A) */
  policyLoss: number;
  /** Mean entropy in nats. */
  entropy: number;
  /** mean((r - 1) - ln r), an estimate of KL(old, new) (Schulman 2020). */
  kl: number;
  /** Share of rows whose ratio left [1 - clip, 1 + clip]. */
  clipFraction: number;
  /** Mean of |r - 1|; 0 before the first update on a rollout. */
  ratioError: number;
}

const blank = (report: SurrogateReport): void => {
  report.policyLoss = 0;
  report.entropy = 0;
  report.kl = 0;
  report.clipFraction = 0;
  report.ratioError = 0;
};

const divide = (report: SurrogateReport, n: number): void => {
  report.policyLoss /= n;
  report.entropy /= n;
  report.kl /= n;
  report.clipFraction /= n;
  report.ratioError /= n;
};

/** Adds one row to the report. @returns dL/dlog pi(a|s), still to be divided by the number of rows. */
function addRow(report: SurrogateReport, logRatio: number, advantage: number, clip: number): number {
  const ratio = exp(logRatio);
  const inside = Math.min(Math.max(ratio, 1 - clip), 1 + clip);
  const plain = ratio * advantage;
  const bounded = inside * advantage;
  report.policyLoss -= Math.min(plain, bounded);
  report.kl += ratio - 1 - logRatio;
  if (inside !== ratio) report.clipFraction++;
  report.ratioError += Math.abs(ratio - 1);
  // The bounded branch is flat where the clip holds.
  return plain <= bounded ? -plain : 0;
}

/** For a categorical policy. logProbs: [n, classes]; the rest: [n]. Writes dL/dlogits. */
export function clippedSurrogate(
  report: SurrogateReport,
  dLogits: Float32Array,
  logProbs: Float32Array,
  actions: ArrayLike<number>,
  oldLogProbs: Float32Array,
  advantages: Float32Array,
  n: number,
  classes: number,
  clip: number,
  entropyCoefficient: number,
): void {
  blank(report);
  for (let i = 0; i < n; i++) {
    const at = i * classes;
    const action = actions[i]!;
    const dLogProb = addRow(report, logProbs[at + action]! - oldLogProbs[i]!, advantages[i]!, clip) / n;
    report.entropy += categoricalRow(
      dLogits,
      logProbs,
      at,
      classes,
      action,
      dLogProb,
      entropyCoefficient / n,
    );
  }
  divide(report, n);
}

/**
 * For a diagonal Gaussian policy. mean, actions: [n, size]; logStd: [size], the same for every row; the rest: [n].
 * Writes dL/dmean [n, size] and dL/dlogStd [size]. The actions are those drawn, before any clipping by the world.
 */
export function clippedSurrogateGaussian(
  report: SurrogateReport,
  dMean: Float32Array,
  dLogStd: Float32Array,
  mean: Float32Array,
  logStd: Float32Array,
  actions: Float32Array,
  oldLogProbs: Float32Array,
  advantages: Float32Array,
  n: number,
  size: number,
  clip: number,
  entropyCoefficient: number,
): void {
  blank(report);
  // dH/dlogStd is 1 in every dimension.
  dLogStd.fill(-entropyCoefficient, 0, size);
  for (let i = 0; i < n; i++) {
    const at = i * size;
    const logRatio = gaussian.logProbability(mean, logStd, actions, at, size) - oldLogProbs[i]!;
    const dLogProb = addRow(report, logRatio, advantages[i]!, clip) / n;
    gaussianRow(dMean, dLogStd, mean, logStd, actions, at, size, dLogProb);
  }
  divide(report, n);
  report.entropy = gaussian.entropy(logStd, size);
}

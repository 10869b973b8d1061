// Losses: each reads outputs, writes dLoss/dOutput, returns numbers. Means over the batch, so that a loss does
// not change its scale with the batch size. Softmax arithmetic itself is the kernels'.
import { exp } from './math.ts';

/**
 * Cross-entropy of log-probabilities [n, classes] against class ids, mean over rows:
 * L = -mean log p[label], dL/dlogit_j = (p_j - [j = label]) / n.
 * @returns the loss; `hits` of it counts rows whose most likely class is the label.
 */
export function crossEntropy(
  dLogits: Float32Array,
  logProbs: Float32Array,
  labels: Int32Array,
  n: number,
  classes: number,
): { loss: number; hits: number } {
  let loss = 0;
  let hits = 0;
  for (let r = 0; r < n; r++) {
    const at = r * classes;
    const label = labels[r]!;
    loss -= logProbs[at + label]!;
    let likeliest = 0;
    for (let j = 0; j < classes; j++) {
      const logProb = logProbs[at + j]!;
      if (logProb > logProbs[at + likeliest]!) likeliest = j;
      dLogits[at + j] = (exp(logProb) - (j === label ? 1 : 0)) / n;
    }
    if (likeliest === label) hits++;
  }
  return { loss: loss / n, hits };
}

/** Mean squared error over all `count` numbers: L = mean (y - t)^2, dL/dy = 2 (y - t) / count. */
export function meanSquaredError(
  dy: Float32Array,
  y: Float32Array,
  target: Float32Array,
  count: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const error = y[i]! - target[i]!;
    sum += error * error;
    dy[i] = (2 * error) / count;
  }
  return sum / count;
}

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

/**
 * PPO's clipped surrogate for a categorical policy (Schulman et al. 2017, eq. 7) with an entropy bonus:
 * L = -mean min(r A, clip(r, 1 - c, 1 + c) A) - coefficient * mean H.
 * logProbs: [n, actions]; the rest: [n]. Writes dL/dlogits.
 */
export function clippedSurrogate(
  report: SurrogateReport,
  dLogits: Float32Array,
  logProbs: Float32Array,
  actions: Int32Array,
  oldLogProbs: Float32Array,
  advantages: Float32Array,
  n: number,
  classes: number,
  clip: number,
  entropyCoefficient: number,
): void {
  let policyLoss = 0;
  let entropySum = 0;
  let kl = 0;
  let clipped = 0;
  let ratioError = 0;
  for (let i = 0; i < n; i++) {
    const at = i * classes;
    const action = actions[i]!;
    const logRatio = logProbs[at + action]! - oldLogProbs[i]!;
    const ratio = exp(logRatio);
    const advantage = advantages[i]!;
    const inside = Math.min(Math.max(ratio, 1 - clip), 1 + clip);
    const plain = ratio * advantage;
    const bounded = inside * advantage;
    policyLoss -= Math.min(plain, bounded);
    kl += ratio - 1 - logRatio;
    if (inside !== ratio) clipped++;
    ratioError += Math.abs(ratio - 1);
    // dL/dlog p(action): the bounded branch is flat where the clip holds.
    const dLogProb = plain <= bounded ? -plain / n : 0;
    let entropy = 0;
    for (let j = 0; j < classes; j++) entropy -= exp(logProbs[at + j]!) * logProbs[at + j]!;
    entropySum += entropy;
    for (let j = 0; j < classes; j++) {
      const logProb = logProbs[at + j]!;
      const probability = exp(logProb);
      const dEntropy = -probability * (logProb + entropy);
      dLogits[at + j] =
        dLogProb * ((j === action ? 1 : 0) - probability) - (entropyCoefficient / n) * dEntropy;
    }
  }
  report.policyLoss = policyLoss / n;
  report.entropy = entropySum / n;
  report.kl = kl / n;
  report.clipFraction = clipped / n;
  report.ratioError = ratioError / n;
}

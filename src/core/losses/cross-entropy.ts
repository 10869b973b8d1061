// Cross-entropy of log-probabilities [n, classes], mean over rows: L = -mean sum_j q_j log p_j, dL/dlogit_j =
// (p_j sum q - q_j) / n. The target q is one class, one class smoothed, or any distribution.
import { exp } from '../math.ts';

/**
 * Against class ids. `smoothing` s moves that share of the target evenly to all classes, q_j = (1 - s) [j = label] + s / classes
 * (Szegedy et al. 2016, arXiv:1512.00567, section 7); 0 for none.
 * @returns the loss; `hits` of it counts rows whose most likely class is the label.
 */
export function crossEntropy(
  dLogits: Float32Array,
  logProbs: Float32Array,
  labels: ArrayLike<number>,
  n: number,
  classes: number,
  smoothing = 0,
): { loss: number; hits: number } {
  let loss = 0;
  let hits = 0;
  const everywhere = smoothing / classes;
  for (let r = 0; r < n; r++) {
    const at = r * classes;
    const label = labels[r]!;
    loss -= (1 - smoothing) * logProbs[at + label]!;
    let likeliest = 0;
    for (let j = 0; j < classes; j++) {
      const logProb = logProbs[at + j]!;
      if (logProb > logProbs[at + likeliest]!) likeliest = j;
      // Skipped without smoothing: 0 times the logarithm of an impossible class would be NaN.
      if (smoothing > 0) loss -= everywhere * logProb;
      dLogits[at + j] = (exp(logProb) - (j === label ? 1 - smoothing : 0) - everywhere) / n;
    }
    if (likeliest === label) hits++;
  }
  return { loss: loss / n, hits };
}

/** Against distributions: targets[n, classes], each row summing to 1. @returns the loss. */
export function softCrossEntropy(
  dLogits: Float32Array,
  logProbs: Float32Array,
  targets: Float32Array,
  n: number,
  classes: number,
): number {
  let loss = 0;
  for (let at = 0; at < n * classes; at += classes) {
    let total = 0;
    for (let i = at; i < at + classes; i++) total += targets[i]!;
    for (let i = at; i < at + classes; i++) {
      const target = targets[i]!;
      // What cannot happen and is not wanted costs nothing.
      if (target !== 0) loss -= target * logProbs[i]!;
      dLogits[i] = (exp(logProbs[i]!) * total - target) / n;
    }
  }
  return loss / n;
}

// Kullback-Leibler divergence of diagonal Gaussians from the standard normal, summed over dimensions, mean over rows:
// L = mean sum_d (m^2 + e^v - 1 - v) / 2 with mean m and log-variance v (Kingma & Welling 2014, arXiv:1312.6114, appendix B).
// dL/dm = m / n, dL/dv = (e^v - 1) / (2 n).
import { exp } from '../math.ts';

/** Reads mean and logVariance [n, size], writes both gradients. @returns the loss, in nats. */
export function gaussianKl(
  dMean: Float32Array,
  dLogVariance: Float32Array,
  mean: Float32Array,
  logVariance: Float32Array,
  n: number,
  size: number,
): number {
  let sum = 0;
  for (let i = 0; i < n * size; i++) {
    const m = mean[i]!;
    const v = logVariance[i]!;
    const variance = exp(v);
    sum += 0.5 * (m * m + variance - 1 - v);
    dMean[i] = m / n;
    dLogVariance[i] = (variance - 1) / (2 * n);
  }
  return sum / n;
}

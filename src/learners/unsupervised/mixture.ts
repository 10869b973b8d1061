// A mixture of Gaussians with diagonal covariances (Dempster, Laird & Rubin 1977):
//   p(x) = sum_k w_k N(x | m_k, v_k).
// The E step asks how responsible each component is for each row, r_nk = w_k N(x_n | m_k, v_k) / p(x_n), by
// log-sum-exp, so that far rows do not divide 0 by 0. The M step takes weighted means and variances, floored, since a
// component that shrinks on one row would otherwise make it infinitely likely. Together they never lower the likelihood.
import { exp, log } from '../../core/math.ts';
import type { Numbers, Rows } from './lloyd.ts';

/** Least variance of a component along an axis. */
export const varianceFloor = 1e-6;

export interface Mixture {
  readonly k: number;
  readonly size: number;
  /** [k], summing to 1. */
  readonly weights: Float64Array;
  /** [k, size] */
  readonly means: Float64Array;
  /** [k, size] */
  readonly variances: Float64Array;
}

/** What the rows add up to under given responsibilities: all that an M step needs. */
export interface Moments {
  /** [k]: rows each component is responsible for. */
  readonly counts: Float64Array;
  /** [k, size]: mean of these rows. */
  readonly means: Float64Array;
  /** [k, size]: their variance about that mean. */
  readonly variances: Float64Array;
}

/** Mixture with one component a cluster of a partition: where EM begins. */
export function mixtureFrom(rows: Rows, k: number, assigned: Int32Array): Mixture {
  const hard = new Float64Array(rows.n * k);
  for (let r = 0; r < rows.n; r++) hard[r * k + assigned[r]!] = 1;
  const mixture: Mixture = {
    k,
    size: rows.size,
    weights: new Float64Array(k).fill(1 / k),
    means: new Float64Array(k * rows.size),
    variances: new Float64Array(k * rows.size).fill(1),
  };
  maximize(mixture, rows, hard);
  return mixture;
}

/** E step: writes responsibilities [n, k]; returns the mean log-likelihood of the rows, in nats. */
export function expect(responsibilities: Float64Array, mixture: Mixture, rows: Rows): number {
  const { k, size, weights, means, variances } = mixture;
  const constants = Float64Array.from({ length: k }, (_, c) => {
    let sum = log(Math.max(weights[c]!, Number.MIN_VALUE));
    for (let j = 0; j < size; j++) sum -= 0.5 * log(2 * Math.PI * variances[c * size + j]!);
    return sum;
  });
  const precisions = variances.map((variance) => 1 / variance);
  let total = 0;
  for (let r = 0; r < rows.n; r++) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < k; c++) {
      let squares = 0;
      for (let j = 0; j < size; j++) {
        const gap = rows.data[r * size + j]! - means[c * size + j]!;
        squares += gap * gap * precisions[c * size + j]!;
      }
      const density = constants[c]! - 0.5 * squares;
      responsibilities[r * k + c] = density;
      if (density > largest) largest = density;
    }
    let sum = 0;
    for (let c = 0; c < k; c++) {
      const share = exp(responsibilities[r * k + c]! - largest);
      responsibilities[r * k + c] = share;
      sum += share;
    }
    for (let c = 0; c < k; c++) responsibilities[r * k + c] = responsibilities[r * k + c]! / sum;
    total += largest + log(sum);
  }
  return total / rows.n;
}

/** Counts, means and variances of the rows under the responsibilities [n, k]; of nothing for a component without rows. */
export function momentsOf(rows: Rows, responsibilities: Float64Array, k: number): Moments {
  const { data, n, size } = rows;
  const counts = new Float64Array(k);
  const means = new Float64Array(k * size);
  const variances = new Float64Array(k * size);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < k; c++) {
      const share = responsibilities[r * k + c]!;
      counts[c] = counts[c]! + share;
      for (let j = 0; j < size; j++) {
        means[c * size + j] = means[c * size + j]! + share * data[r * size + j]!;
      }
    }
  }
  for (let c = 0; c < k; c++) {
    if (counts[c]! === 0) continue;
    for (let j = 0; j < size; j++) means[c * size + j] = means[c * size + j]! / counts[c]!;
  }
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < k; c++) {
      const share = responsibilities[r * k + c]!;
      for (let j = 0; j < size; j++) {
        const gap = data[r * size + j]! - means[c * size + j]!;
        variances[c * size + j] = variances[c * size + j]! + share * gap * gap;
      }
    }
  }
  for (let c = 0; c < k; c++) {
    if (counts[c]! === 0) continue;
    for (let j = 0; j < size; j++) variances[c * size + j] = variances[c * size + j]! / counts[c]!;
  }
  return { counts, means, variances };
}

/** Below this many rows a component has nothing to say about its mean and keeps what it has. */
export const leastCount = 1e-8;

/** M step: the mixture under which the rows, so shared out, are likeliest. */
export function maximize(mixture: Mixture, rows: Rows, responsibilities: Float64Array): void {
  const { k, size, weights, means, variances } = mixture;
  const moments = momentsOf(rows, responsibilities, k);
  for (let c = 0; c < k; c++) {
    weights[c] = moments.counts[c]! / rows.n;
    if (moments.counts[c]! < leastCount) continue;
    for (let i = c * size; i < (c + 1) * size; i++) {
      means[i] = moments.means[i]!;
      variances[i] = Math.max(moments.variances[i]!, varianceFloor);
    }
  }
}

/** EM from the given mixture, in place; returns the mean log-likelihood before each of its steps and after the last. */
export function fitMixture(mixture: Mixture, rows: Rows, steps: number): number[] {
  const responsibilities = new Float64Array(rows.n * mixture.k);
  const likelihoods = [expect(responsibilities, mixture, rows)];
  for (let i = 0; i < steps; i++) {
    maximize(mixture, rows, responsibilities);
    likelihoods.push(expect(responsibilities, mixture, rows));
  }
  return likelihoods;
}

/** The most responsible component of every row. */
export function likeliest(assigned: Int32Array, responsibilities: Numbers, n: number, k: number): void {
  for (let r = 0; r < n; r++) {
    let best = 0;
    for (let c = 1; c < k; c++) if (responsibilities[r * k + c]! > responsibilities[r * k + best]!) best = c;
    assigned[r] = best;
  }
}

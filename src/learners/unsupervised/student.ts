// Soft groups by Student's t with one degree of freedom, and the sharper ones they are pulled to (Xie et al. 2016, eqs. 1
// to 3). With d_nk the squared distance of row n to centre k:
//   q_nk ~ 1 / (1 + d_nk),  p_nk ~ q_nk^2 / f_k,  f_k = sum_n q_nk,  L = mean_n sum_k p_nk log (p_nk / q_nk).
import { log } from '../../core/math.ts';

/** Writes q [n, k] of squared distances [n, k] to q[at...]. */
export function softGroups(q: Float32Array, at: number, distances: Float32Array, n: number, k: number): void {
  for (let r = 0; r < n; r++) {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += 1 / (1 + distances[r * k + c]!);
    for (let c = 0; c < k; c++) q[at + r * k + c] = 1 / (1 + distances[r * k + c]!) / sum;
  }
}

/** Turns q [n, k] into p, in place: confident rows count more, large groups less. */
export function sharpen(q: Float32Array, n: number, k: number): void {
  const sizes = new Float64Array(k);
  for (let i = 0; i < n * k; i++) sizes[i % k] = sizes[i % k]! + q[i]!;
  for (let r = 0; r < n; r++) {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += q[r * k + c]! ** 2 / Math.max(sizes[c]!, 1e-12);
    for (let c = 0; c < k; c++) {
      q[r * k + c] = q[r * k + c]! ** 2 / Math.max(sizes[c]!, 1e-12) / sum;
    }
  }
}

/** Reads squared distances and p [n, k], writes dL/ddistances = (p - q) / (1 + d) / n. @returns L, in nats. */
export function studentDivergence(
  dDistances: Float32Array,
  distances: Float32Array,
  p: Float32Array,
  n: number,
  k: number,
): number {
  let loss = 0;
  for (let r = 0; r < n; r++) {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += 1 / (1 + distances[r * k + c]!);
    for (let c = 0; c < k; c++) {
      const i = r * k + c;
      const near = 1 / (1 + distances[i]!);
      const q = near / sum;
      if (p[i]! > 0) loss += p[i]! * log(p[i]! / q);
      dDistances[i] = ((p[i]! - q) * near) / n;
    }
  }
  return loss / n;
}

// How good a clustering is. Without labels: the silhouette (Rousseeuw 1987). With labels: purity, the adjusted Rand
// index (Hubert & Arabie 1985), and normalised mutual information (Strehl & Ghosh 2002, over the arithmetic mean).
import { log } from '../../core/math.ts';
import type { Rows } from './lloyd.ts';

/**
 * Mean over the rows of (b - a) / max(a, b): a is a row's mean distance to its own cluster, b that to the nearest other
 * one. 1: far apart, 0: they overlap, below: wrongly sorted. A row alone in its cluster counts 0; NaN with fewer than
 * two clusters. Costs n^2 distances: give it a sample.
 */
export function silhouette({ data, n, size }: Rows, assigned: ArrayLike<number>, k: number): number {
  const counts = new Int32Array(k);
  for (let r = 0; r < n; r++) counts[assigned[r]!] = counts[assigned[r]!]! + 1;
  if (counts.filter((count) => count > 0).length < 2) return Number.NaN;
  const sums = new Float64Array(n * k);
  for (let r = 0; r < n; r++) {
    for (let s = r + 1; s < n; s++) {
      let squares = 0;
      for (let j = 0; j < size; j++) {
        const gap = data[r * size + j]! - data[s * size + j]!;
        squares += gap * gap;
      }
      const distance = Math.sqrt(squares);
      const [ofR, ofS] = [r * k + assigned[s]!, s * k + assigned[r]!];
      sums[ofR] = sums[ofR]! + distance;
      sums[ofS] = sums[ofS]! + distance;
    }
  }
  let total = 0;
  for (let r = 0; r < n; r++) {
    const own = assigned[r]!;
    if (counts[own]! < 2) continue;
    const a = sums[r * k + own]! / (counts[own]! - 1);
    let b = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) {
      if (c !== own && counts[c]! > 0) b = Math.min(b, sums[r * k + c]! / counts[c]!);
    }
    const larger = Math.max(a, b);
    if (larger > 0) total += (b - a) / larger;
  }
  return total / n;
}

export interface LabelScores {
  /** Share of the rows whose label is the commonest of their cluster; grows with the number of clusters. */
  readonly purity: number;
  /** Agreement over all pairs of rows: 1 for the same partition, about 0 for chance. */
  readonly rand: number;
  /** What clusters say of labels over the mean of what each says of itself, 0 to 1. */
  readonly information: number;
}

/** Scores of a clustering against labels, both numbered from 0. */
export function labelScores(labels: ArrayLike<number>, assigned: ArrayLike<number>, n: number): LabelScores {
  let [classes, clusters] = [0, 0];
  for (let r = 0; r < n; r++) {
    classes = Math.max(classes, labels[r]! + 1);
    clusters = Math.max(clusters, assigned[r]! + 1);
  }
  const table = new Float64Array(classes * clusters);
  const rows = new Float64Array(classes);
  const columns = new Float64Array(clusters);
  for (let r = 0; r < n; r++) {
    const cell = labels[r]! * clusters + assigned[r]!;
    table[cell] = table[cell]! + 1;
    rows[labels[r]!] = rows[labels[r]!]! + 1;
    columns[assigned[r]!] = columns[assigned[r]!]! + 1;
  }
  let agreeing = 0;
  for (let c = 0; c < clusters; c++) {
    let most = 0;
    for (let l = 0; l < classes; l++) most = Math.max(most, table[l * clusters + c]!);
    agreeing += most;
  }
  const pairs = (counts: Float64Array): number => counts.reduce((sum, x) => sum + (x * (x - 1)) / 2, 0);
  const [together, sameLabel, sameCluster] = [pairs(table), pairs(rows), pairs(columns)];
  const expected = (sameLabel * sameCluster) / Math.max(1, (n * (n - 1)) / 2);
  const room = (sameLabel + sameCluster) / 2 - expected;
  const entropy = (counts: Float64Array): number =>
    counts.reduce((sum, x) => (x > 0 ? sum - (x / n) * log(x / n) : sum), 0);
  const [ofLabels, ofClusters] = [entropy(rows), entropy(columns)];
  const mutual = ofLabels + ofClusters - entropy(table);
  return {
    purity: agreeing / n,
    // One group on both sides, or every row alone on both: the same partition.
    rand: room === 0 ? 1 : (together - expected) / room,
    information: ofLabels + ofClusters === 0 ? 1 : Math.max(0, (2 * mutual) / (ofLabels + ofClusters)),
  };
}

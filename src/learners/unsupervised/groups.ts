// What all ways of finding groups share: how good the groups are, looked at now and then on a sample of what was seen, and
// what a person may want to see of them.
import type { FoundGroups, LearnerContext, LearnerView, Metrics, Words } from '../learner.ts';
import { labelScores, silhouette } from './cluster-scores.ts';
import { known, knownLength, type Looking } from './looking.ts';
import { principalMap } from './principal-map.ts';

/** Rows of the sample: the scores cost the square of it. */
const sampleRows = 256;
/** Updates between two looks. */
const lookEvery = 25;
/** Weights of the newest inertia in the quick and the slow running mean, whose ratio tells whether it still falls. */
const [quick, slow] = [0.1, 0.02] as const;

export interface Groups {
  readonly found: FoundGroups;
  /** Where a look is due, writes `silhouette` and, where labels are known, `purity`, `rand`, `information`. Runs the network. */
  look(metrics: Metrics): void;
  view(sizes: Int32Array): LearnerView;
}

/** @param assign runs the heads on the n rows in network.input and writes the group of each. */
export function createGroups(
  context: LearnerContext,
  looking: Looking,
  clusters: number,
  assign: (target: Int32Array, n: number) => void,
): Groups {
  const { network, lanes } = context;
  const width = network.features.data.length / network.maxBatch;
  const size = lanes.observationSize;

  /** Rows that lie evenly over all that was seen. */
  const sample = () => {
    const filled = looking.replay.filled();
    const n = Math.min(sampleRows, filled, network.maxBatch);
    const rows = new Float32Array(n * size);
    const labels = new Float32Array(n);
    for (let i = 0; i < n; i++) {
      const row = Math.floor((i * filled) / n);
      rows.set(looking.replay.rows.subarray(row * size, (row + 1) * size), i * size);
      labels[i] = looking.replay.labels[row * knownLength + known.label]!;
    }
    const assigned = new Int32Array(n);
    looking.show(rows, n);
    assign(assigned, n);
    return { n, labels, assigned };
  };

  return {
    found: { count: clusters, sort: (n, target) => assign(target, n) },
    look(metrics) {
      if (!looking.settled || looking.updates === 0 || looking.updates % lookEvery !== 0) return;
      const { n, labels, assigned } = sample();
      const data = network.features.data;
      metrics['silhouette'] = silhouette({ data, n, size: width }, assigned, clusters);
      if (labels.some((label) => label < 0)) return;
      Object.assign(metrics, labelScores(labels, assigned, n));
    },
    view(sizes) {
      const laneCluster = new Int32Array(lanes.count);
      looking.show(lanes.observations, lanes.count);
      assign(laneCluster, lanes.count);
      const { n, assigned } = sample();
      const map = principalMap(network.features.data, n, width);
      return { kind: 'clusters', clusters, laneCluster, sizes: sizes.slice(), map, mapCluster: assigned };
    },
  };
}

/** Writes what `describeGroups` judges by: the share of the largest group, groups without rows, how fast inertia falls. */
export function noteSizes(metrics: Metrics, sizes: Int32Array, inertia: number): void {
  const total = sizes.reduce((a, b) => a + b, 0);
  metrics['largest'] = Math.max(...sizes) / Math.max(1, total);
  metrics['empty'] = sizes.reduce((empty, size) => empty + (size === 0 ? 1 : 0), 0);
  metrics['inertia'] = inertia;
  const [before, long] = [metrics['inertiaQuick'] ?? inertia, metrics['inertiaSlow'] ?? inertia];
  metrics['inertiaQuick'] = before + quick * (inertia - before);
  metrics['inertiaSlow'] = long + slow * (inertia - long);
}

/** What ails the groups, in words; undefined when nothing does. @param empties what is to be said of groups without rows. */
export function ailment(
  metrics: Metrics,
  clusters: number,
  updates: number,
  empties: string,
): Words | undefined {
  const { largest = 0, empty = 0, silhouette: apart, explained, inertiaQuick = 0, inertiaSlow = 0 } = metrics;
  if (clusters > 1 && largest >= 0.95) {
    return {
      mood: 'bad',
      lead: 'Lopsided.',
      text: `One group holds ${Math.floor(largest * 100)} % of the rows: to these features nearly everything looks the same. Teach the trunk something first, or ask for fewer groups.`,
    };
  }
  if (empty > 0) {
    return {
      mood: 'neutral',
      lead: 'Sorting.',
      text: `${empty} of ${clusters} groups are empty: ${empties}.`,
    };
  }
  if (apart !== undefined && apart < 0.1) {
    return {
      mood: 'bad',
      lead: 'Overlapping.',
      text: `The groups overlap (silhouette ${apart.toFixed(2)}): rows are as near to the next group as to their own. Another number of groups, or other features, may part them.`,
    };
  }
  const flat = Math.abs(inertiaQuick - inertiaSlow) <= 0.02 * inertiaSlow;
  if (updates >= 100 && flat && explained !== undefined && explained < 0.4) {
    return {
      mood: 'bad',
      lead: 'Inertia flat.',
      text: `It no longer falls, and ${clusters} groups account for ${Math.max(0, Math.round(explained * 100))} % of how the features differ. More groups would say more.`,
    };
  }
  return undefined;
}

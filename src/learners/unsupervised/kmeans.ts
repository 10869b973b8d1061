// k-means on trunk features, as a loss like any other (Lloyd 1982; Bottou & Bengio 1995; mini-batches after
// Sculley 2010). With a(i) the nearest centre of row i and N_a its rows in the batch,
//   L = sum_i |x_i - c_a(i)|^2 / (2 N_a(i)),  dL/dc_a = c_a - mean of its rows,
// so plain gradient descent at rate 1 is exactly Lloyd's step, and a smaller rate smooths over minibatches.
// The gradient stops at the centres: the trunk is looked at, not moved.
import { budgetKnob, minibatchKnob, scheduleFloor, scheduleKnob } from '../budget-knobs.ts';
import type { Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { savedArray } from '../saved.ts';
import { kmeansStart } from './kmeans-start.ts';
import { createLooking, spread } from './looking.ts';
import { principalMap } from './principal-map.ts';

export type KmeansKnobs = Readonly<{
  clusters: number;
  rate: number;
  schedule: string;
  budget: number;
  minibatch: number;
}>;

const head = 'clusters';
const heads = [head];
/** A centre that drew no row for this many updates is planted anew. */
const patience = 20;
/** Points of the map shown to a person. */
const mapPoints = 256;

export const kmeans: LearnerDef<KmeansKnobs> = {
  id: 'kmeans',
  paradigm: 'unsupervised',
  title: 'Clustering',
  summary: 'Sorts what it sees into groups that its features hold to be alike.',
  paper: 'Lloyd 1982; Arthur & Vassilvitskii 2007',
  knobs: {
    clusters: {
      kind: 'number',
      label: 'Clusters',
      default: 6,
      min: 1,
      max: 32,
      step: 1,
      unit: '',
      help: 'How many groups to look for.',
    },
    rate: {
      kind: 'number',
      label: 'Step',
      default: 0.2,
      min: 0.001,
      max: 1,
      scale: 'log',
      unit: '',
      help: 'How far a centre moves to the mean of its rows: 1 all the way, less to smooth over minibatches.',
    },
    schedule: scheduleKnob('constant'),
    budget: budgetKnob(2000, 'updates'),
    minibatch: minibatchKnob(512),
  },
  charted: { explained: 'variance explained' },
  unfit: () => undefined,
  heads: (_world, knobs) => ({ [head]: [{ kind: 'centroids', name: 'output', clusters: knobs.clusters }] }),
  trains: 'heads',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: (knobs) => ({ kind: 'sgd', rate: knobs.rate, momentum: 0, clip: 0 }),
  schedule: (knobs) => ({ kind: knobs.schedule as 'constant', floor: scheduleFloor }),
  create,
};

function create(context: LearnerContext, knobs: KmeansKnobs): Learner {
  const { network, lanes } = context;
  const { minibatch, clusters } = knobs;
  const width = network.features.data.length / network.maxBatch;
  const slot = network.params.slots.find(({ name }) => name === `${head}.output.centre`)!;
  const centres = network.params.values.data.subarray(slot.offset, slot.offset + slot.length);
  const seeding = context.stream('centres');
  const looking = createLooking(context, Math.max(lanes.count * 8, clusters));
  const nearest = new Int32Array(minibatch);
  const sizes = new Int32Array(clusters);
  const idle = new Int32Array(clusters);
  const metrics: Metrics = { loss: 0 };
  const batch = { n: minibatch, heads };
  let planted = false;

  /** Nearest centre of each of n rows of the head's output; returns the mean squared distance. */
  const assign = (target: Int32Array, n: number): number => {
    const distances = network.output(head).data;
    let inertia = 0;
    for (let r = 0; r < n; r++) {
      let best = 0;
      const at = r * clusters;
      for (let c = 1; c < clusters; c++) if (distances[at + c]! < distances[at + best]!) best = c;
      target[r] = best;
      inertia += distances[at + best]! / n;
    }
    return inertia;
  };

  /** Centres that stand where no row is are moved to the row that is served worst. */
  const replantIdle = (): void => {
    network.forward(minibatch, heads, 'evaluate');
    assign(nearest, minibatch);
    const distances = network.output(head).data;
    for (let c = 0; c < clusters; c++) {
      if (idle[c]! < patience) continue;
      let farthest = 0;
      let most = -1;
      for (let r = 0; r < minibatch; r++) {
        const distance = distances[r * clusters + nearest[r]!]!;
        if (distance > most) [farthest, most] = [r, distance];
      }
      for (let j = 0; j < width; j++) centres[c * width + j] = network.features.data[farthest * width + j]!;
      // That row is served now; a second idle centre must look elsewhere.
      distances[farthest * clusters + nearest[farthest]!] = 0;
      idle[c] = 0;
    }
  };

  return {
    nextBatch() {
      if (!looking.draw(minibatch)) return undefined;
      if (!planted) {
        network.forward(minibatch, heads, 'evaluate');
        kmeansStart(centres, network.features.data, minibatch, clusters, width, seeding);
        planted = true;
      } else if (idle.some((waits) => waits >= patience)) {
        replantIdle();
      }
      return batch;
    },
    loss() {
      const inertia = assign(nearest, minibatch);
      sizes.fill(0);
      for (let r = 0; r < minibatch; r++) sizes[nearest[r]!] = sizes[nearest[r]!]! + 1;
      const grad = network.outputGrad(head).data;
      const distances = network.output(head).data;
      let loss = 0;
      for (let r = 0; r < minibatch; r++) {
        const cell = r * clusters + nearest[r]!;
        const weight = 1 / (2 * sizes[nearest[r]!]!);
        grad[cell] = weight;
        loss += weight * distances[cell]!;
      }
      let empty = 0;
      for (let c = 0; c < clusters; c++) {
        idle[c] = sizes[c] === 0 ? idle[c]! + 1 : 0;
        if (sizes[c] === 0) empty++;
      }
      metrics['loss'] = loss;
      metrics['inertia'] = inertia;
      metrics['explained'] = 1 - inertia / Math.max(spread(network.features.data, minibatch, width), 1e-12);
      metrics['empty'] = empty;
      return metrics;
    },
    progress: () => looking.updates / knobs.budget,
    words() {
      const explained = metrics['explained'];
      if (explained === undefined)
        return {
          mood: 'neutral',
          lead: 'Ready.',
          text: `It will sort what it sees into ${clusters} groups.`,
        };
      if (metrics['empty']! > 0) {
        return {
          mood: 'neutral',
          lead: 'Sorting.',
          text: `${metrics['empty']} of ${clusters} groups are empty and will be planted anew.`,
        };
      }
      return {
        mood: explained > 0.6 ? 'good' : 'neutral',
        lead: 'Sorted.',
        text: `${clusters} groups account for ${Math.max(0, Math.round(explained * 100))} % of how its features differ.`,
      };
    },
    view() {
      const laneCluster = new Int32Array(lanes.count);
      looking.show(lanes.observations, lanes.count);
      network.forward(lanes.count, heads, 'evaluate');
      assign(laneCluster, lanes.count);
      const points = Math.min(mapPoints, looking.replay.filled(), network.maxBatch);
      const mapCluster = new Int32Array(points);
      looking.show(looking.replay.rows, points);
      network.forward(points, heads, 'evaluate');
      assign(mapCluster, points);
      const map = principalMap(network.features.data, points, width);
      return { kind: 'clusters', clusters, laneCluster, sizes: sizes.slice(), map, mapCluster };
    },
    snapshot() {
      const { data, tensors } = looking.snapshot(metrics);
      return {
        data: { ...data, planted },
        tensors: {
          ...tensors,
          idle: { shape: [clusters], data: idle.slice() },
          sizes: { shape: [clusters], data: sizes.slice() },
        },
      };
    },
    restore(state) {
      looking.restore(state, metrics);
      planted = state.data['planted'] === true;
      idle.set(savedArray(state.tensors, 'idle', clusters));
      sizes.set(savedArray(state.tensors, 'sizes', clusters));
    },
    rejoin: looking.rejoin,
  };
}

// k-means on trunk features, as a loss like any other (Lloyd 1982; Bottou & Bengio 1995; mini-batches after
// Sculley 2010). With a(i) the nearest centre of row i and N_a its rows in the batch,
//   L = sum_i |x_i - c_a(i)|^2 / (2 N_a(i)),  dL/dc_a = c_a - mean of its rows,
// so plain gradient descent at rate 1 is exactly Lloyd's step, and a smaller rate smooths over minibatches.
// The gradient stops at the centres: the trunk is looked at, not moved.
import { budgetKnob, minibatchKnob, scheduleFloor, scheduleKnob } from '../budget-knobs.ts';
import type { Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { savedArray } from '../saved.ts';
import { centresHead, centresOf, countGroups, explainedBy, nearestCentres } from './centres.ts';
import { clustersKnob, seedingKnob, startsKnob } from './grouping-knobs.ts';
import { ailment, createGroups, noteSizes } from './groups.ts';
import { kmeansBest, type Seeding } from './lloyd.ts';
import { createLooking } from './looking.ts';

export type KmeansKnobs = Readonly<{
  clusters: number;
  mode: string;
  seeding: string;
  starts: number;
  rate: number;
  schedule: string;
  budget: number;
  minibatch: number;
}>;

const head = 'clusters';
const heads = [head];
/** A centre that drew no row for this many minibatches is planted anew. */
const patience = 20;

export const kmeans: LearnerDef<KmeansKnobs> = {
  id: 'kmeans',
  paradigm: 'unsupervised',
  title: 'Clustering',
  summary: 'Sorts what it sees into groups that its features hold to be alike.',
  paper: 'Lloyd 1982; Arthur & Vassilvitskii 2007; Sculley 2010',
  knobs: {
    clusters: clustersKnob,
    mode: {
      kind: 'choice',
      label: 'Mode',
      default: 'minibatch',
      options: ['minibatch', 'lloyd'],
      help: 'minibatch: new rows in every update, centres move part of the way; lloyd: the first rows again and again, centres move all the way, and inertia never rises.',
    },
    seeding: seedingKnob,
    starts: startsKnob,
    rate: {
      kind: 'number',
      label: 'Step',
      default: 0.2,
      min: 0.001,
      max: 1,
      scale: 'log',
      unit: '',
      help: 'How far a centre moves to the mean of its rows: 1 all the way, less to smooth over minibatches. Lloyd always goes all the way.',
    },
    schedule: scheduleKnob('constant'),
    budget: budgetKnob(2000, 'updates'),
    minibatch: minibatchKnob(512),
  },
  charted: { explained: 'variance explained', silhouette: 'silhouette' },
  unfit: () => undefined,
  heads: (_world, knobs) => ({ [head]: centresHead(knobs.clusters) }),
  trains: 'heads',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: ({ mode, rate }) => ({ kind: 'sgd', rate: mode === 'lloyd' ? 1 : rate, momentum: 0, clip: 0 }),
  schedule: ({ mode, schedule }) => ({
    kind: mode === 'lloyd' ? 'constant' : (schedule as 'constant'),
    floor: scheduleFloor,
  }),
  create,
};

function create(context: LearnerContext, knobs: KmeansKnobs): Learner {
  const { network, lanes } = context;
  const { minibatch, clusters } = knobs;
  const holds = knobs.mode === 'lloyd';
  const width = network.features.data.length / network.maxBatch;
  const centres = centresOf(network, head);
  const seeding = context.stream('centres');
  const looking = createLooking(context, Math.max(lanes.count * 8, clusters, holds ? minibatch : 0));
  const nearest = new Int32Array(minibatch);
  const before = new Int32Array(minibatch);
  const sizes = new Int32Array(clusters);
  const idle = new Int32Array(clusters);
  const metrics: Metrics = { loss: 0 };
  const batch = { n: minibatch, heads };
  const waits = holds ? 1 : patience;
  let planted = false;

  /** Nearest centre of each of n rows of the head's output; returns the mean squared distance. */
  const assign = (target: Int32Array, n: number): number =>
    nearestCentres(target, 0, network.output(head).data, n, clusters);

  const groups = createGroups(context, looking, clusters, (target, n) => {
    network.forward(n, heads, 'evaluate');
    assign(target, n);
  });

  const plant = (): void => {
    network.forward(minibatch, heads, 'evaluate');
    const rows = { data: network.features.data, n: minibatch, size: width };
    centres.set(kmeansBest(rows, clusters, knobs.starts, knobs.seeding as Seeding, seeding).centres);
    planted = true;
  };

  /** Centres that stand where no row is are moved to the row that is served worst. */
  const replantIdle = (): void => {
    network.forward(minibatch, heads, 'evaluate');
    assign(nearest, minibatch);
    const distances = network.output(head).data;
    for (let c = 0; c < clusters; c++) {
      if (idle[c]! < waits) continue;
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
      if (planted) groups.look(metrics);
      if (!(holds ? looking.hold(minibatch) : looking.draw(minibatch))) return undefined;
      if (!planted) plant();
      else if (idle.some((waited) => waited >= waits)) replantIdle();
      return batch;
    },
    loss() {
      before.set(nearest);
      const inertia = assign(nearest, minibatch);
      countGroups(sizes, nearest, minibatch);
      const grad = network.outputGrad(head).data;
      const distances = network.output(head).data;
      let loss = 0;
      for (let r = 0; r < minibatch; r++) {
        const cell = r * clusters + nearest[r]!;
        const weight = 1 / (2 * sizes[nearest[r]!]!);
        grad[cell] = weight;
        loss += weight * distances[cell]!;
      }
      for (let c = 0; c < clusters; c++) idle[c] = sizes[c] === 0 ? idle[c]! + 1 : 0;
      metrics['loss'] = loss;
      metrics['explained'] = explainedBy(inertia, network.features.data, minibatch, width);
      noteSizes(metrics, sizes, inertia);
      if (holds) metrics['moved'] = nearest.reduce((moved, c, r) => moved + (c === before[r] ? 0 : 1), 0);
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
      const ill = ailment(metrics, clusters, looking.updates, 'they will be planted anew');
      if (ill) return ill;
      const rests = holds && looking.updates > 1 && metrics['moved'] === 0;
      return {
        mood: explained > 0.6 ? 'good' : 'neutral',
        lead: rests ? 'At rest.' : 'Sorted.',
        text: `${clusters} groups account for ${Math.max(0, Math.round(explained * 100))} % of how its features differ.`,
      };
    },
    view: () => groups.view(sizes),
    groups: groups.found,
    snapshot() {
      const { data, tensors } = looking.snapshot(metrics);
      return {
        data: { ...data, planted },
        tensors: {
          ...tensors,
          idle: { shape: [clusters], data: idle.slice() },
          sizes: { shape: [clusters], data: sizes.slice() },
          nearest: { shape: [minibatch], data: nearest.slice() },
        },
      };
    },
    restore(state) {
      looking.restore(state, metrics);
      planted = state.data['planted'] === true;
      idle.set(savedArray(state.tensors, 'idle', clusters));
      sizes.set(savedArray(state.tensors, 'sizes', clusters));
      nearest.set(savedArray(state.tensors, 'nearest', minibatch));
    },
    rejoin: looking.rejoin,
  };
}

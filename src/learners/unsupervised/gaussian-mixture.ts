// Gaussian mixture on trunk features by expectation maximisation (Dempster, Laird & Rubin 1977; over minibatches:
// Cappe & Moulines 2009). The E step shares every row of the batch out, r_nk; with N_k = sum_n r_nk the means then have
//   L = sum_nk r_nk |x_n - m_k|^2 / (2 N_k),  dL/dm_k = m_k - sum_n r_nk x_n / N_k,
// so that plain gradient descent at rate 1 is exactly the M step, as in k-means, whose soft form this is. Variances and
// weights of the components follow in closed form at the same rate. The trunk is looked at, not moved.
import { budgetKnob, minibatchKnob, scheduleFloor } from '../budget-knobs.ts';
import type { Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { savedArray } from '../saved.ts';
import { centresHead, centresOf, countGroups, explainedBy } from './centres.ts';
import { clustersKnob, startsKnob } from './grouping-knobs.ts';
import { ailment, createGroups, noteSizes } from './groups.ts';
import { kmeansBest } from './lloyd.ts';
import { createLooking } from './looking.ts';
import {
  expect,
  leastCount,
  likeliest,
  type Mixture,
  mixtureFrom,
  momentsOf,
  varianceFloor,
} from './mixture.ts';

export type MixtureKnobs = Readonly<{
  clusters: number;
  mode: string;
  starts: number;
  rate: number;
  budget: number;
  minibatch: number;
}>;

const head = 'components';
const heads = [head];

export const gaussianMixture: LearnerDef<MixtureKnobs> = {
  id: 'mixture',
  paradigm: 'unsupervised',
  title: 'Gaussian mixture',
  summary: 'Describes what it sees as a sum of clouds, each with its own place, width and weight.',
  paper: 'Dempster, Laird & Rubin 1977; Cappé & Moulines 2009',
  knobs: {
    clusters: { ...clustersKnob, label: 'Components', help: 'How many clouds to describe the rows by.' },
    mode: {
      kind: 'choice',
      label: 'Mode',
      default: 'minibatch',
      options: ['minibatch', 'em'],
      help: 'minibatch: new rows in every update, clouds move part of the way; em: the first rows again and again, all the way, and the likelihood never falls.',
    },
    starts: startsKnob,
    rate: {
      kind: 'number',
      label: 'Step',
      default: 0.1,
      min: 0.001,
      max: 1,
      scale: 'log',
      unit: '',
      help: 'How far each update moves the clouds to what its rows ask for: 1 all the way, less to smooth over minibatches.',
    },
    budget: budgetKnob(2000, 'updates'),
    minibatch: minibatchKnob(512),
  },
  charted: { likelihood: 'log-likelihood', silhouette: 'silhouette' },
  unfit: () => undefined,
  heads: (_world, knobs) => ({ [head]: centresHead(knobs.clusters) }),
  trains: 'heads',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: (knobs) => ({ kind: 'sgd', rate: rateOf(knobs), momentum: 0, clip: 0 }),
  schedule: () => ({ kind: 'constant', floor: scheduleFloor }),
  create,
};

const rateOf = ({ mode, rate }: MixtureKnobs): number => (mode === 'em' ? 1 : rate);

function create(context: LearnerContext, knobs: MixtureKnobs): Learner {
  const { network, lanes } = context;
  const { minibatch, clusters } = knobs;
  const holds = knobs.mode === 'em';
  const rate = rateOf(knobs);
  const size = network.features.data.length / network.maxBatch;
  const centres = centresOf(network, head);
  const seeding = context.stream('centres');
  const looking = createLooking(context, Math.max(lanes.count * 8, clusters, holds ? minibatch : 0));
  const mixture: Mixture = {
    k: clusters,
    size,
    weights: new Float64Array(clusters).fill(1 / clusters),
    means: new Float64Array(clusters * size),
    variances: new Float64Array(clusters * size).fill(1),
  };
  const responsibilities = new Float64Array(network.maxBatch * clusters);
  const counts = new Float64Array(clusters);
  const assigned = new Int32Array(network.maxBatch);
  const sizes = new Int32Array(clusters);
  const metrics: Metrics = { loss: 0 };
  const batch = { n: minibatch, heads };
  let planted = false;

  const rowsOf = (n: number) => ({ data: network.features.data, n, size });

  /** Shares the n rows in network.input out among the components as they are; returns the mean log-likelihood. */
  const share = (n: number): number => {
    network.forward(n, heads, 'evaluate');
    mixture.means.set(centres);
    const likelihood = expect(responsibilities, mixture, rowsOf(n));
    likeliest(assigned, responsibilities, n, clusters);
    return likelihood;
  };

  const groups = createGroups(context, looking, clusters, (target, n) => {
    share(n);
    target.set(assigned.subarray(0, n));
  });

  const plant = (): void => {
    network.forward(minibatch, heads, 'evaluate');
    const found = kmeansBest(rowsOf(minibatch), clusters, knobs.starts, 'k-means++', seeding);
    const begun = mixtureFrom(rowsOf(minibatch), clusters, found.assigned);
    mixture.weights.set(begun.weights);
    mixture.variances.set(begun.variances);
    centres.set(begun.means);
    planted = true;
  };

  /** The part of the M step that is not the optimiser's: weights, and variances about where the means are going. */
  const widen = (): void => {
    const moments = momentsOf(rowsOf(minibatch), responsibilities, clusters);
    counts.set(moments.counts);
    const { weights, means, variances } = mixture;
    for (let c = 0; c < clusters; c++) {
      weights[c] = weights[c]! + rate * (counts[c]! / minibatch - weights[c]!);
      if (counts[c]! < leastCount) continue;
      for (let i = c * size; i < (c + 1) * size; i++) {
        const next = means[i]! + rate * (moments.means[i]! - means[i]!);
        const old = variances[i]! + (means[i]! - next) ** 2;
        const found = moments.variances[i]! + (moments.means[i]! - next) ** 2;
        variances[i] = Math.max(old + rate * (found - old), varianceFloor);
      }
    }
  };

  return {
    nextBatch() {
      if (planted) groups.look(metrics);
      if (!(holds ? looking.hold(minibatch) : looking.draw(minibatch))) return undefined;
      if (!planted) plant();
      const likelihood = share(minibatch);
      metrics['gain'] = likelihood - (metrics['likelihood'] ?? likelihood);
      metrics['likelihood'] = likelihood;
      widen();
      return batch;
    },
    loss() {
      const grad = network.outputGrad(head).data;
      const distances = network.output(head).data;
      let loss = 0;
      let inertia = 0;
      countGroups(sizes, assigned, minibatch);
      for (let r = 0; r < minibatch; r++) {
        inertia += distances[r * clusters + assigned[r]!]! / minibatch;
        for (let c = 0; c < clusters; c++) {
          const cell = r * clusters + c;
          const weight = counts[c]! < leastCount ? 0 : responsibilities[cell]! / (2 * counts[c]!);
          grad[cell] = weight;
          loss += weight * distances[cell]!;
        }
      }
      metrics['loss'] = loss;
      metrics['explained'] = explainedBy(inertia, network.features.data, minibatch, size);
      noteSizes(metrics, sizes, inertia);
      metrics['collapsed'] = collapsedOf(mixture, counts);
      return metrics;
    },
    progress: () => looking.updates / knobs.budget,
    words() {
      const likelihood = metrics['likelihood'];
      if (likelihood === undefined)
        return {
          mood: 'neutral',
          lead: 'Ready.',
          text: `It will describe what it sees by ${clusters} clouds.`,
        };
      const collapsed = metrics['collapsed'] ?? 0;
      if (collapsed > 0) {
        return {
          mood: 'bad',
          lead: 'Collapsed.',
          text: `${collapsed} of ${clusters} clouds have shrunk on rows that are all the same, which makes them as likely as you please. Fewer clouds would do.`,
        };
      }
      const ill = ailment(metrics, clusters, looking.updates, 'no row is most likely theirs; fewer would do');
      if (ill) return ill;
      return {
        mood: 'good',
        lead:
          holds && looking.updates > 1 && Math.abs(metrics['gain'] ?? 1) < 1e-4 ? 'At rest.' : 'Described.',
        text: `${clusters} clouds give what it sees a log-likelihood of ${likelihood.toFixed(1)} nats a row.`,
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
          weights: { shape: [clusters], data: mixture.weights.slice() },
          variances: { shape: [clusters, size], data: mixture.variances.slice() },
          sizes: { shape: [clusters], data: sizes.slice() },
        },
      };
    },
    restore(state) {
      looking.restore(state, metrics);
      planted = state.data['planted'] === true;
      mixture.weights.set(savedArray(state.tensors, 'weights', clusters));
      mixture.variances.set(savedArray(state.tensors, 'variances', clusters * size));
      sizes.set(savedArray(state.tensors, 'sizes', clusters));
    },
    rejoin: looking.rejoin,
  };
}

/** Components with rows whose variance lies on the floor along every axis. */
function collapsedOf({ k, size, variances }: Mixture, counts: Float64Array): number {
  let collapsed = 0;
  for (let c = 0; c < k; c++) {
    const own = variances.subarray(c * size, (c + 1) * size);
    if (counts[c]! >= leastCount && own.every((variance) => variance <= varianceFloor)) collapsed++;
  }
  return collapsed;
}

// Deep embedded clustering (Xie, Girshick & Farhadi 2016). First the features learn to rebuild what was seen; then k-means
// plants centres among them, and features and centres move together so that every row comes to stand clearly in one
// group: the soft groups q are pulled to their own sharpened version p, L = KL(p || q), which is renewed now and then over
// all rows kept (`student.ts`). With a weight on it, rebuilding goes on beside that (improved DEC, Guo et al. 2017), which
// keeps features from giving up what they knew. With augmentation (DEC-DA, Guo, Zhu, Liu & Yin 2018) a row changed a little is
// pulled to the target of the row as it is: what the change leaves alone decides the groups. Rebuilding sees rows as they are.
// A group that is left takes half of another (`replant.ts`).
import type { LayerSpec } from '../../core/layers/registry.ts';
import { binaryCrossEntropy } from '../../core/losses/binary-cross-entropy.ts';
import { meanSquaredError } from '../../core/losses/mean-squared-error.ts';
import { augmentedKnob, createAugmenting } from '../augmenting.ts';
import {
  budgetKnob,
  minibatchKnob,
  type OptimizerKnobs,
  optimizerFrom,
  optimizerKnobs,
  scheduleFrom,
} from '../budget-knobs.ts';
import type { Batch, Learner, LearnerContext, LearnerDef, Metrics } from '../learner.ts';
import { savedArray, savedCount } from '../saved.ts';
import { showsFrames } from '../trunk.ts';
import { centresHead, centresOf, countGroups, explainedBy, nearestCentres } from './centres.ts';
import { clustersKnob, startsKnob } from './grouping-knobs.ts';
import { ailment, createGroups, noteSizes } from './groups.ts';
import { kmeansBest, type Rows } from './lloyd.ts';
import { createLooking } from './looking.ts';
import { leftGroup, replant } from './replant.ts';
import { sharpen, softGroups, studentDivergence } from './student.ts';

export type DeepClusteringKnobs = OptimizerKnobs &
  Readonly<{
    clusters: number;
    pretraining: number;
    decoder: string;
    reconstruction: number;
    interval: number;
    augmented: number;
    starts: number;
    budget: number;
    minibatch: number;
  }>;

const head = 'deepClusters';
const decoder = 'rebuilt';
/** Rows that k-means plants the centres among. */
const plantingRows = 2048;
const shallow = 'one layer';
/** Units of the layers between the features and what is rebuilt from them, by name. */
const shallowUnits = { unfold: 128 };
const paperUnits = { unfold1: 128, unfold2: 256 };
/** Xie et al. stop when fewer rows than this change their group between two targets. */
const settledBelow = 0.001;

export const deepClustering: LearnerDef<DeepClusteringKnobs> = {
  id: 'deep-clustering',
  paradigm: 'unsupervised',
  title: 'Deep clustering',
  summary: 'Bends its own features until what it sees falls into groups.',
  paper: 'Xie, Girshick & Farhadi 2016; Guo et al. 2017 and 2018',
  knobs: {
    clusters: clustersKnob,
    pretraining: {
      kind: 'number',
      label: 'Rebuild first',
      default: 1000,
      min: 0,
      max: 1_000_000,
      step: 1,
      unit: 'updates',
      help: 'Updates in which the features only learn to rebuild what is seen, before there are groups; 0 where the trunk knows enough.',
    },
    decoder: {
      kind: 'choice',
      label: 'Decoder',
      default: shallow,
      options: [shallow, 'as in the paper'],
      help: 'How features become what was seen again: through one layer, frames judged by cross-entropy; or, as Xie et al. have it, through layers that widen as a trunk narrows, judged by squared error.',
    },
    reconstruction: {
      kind: 'number',
      label: 'Go on rebuilding',
      default: 0,
      min: 0,
      max: 10,
      step: 0.01,
      unit: '',
      help: 'Weight of rebuilding beside the groups: above 0 features keep more of what they knew.',
    },
    interval: {
      kind: 'number',
      label: 'Target',
      default: 20,
      min: 1,
      max: 1000,
      step: 1,
      scale: 'log',
      unit: 'updates',
      help: 'Updates between two renewals of the target that the groups are pulled to.',
    },
    augmented: augmentedKnob,
    starts: startsKnob,
    ...optimizerKnobs(1e-3),
    budget: budgetKnob(3000, 'updates'),
    minibatch: minibatchKnob(256),
  },
  charted: { explained: 'variance explained', silhouette: 'silhouette' },
  unfit: () => undefined,
  heads: (world, knobs) => ({
    [head]: centresHead(knobs.clusters),
    // It reads the features themselves: these are what is grouped, so these must hold what was seen.
    [decoder]: [
      ...Object.entries(knobs.decoder === shallow ? shallowUnits : paperUnits).flatMap(
        ([name, units]): LayerSpec[] => [
          { kind: 'dense', name, units, init: { scheme: 'he' } },
          {
            kind: 'activation',
            name: `${name}Active`,
            activation: showsFrames(world) ? 'relu' : 'tanh',
          },
        ],
      ),
      {
        kind: 'dense',
        name: 'output',
        units: world.observation.shape.reduce((a, b) => a * b, 1),
        init: { scheme: 'orthogonal', gain: 1 },
      },
    ],
  }),
  trains: 'all',
  batchRows: (knobs) => knobs.minibatch,
  optimizer: optimizerFrom,
  schedule: scheduleFrom,
  create,
};

function create(context: LearnerContext, knobs: DeepClusteringKnobs): Learner {
  const { network, lanes } = context;
  const { minibatch, clusters, interval, pretraining } = knobs;
  const size = lanes.observationSize;
  const width = network.features.data.length / network.maxBatch;
  const centres = centresOf(network, head);
  const seeding = context.stream('centres');
  const augment = knobs.augmented === 1 ? createAugmenting(context) : undefined;
  const looking = createLooking(context, Math.max(lanes.count * 8, clusters));
  const { replay } = looking;
  const rebuilding: Batch = { n: minibatch, heads: [decoder] };
  const grouping: Batch = {
    n: minibatch,
    heads: knobs.reconstruction > 0 ? [head, decoder] : [head],
  };
  const metrics: Metrics = { loss: 0 };
  const sizes = new Int32Array(clusters);
  /** Of the minibatch: which of the rows kept it is, and the group each is in. */
  const chosen = new Int32Array(minibatch);
  const grouped = new Int32Array(minibatch);
  const wanted = new Float32Array(minibatch * clusters);
  /** p of every row kept, [targets, clusters], and the group each row stood in when it was made. */
  const target = new Float32Array(replay.capacity * clusters);
  const nearest = new Int32Array(replay.capacity);
  let targets = 0;
  /** Updates since the target was renewed. */
  let age = 0;
  let planted = false;

  const assign = (found: Int32Array, at: number, n: number): number =>
    nearestCentres(found, at, network.output(head).data, n, clusters);

  const groups = createGroups(context, looking, clusters, (found, n) => {
    network.forward(n, [head], 'evaluate');
    assign(found, 0, n);
  });

  /** Shows the first n rows kept, and says of each part of them where it begins and how long it is. */
  const showAll = (n: number, shown: (from: number, rows: number) => void): void => {
    for (let from = 0; from < n; from += network.maxBatch) {
      const rows = Math.min(network.maxBatch, n - from);
      looking.show(replay.rows.subarray(from * size, (from + rows) * size), rows);
      network.forward(rows, [head], 'evaluate');
      shown(from, rows);
    }
  };

  /** What the first n rows kept look like to the trunk. */
  const featuresOf = (n: number): Rows => {
    const data = new Float32Array(n * width);
    showAll(n, (from, rows) => data.set(network.features.data.subarray(0, rows * width), from * width));
    return { data, n, size: width };
  };

  const plant = (): void => {
    const rows = featuresOf(Math.min(plantingRows, replay.filled()));
    centres.set(kmeansBest(rows, clusters, knobs.starts, 'k-means++', seeding).centres);
    planted = true;
  };

  /** The target anew, over all rows kept; a group that was left is planted elsewhere before that. */
  const renew = (): void => {
    const n = replay.filled();
    const before = nearest.slice(0, targets);
    const group = (): void =>
      showAll(n, (from, rows) => {
        softGroups(target, from * clusters, network.output(head).data, rows, clusters);
        assign(nearest, from, rows);
      });
    group();
    const left = leftGroup(nearest, n, clusters) >= 0;
    if (left && replant(centres, featuresOf(n), nearest, knobs.starts, seeding)) group();
    sharpen(target, n, clusters);
    if (targets > 0) {
      metrics['changed'] = before.reduce((sum, c, r) => sum + (c === nearest[r] ? 0 : 1), 0) / targets;
    }
    targets = n;
    age = 0;
  };

  const surprised = network.spec.input.length === 3 && knobs.decoder === shallow;
  const lossOf = surprised ? binaryCrossEntropy : meanSquaredError;
  const rebuild = (weight: number): number => {
    const [output, gradient] = [network.output(decoder).data, network.outputGrad(decoder).data];
    const count = minibatch * size;
    const loss = lossOf(gradient, output, network.input.data, count);
    // Summed over a row's numbers, the mean of the rows.
    for (let i = 0; i < count; i++) gradient[i] = gradient[i]! * size * weight;
    return loss * size;
  };

  return {
    nextBatch() {
      if (looking.updates < pretraining) return looking.draw(minibatch) ? rebuilding : undefined;
      if (planted) groups.look(metrics);
      if (targets === 0 || age >= interval) {
        // Until there is enough to plant in, and once a target after that.
        looking.gather();
        if (replay.filled() < Math.max(lanes.count * 8, clusters)) return undefined;
        if (!planted) plant();
        renew();
        return undefined;
      }
      looking.choose(chosen, augment);
      for (let k = 0; k < minibatch; k++) {
        for (let c = 0; c < clusters; c++) wanted[k * clusters + c] = target[chosen[k]! * clusters + c]!;
      }
      age++;
      return grouping;
    },
    loss(batch) {
      if (batch.heads[0] === decoder) {
        metrics['loss'] = rebuild(1);
        metrics['rebuilding'] = metrics['loss'];
        return metrics;
      }
      const divergence = studentDivergence(
        network.outputGrad(head).data,
        network.output(head).data,
        wanted,
        minibatch,
        clusters,
      );
      metrics['loss'] = divergence;
      metrics['divergence'] = divergence;
      if (knobs.reconstruction > 0) {
        const rebuilt = rebuild(knobs.reconstruction);
        metrics['rebuilding'] = rebuilt;
        metrics['loss'] = divergence + knobs.reconstruction * rebuilt;
      }
      const inertia = assign(grouped, 0, minibatch);
      countGroups(sizes, grouped, minibatch);
      metrics['explained'] = explainedBy(inertia, network.features.data, minibatch, width);
      noteSizes(metrics, sizes, inertia);
      return metrics;
    },
    progress: () => looking.updates / knobs.budget,
    words() {
      const { rebuilding: nats, explained, changed } = metrics;
      if (explained === undefined) {
        const text = 'it first learns to rebuild what it sees; the groups come after that.';
        return nats === undefined
          ? { mood: 'neutral', lead: 'Ready.', text }
          : { mood: 'neutral', lead: 'Rebuilding.', text: `${text} Loss ${nats.toFixed(2)}.` };
      }
      const ill = ailment(
        metrics,
        clusters,
        looking.updates - pretraining,
        'no row is nearest to them; the next target plants them anew',
      );
      if (ill) return ill;
      const settled = changed !== undefined && changed < settledBelow;
      return {
        mood: settled ? 'good' : 'neutral',
        lead: settled ? 'Settled.' : 'Parting.',
        text: `${clusters} groups account for ${Math.max(0, Math.round(explained * 100))} % of how its features differ${
          changed === undefined
            ? '.'
            : `; ${(changed * 100).toFixed(1)} % of the rows changed theirs at the last target.`
        }`,
      };
    },
    view: () => groups.view(sizes),
    groups: groups.found,
    snapshot() {
      const { data, tensors } = looking.snapshot(metrics);
      return {
        data: { ...data, planted, targets, age },
        tensors: {
          ...tensors,
          sizes: { shape: [clusters], data: sizes.slice() },
          target: { shape: [targets, clusters], data: target.slice(0, targets * clusters) },
          nearest: { shape: [targets], data: nearest.slice(0, targets) },
        },
      };
    },
    restore(state) {
      looking.restore(state, metrics);
      planted = state.data['planted'] === true;
      targets = savedCount(state.data, 'targets', replay.filled());
      age = savedCount(state.data, 'age');
      sizes.set(savedArray(state.tensors, 'sizes', clusters));
      target.set(savedArray(state.tensors, 'target', targets * clusters));
      nearest.set(savedArray(state.tensors, 'nearest', targets));
    },
    rejoin: looking.rejoin,
  };
}

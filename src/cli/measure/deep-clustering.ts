// Deep clustering on frames of the five MinAtar games, each frame only as which cells are taken, so that no channel gives its game
// away. The label is the game; nothing learns from it. Normalised mutual information of labels with k-means on raw pixels, k-means
// on an autoencoder's ten features, and the groups that deep clustering makes of these features.
import { asterix } from '../../../envs/asterix/dynamics.ts';
import { breakout } from '../../../envs/breakout/dynamics.ts';
import { type DiscreteWorld, type EnvironmentDef, isContinuous } from '../../../envs/environment.ts';
import { freeway } from '../../../envs/freeway/dynamics.ts';
import { invaders } from '../../../envs/invaders/dynamics.ts';
import { seaquest } from '../../../envs/seaquest/dynamics.ts';
import { createLanes, worldParams } from '../../../envs/vectorize.ts';
import type { KernelFactory } from '../../core/kernels.ts';
import { createRandom } from '../../core/random.ts';
import { learnerById } from '../../learners/registry.ts';
import { nearestCentres } from '../../learners/unsupervised/centres.ts';
import { labelScores } from '../../learners/unsupervised/cluster-scores.ts';
import { kmeansBest } from '../../learners/unsupervised/lloyd.ts';
import { openPhase, type Phase } from '../../training/phase.ts';
import { trainStep } from '../../training/step.ts';
import { kernels } from '../runs.ts';
import type { Measurement } from './measurement.ts';

const games = [asterix, breakout, freeway, invaders, seaquest] as unknown as readonly EnvironmentDef[];
const framesPerGame = 1500;
const lanesPerGame = 10;
/** Steps between two frames that are kept: neighbours in time are nearly the same picture. */
const between = 4;
const cells = 100;

/** [games x framesPerGame, cells]: 1 where anything is; games one after the other. */
function occupancy(seed: number): Float32Array {
  const frames = new Float32Array(games.length * framesPerGame * cells);
  games.forEach((game, label) => {
    if (isContinuous(game)) throw new Error(`${game.title} is steered by numbers; choices are needed.`);
    const lanes = createLanes(game, worldParams(game, {}), lanesPerGame);
    const random = createRandom(`frames of ${game.id} ${seed}`);
    const choices = lanes.def.action.kind === 'discrete' ? lanes.def.action.names.length : 1;
    const channels = lanes.observationSize / cells;
    lanes.resetAll(random.fork('lanes'));
    let kept = 0;
    for (let step = 1; kept < framesPerGame; step++) {
      lanes.step(Int32Array.from({ length: lanesPerGame }, () => random.integer(choices)));
      if (step % between !== 0) continue;
      for (let lane = 0; lane < lanesPerGame && kept < framesPerGame; lane++, kept++) {
        const at = (label * framesPerGame + kept) * cells;
        for (let i = 0; i < cells * channels; i++) {
          if (lanes.observations[lane * lanes.observationSize + i]! > 0)
            frames[at + Math.floor(i / channels)] = 1;
        }
      }
    }
  });
  return frames;
}

/** The frames as a world: every step shows another one, drawn at random. */
function worldOfFrames(frames: Float32Array): DiscreteWorld {
  const count = frames.length / cells;
  return {
    id: 'frames of five games',
    title: 'Frames of five games',
    story: 'Which game is it?',
    state: ['frame'],
    observation: { shape: [10, 10, 1], names: ['taken'], normalize: false, sparse: true },
    action: { kind: 'discrete', names: games.map(({ id }) => id), keys: games.map(() => null) },
    maxSteps: 20,
    solvedAt: 20,
    returnRange: [0, 20],
    stepsPerSecond: 4,
    params: {},
    variants: [],
    labelled: true,
    reset(s, random) {
      s[0] = random.integer(count);
    },
    step(s, action, random) {
      const right = action === Math.floor(s[0]! / framesPerGame);
      s[0] = random.integer(count);
      return right ? 1 : 0;
    },
    terminated: () => false,
    observe(s, obs, at) {
      obs.set(frames.subarray(s[0]! * cells, (s[0]! + 1) * cells), at);
    },
    expert: (s) => Math.floor(s[0]! / framesPerGame),
  };
}

function train(phase: Phase, updates: number): void {
  for (let done = 0; done < updates; ) {
    if (trainStep(phase)) done++;
  }
}

/** Features of all frames, and what `head` says of them where one is named: [frames, numbers]. */
function answers({ brain }: Phase, frames: Float32Array, head?: string): Float32Array {
  const { network } = brain;
  const count = frames.length / cells;
  const from = head === undefined ? network.features : network.output(head);
  const width = from.data.length / network.maxBatch;
  const found = new Float32Array(count * width);
  for (let row = 0; row < count; row += network.maxBatch) {
    const n = Math.min(network.maxBatch, count - row);
    network.input.data.set(frames.subarray(row * cells, (row + n) * cells));
    network.forward(n, head === undefined ? [] : [head], 'evaluate');
    found.set(from.data.subarray(0, n * width), row * width);
  }
  return found;
}

const hidden = [256, 128, 10];
const rebuildingUpdates = 6000;
const groupingUpdates = 2000;

async function measure(seed: number): Promise<Readonly<Record<string, number>>> {
  const factory = await kernels();
  return compare(seed, factory);
}

function compare(seed: number, factory: KernelFactory): Readonly<Record<string, number>> {
  const frames = occupancy(seed);
  const n = frames.length / cells;
  const labels = Int32Array.from({ length: n }, (_, i) => Math.floor(i / framesPerGame));
  const k = games.length;
  const random = createRandom(`deep clustering ${seed}`);
  const grouped = (data: Float32Array) =>
    kmeansBest({ data, n, size: data.length / n }, k, 10, 'k-means++', random.fork('k-means'));
  const score = (assigned: Int32Array): number => labelScores(labels, assigned, n).information;

  const onPixels = score(grouped(frames).assigned);

  const lanes = createLanes(worldOfFrames(frames) as unknown as EnvironmentDef, {}, 64);
  lanes.resetAll(random.fork('world'));
  // As Xie et al. have it: features that are not bent, and plain steps with momentum. A target that is older than a few updates
  // pulls rows to where their group was: renewed every 20 of them groups part less, every 140 hardly.
  const knobs = {
    clusters: k,
    pretraining: rebuildingUpdates,
    minibatch: 256,
    optimizer: 'momentum',
    learningRate: 0.03,
    interval: 5,
  };
  const learner = 'deep-clustering';
  const phase = openPhase({
    recipe: {
      world: lanes.def.id,
      params: {},
      learner,
      knobs,
      brain: { hidden, activation: 'relu', settings: { filters: 0, features: 'linear' } },
      lanes: lanes.count,
      seed,
    },
    taught: new Map([[learner, { ...defaultsOf(learner), ...knobs }]]),
    freeze: [],
    lanes,
    random,
    kernels: factory,
    recording: undefined,
    teacher: undefined,
    onSteps: () => undefined,
  });
  train(phase, rebuildingUpdates);
  const found = grouped(answers(phase, frames));
  const onFeatures = score(found.assigned);
  train(phase, groupingUpdates);
  const distances = answers(phase, frames, 'deepClusters');
  const assigned = new Int32Array(n);
  nearestCentres(assigned, 0, distances, n, k);
  const deep = score(assigned);
  return {
    'k-means on raw pixels': onPixels,
    "k-means on the autoencoder's features": onFeatures,
    'deep clustering': deep,
    'deep clustering above k-means on features': deep - onFeatures,
  };
}

const defaultsOf = (id: string) =>
  Object.fromEntries(Object.entries(learnerById(id).knobs).map(([name, knob]) => [name, knob.default]));

export const deepClusters: Measurement = {
  id: 'deep-clustering',
  title: `Normalised mutual information of groups and games, ${games.length * framesPerGame} frames of the five MinAtar games.`,
  seeds: 10,
  aims: { 'deep clustering above k-means on features': '>= 0.15 in every seed' },
  measure,
};

// Deep clustering on frames of the five MinAtar games, each frame only as which cells are taken, so that no channel gives its game
// away. The label is the game; nothing learns from it. Normalised mutual information of labels with k-means on raw pixels, k-means
// on an autoencoder's ten features, and the groups that deep clustering makes of these features: of the frames as they are, and
// with augmentation (Guo, Zhu, Liu & Yin 2018), where a frame moved by a cell or two is pulled to the group of the frame as it is.
import { asterix } from '../../../envs/asterix/dynamics.ts';
import { breakout } from '../../../envs/breakout/dynamics.ts';
import { type DiscreteWorld, type EnvironmentDef, isContinuous } from '../../../envs/environment.ts';
import { freeway } from '../../../envs/freeway/dynamics.ts';
import { invaders } from '../../../envs/invaders/dynamics.ts';
import { seaquest } from '../../../envs/seaquest/dynamics.ts';
import { createLanes, worldParams } from '../../../envs/vectorize.ts';
import type { KernelFactory } from '../../core/kernels.ts';
import { createRandom, type RandomSource } from '../../core/random.ts';
import { learnerById } from '../../learners/registry.ts';
import { nearestCentres } from '../../learners/unsupervised/centres.ts';
import { labelScores } from '../../learners/unsupervised/cluster-scores.ts';
import { kmeansBest } from '../../learners/unsupervised/lloyd.ts';
import { openPhase, type Phase } from '../../training/phase.ts';
import { trainStep } from '../../training/step.ts';
import { kernels } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

const games = [asterix, breakout, freeway, invaders, seaquest] as unknown as readonly EnvironmentDef[];
const framesPerGame = 1500;
const lanesPerGame = 10;
/** Steps between two frames that are kept: neighbours in time are nearly the same picture. */
const between = 4;
const side = 10;
const cells = side * side;

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

/** At most so many cells sideways, and up or down. */
const [mostSideways, mostUpright] = [2, 1] as const;

/** Moves a frame at frame[at...] in place; what leaves at one side comes in at the other. */
function move(frame: Float32Array, at: number, random: RandomSource): void {
  const right = random.integer(2 * mostSideways + 1) - mostSideways;
  const down = random.integer(2 * mostUpright + 1) - mostUpright;
  const before = frame.slice(at, at + cells);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      frame[at + ((y + down + side) % side) * side + ((x + right + side) % side)] = before[y * side + x]!;
    }
  }
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
    augment: move,
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
const rebuildingUpdates = 3000;
const groupingUpdates = 2000;
const learner = 'deep-clustering';
const k = games.length;

async function measure(seed: number): Promise<Numbers> {
  const factory = await kernels();
  const frames = occupancy(seed);
  const n = frames.length / cells;
  const labels = Int32Array.from({ length: n }, (_, i) => Math.floor(i / framesPerGame));
  const grouped = (data: Float32Array) =>
    kmeansBest({ data, n, size: data.length / n }, k, 10, 'k-means++', createRandom(`k-means ${seed}`));
  const score = (assigned: Int32Array): number => labelScores(labels, assigned, n).information;

  /** The same autoencoder each time; what follows it sees every frame as it is, or moved a little. */
  const trained = (augmented: 0 | 1) => {
    const phase = phaseOn(frames, seed, augmented, factory);
    train(phase, rebuildingUpdates);
    const features = score(grouped(answers(phase, frames)).assigned);
    train(phase, groupingUpdates);
    const assigned = new Int32Array(n);
    nearestCentres(assigned, 0, answers(phase, frames, 'deepClusters'), n, k);
    return { features, deep: score(assigned) };
  };

  const asTheyAre = trained(0);
  const moved = trained(1);
  return {
    'k-means on raw pixels': score(grouped(frames).assigned),
    "k-means on the autoencoder's features": moved.features,
    'deep clustering, frames as they are': asTheyAre.deep,
    'deep clustering, frames moved': moved.deep,
    'frames as they are, above k-means on features': asTheyAre.deep - asTheyAre.features,
    'frames moved, above k-means on features': moved.deep - moved.features,
  };
}

/** Deep clustering about to begin. A target older than a few updates pulls rows to where their group was: it is renewed often. */
function phaseOn(frames: Float32Array, seed: number, augmented: 0 | 1, factory: KernelFactory): Phase {
  const random = createRandom(`deep clustering ${seed}`);
  const lanes = createLanes(worldOfFrames(frames) as unknown as EnvironmentDef, {}, 64);
  lanes.resetAll(random.fork('world'));
  const knobs = {
    clusters: k,
    pretraining: rebuildingUpdates,
    decoder: 'as in the paper',
    minibatch: 256,
    interval: 5,
    augmented,
  };
  return openPhase({
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
}

const defaultsOf = (id: string) =>
  Object.fromEntries(Object.entries(learnerById(id).knobs).map(([name, knob]) => [name, knob.default]));

export const deepClusters: Measurement = {
  id: 'deep-clustering',
  title: `Normalised mutual information of groups and games, ${games.length * framesPerGame} frames of the five MinAtar games.`,
  seeds: 10,
  aims: { 'frames moved, above k-means on features': '>= 0.15' },
  measure,
};

// How well the next step is foretold, and ten steps dreamt on from there, each from the last: on lanes of their own, which no
// learner saw, played at random. Nothing sticks in Breakout here, so that what is done decides what comes.
import { isContinuous } from '../../../envs/environment.ts';
import { createLanes, type Lanes } from '../../../envs/vectorize.ts';
import type { KnobValues } from '../../core/knobs.ts';
import { createRandom } from '../../core/random.ts';
import { throughPicture, throughTrunk } from '../../learners/unsupervised/foretelling.ts';
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession, type Session } from '../../training/session.ts';
import { kernels, runToEnd } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

const lanesAtOnce = 64;
const stepsPlayed = 100;
const steps = 10;

/** What one lane saw, from a reset or the last break on, and what it did after each but the last. */
interface Stretch {
  readonly seen: Float32Array[];
  readonly done: number[];
}

/** Everything that lanes of random play go through, cut where episodes end (with what came last) and after ten steps. */
function stretchesOf({ world, params }: Session, seed: number): Stretch[] {
  if (isContinuous(world)) throw new Error(`${world.title} is steered by numbers; choices are needed.`);
  const lanes = createLanes(world, params, lanesAtOnce);
  const random = createRandom(`steps to measure on ${seed}`);
  lanes.resetAll(random.fork('lanes'));
  const size = lanes.observationSize;
  const rowOf = (rows: Float32Array, lane: number): Float32Array =>
    rows.slice(lane * size, (lane + 1) * size);
  const begin = (lane: number): Stretch => ({ seen: [rowOf(lanes.observations, lane)], done: [] });
  const growing = Array.from({ length: lanes.count }, (_, lane) => begin(lane));
  const whole: Stretch[] = [];
  const choices = choicesOf(lanes);
  for (let step = 0; step < stepsPlayed; step++) {
    const actions = Int32Array.from({ length: lanes.count }, () => random.integer(choices));
    lanes.step(actions);
    for (let lane = 0; lane < lanes.count; lane++) {
      const stretch = growing[lane]!;
      const ended = lanes.terminated[lane] === 1 || lanes.truncated[lane] === 1;
      stretch.done.push(actions[lane]!);
      stretch.seen.push(rowOf(ended ? lanes.finalObservations : lanes.observations, lane));
      if (!ended && stretch.done.length < steps) continue;
      whole.push(stretch);
      growing[lane] = begin(lane);
    }
  }
  return whole;
}

const choicesOf = ({ def: { action } }: Lanes): number =>
  action.kind === 'discrete' ? action.names.length : 0;

interface Asked {
  readonly now: Float32Array;
  readonly done: number;
}

/** What `head` foretells of each, as the network says it, after each was shown as the network sees it. */
function foretold(
  { brain, world }: Session,
  head: string,
  asked: readonly Asked[],
  normalised: boolean,
): Float32Array[] {
  const { network, normalizer } = brain;
  const choices = world.action.kind === 'discrete' ? world.action.names.length : 0;
  const given = network.inner(`${head}.done`, 'given').data;
  const answers: Float32Array[] = [];
  for (let from = 0; from < asked.length; from += network.maxBatch) {
    const batch = asked.slice(from, from + network.maxBatch);
    batch.forEach(({ now, done }, k) => {
      network.input.data.set(now, k * now.length);
      for (let a = 0; a < choices; a++) given[k * choices + a] = Number(a === done);
    });
    if (!normalised) normalizer.apply(network.input, batch.length);
    network.forward(batch.length, [head], 'evaluate');
    const output = network.output(head).data;
    batch.forEach(({ now }, k) => {
      answers.push(output.slice(k * now.length, (k + 1) * now.length));
    });
  }
  return answers;
}

const same = (a: Float32Array, b: Float32Array): boolean => a.every((value, i) => value === b[i]);
const crisp = (row: Float32Array): Float32Array => row.map((value) => Number(value > 0.5));
const percentOf = (hits: readonly boolean[]): number =>
  (100 * hits.filter((hit) => hit).length) / hits.length;

/** Every step of every stretch by itself. */
const pairsOf = (stretches: readonly Stretch[]) =>
  stretches.flatMap(({ seen, done }) =>
    done.map((what, i) => ({ now: seen[i]!, done: what, next: seen[i + 1]! })),
  );

async function trained(world: string, params: KnobValues, seed: number): Promise<Session> {
  const session = createSession({ ...defaultRecipe(world, 'prediction'), params, seed }, await kernels());
  runToEnd(session, undefined, undefined);
  return session;
}

async function frameNumbers(params: KnobValues, name: string, seed: number): Promise<Numbers> {
  const session = await trained('breakout', { stickyActionProbability: 0, ...params }, seed);
  const stretches = stretchesOf(session, seed);
  const pairs = pairsOf(stretches);
  const exact = (head: string): number => {
    const answers = foretold(session, head, pairs, true);
    return percentOf(pairs.map(({ next }, i) => same(crisp(answers[i]!), next)));
  };
  const long = stretches.filter(({ done }) => done.length === steps);
  let dream = long.map(({ seen }) => seen[0]!);
  for (let step = 0; step < steps; step++) {
    const asked = long.map(({ done }, i) => ({ now: dream[i]!, done: done[step]! }));
    dream = foretold(session, throughPicture, asked, true).map(crisp);
  }
  const still = percentOf(pairs.map(({ now, next }) => same(now, next)));
  return {
    [`${name}: next frame exact, %`]: exact(throughPicture),
    [`${name}: ten steps ahead exact, %`]: percentOf(
      long.map(({ seen }, i) => same(dream[i]!, seen[steps]!)),
    ),
    [`${name}: next frame exact through the trunk's numbers, %`]: exact(throughTrunk),
    [`${name}: next frame the same as this one, %`]: still,
  };
}

/** Mean squared error of the change of each number over that change's variance, mean over the numbers. */
async function cartpoleNumbers(seed: number): Promise<Numbers> {
  const session = await trained('cartpole', {}, seed);
  const pairs = pairsOf(stretchesOf(session, seed));
  const answers = foretold(session, throughTrunk, pairs, false);
  const { variance } = session.brain.normalizer;
  const size = pairs[0]!.now.length;
  let error = 0;
  for (let j = 0; j < size; j++) {
    // Answers are in deviations of what is seen.
    const unit = Math.sqrt(variance[j]! + 1e-8);
    const changes = pairs.map(({ now, next }) => next[j]! - now[j]!);
    const mean = changes.reduce((a, b) => a + b) / changes.length;
    const spread = changes.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    const missed = changes.reduce((sum, x, i) => sum + (x - unit * answers[i]![j]!) ** 2, 0);
    error += missed / spread / size;
  }
  return { 'CartPole: normalised error of the next state': error };
}

async function measure(seed: number): Promise<Numbers> {
  return {
    ...(await cartpoleNumbers(seed)),
    ...(await frameNumbers({}, 'Breakout', seed)),
    ...(await frameNumbers({ scramble: 1 }, 'Breakout, scrambled', seed)),
  };
}

export const predictionTable: Measurement = {
  id: 'prediction',
  title:
    'The next step foretold, and ten steps dreamt, in lanes that were never learned from; Breakout without sticky actions.',
  seeds: 3,
  aims: {
    'CartPole: normalised error of the next state': '<= 0.001',
    'Breakout: next frame exact, %': '>= 95',
    'Breakout: ten steps ahead exact, %': '>= 80',
  },
  measure,
};

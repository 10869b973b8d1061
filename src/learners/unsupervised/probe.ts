// Linear probe (Alain & Bengio 2016, arXiv:1610.01644): how much of what a world is about (where the ball is) can be read off a code
// by a linear map, and off what is seen itself, for a yardstick. A good picture is not yet a good state. Asked of lanes of its
// own, played by chance, half of them held out; so no run notices, and nothing is learned from it.
import { createLanes } from '../../../envs/vectorize.ts';
import { createRandom } from '../../core/random.ts';
import type { FactRead, LearnerContext } from '../learner.ts';
import { anyAction } from '../policy.ts';
import { explainedBy, leastSquares } from './least-squares.ts';

/** Half of the lanes fit the map, half test it. */
const lanesHalf = 32;
const moments = 32;
/** Steps between two moments of a lane. */
const between = 3;
/** Updates after which a code is probed anew. */
const probeEvery = 200;

export interface Probe {
  /** What can be read off after that many updates; the last answer until there were enough more. Leaves network.input changed. */
  ask(updates: number): readonly FactRead[];
}

/** What is seen and what is true in lanes of random play: rows of the first half of lanes, then those of the second. */
function gather({ lanes: own }: LearnerContext) {
  const facts = own.def.facts ?? [];
  const lanes = createLanes(own.def, own.params, 2 * lanesHalf);
  const random = createRandom('lanes to probe');
  lanes.resetAll(random.fork('lanes'));
  const n = lanes.count * moments;
  const size = lanes.observationSize;
  const seen = new Float32Array(n * size);
  const truths = new Float64Array(n * facts.length);
  const actions = new Float32Array(lanes.count * lanes.actionSize);
  for (let moment = 0; moment < moments; moment++) {
    for (let lane = 0; lane < lanes.count; lane++) {
      const row = lane * moments + moment;
      seen.set(lanes.observations.subarray(lane * size, (lane + 1) * size), row * size);
      const state = lanes.rows.subarray(lane * lanes.stride, (lane + 1) * lanes.stride);
      facts.forEach(({ of }, f) => {
        truths[row * facts.length + f] = of(state);
      });
    }
    for (let step = 0; step < between; step++) {
      for (let i = 0; i < lanes.count; i++)
        anyAction(lanes.def.action, actions, i * lanes.actionSize, random);
      lanes.step(actions);
    }
  }
  return { seen, truths, n };
}

/** R² of each fact on the second half of n rows, by the map that fits the first. */
function readable(rows: Float32Array, truths: Float64Array, n: number, facts: number): Float64Array {
  const half = n / 2;
  const size = rows.length / n;
  const map = leastSquares(rows, truths, half, size, facts);
  return explainedBy(map, rows.subarray(half * size), truths.subarray(half * facts), half);
}

/**
 * @param encode runs the network on the n rows in network.input and returns the codes, [n, width].
 */
export function createProbe(
  context: LearnerContext,
  width: number,
  encode: (n: number) => Float32Array,
): Probe {
  const { network, normalizer, lanes } = context;
  const facts = lanes.def.facts ?? [];
  const size = lanes.observationSize;
  let gathered: (ReturnType<typeof gather> & { readonly yardstick: Float64Array }) | undefined;
  let last: readonly FactRead[] = [];
  let at = Number.NEGATIVE_INFINITY;
  return {
    ask(updates) {
      if (facts.length === 0 || Math.abs(updates - at) < probeEvery) return last;
      at = updates;
      if (!gathered) {
        const rows = gather(context);
        gathered = { ...rows, yardstick: readable(rows.seen, rows.truths, rows.n, facts.length) };
      }
      const { seen, truths, n, yardstick } = gathered;
      const codes = new Float32Array(n * width);
      for (let from = 0; from < n; from += network.maxBatch) {
        const batch = Math.min(network.maxBatch, n - from);
        network.input.data.set(seen.subarray(from * size, (from + batch) * size));
        normalizer.apply(network.input, batch);
        codes.set(encode(batch).subarray(0, batch * width), from * width);
      }
      const found = readable(codes, truths, n, facts.length);
      last = facts.map(({ name }, f) => ({ name, code: found[f]!, seen: yardstick[f]! }));
      return last;
    },
  };
}

// MinAtar: whole games, played on from the recording's random stream.
import type { DiscreteWorld, WorldParams } from '../../../envs/environment.ts';
import { fillFrom, type RandomSource, rowRandom } from '../../core/random.ts';
import { type Fields, fields, flags, hexDigits, list, number, numbers, text } from './reading.ts';
import { createTally, type WorldCase } from './tally.ts';

export interface MinAtarGame<P extends WorldParams> {
  readonly def: DiscreteWorld<P>;
  /** The parameters with which the world plays the original: all six actions, no clock, `sticky` as recorded. */
  params(sticky: number, ramping: boolean): P;
  /** Where the row keeps the action carried out last. */
  readonly executedAt: number;
  /** MinAtar's number of how far the game has sped up; left out where a game does not. */
  ramp?(s: Float64Array): number;
}

/** Settings of MinAtar's own games: all six actions, no clock. */
export const originalKnobs = (sticky: number) => ({
  stickyActionProbability: sticky,
  allActions: 1,
  maxSteps: 100_000,
});

export const verifyMinAtar = <P extends WorldParams>(game: MinAtarGame<P>, file: Fields): WorldCase[] =>
  list(file, 'traces', 'the file').map((item, i) => verifyTrace(game, fields(item, `trace ${i + 1}`)));

function verifyTrace<P extends WorldParams>(game: MinAtarGame<P>, trace: Fields): WorldCase {
  const { def } = game;
  const name = text(trace, 'name', 'a trace');
  const sticky = number(trace, 'sticky_action_prob', name);
  const words = numbers(trace['draw_words'], `draw_words of ${name}`);
  const params = game.params(sticky, trace['difficulty_ramping'] !== false);
  const s = new Float64Array(def.state.length);
  const obs = new Float32Array(def.observation.shape.reduce((a, b) => a * b, 1));
  const draws = countedDraws(number(trace, 'seed', name));
  const tally = createTally(name);
  const compareFrame = (packed: unknown): void => {
    def.observe(s, obs, 0, params);
    const bits = hexDigits(packed, 2 * Math.ceil(obs.length / 8), `an observation of ${name}`);
    for (let i = 0; i < obs.length; i++) tally.compare(obs[i]!, (bits[i >> 2]! >> (3 - (i & 3))) & 1, 0);
  };
  list(trace, 'episodes', name).forEach((item, e) => {
    const where = `episode ${e + 1} of ${name}`;
    const episode = fields(item, where);
    const actions = numbers(episode['actions'], `actions of ${where}`);
    const steps = actions.length;
    const executed = numbers(episode['executed'], `executed of ${where}`, steps);
    const rewards = numbers(episode['rewards'], `rewards of ${where}`, steps);
    const terminal = flags(episode['terminal'], `terminal of ${where}`, steps);
    const drawn = numbers(episode['draws_per_step'], `draws_per_step of ${where}`, steps);
    const frames = list(episode, 'obs', where, steps);
    const ramps = game.ramp ? numbers(episode['ramp'], `ramp of ${where}`, steps) : undefined;
    def.reset(s, draws.source, params);
    tally.step(true, 0);
    tally.compare(draws.taken(), number(episode, 'reset_draws', where), 0);
    compareFrame(episode['obs0']);
    for (let t = 0; t < steps; t++) {
      const reward = def.step(s, actions[t]!, draws.source, params);
      tally.step(def.terminated(s, params) === terminal[t]);
      tally.compare(s[game.executedAt]!, executed[t]!, 0);
      tally.compare(reward, rewards[t]!, 0);
      tally.compare(draws.taken(), drawn[t]!, 0);
      if (ramps) tally.compare(game.ramp!(s), ramps[t]!, 0);
      compareFrame(frames[t]);
    }
  });
  // The recorded words themselves: as many as were drawn, and the same ones.
  tally.step(words.length === draws.words.length, 0);
  words.forEach((word, i) => {
    tally.compare(draws.words[i] ?? Number.NaN, word, 0);
  });
  return tally.done();
}

/** The worlds' own generator, started at a recording's seed, with every word it gives written down. */
function countedDraws(seed: number): { source: RandomSource; words: number[]; taken: () => number } {
  const state = Float64Array.of(seed);
  const inner = rowRandom();
  inner.bind(state, 0);
  const words: number[] = [];
  let reported = 0;
  const next = (): number => {
    const uniform = inner.next();
    words.push(uniform * 4294967296);
    return uniform;
  };
  const source: RandomSource = {
    next,
    fill: fillFrom(next),
    integer: (n) => Math.floor(next() * n),
    normal: () => {
      throw new Error('No recorded game draws normal numbers.');
    },
  };
  const taken = (): number => {
    const count = words.length - reported;
    reported = words.length;
    return count;
  };
  return { source, words, taken };
}

// Replays recorded games of the public reference implementations through this project's worlds and says where the
// two differ. A recording is plain JSON, is checked before use, and is never written.
import { breakout, breakoutAt, resetBreakout, stepBreakout } from '../../envs/breakout/dynamics.ts';
import { type CartPoleParams, cartpole, maxAngle } from '../../envs/cartpole/dynamics.ts';
import { worldParams } from '../../envs/vectorize.ts';
import { type RandomSource, rowRandom } from '../core/random.ts';

export interface WorldCase {
  readonly name: string;
  readonly steps: number;
  /** Steps (or draws, or constants) that differ from the recording. */
  readonly mismatches: number;
  /** The largest absolute difference of any recorded number. */
  readonly worst: number;
}

export interface WorldVerification {
  /** The recording's own name of the world, such as "CartPole-v1". */
  readonly world: string;
  readonly cases: readonly WorldCase[];
  readonly steps: number;
  readonly mismatches: number;
  /** The few cases furthest off, worst first. */
  readonly worst: readonly { readonly name: string; readonly error: number }[];
}

/** Single steps of physics agree to better than this; flags, rewards and float32 observations agree exactly. */
const stateTolerance = 1e-9;

const verifiers: Readonly<Record<string, (file: Fields) => WorldCase[]>> = {
  'CartPole-v1': verifyCartPole,
  'MinAtar/breakout': verifyBreakout,
};

/** Names of the recorded worlds that can be checked. */
export const verifiableWorlds: readonly string[] = Object.keys(verifiers);

/**
 * Replays a whole recording. Undefined for a recording of a world that does not exist here; throws one sentence
 * where the file is not a recording at all.
 */
export function verifyWorldFile(json: unknown): WorldVerification | undefined {
  const file = fields(json, 'the file');
  const world = text(file, 'env', 'the file');
  if (!Object.hasOwn(verifiers, world)) return undefined;
  const cases = verifiers[world]!(file);
  const worst = cases
    .map(({ name, worst: error }) => ({ name, error }))
    .sort((a, b) => b.error - a.error)
    .slice(0, 5);
  const total = (of: (c: WorldCase) => number): number => cases.reduce((sum, c) => sum + of(c), 0);
  return { world, cases, steps: total((c) => c.steps), mismatches: total((c) => c.mismatches), worst };
}

// ---- Classic control: every recorded step alone, from the recorded state before it.

/** Gymnasium's names of CartPole's constants. */
const cartPoleNames: Readonly<Record<string, keyof CartPoleParams>> = {
  gravity: 'gravity',
  masscart: 'cartMass',
  masspole: 'poleMass',
  half_length: 'poleHalfLength',
  length: 'poleHalfLength',
  force_mag: 'motorForce',
  tau: 'secondsPerStep',
  x_threshold: 'trackHalfWidth',
};

const cartPoleDefaults = worldParams(cartpole, {}) as CartPoleParams;

function verifyCartPole(file: Fields): WorldCase[] {
  const variants = fields(file['variants'] ?? {}, 'variants');
  return [
    verifyCartPoleConstants(fields(file['constants'], 'constants')),
    ...list(file, 'trajectories', 'the file').map((item, i) => {
      const run = fields(item, `trajectory ${i + 1}`);
      const variant = text(run, 'variant', `trajectory ${i + 1}`);
      return verifyCartPoleRun(run, cartPoleVariant(variant, variants));
    }),
  ];
}

function verifyCartPoleConstants(constants: Fields): WorldCase {
  const tally = createTally('constants');
  for (const name of Object.keys(constants)) {
    const recorded = number(constants, name, 'constants');
    const ours = name === 'theta_threshold' ? maxAngle(cartPoleDefaults) : cartPoleDefaults[nameOf(name)];
    tally.step(true);
    tally.compare(ours, recorded, 0);
  }
  return tally.done();
}

function nameOf(recorded: string): keyof CartPoleParams {
  const name = Object.hasOwn(cartPoleNames, recorded) ? cartPoleNames[recorded] : undefined;
  if (name === undefined)
    throw new Error(`The recording's constant "${recorded}" has no counterpart in CartPole.`);
  return name;
}

/** What a recorded variant means here: changed constants, the other integrator, or the reward of 1983. */
function cartPoleVariant(variant: string, variants: Fields): CartPoleParams {
  if (variant === 'default') return cartPoleDefaults;
  if (variant === 'sutton_barto_reward') return { ...cartPoleDefaults, penaltyReward: 1 };
  const changes = fields(variants[variant], `variant "${variant}"`);
  const params: Record<string, number> = { ...cartPoleDefaults };
  for (const [name, value] of Object.entries(changes)) {
    if (name === 'kinematics_integrator') params['semiImplicit'] = value === 'euler' ? 0 : 1;
    else params[nameOf(name)] = number(changes, name, `variant "${variant}"`);
  }
  return params as CartPoleParams;
}

function verifyCartPoleRun(run: Fields, params: CartPoleParams): WorldCase {
  const name = text(run, 'name', 'a trajectory');
  const actions = numbers(run['actions'], `actions of ${name}`);
  const steps = actions.length;
  const before = numbers(run['init'], `init of ${name}`, cartpole.state.length);
  const states = rows(run, 'states', name, steps, cartpole.state.length);
  const observed = rows(run, 'obs_f32', name, steps, cartpole.state.length);
  const rewards = numbers(run['rewards'], `rewards of ${name}`, steps);
  const terminated = flags(run['terminated'], `terminated of ${name}`, steps);
  const s = new Float64Array(cartpole.state.length);
  const obs = new Float32Array(cartpole.state.length);
  const tally = createTally(name);
  for (let t = 0; t < steps; t++) {
    s.set(t === 0 ? before : states[t - 1]!);
    const reward = cartpole.step(s, actions[t]!, noChance, params);
    cartpole.observe(s, obs, 0, params);
    tally.step(cartpole.terminated(s, params) === terminated[t]);
    tally.compare(reward, rewards[t]!, 0);
    for (let i = 0; i < s.length; i++) {
      tally.compare(s[i]!, states[t]![i]!, stateTolerance);
      tally.compare(obs[i]!, observed[t]![i]!, 0);
    }
  }
  return tally.done();
}

// ---- MinAtar: whole games, played on from the recording's random stream.

function verifyBreakout(file: Fields): WorldCase[] {
  return list(file, 'traces', 'the file').map((item, i) =>
    verifyBreakoutTrace(fields(item, `trace ${i + 1}`)),
  );
}

function verifyBreakoutTrace(trace: Fields): WorldCase {
  const name = text(trace, 'name', 'a trace');
  const sticky = number(trace, 'sticky_action_prob', name);
  const words = numbers(trace['draw_words'], `draw_words of ${name}`);
  const params = { ...worldParams(breakout, {}), stickyActionProbability: sticky, mirrored: 0 };
  const s = new Float64Array(breakout.state.length);
  const obs = new Float32Array(breakout.observation.shape.reduce((a, b) => a * b, 1));
  const draws = countedDraws(number(trace, 'seed', name));
  const tally = createTally(name);
  const compareFrame = (packed: unknown): void => {
    breakout.observe(s, obs, 0, params);
    const bits = hexDigits(packed, obs.length / 4, `an observation of ${name}`);
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
    resetBreakout(s, draws.source);
    tally.step(true, 0);
    tally.compare(draws.taken(), number(episode, 'reset_draws', where), 0);
    compareFrame(episode['obs0']);
    for (let t = 0; t < steps; t++) {
      const reward = stepBreakout(s, actions[t]!, draws.source, sticky);
      tally.step(breakout.terminated(s, params) === terminal[t]);
      tally.compare(s[breakoutAt.executed]!, executed[t]!, 0);
      tally.compare(reward, rewards[t]!, 0);
      tally.compare(draws.taken(), drawn[t]!, 0);
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

const noChance: RandomSource = {
  next: () => refuseChance(),
  integer: () => refuseChance(),
  normal: () => refuseChance(),
};
function refuseChance(): never {
  throw new Error('This world draws nothing at random while it moves.');
}

// ---- Counting: a step with anything wrong in it is one mismatch.

function createTally(name: string) {
  let steps = 0;
  let mismatches = 0;
  let worst = 0;
  let wrong = false;
  const close = (): void => {
    if (wrong) mismatches++;
    wrong = false;
  };
  return {
    /** Begins the next step (or something that counts as none); `exact`: whether its flags agree. */
    step(exact: boolean, count = 1): void {
      close();
      steps += count;
      wrong = !exact;
    },
    compare(ours: number, recorded: number, tolerance: number): void {
      const error = Math.abs(ours - recorded);
      // Not a number counts as infinitely wrong.
      worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
      if (!(error <= tolerance)) wrong = true;
    },
    done(): WorldCase {
      close();
      return { name, steps, mismatches, worst };
    },
  };
}

// ---- Reading: each function gives what it promises or one sentence saying what is wrong with the file.

type Fields = Readonly<Record<string, unknown>>;

const refuse = (where: string, what: string): never => {
  throw new Error(`Not a usable recording: ${where} ${what}.`);
};

function fields(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(where, 'is not an object');
  return value as Fields;
}

function text(from: Fields, name: string, where: string): string {
  const value = from[name];
  return typeof value === 'string' ? value : refuse(where, `has no text "${name}"`);
}

function number(from: Fields, name: string, where: string): number {
  const value = from[name];
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(where, `has no number "${name}"`);
}

function list(from: Fields, name: string, where: string, length?: number): readonly unknown[] {
  const value = from[name];
  if (!Array.isArray(value)) return refuse(where, `has no list "${name}"`);
  return checkLength(value, `"${name}" of ${where}`, length);
}

function numbers(value: unknown, where: string, length?: number): readonly number[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'number' && Number.isFinite(v))) {
    return refuse(where, 'is not a list of numbers');
  }
  return checkLength(value as number[], where, length);
}

function flags(value: unknown, where: string, length: number): readonly boolean[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'boolean')) {
    return refuse(where, 'is not a list of true and false');
  }
  return checkLength(value as boolean[], where, length);
}

function rows(
  from: Fields,
  name: string,
  of: string,
  length: number,
  width: number,
): readonly (readonly number[])[] {
  return list(from, name, of, length).map((row, i) =>
    numbers(row, `row ${i + 1} of "${name}" of ${of}`, width),
  );
}

function hexDigits(value: unknown, length: number, where: string): readonly number[] {
  if (typeof value !== 'string' || !/^[0-9a-f]*$/.test(value)) return refuse(where, 'is not lower-case hex');
  return checkLength(
    Array.from(value, (digit) => Number.parseInt(digit, 16)),
    where,
    length,
  );
}

function checkLength<T>(values: readonly T[], where: string, length: number | undefined): readonly T[] {
  if (length === undefined || values.length === length) return values;
  return refuse(where, `has ${values.length} entries where ${length} belong`);
}

// Randomness is passed in and forked by name: no global generator, no clock. Behind it stands seedrandom's
// Alea, whose whole state is four numbers. Worlds draw from a generator that lives in their row of numbers
// (`rowRandom`), so that a copy of the row is a copy of its future.
import seedrandom from 'seedrandom';
import { cos, log } from './math.ts';

/** What a world's rules may draw from. */
export interface RandomSource {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [0, 1), into out[from] up to before out[to]: the numbers of as many calls of `next`, sooner. */
  fill(out: Float64Array, from: number, to: number): void;
  /** Uniform whole number in [0, n). */
  integer(n: number): number;
  /** Standard normal, by Box-Muller; consumes two draws and keeps nothing back. */
  normal(): number;
}

export type RandomState = Readonly<{ c: number; s0: number; s1: number; s2: number }>;

export interface Random extends RandomSource {
  /** An independent stream; the same name always gives the same stream, whatever was drawn before. */
  fork(name: string): Random;
  state(): RandomState;
  restore(state: RandomState): void;
}

/** Box-Muller on two uniform draws; 1 - u keeps the logarithm finite. */
const normalFrom = (next: () => number): number =>
  Math.sqrt(-2 * log(1 - next())) * cos(2 * Math.PI * next());

/** One draw after the other: a source's `fill` where nothing is quicker. */
export const fillFrom =
  (next: () => number): RandomSource['fill'] =>
  (out, from, to) => {
    for (let i = from; i < to; i++) out[i] = next();
  };

export function createRandom(seed: string): Random {
  let generator = seedrandom.alea(seed, { state: true });
  const next = (): number => generator();
  return {
    next,
    fill: fillFrom(next),
    integer: (n) => Math.floor(generator() * n),
    normal: () => normalFrom(next),
    fork: (name) => createRandom(`${seed}/${name}`),
    state: () => generator.state() as unknown as RandomState,
    restore(state) {
      generator = seedrandom.alea('', { state: state as unknown as seedrandom.State.Alea });
    },
  };
}

export interface RowRandom extends RandomSource {
  /** Draw from now on from the state kept in rows[at] (an unsigned 32-bit whole number). */
  bind(rows: Float64Array, at: number): void;
}

/**
 * mulberry32 (T. Ettinger, public domain): one 32-bit word of state, kept in a world's row. Its words are
 * what the recorded MinAtar traces draw from, so those replay through it as they are.
 */
export function rowRandom(): RowRandom {
  let rows: Float64Array = new Float64Array(1);
  let at = 0;
  const next = (): number => {
    const a = (rows[at]! + increment) | 0;
    rows[at] = a >>> 0;
    return uniformOf(a);
  };
  return {
    bind(newRows, newAt) {
      rows = newRows;
      at = newAt;
    },
    next,
    fill(out, from, to) {
      // Its own way to the row and back, as a float, is most of what a draw takes.
      let a = rows[at]! | 0;
      for (let i = from; i < to; i++) {
        a = (a + increment) | 0;
        out[i] = uniformOf(a);
      }
      rows[at] = a >>> 0;
    },
    integer: (n) => Math.floor(next() * n),
    normal: () => normalFrom(next),
  };
}

const increment = 0x6d2b79f5;
/** What mulberry32 makes of its state. */
function uniformOf(a: number): number {
  let t = Math.imul(a ^ (a >>> 15), 1 | a);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

// The rules of Freeway on a 10 x 10 grid, with every quirk of MinAtar's game (Young & Tian 2019), written from a description of
// its rules: the row of numbers that is the whole game, and one step of it.
import type { RandomSource } from '../../src/core/random.ts';
import { type MinAtarParams, minatar } from '../minatar.ts';

export type FreewayParams = MinAtarParams &
  Readonly<{ slowestCar: number; hopInterval: number; mirrored: number }>;

export const gridSize = 10;
/** The kerb where the chicken starts; row 0 is the other side. */
export const kerb = gridSize - 1;
/** One car each, on rows 1 to 8. */
export const laneCount = 8;
/** The chicken's column. */
export const crossing = 4;
/** A car of the slowest kind rests this many steps between two cells. */
export const slowest = 5;
/** Nature's own end: a game lasts this many steps and one more. */
export const frames = 2500;

/** Where each number stands in the row. x counts columns from the left, y rows from the top; car i drives on row i + 1. */
export const freewayAt = {
  /** The chicken's row. */
  chicken: 0,
  /** Steps until it can hop again. */
  hopTimer: 1,
  framesLeft: 2,
  /** How long each car rests between two cells, in steps: 1 is the fastest. Negative while it drives left. */
  speeds: 3,
  cars: 3 + laneCount,
  /** Steps until each car moves again. */
  timers: 3 + 2 * laneCount,
  /** 1 once time is up; nothing moves any more. */
  over: 3 + 3 * laneCount,
  /** The action carried out last, which a sticky step repeats. It outlives the episode. */
  executed: 4 + 3 * laneCount,
} as const;
const at = freewayAt;

const lanes = (name: string): string[] => Array.from({ length: laneCount }, (_, i) => `${name}${i + 1}`);

export const stateNames: readonly string[] = [
  ...['chicken', 'hopTimer', 'framesLeft'],
  ...[...lanes('speed'), ...lanes('car'), ...lanes('timer')],
  ...['over', 'executed'],
];

/** Other cars on the same places: eight draws for how fast they are, then eight for which way they drive. */
function drawCars(s: Float64Array, random: RandomSource, p: FreewayParams): void {
  for (let i = 0; i < laneCount; i++) s[at.timers + i] = 1 + random.integer(p.slowestCar);
  for (let i = 0; i < laneCount; i++) {
    const rest = s[at.timers + i]!;
    s[at.speeds + i] = random.next() < 0.5 ? -rest : rest;
  }
}

export function resetGame(s: Float64Array, random: RandomSource, p: FreewayParams): void {
  s[at.chicken] = kerb;
  s[at.hopTimer] = p.hopInterval;
  s[at.framesLeft] = frames;
  s.fill(0, at.cars, at.cars + laneCount);
  s[at.over] = 0;
  drawCars(s, random, p);
}

/** One step in which the chicken carries out one of MinAtar's actions; returns the reward. */
export function playStep(s: Float64Array, executed: number, random: RandomSource, p: FreewayParams): number {
  let reward = 0;
  let chicken = s[at.chicken]!;
  if (s[at.hopTimer] === 0 && (executed === minatar.up || executed === minatar.down)) {
    s[at.hopTimer] = p.hopInterval;
    chicken = executed === minatar.up ? chicken - 1 : Math.min(kerb, chicken + 1);
    if (chicken === 0) {
      reward = 1;
      chicken = kerb;
      drawCars(s, random, p);
    }
  }
  for (let i = 0; i < laneCount; i++) {
    const hit = s[at.cars + i] === crossing && chicken === i + 1;
    if (hit) chicken = kerb;
    if (s[at.timers + i]! > 0) {
      s[at.timers + i] = s[at.timers + i]! - 1;
      continue;
    }
    const speed = s[at.speeds + i]!;
    s[at.timers + i] = Math.abs(speed);
    const x = s[at.cars + i]!;
    const moved = speed > 0 ? (x === gridSize - 1 ? 0 : x + 1) : x === 0 ? gridSize - 1 : x - 1;
    s[at.cars + i] = moved;
    if (moved === crossing && chicken === i + 1) chicken = kerb;
  }
  s[at.chicken] = chicken;
  if (s[at.hopTimer]! > 0) s[at.hopTimer] = s[at.hopTimer]! - 1;
  s[at.framesLeft] = s[at.framesLeft]! - 1;
  if (s[at.framesLeft]! < 0) s[at.over] = 1;
  return reward;
}

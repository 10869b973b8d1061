// The valley that both MountainCars drive in (Moore 1990; Sutton & Barto 2018, example 10.1): a road of height
// sin(3x), a wall at its left end and a flag on the right hill. One step of the car, whatever pushes it, and the
// energy that decides whether it gets up.
import { type NumberKnob, switchKnob } from '../../src/core/knobs.ts';
import { cos, sin } from '../../src/core/math.ts';

export type ValleyParams = Readonly<{
  engineForce: number;
  gravity: number;
  topSpeed: number;
  wallPosition: number;
  flagPosition: number;
  mirrored: number;
}>;

/** Where each number stands in the row: metres along the map (not along the road), metres a step. */
export const valleyAt = { position: 0, velocity: 1 } as const;

/** The road's right end, m. */
export const roadEnd = 0.6;
/** Where the valley is deepest: there 3x is -pi/2. */
const deepest = -Math.PI / 6;
/** Fresh episodes start at rest, uniformly between these two. */
const start = { from: -0.6, to: -0.4 } as const;

/** Height of the road, from -1 in the valley to 1 on the hills. */
export const heightAt = (x: number): number => sin(3 * x);

/** How the road rises at x: 0 level, 1 as steep as it is high. */
export const slopeAt = (x: number): number => cos(3 * x);

/** Potential and kinetic energy: a third of the gravity is the pull's integral, since the pull is gravity * cos(3x). */
const energyAt = (x: number, v: number, gravity: number): number => (v * v) / 2 + (gravity / 3) * sin(3 * x);

/** That energy as a part of what leads from rest in the deepest point to the flag. */
export function climbed(s: Float64Array, p: ValleyParams): number {
  const bottom = energyAt(deepest, 0, p.gravity);
  return (energyAt(s[0]!, s[1]!, p.gravity) - bottom) / (energyAt(p.flagPosition, 0, p.gravity) - bottom);
}

export function startInValley(s: Float64Array, next: () => number): void {
  s[0] = start.from + (start.to - start.from) * next();
  s[1] = 0;
}

/** One step under `push` (m/step²), in Gymnasium's order of operations. */
export function roll(s: Float64Array, push: number, p: ValleyParams): void {
  const v = s[1]! + (push - p.gravity * cos(3 * s[0]!));
  const speed = Math.min(Math.max(v, -p.topSpeed), p.topSpeed);
  const x = Math.min(Math.max(s[0]! + speed, p.wallPosition), roadEnd);
  s[0] = x;
  s[1] = x === p.wallPosition && speed < 0 ? 0 : speed;
}

export const atFlag = (s: Float64Array, p: ValleyParams): boolean => s[0]! >= p.flagPosition && s[1]! >= 0;

const imagined = new Float64Array(2);

/** Steps until the flag if the engine pushes by `push` now and along its motion ever after; `most` if it takes that long. */
export function stepsToFlag(s: Float64Array, push: number, most: number, p: ValleyParams): number {
  imagined[0] = s[0]!;
  imagined[1] = s[1]!;
  roll(imagined, push, p);
  let t = 1;
  while (t < most && !atFlag(imagined, p)) {
    roll(imagined, imagined[1]! < 0 ? -p.engineForce : p.engineForce, p);
    t++;
  }
  return t;
}

const metric = (
  label: string,
  unit: string,
  [least, usual, most]: readonly [number, number, number],
  step: number,
  help: string,
): NumberKnob => ({ kind: 'number', label, default: usual, min: least, max: most, step, unit, help });

/** Knobs of the valley; the two cars differ in their engines and in how far up the flag stands. */
export const valleyKnobs = (engineForce: number, flagPosition: number) => ({
  engineForce: metric(
    'Engine force',
    'm/step²',
    [0.0002, engineForce, 0.005],
    0.0001,
    'Speed that the engine adds in a step; gravity takes up to 0.0025.',
  ),
  gravity: metric(
    'Gravity',
    'm/step²',
    [0.0005, 0.0025, 0.006],
    0.0001,
    'Speed that the steepest part of the road takes or gives in a step.',
  ),
  topSpeed: metric('Top speed', 'm/step', [0.03, 0.07, 0.2], 0.005, 'The car goes no faster than this.'),
  wallPosition: metric(
    'Wall',
    'm',
    [-1.5, -1.2, -0.7],
    0.05,
    'Where the left hill is cut off: a car that hits the wall stands still.',
  ),
  flagPosition: metric('Flag', 'm', [0.1, flagPosition, 0.6], 0.05, 'How far right the goal stands.'),
  mirrored: switchKnob('Mirrored controls', 'Left pushes right and right pushes left.'),
});

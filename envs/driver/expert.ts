// A driver who knows the road: pure pursuit of a point ahead on the centre line (Coulter 1992), at the highest speed from
// which every bend ahead can still be braked for. Asks the map what a learner has to guess from its rays.
import { type Road, wide } from './road.ts';

/** What the driver knows of its car. */
export interface Handling {
  /** What the tyres can do to the car in any direction, m/s². */
  readonly grip: number;
  readonly acceleration: number; // m/s²
  readonly braking: number; // m/s²
  readonly topSpeed: number; // m/s
  readonly fullLock: number; // rad
  readonly halfLength: number; // m
  readonly secondsPerStep: number;
}

/** Shares of the grip that are asked of the tyres in a bend and under the brakes; together they stay within the circle. */
const cornering = 0.8;
const slowing = 0.45;

/** The angle of that tangent, to a thousandth or so for angles below 50 degrees. */
const angleOf = (tangent: number): number => tangent / (1 + 0.28 * tangent * tangent);

/**
 * Where to turn the wheels and what to do with the pedals, both -1..1, in answer[0] and answer[1].
 * (x, y): the car; (ux, uy): where it moves; v: how fast.
 */
export function drive(
  road: Road,
  cell: number,
  x: number,
  y: number,
  ux: number,
  uy: number,
  v: number,
  car: Handling,
  answer: Float64Array,
): void {
  const { sections, bend, count, spacing } = road;
  const ahead = 4 + 0.3 * v;
  let at = cell;
  let dx = 0;
  let dy = 0;
  for (let k = 0; k < count; k++) {
    at = at === count - 1 ? 0 : at + 1;
    dx = sections[at * wide]! - x;
    dy = sections[at * wide + 1]! - y;
    if (dx * dx + dy * dy >= ahead * ahead) break;
  }
  // The circle that touches the car's path here and goes through that point.
  const curvature = (2 * (ux * dy - uy * dx)) / (dx * dx + dy * dy);
  const sine = Math.min(Math.max(curvature * car.halfLength, -0.9), 0.9);
  const wheels = angleOf((2 * sine) / Math.sqrt(1 - sine * sine));
  answer[0] = Math.min(Math.max(wheels / car.fullLock, -1), 1);

  const brakes = Math.min(car.braking, slowing * car.grip);
  let allowed = car.topSpeed * car.topSpeed;
  const sight = (v * v) / (2 * brakes) + 8;
  at = cell;
  for (let way = 0; way < sight; way += spacing) {
    const curve = Math.abs(bend[at]!);
    const here = (cornering * car.grip) / Math.max(curve, 1e-3);
    allowed = Math.min(allowed, here + 2 * brakes * Math.max(0, way - spacing));
    at = at === count - 1 ? 0 : at + 1;
  }
  // What the bend leaves of the tyres' circle may go into gas; the brakes get their share even in a slide.
  const sideways = Math.min((v * v * Math.abs(sine)) / (car.halfLength * car.grip), 1);
  const left = car.grip * Math.max(0, Math.sqrt(1 - sideways * sideways) - 0.1);
  const most = Math.max(left, slowing * car.grip);
  const wanted = Math.min(Math.max((Math.sqrt(allowed) - v) / car.secondsPerStep, -most), left);
  answer[1] = Math.min(Math.max(wanted / (wanted > 0 ? car.acceleration : car.braking), -1), 1);
}

// Where points lie: the classic figures of two or four classes on a plane, and those drawn by hand. Each call draws
// one point of endlessly many, so there is nothing to learn by heart.
import { cos, sin } from '../../src/core/math.ts';
import type { RandomSource } from '../../src/core/random.ts';
import { drawnPoints } from './drawn.ts';

export const shapes = ['spiral', 'circles', 'moons', 'xor', 'gaussians', 'drawn'] as const;

export type PlaneParams = Readonly<{
  shape: string;
  noise: number;
  turn: number;
  windings: number;
  drawn: string;
}>;

/** Shapes reach about this far from the middle: a range in which the first weights of a network bend enough. */
export const reach = 5;
/** The plane ends here, on all four sides. */
export const edge = 5.5;

// Sizes within a shape are in parts of its reach.

const spiralStart = 0.1; // the arms' first point, as a share of their length: nearer in, they would overlap
const spiralRadius = 0.95;
const discRadius = 0.4;
const ringFrom = 0.65;
const ringTo = 0.95;
const moonRadius = 0.6;
const xorGap = 0.05; // free on either side of the axes
const xorReach = 0.95;
const gaussianMiddle = 0.5;
const gaussianSpread = 0.13;

export const classesOf = (p: PlaneParams): number =>
  p.shape === 'gaussians' ? 4 : p.shape === 'drawn' ? drawnPoints(p.drawn).classes : 2;

// The point drawn last, in parts of the reach.
let x = 0;
let y = 0;

function polar(radius: number, angle: number): void {
  x = radius * cos(angle);
  y = radius * sin(angle);
}

/** Places a point of the shape at (x, y); returns its class. */
function place(random: RandomSource, p: PlaneParams): number {
  switch (p.shape) {
    case 'spiral': {
      const arm = random.integer(2);
      const t = spiralStart + (1 - spiralStart) * random.next();
      polar(spiralRadius * t, 2 * Math.PI * p.windings * t + Math.PI * arm);
      return arm;
    }
    case 'circles': {
      const ring = random.integer(2);
      const from = ring === 0 ? 0 : ringFrom;
      const to = ring === 0 ? discRadius : ringTo;
      // Evenly over the area: the square of the radius is uniform.
      const square = from * from + (to * to - from * from) * random.next();
      polar(Math.sqrt(square), 2 * Math.PI * random.next());
      return ring;
    }
    case 'moons': {
      const lower = random.integer(2);
      polar(moonRadius, Math.PI * random.next());
      x = lower === 0 ? x - moonRadius / 2 : moonRadius / 2 - x;
      y = lower === 0 ? y - moonRadius / 4 : moonRadius / 4 - y;
      return lower;
    }
    case 'xor': {
      const quarter = random.integer(4);
      x = (quarter & 1 ? 1 : -1) * (xorGap + (xorReach - xorGap) * random.next());
      y = (quarter & 2 ? 1 : -1) * (xorGap + (xorReach - xorGap) * random.next());
      return quarter === 1 || quarter === 2 ? 1 : 0;
    }
    case 'gaussians': {
      const corner = random.integer(4);
      x = (corner & 1 ? 1 : -1) * gaussianMiddle + gaussianSpread * random.normal();
      y = (corner & 2 ? -1 : 1) * gaussianMiddle + gaussianSpread * random.normal();
      return corner;
    }
    default: {
      const { points, count } = drawnPoints(p.drawn);
      const one = random.integer(count);
      x = points[3 * one]!;
      y = points[3 * one + 1]!;
      return points[3 * one + 2]!;
    }
  }
}

const within = (value: number): number => Math.min(edge, Math.max(-edge, value));

/** Writes x, y and class of a fresh point to out[at...]. */
export function samplePoint(out: Float64Array, at: number, random: RandomSource, p: PlaneParams): void {
  const label = place(random, p);
  if (p.turn !== 0) {
    const angle = (p.turn * Math.PI) / 180;
    const turned = x * cos(angle) - y * sin(angle);
    y = x * sin(angle) + y * cos(angle);
    x = turned;
  }
  x *= reach;
  y *= reach;
  if (p.noise > 0) {
    x += p.noise * random.normal();
    y += p.noise * random.normal();
  }
  out[at] = within(x);
  out[at + 1] = within(y);
  out[at + 2] = label;
}

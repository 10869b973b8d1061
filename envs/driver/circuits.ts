// Tracks that a number stands for: the rim of a patch of cells, pushed about and rounded, that starts on its straightest
// stretch. The same number is the same track for ever; training and test tracks have numbers of their own.
import { cos, sin } from '../../src/core/math.ts';
import { createRandom, type Random } from '../../src/core/random.ts';
import { bendAt, boundsOf, centreLine, lengthOf, loopProblem } from './loop.ts';

/** Training tracks are 0, 1, 2, ...; test tracks begin here, out of reach of any setting. */
export const firstTestTrack = 1_000_000;
export const mostTracks = 1000;

const shortestCircuit = 260; // m; a hand may draw a shorter one
const longestCircuit = 460; // m

const [columns, rows] = [6, 4]; // cells of the grid
const pitch = 22; // m, a cell's side

/** The eight places round a cell, in order round it; the even ones share a side with it. */
const round8 = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

/** A patch of cells in one piece, without holes, that touches itself nowhere: its rim is one closed line. */
function patch(random: Random, size: number): Uint8Array {
  const taken = new Uint8Array(columns * rows);
  const has = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < columns && y < rows && taken[y * columns + x] === 1;
  taken[random.integer(rows) * columns + random.integer(columns)] = 1;
  const free: number[] = [];
  const slim: number[] = [];
  for (let filled = 1; filled < size; filled++) {
    free.length = 0;
    slim.length = 0;
    for (let cell = 0; cell < taken.length; cell++) {
      if (taken[cell] === 1) continue;
      const [x, y] = [cell % columns, Math.floor(cell / columns)];
      const ring = round8.map(([dx, dy]) => has(x + dx, y + dy));
      // What is taken round it must be one stretch of the ring that meets it side to side.
      let stretches = 0;
      for (let i = 0; i < 8; i++) if (ring[i] && !ring[(i + 7) % 8]) stretches++;
      const sides = ring.filter((on, i) => on && i % 2 === 0).length;
      const loose = ring.some((on, i) => on && i % 2 === 1 && !ring[(i + 1) % 8] && !ring[(i + 7) % 8]);
      if (stretches !== 1 || sides === 0 || loose) continue;
      free.push(cell);
      if (sides === 1) slim.push(cell);
    }
    const from = slim.length > 0 && random.next() < 0.8 ? slim : free;
    if (from.length === 0) break;
    taken[from[random.integer(from.length)]!] = 1;
  }
  return taken;
}

/** The rim of a patch, corner by corner, each moved a little out of the grid; the patch lies to the right. */
function rim(random: Random, taken: Uint8Array): Float64Array {
  const width = columns + 1;
  const after = new Map<number, number>();
  const has = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < columns && y < rows && taken[y * columns + x] === 1;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (!has(x, y)) continue;
      const corner = y * width + x;
      if (!has(x, y - 1)) after.set(corner, corner + 1);
      if (!has(x + 1, y)) after.set(corner + 1, corner + 1 + width);
      if (!has(x, y + 1)) after.set(corner + 1 + width, corner + width);
      if (!has(x - 1, y)) after.set(corner + width, corner);
    }
  }
  const control = new Float64Array(2 * after.size);
  let corner = after.keys().next().value ?? 0;
  for (let i = 0; i < after.size; i++) {
    for (let d = 0; d < 2; d++) {
      const place = d === 0 ? corner % width : Math.floor(corner / width);
      control[2 * i + d] = pitch * (place + 0.5 * (random.next() - 0.5));
    }
    corner = after.get(corner) ?? 0;
  }
  return control;
}

/** Its middle in the origin. */
function centred(loop: Float64Array): Float64Array {
  const { left, top, width, height } = boundsOf(loop);
  return loop.map((value, i) => value - (i % 2 === 0 ? left + width / 2 : top + height / 2));
}

/** Begins in the middle of the straightest 30 m. */
function fromStraight(loop: Float64Array): Float64Array {
  const n = loop.length / 2;
  const reach = Math.round((15 * n) / lengthOf(loop));
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = -reach; k <= reach; k++) sum += Math.abs(bendAt(loop, (i + k + n) % n));
    if (sum < least) [best, least] = [i, sum];
  }
  return loop.map((_, k) => loop[(k + 2 * best) % loop.length]!);
}

function mirrored(loop: Float64Array): Float64Array {
  return loop.map((value, i) => (i % 2 === 0 ? -value : value));
}

/** Every number has a track: tries go on until one will do, and the last resort is an oval. */
export function circuit(id: number): Float64Array {
  const random = createRandom(`driver circuit ${id}`);
  const toLeft = random.next() < 0.5;
  for (let attempt = 0; attempt < 60; attempt++) {
    const loop = centred(centreLine(rim(random, patch(random, 7 + random.integer(9)))));
    const length = lengthOf(loop);
    if (length < shortestCircuit || length > longestCircuit || loopProblem(loop)) continue;
    const { width, height } = boundsOf(loop);
    const wide = width < height ? loop.map((_, i) => loop[i ^ 1]!) : loop;
    return fromStraight(toLeft ? mirrored(wide) : wide);
  }
  const oval = Float64Array.from({ length: 24 }, (_, i) => {
    const angle = (2 * Math.PI * (i >> 1)) / 12;
    return i % 2 === 0 ? 62 * cos(angle) : 34 * sin(angle);
  });
  return fromStraight(centreLine(oval));
}

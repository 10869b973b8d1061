// A road along a centre line: a ribbon of cells between cross-sections, a left and a right edge, and what a car may ask of it:
// how far along it is, whether it is still on it, how far it sees. A ray walks from cell to cell until it leaves the
// ribbon, which takes two products a cell and no search.
import { circuit } from './circuits.ts';
import { drawnLine } from './drawn.ts';
import { lengthOf } from './loop.ts';

/**
 * Numbers a section: its middle (x, y), the direction of the road there (x, y), the left edge (x, y), the right edge (x, y);
 * x right, y down, in metres.
 */
export const wide = 8;

export interface Road {
  /** Its middle, [count] points. */
  readonly line: Float64Array;
  readonly count: number;
  /** [count + 1, wide]: cell i lies between sections i and i + 1; the last section is the first again. */
  readonly sections: Float64Array;
  /** Curvature at each section in 1/m, positive to the right. */
  readonly bend: Float64Array;
  readonly length: number; // m
  readonly spacing: number; // m
}

function roadAlong(line: Float64Array, width: number): Road {
  const count = line.length / 2;
  const length = lengthOf(line);
  const spacing = length / count;
  const sections = new Float64Array((count + 1) * wide);
  const bend = new Float64Array(count);
  const half = width / 2;
  for (let i = 0; i < count; i++) {
    const [before, after] = [2 * ((i + count - 1) % count), 2 * ((i + 1) % count)];
    const [dx, dy] = [line[after]! - line[before]!, line[after + 1]! - line[before + 1]!];
    const size = Math.sqrt(dx * dx + dy * dy);
    const [ux, uy] = [dx / size, dy / size];
    const [x, y] = [line[2 * i]!, line[2 * i + 1]!];
    sections.set([x, y, ux, uy, x + uy * half, y - ux * half, x - uy * half, y + ux * half], i * wide);
  }
  sections.copyWithin(count * wide, 0, wide);
  for (let i = 0; i < count; i++) {
    const [before, after] = [wide * ((i + count - 1) % count), wide * (i + 1)];
    const turn = sections[before + 2]! * sections[after + 3]! - sections[before + 3]! * sections[after + 2]!;
    bend[i] = turn / (2 * spacing);
  }
  return { line, count, sections, bend, length, spacing };
}

/** Which tracks there are: their roads' width, and the drawing that stands for all of them, if there is one. */
interface Atlas {
  readonly width: number;
  readonly drawing: string;
  readonly roads: Map<number, Road>;
}

// Roads are a pure function of what they are asked for; these only save working them out at every step.
const mostRoads = 2048;
const mostAtlases = 8;
const atlases: Atlas[] = [];
const lines = new Map<number, Float64Array>();

/** A circuit takes a millisecond or two to find, whatever its road's width. */
function lineOf(id: number, drawing: string): Float64Array {
  if (drawing !== '') return drawnLine(drawing);
  const line = lines.get(id) ?? circuit(id);
  if (lines.size >= mostRoads) lines.clear();
  lines.set(id, line);
  return line;
}

function atlasOf(width: number, drawing: string): Atlas {
  const found = atlases.find((atlas) => atlas.width === width && atlas.drawing === drawing);
  const atlas = found ?? { width, drawing, roads: new Map<number, Road>() };
  if (!found && atlases.length === mostAtlases) atlases.pop();
  if (atlases[0] !== atlas) {
    if (found) atlases.splice(atlases.indexOf(found), 1);
    atlases.unshift(atlas);
  }
  return atlas;
}

/** The road of track `id`; a drawing, where there is one, is every track. */
export function roadOf(id: number, p: Readonly<{ roadWidth: number; track: string }>): Road {
  let atlas = atlases[0];
  if (atlas === undefined || atlas.width !== p.roadWidth || atlas.drawing !== p.track) {
    atlas = atlasOf(p.roadWidth, p.track);
  }
  const found = atlas.roads.get(id);
  if (found) return found;
  if (atlas.roads.size >= mostRoads) atlas.roads.clear();
  const road = roadAlong(lineOf(id, p.track), p.roadWidth);
  atlas.roads.set(id, road);
  return road;
}

/** The cell that (x, y), somewhere near cell `hint`, is in. */
export function cellOf({ sections, count }: Road, x: number, y: number, hint: number): number {
  let cell = hint;
  // A car moves a cell or two a step; the bound is for whoever asks from nowhere near.
  for (let tries = 0; tries < 16; tries++) {
    const back = cell * wide;
    const behind =
      (x - sections[back]!) * sections[back + 2]! + (y - sections[back + 1]!) * sections[back + 3]!;
    if (behind < 0) {
      cell = cell === 0 ? count - 1 : cell - 1;
      continue;
    }
    const front = back + wide;
    const ahead =
      (x - sections[front]!) * sections[front + 2]! + (y - sections[front + 1]!) * sections[front + 3]!;
    if (ahead < 0) return cell;
    cell = cell === count - 1 ? 0 : cell + 1;
  }
  return cell;
}

/** Metres along the centre line from the start to (x, y), which is in that cell. */
export function alongOf({ sections, spacing }: Road, x: number, y: number, cell: number): number {
  const back = cell * wide;
  const front = back + wide;
  const behind =
    (x - sections[back]!) * sections[back + 2]! + (y - sections[back + 1]!) * sections[back + 3]!;
  const left =
    (sections[front]! - x) * sections[front + 2]! + (sections[front + 1]! - y) * sections[front + 3]!;
  const share = behind / (behind + left);
  // Far off the road the two sections may cross; there any share will do.
  return (cell + (share >= 0 && share <= 1 ? share : 0.5)) * spacing;
}

/** Whether (x, y), which is between the sections of that cell, is beyond either edge. */
export function offRoad({ sections }: Road, x: number, y: number, cell: number): boolean {
  const a = cell * wide;
  const b = a + wide;
  const [lx, ly] = [sections[a + 4]!, sections[a + 5]!];
  const [rx, ry] = [sections[a + 6]!, sections[a + 7]!];
  return (
    (sections[b + 4]! - lx) * (y - ly) - (sections[b + 5]! - ly) * (x - lx) < 0 ||
    (sections[b + 6]! - rx) * (y - ry) - (sections[b + 7]! - ry) * (x - rx) > 0
  );
}

/** How far from (x, y) along (dx, dy) the line between points u and v is, where su and sv tell how far beside the ray they lie. */
function reached(
  sections: Float64Array,
  x: number,
  y: number,
  dx: number,
  dy: number,
  u: number,
  v: number,
  su: number,
  sv: number,
): number {
  const t = su / (su - sv);
  const hitX = sections[u]! + t * (sections[v]! - sections[u]!);
  const hitY = sections[u + 1]! + t * (sections[v + 1]! - sections[u + 1]!);
  return (hitX - x) * dx + (hitY - y) * dy;
}

/**
 * Metres from (x, y), in that cell, along the unit vector (dx, dy) to the edge of the road. A point lies to the right of the ray
 * where its cross product with (dx, dy) is positive; a ray leaves a cell between two corners of which one lies to either side.
 */
export function rayTo(road: Road, x: number, y: number, dx: number, dy: number, cell: number): number {
  const { sections: s, count } = road;
  let a = cell * wide;
  let b = a + wide;
  let leftA = dx * (s[a + 5]! - y) - dy * (s[a + 4]! - x);
  let rightA = dx * (s[a + 7]! - y) - dy * (s[a + 6]! - x);
  let leftB = dx * (s[b + 5]! - y) - dy * (s[b + 4]! - x);
  let rightB = dx * (s[b + 7]! - y) - dy * (s[b + 6]! - x);
  if (rightA > 0 && rightB <= 0) return reached(s, x, y, dx, dy, a + 6, b + 6, rightA, rightB);
  if (leftB > 0 && leftA <= 0) return reached(s, x, y, dx, dy, a + 4, b + 4, leftA, leftB);
  if (leftB <= 0 && rightB > 0) {
    // Out by the front: with the road.
    for (let walked = 0; walked < count; walked++) {
      a = b;
      leftA = leftB;
      rightA = rightB;
      if (a === count * wide) a = 0;
      b = a + wide;
      leftB = dx * (s[b + 5]! - y) - dy * (s[b + 4]! - x);
      if (leftB > 0) return reached(s, x, y, dx, dy, a + 4, b + 4, leftA, leftB);
      rightB = dx * (s[b + 7]! - y) - dy * (s[b + 6]! - x);
      if (rightB <= 0) return reached(s, x, y, dx, dy, a + 6, b + 6, rightA, rightB);
    }
    return 0;
  }
  if (leftA > 0 && rightA <= 0) {
    // Out by the back: against the road.
    for (let walked = 0; walked < count; walked++) {
      b = a;
      leftB = leftA;
      rightB = rightA;
      if (b === 0) b = count * wide;
      a = b - wide;
      leftA = dx * (s[a + 5]! - y) - dy * (s[a + 4]! - x);
      if (leftA <= 0) return reached(s, x, y, dx, dy, b + 4, a + 4, leftB, leftA);
      rightA = dx * (s[a + 7]! - y) - dy * (s[a + 6]! - x);
      if (rightA > 0) return reached(s, x, y, dx, dy, b + 6, a + 6, rightB, rightA);
    }
  }
  // Beyond the edge there is nothing to see.
  return 0;
}

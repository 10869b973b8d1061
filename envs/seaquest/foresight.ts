// What a player of Seaquest can know of the next steps: where enemies, shots and divers will be, from where a shot would hit, and
// when something may come in. Kept as one byte of marks for every step and cell.
import type { RowList } from './lists.ts';
import { seaquestAt as at, deepest, gridSize, lastCell, seaquestLists as lists } from './sea.ts';

/** How many steps ahead it looks. */
export const horizon = 8;
/** How far a shot is followed. */
const range = 6;
const width = gridSize;
const cells = (deepest + 1) * width;

export const note = {
  /** Whoever is here in this step is hit. */
  danger: 1,
  /** Who comes here takes a diver on board. */
  diver: 2,
  /** A diver comes to here in this step. */
  diverComes: 4,
  /** A shot from here, to the left or the right, will hit. */
  hitLeft: 8,
  hitRight: 16,
  /** Something may come in here. */
  ambush: 32,
} as const;

/** [step, cell], the next step first. */
export type Foresight = Uint8Array;
const marks: Foresight = new Uint8Array(horizon * cells);

function mark(step: number, x: number, y: number, what: number): void {
  if (x < 0 || x >= width) return;
  const i = step * cells + y * width + x;
  marks[i] = marks[i]! | what;
}

/** Where a swimmer that rests `timer` steps and then `wait` after every move has come to before a step. */
const placeBefore = (x: number, way: number, timer: number, wait: number, step: number): number =>
  step > timer ? x + way * Math.ceil((step - timer) / (wait + 1)) : x;

/** Steps until a shot on its way hits this enemy; the horizon if none will. */
function hitAfter(s: Float64Array, x: number, y: number, way: number, timer: number, wait: number): number {
  const { shots } = lists;
  const end = shots.first + s[shots.count]! * shots.width;
  for (let shot = shots.first; shot < end; shot += shots.width) {
    if (s[shot + 1] !== y) continue;
    for (let step = 0; step < horizon; step++) {
      const at = s[shot]! + s[shot + 2]! * (step + 1);
      if (at === placeBefore(x, way, timer, wait, step) || at === placeBefore(x, way, timer, wait, step + 1))
        return step;
    }
  }
  return horizon;
}

/** A shot that leaves x in a step flies on until the board or the horizon ends. */
function markEnemyShot(from: number, x: number, y: number, way: number): void {
  for (let step = from; step < horizon && x >= 0 && x < width; step++) {
    mark(step, x, y, note.danger);
    x += way;
    mark(step, x, y, note.danger);
  }
}

function markEnemies(s: Float64Array, list: RowList, shooting: boolean): void {
  const wait = s[at.moveInterval]!;
  const shotReady = s[at.shotTimer]!;
  const { danger, hitLeft, hitRight } = note;
  const steps = horizon;
  const end = list.first + s[list.count]! * list.width;
  for (let entry = list.first; entry < end; entry += list.width) {
    const x = s[entry]!;
    const y = s[entry + 1]!;
    const way = s[entry + 2]!;
    const timer = s[entry + 3]!;
    const gone = hitAfter(s, x, y, way, timer, wait);
    for (let step = 0; step < steps && step <= gone; step++) {
      const before = placeBefore(x, way, timer, wait, step);
      const after = placeBefore(x, way, timer, wait, step + 1);
      mark(step, before, y, danger);
      mark(step, after, y, danger);
      if (shooting && (step - s[entry + 4]!) % 11 === 0) markEnemyShot(step, after, y, way);
      if (gone < steps) continue;
      // Which shots, from whom and when, would meet it here in this step?
      for (let flown = 1; flown <= range && step - flown + 1 >= shotReady; flown++) {
        const fired = step - flown + 1;
        mark(fired, before - flown, y, hitRight);
        mark(fired, before + flown, y, hitLeft);
        mark(fired, after - flown, y, hitRight);
        mark(fired, after + flown, y, hitLeft);
      }
    }
  }
}

export function foresee(s: Float64Array): Foresight {
  marks.fill(0);
  markEnemies(s, lists.fish, false);
  markEnemies(s, lists.subs, true);
  const { enemyShots, divers } = lists;
  for (let i = 0; i < s[enemyShots.count]!; i++) {
    const shot = enemyShots.first + i * enemyShots.width;
    markEnemyShot(0, s[shot]!, s[shot + 1]!, s[shot + 2]!);
  }
  for (let i = 0; i < s[divers.count]!; i++) {
    const diver = divers.first + i * divers.width;
    for (let step = 0; step < horizon; step++) {
      const before = placeBefore(s[diver]!, s[diver + 2]!, s[diver + 3]!, 5, step);
      const after = placeBefore(s[diver]!, s[diver + 2]!, s[diver + 3]!, 5, step + 1);
      mark(step, before, s[diver + 1]!, note.diver);
      if (after !== before) mark(step, after, s[diver + 1]!, note.diver | note.diverComes);
    }
  }
  const spawnInterval = s[at.spawnInterval]!;
  for (let step = s[at.spawnTimer]!; step < horizon; step += spawnInterval) {
    for (let y = 1; y <= deepest; y++) {
      mark(step, 0, y, note.ambush);
      mark(step, lastCell, y, note.ambush);
    }
  }
  return marks;
}

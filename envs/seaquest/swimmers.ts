// Everything in Seaquest that moves by itself: shots, divers, enemy submarines, fish. Lists are walked from the newest entry to
// the oldest, as in MinAtar's game.
import type { RandomSource } from '../../src/core/random.ts';
import { append, findAt, type RowList, removeEqual } from './lists.ts';
import { seaquestAt as at, deepest, lastCell, seaquestLists as lists, mostDivers, offBoard } from './sea.ts';

/** Steps between two moves of a diver, less one. */
const diverWait = 5;
/** Steps between two shots of an enemy submarine, less one. */
const subReload = 10;

/** Whether something in this row goes against the way. */
function goesAgainst(s: Float64Array, list: RowList, y: number, way: number): boolean {
  const end = list.first + s[list.count]! * list.width;
  for (let entry = list.first; entry < end; entry += list.width) {
    if (s[entry + 1] === y && s[entry + 2] !== way) return true;
  }
  return false;
}

/** A fish or a submarine comes in from either side, unless the row it drew is taken by something coming towards it. */
export function spawnEnemy(s: Float64Array, random: RandomSource, subOneIn: number): void {
  const way = random.next() < 1 / 2 ? 1 : -1;
  const isSub = random.next() < 1 / subOneIn;
  const y = 1 + random.integer(deepest);
  if (goesAgainst(s, lists.fish, y, way) || goesAgainst(s, lists.subs, y, way)) return;
  const entry = append(s, isSub ? lists.subs : lists.fish);
  if (entry < 0) return;
  s[entry] = way > 0 ? 0 : lastCell;
  s[entry + 1] = y;
  s[entry + 2] = way;
  s[entry + 3] = s[at.moveInterval]!;
  if (isSub) s[entry + 4] = subReload;
}

export function spawnDiver(s: Float64Array, random: RandomSource): void {
  const way = random.next() < 1 / 2 ? 1 : -1;
  const y = 1 + random.integer(deepest);
  const entry = append(s, lists.divers);
  if (entry < 0) return;
  s[entry] = way > 0 ? 0 : lastCell;
  s[entry + 1] = y;
  s[entry + 2] = way;
  s[entry + 3] = diverWait;
}

/** A shot leaves a boat's cell its way, and moves with the others of its list. */
export function shoot(s: Float64Array, list: RowList, x: number, y: number, way: number): void {
  const entry = append(s, list);
  if (entry < 0) return;
  s[entry] = x;
  s[entry + 1] = y;
  s[entry + 2] = way;
}

/** One step of all of them; returns how many enemies were hit. */
export function moveEverything(s: Float64Array): number {
  let hits = moveShots(s);
  moveDivers(s);
  hits += moveEnemies(s, lists.subs, true);
  moveEnemyShots(s);
  hits += moveEnemies(s, lists.fish, false);
  return hits;
}

const onPlayer = (s: Float64Array, entry: number): boolean =>
  s[entry] === s[at.subX] && s[entry + 1] === s[at.subY];

function moveShots(s: Float64Array): number {
  const { shots, fish, subs } = lists;
  let hits = 0;
  for (let i = s[shots.count]! - 1; i >= 0; i--) {
    const shot = shots.first + i * shots.width;
    const x = s[shot]! + s[shot + 2]!;
    const y = s[shot + 1]!;
    s[shot] = x;
    if (offBoard(x)) {
      removeEqual(s, shots, shot);
      continue;
    }
    const hitFish = findAt(s, fish, x, y);
    const hitSub = hitFish < 0 ? findAt(s, subs, x, y) : -1;
    if (hitFish < 0 && hitSub < 0) continue;
    hits++;
    if (hitFish >= 0) removeEqual(s, fish, hitFish);
    else removeEqual(s, subs, hitSub);
    removeEqual(s, shots, shot);
  }
  return hits;
}

/** Takes a diver on board who is on the submarine, if there is room. */
function takenIn(s: Float64Array, diver: number): boolean {
  if (!onPlayer(s, diver) || s[at.divers]! >= mostDivers) return false;
  removeEqual(s, lists.divers, diver);
  s[at.divers]!++;
  return true;
}

function moveDivers(s: Float64Array): void {
  const { divers } = lists;
  for (let i = s[divers.count]! - 1; i >= 0; i--) {
    const diver = divers.first + i * divers.width;
    if (takenIn(s, diver)) continue;
    if (s[diver + 3] !== 0) {
      s[diver + 3]!--;
      continue;
    }
    s[diver + 3] = diverWait;
    s[diver]! += s[diver + 2]!;
    if (offBoard(s[diver]!)) removeEqual(s, divers, diver);
    else takenIn(s, diver);
  }
}

/** Fish, or submarines, which shoot. The game is over when one is on the player, before its move or after. */
function moveEnemies(s: Float64Array, list: RowList, shooting: boolean): number {
  const { shots } = lists;
  let hits = 0;
  for (let i = s[list.count]! - 1; i >= 0; i--) {
    const enemy = list.first + i * list.width;
    // Where it stands in the list: a removal may move it, or take it out.
    let now = enemy;
    if (onPlayer(s, enemy)) s[at.over] = 1;
    const y = s[enemy + 1]!;
    const way = s[enemy + 2]!;
    const reloading = shooting ? s[enemy + 4]! : 0;
    let x = s[enemy]!;
    if (s[enemy + 3] === 0) {
      s[enemy + 3] = s[at.moveInterval]!;
      x += way;
      s[enemy] = x;
      if (offBoard(x)) now = removeEqual(s, list, enemy);
      else if (onPlayer(s, enemy)) s[at.over] = 1;
      else {
        const shot = findAt(s, shots, x, y);
        if (shot >= 0) {
          hits++;
          now = removeEqual(s, list, enemy);
          removeEqual(s, shots, shot);
        }
      }
    } else s[enemy + 3]!--;
    if (!shooting) continue;
    // One that has just gone still fires a shot that was due.
    if (reloading === 0) shoot(s, lists.enemyShots, x, y, way);
    if (now >= 0) s[now + 4] = reloading === 0 ? subReload : reloading - 1;
  }
  return hits;
}

function moveEnemyShots(s: Float64Array): void {
  const { enemyShots } = lists;
  for (let i = s[enemyShots.count]! - 1; i >= 0; i--) {
    const shot = enemyShots.first + i * enemyShots.width;
    if (onPlayer(s, shot)) s[at.over] = 1;
    s[shot]! += s[shot + 2]!;
    if (offBoard(s[shot]!)) removeEqual(s, enemyShots, shot);
    else if (onPlayer(s, shot)) s[at.over] = 1;
  }
}

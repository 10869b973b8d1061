// Asterix as a list of things instead of a frame: the player first, then what is in each of the eight rows, if anything.
import type { ObservationSpec } from '../environment.ts';
import { asterixAt as at, enemy, gold, lastCell, nothing, slots, slotWidth } from './board.ts';

const names = ['there', 'player', 'enemy', 'gold', 'x', 'y', 'x from the player', 'y from the player', 'way'];

export const asterixThings: ObservationSpec = {
  shape: [1 + slots, names.length],
  names,
  things: ['the player', ...Array.from({ length: slots }, (_, i) => `row ${i + 1}`)],
  normalize: false,
};

/** Places from 0 to 1, distances from -1 to 1. */
export function observeThings(s: Float64Array, obs: Float32Array, start: number): void {
  const size = names.length;
  obs.fill(0, start, start + (1 + slots) * size);
  const [playerX, playerY] = [s[at.playerX]!, s[at.playerY]!];
  obs[start] = 1;
  obs[start + 1] = 1;
  obs[start + 4] = playerX / lastCell;
  obs[start + 5] = playerY / lastCell;
  for (let i = 0; i < slots; i++) {
    const kind = s[i * slotWidth]!;
    if (kind === nothing) continue;
    const to = start + (1 + i) * size;
    const x = s[i * slotWidth + 1]!;
    obs[to] = 1;
    obs[to + 2] = kind === enemy ? 1 : 0;
    obs[to + 3] = kind === gold ? 1 : 0;
    obs[to + 4] = x / lastCell;
    obs[to + 5] = (i + 1) / lastCell;
    obs[to + 6] = (x - playerX) / lastCell;
    obs[to + 7] = (i + 1 - playerY) / lastCell;
    obs[to + 8] = s[i * slotWidth + 2]!;
  }
}

// The Moon's surface: twelve random heights, five of them levelled for the pad, smoothed into eleven corners.
import type { RandomSource } from '../../src/core/random.ts';
import { padHeight, worldHeight, worldWidth } from './craft.ts';
import { corners, landerAt } from './row.ts';

export const pieceWidth = worldWidth / (corners - 1);
const middle = (corners - 1) / 2;
/** The pad lies between these corners. */
export const padFrom = middle - 1;
export const padTo = middle + 1;

/** Which piece of ground lies below x: piece i runs from corner i to corner i + 1. */
export const pieceAt = (x: number): number => Math.min(corners - 2, Math.max(0, Math.floor(x / pieceWidth)));

const heights = new Float64Array(corners + 1);

export function shapeGround(s: Float64Array, random: RandomSource): void {
  for (let i = 0; i <= corners; i++) heights[i] = (worldHeight / 2) * random.next();
  heights.fill(padHeight, padFrom - 1, padTo + 2);
  for (let i = 0; i < corners; i++) {
    // The first corner's neighbour on the left is the last height, as in the original.
    const before = heights[i === 0 ? corners : i - 1]!;
    s[landerAt.ground + i] = 0.33 * (before + heights[i]! + heights[i + 1]!);
  }
}

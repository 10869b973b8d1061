// One line per table of `npm run measure`.
import { cloning } from './cloning.ts';
import { roomsVisited } from './curiosity.ts';
import { deepClusters } from './deep-clustering.ts';
import { digits } from './digits.ts';
import { fewshotTable } from './fewshot.ts';
import { masks } from './masks.ts';
import type { Measurement } from './measurement.ts';
import { memoryTable } from './memory.ts';
import { onlineStream } from './online.ts';
import { cartpoleSteps, reinforceSteps } from './policy-gradients.ts';
import { predictionTable } from './prediction.ts';
import { probeTable } from './probe.ts';
import { representation } from './representation.ts';
import { thingsTable } from './things.ts';
import { ways } from './ways.ts';

export const measurements: readonly Measurement[] = [
  ways,
  cloning,
  fewshotTable,
  thingsTable,
  memoryTable,
  reinforceSteps,
  cartpoleSteps,
  roomsVisited,
  digits,
  onlineStream,
  representation,
  deepClusters,
  masks,
  predictionTable,
  probeTable,
];

export function measurementById(id: string): Measurement {
  const found = measurements.find((one) => one.id === id);
  if (found) return found;
  throw new Error(`There is no table "${id}"; there are ${measurements.map((one) => one.id).join(', ')}.`);
}

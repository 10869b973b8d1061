// Replays recorded games of the public reference implementations through this project's worlds and says where the
// two differ. A recording is plain JSON, is checked before use, and is never written. One line for each world.
import { type BreakoutParams, breakout, breakoutAt } from '../../envs/breakout/dynamics.ts';
import { worldParams } from '../../envs/vectorize.ts';
import { cartPoleRecording } from './verify-worlds/cartpole.ts';
import { verifyClassicControl } from './verify-worlds/classic-control.ts';
import { verifyLander } from './verify-worlds/lander.ts';
import { verifyMinAtar } from './verify-worlds/minatar.ts';
import { type Fields, fields, text } from './verify-worlds/reading.ts';
import type { WorldCase } from './verify-worlds/tally.ts';

export interface WorldVerification {
  /** The recording's own name of the world, such as "CartPole-v1". */
  readonly world: string;
  readonly cases: readonly WorldCase[];
  readonly steps: number;
  readonly mismatches: number;
  /** The few cases furthest off, worst first. */
  readonly worst: readonly { readonly name: string; readonly error: number }[];
}

/** MinAtar's own game: all six actions, no clock. */
const original = (sticky: number) => ({ stickyActionProbability: sticky, allActions: 1, maxSteps: 100_000 });

const verifiers: Readonly<Record<string, (file: Fields) => WorldCase[]>> = {
  'LunarLander-v3': verifyLander,
  'CartPole-v1': (file) => verifyClassicControl(cartPoleRecording, file),
  'MinAtar/breakout': (file) =>
    verifyMinAtar(
      {
        def: breakout,
        params: (sticky) => worldParams(breakout, original(sticky)) as BreakoutParams,
        executedAt: breakoutAt.executed,
      },
      file,
    ),
};

/** Names of the recorded worlds that can be checked. */
export const verifiableWorlds: readonly string[] = Object.keys(verifiers);

/**
 * Replays a whole recording. Undefined for a recording of a world that does not exist here; throws one sentence
 * where the file is not a recording at all.
 */
export function verifyWorldFile(json: unknown): WorldVerification | undefined {
  const file = fields(json, 'the file');
  const world = text(file, 'env', 'the file');
  if (!Object.hasOwn(verifiers, world)) return undefined;
  const cases = verifiers[world]!(file);
  const worst = cases
    .map(({ name, worst: error }) => ({ name, error }))
    .sort((a, b) => b.error - a.error)
    .slice(0, 5);
  const total = (of: (c: WorldCase) => number): number => cases.reduce((sum, c) => sum + of(c), 0);
  return { world, cases, steps: total((c) => c.steps), mismatches: total((c) => c.mismatches), worst };
}

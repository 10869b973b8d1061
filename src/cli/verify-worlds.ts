// Replays recorded games of the public reference implementations through this project's worlds and says where the
// two differ. A recording is plain JSON, is checked before use, and is never written. One line for each world.
import { acrobotRecording } from './verify-worlds/acrobot.ts';
import { asterixRecording } from './verify-worlds/asterix.ts';
import { breakoutRecording } from './verify-worlds/breakout.ts';
import { cartPoleRecording } from './verify-worlds/cartpole.ts';
import { verifyClassicControl } from './verify-worlds/classic-control.ts';
import { freewayRecording } from './verify-worlds/freeway.ts';
import { invadersRecording } from './verify-worlds/invaders.ts';
import { verifyLander } from './verify-worlds/lander.ts';
import { verifyMinAtar } from './verify-worlds/minatar.ts';
import { continuousCarRecording, mountainCarRecording } from './verify-worlds/mountain-car.ts';
import { pendulumRecording } from './verify-worlds/pendulum.ts';
import { type Fields, fields, text } from './verify-worlds/reading.ts';
import { seaquestRecording } from './verify-worlds/seaquest.ts';
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

const verifiers: Readonly<Record<string, (file: Fields) => WorldCase[]>> = {
  'CartPole-v1': (file) => verifyClassicControl(cartPoleRecording, file),
  'MountainCar-v0': (file) => verifyClassicControl(mountainCarRecording, file),
  'MountainCarContinuous-v0': (file) => verifyClassicControl(continuousCarRecording, file),
  'Acrobot-v1': (file) => verifyClassicControl(acrobotRecording, file),
  'Pendulum-v1': (file) => verifyClassicControl(pendulumRecording, file),
  'LunarLander-v3': verifyLander,
  'MinAtar/breakout': (file) => verifyMinAtar(breakoutRecording, file),
  'MinAtar/space_invaders': (file) => verifyMinAtar(invadersRecording, file),
  'MinAtar/freeway': (file) => verifyMinAtar(freewayRecording, file),
  'MinAtar/asterix': (file) => verifyMinAtar(asterixRecording, file),
  'MinAtar/seaquest': (file) => verifyMinAtar(seaquestRecording, file),
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

// Asterix as MinAtar recorded it.
import { asterixAt } from '../../../envs/asterix/board.ts';
import { type AsterixParams, asterix } from '../../../envs/asterix/dynamics.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import { type MinAtarGame, originalKnobs } from './minatar.ts';

export const asterixRecording: MinAtarGame<AsterixParams> = {
  def: asterix,
  params: (sticky, ramping) =>
    worldParams(asterix, { ...originalKnobs(sticky), ramping: ramping ? 1 : 0 }) as AsterixParams,
  executedAt: asterixAt.executed,
  ramp: (s) => s[asterixAt.ramp]!,
};

// Seaquest as MinAtar recorded it.

import { type SeaquestParams, seaquest } from '../../../envs/seaquest/dynamics.ts';
import { seaquestAt } from '../../../envs/seaquest/sea.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import { type MinAtarGame, originalKnobs } from './minatar.ts';

export const seaquestRecording: MinAtarGame<SeaquestParams> = {
  def: seaquest,
  params: (sticky, ramping) =>
    worldParams(seaquest, { ...originalKnobs(sticky), ramping: ramping ? 1 : 0 }) as SeaquestParams,
  executedAt: seaquestAt.executed,
  ramp: (s) => s[seaquestAt.ramp]!,
};

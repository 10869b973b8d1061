// MinAtar's Space Invaders.
import { invaders } from '../../../envs/invaders/dynamics.ts';
import { type InvadersParams, invadersAt } from '../../../envs/invaders/rules.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import { type MinAtarGame, originalKnobs } from './minatar.ts';

export const invadersRecording: MinAtarGame<InvadersParams> = {
  def: invaders,
  params: (sticky, ramping) =>
    worldParams(invaders, { ...originalKnobs(sticky), ramping: ramping ? 1 : 0 }) as InvadersParams,
  executedAt: invadersAt.executed,
  ramp: (s) => invaders.params.marchInterval.default - s[invadersAt.interval]!,
};

// Breakout as MinAtar recorded it.
import { type BreakoutParams, breakout, breakoutAt } from '../../../envs/breakout/dynamics.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import { type MinAtarGame, originalKnobs } from './minatar.ts';

export const breakoutRecording: MinAtarGame<BreakoutParams> = {
  def: breakout,
  params: (sticky) => worldParams(breakout, originalKnobs(sticky)) as BreakoutParams,
  executedAt: breakoutAt.executed,
};

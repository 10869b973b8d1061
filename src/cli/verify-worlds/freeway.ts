// MinAtar's Freeway.
import { freeway } from '../../../envs/freeway/dynamics.ts';
import { type FreewayParams, freewayAt } from '../../../envs/freeway/rules.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import { type MinAtarGame, originalKnobs } from './minatar.ts';

export const freewayRecording: MinAtarGame<FreewayParams> = {
  def: freeway,
  params: (sticky) => worldParams(freeway, originalKnobs(sticky)) as FreewayParams,
  executedAt: freewayAt.executed,
};

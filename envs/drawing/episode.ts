// The hero's clock, as a picture follows it: whether an episode has just begun, and whether one that was seen has ended.
import { bookkeepingAt, type ViewFrame } from '../view.ts';

export interface Moment {
  /** Steps of the episode so far. */
  readonly elapsed: number;
  /** The same when last looked at; negative at the first look. */
  readonly before: number;
  /** What is seen does not follow from what was seen before. */
  readonly fresh: boolean;
  /** An episode has ended whose return is known: `frame.lastReturn`. */
  readonly ended: boolean;
}

export function createEpisodes(): (frame: ViewFrame) => Moment {
  let before = -1;
  return ({ hero, stride, lastReturn }) => {
    const elapsed = hero[bookkeepingAt(stride, 'elapsed')]!;
    const fresh = elapsed < before || before < 0;
    const moment = { elapsed, before, fresh, ended: fresh && before > 0 && !Number.isNaN(lastReturn) };
    before = elapsed;
    return moment;
  };
}

// How a brain fares on a stream that drifts, in words: whether it stands still, follows and forgets, or keeps both worlds.
import type { Metrics, Words } from '../learner.ts';

export type Keeping = 'with replay' | 'newest rows' | 'not at all';

/** A loss of accuracy that counts; rows held out are 256, so that less may be chance. */
const margin = 0.05;

/**
 * @param share how far the drift is, 0 to 1.
 * @param title what it drifts to.
 * @param reference the best accuracy on the world before, until it began to change; null before the first look.
 */
export function describeOnline(
  metrics: Metrics,
  keeping: Keeping,
  share: number,
  reference: number | null,
  title: string,
): Words {
  const { streamAccuracy: stream, oldAccuracy: before, newAccuracy: after } = metrics;
  if (stream === undefined || before === undefined || after === undefined)
    return { mood: 'neutral', lead: 'Ready.', text: 'the stream begins with the first rows.' };
  const percent = (accuracy: number): string => `${Math.round(accuracy * 100)} %`;
  const were = reference ?? before;
  if (share === 0 && were - before > margin) {
    return {
      mood: 'bad',
      lead: 'Getting worse.',
      text: `the world has not changed yet, and of rows held out it answers ${percent(before)} rightly, after ${percent(were)} before: its steps are too big.`,
    };
  }
  if (share === 0) {
    return {
      mood: stream > 0.95 ? 'good' : 'neutral',
      lead: 'At work.',
      text: `the world has not changed yet ("${title}" is to come); ${percent(stream)} of the stream is answered rightly.`,
    };
  }
  if (share < 1) {
    return {
      mood: 'neutral',
      lead: 'Drifting.',
      text: `${percent(share)} of the way to "${title}": ${percent(stream)} of the stream is answered rightly, ${percent(before)} of the world before.`,
    };
  }
  const behind = were - after > margin;
  const forgot = were - before > margin;
  const now = `${percent(after)} of the new world, ${percent(before)} of the old`;
  if (keeping === 'not at all') {
    return behind
      ? {
          mood: 'bad',
          lead: 'Left behind.',
          text: `the stream has moved and it stands still: ${now}.`,
        }
      : {
          mood: 'neutral',
          lead: 'Unharmed.',
          text: `it stands still, and the drift costs it little: ${now}.`,
        };
  }
  if (behind && forgot) {
    return {
      mood: 'bad',
      lead: 'Falling behind.',
      text: `${now} (${percent(were)} before). The world moves faster than it learns, or its steps are too big.`,
    };
  }
  if (behind) {
    return {
      mood: 'neutral',
      lead: 'Lagging.',
      text: `the new world is not learned yet: ${now}. If this stays, the learning rate is too small.`,
    };
  }
  if (forgot) {
    const why =
      keeping === 'newest rows'
        ? 'it learns from the newest rows alone'
        : 'its replay holds too little of it, or the two contradict each other';
    return {
      mood: 'bad',
      lead: 'Forgetting.',
      text: `it keeps up with the stream: ${now} (${percent(were)} before); ${why}.`,
    };
  }
  return keeping === 'with replay'
    ? {
        mood: 'good',
        lead: 'Keeping both.',
        text: `it keeps up with the stream, and its replay brings the old world back: ${now}.`,
      }
    : {
        mood: 'good',
        lead: 'Keeping up.',
        text: `it learned the new world and has not forgotten the old one: ${now}.`,
      };
}

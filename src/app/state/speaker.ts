// What a person who does not see the page is told: milestones as they happen, the trend now and then. One
// polite live region, never more than a sentence at a time.
import { effect, untracked } from '@preact/signals';
import { amount } from '../format.ts';
import { opened, say, shown, standingWorld, status } from './page.ts';

const trendEvery = 20_000;

export function beginSpeaking(): void {
  let milestone = 0;
  let spokenAt = 0;
  let before = Number.NaN;
  let solved = false;

  effect(() => {
    opened.value;
    [milestone, before, solved] = [0, Number.NaN, false];
  });

  effect(() => {
    const frame = shown.value;
    if (!frame) return;
    untracked(() => {
      const { solvedAt, returnRange } = standingWorld.value;
      const now = performance.now();
      if (frame.stepsToThreshold !== null && !solved) {
        solved = true;
        spokenAt = now;
        say(
          `Solved: the mean return reached ${amount(solvedAt)} after ${amount(frame.stepsToThreshold)} steps.`,
        );
        return;
      }
      const share = (frame.score - returnRange[0]) / (solvedAt - returnRange[0]);
      const quarter = Math.floor(share * 4);
      if (quarter > milestone && quarter < 4) {
        milestone = quarter;
        spokenAt = now;
        say(`${quarter * 25} percent of the way: mean return ${amount(frame.score)}.`);
        return;
      }
      if (status.value === 'running' && now - spokenAt > trendEvery) {
        spokenAt = now;
        const change = frame.score - before;
        const trend = !Number.isFinite(change)
          ? ''
          : change > 0
            ? ', rising'
            : change < 0
              ? ', falling'
              : ', level';
        say(`Mean return ${amount(frame.score)}${trend}. ${frame.words.lead} ${frame.words.text}`);
        before = frame.score;
      }
    });
  });
}

// Whether what is learned still helps with what is held out: both losses smoothed, and the best the held-out one has been.
// Plain data, saved with a run.
import type { Words } from './learner.ts';

export interface Trend {
  /** Smoothed loss of the rows learned from, and of rows held out; null before the first look. */
  seen: number | null;
  held: number | null;
  /** The lowest `held` has been. */
  best: number | null;
}

export const freshTrend = (): Trend => ({ seen: null, held: null, best: null });

/** Share of a new look in the smoothed loss. */
const pace = 0.2;

const smoothed = (old: number | null, now: number): number => (old === null ? now : old + pace * (now - old));

export function observeTrend(trend: Trend, seen: number, held: number): void {
  trend.seen = smoothed(trend.seen, seen);
  trend.held = smoothed(trend.held, held);
  trend.best = Math.min(trend.best ?? trend.held, trend.held);
}

/** The held-out loss has risen from its best, and lies above that of the rows learned from. */
const isOverfitting = ({ seen, held, best }: Trend, scale: number): boolean =>
  seen !== null && held !== null && best !== null && held > best + 0.1 * scale && held > seen + 0.15 * scale;

/**
 * What is to be said where it learns by heart; undefined where it does not.
 * @param scale what there is to learn: how much better a perfect answer is than knowing nothing.
 * @param said a loss as it is written.
 * @param unit of the losses, as it stands behind them.
 */
export function overfitting(
  trend: Trend,
  scale: number,
  said: (loss: number) => string,
  unit: string,
): Words | undefined {
  if (!isOverfitting(trend, scale)) return undefined;
  const [best, held, seen] = [said(trend.best!), said(trend.held!), said(trend.seen!)];
  const text = `the held-out loss has risen from ${best} to ${held}${unit}, the loss on what it learns from is ${seen}.`;
  return { mood: 'bad', lead: 'Overfitting.', text };
}

// Is the critic worth believing? One dot a row: what it predicted (across) and the return that was then observed (up); on the
// diagonal it was right. Beside it how the update went, in numbers.
import type { LearnerView } from '../../learners/learner.ts';
import { amount } from '../format.ts';
import { font, type Palette } from '../theme.ts';
import { drawScatter } from './scatter.ts';
import { frameBox } from './small-plots.ts';

type View = Extract<LearnerView, { kind: 'calibration' }>;
const lineHeight = 17;
/** Of the names and numbers beside the square, px. */
const column = 118;

export function drawCalibration(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  const numbers = Object.entries(view.numbers);
  const side = Math.max(40, Math.min(width - column - 14, height - 18));
  const box = { left: 0, top: 15, width: side, height: side };
  context.font = font;
  context.textAlign = 'left';
  context.fillStyle = palette.faint;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < view.count; i++) {
    low = Math.min(low, view.predicted[i]!, view.observed[i]!);
    high = Math.max(high, view.predicted[i]!, view.observed[i]!);
  }
  const span = Math.max(high - low, 1e-6);
  context.fillText(`observed, ${amount(low)} to ${amount(high)}`, 0, 10);
  frameBox(context, box, palette);
  const share = (value: number): number => (value - low) / span;
  const at = (i: number) => [share(view.predicted[i]!), share(view.observed[i]!)] as const;
  drawScatter(context, box, view.count, at, palette);
  numbers.forEach(([name, value], i) => {
    const y = box.top + 10 + i * lineHeight;
    context.fillStyle = palette.soft;
    context.textAlign = 'left';
    context.fillText(name, side + 12, y);
    context.fillStyle = palette.ink;
    context.textAlign = 'right';
    context.fillText(amount(value), side + 12 + column, y);
  });
  context.textAlign = 'left';
}

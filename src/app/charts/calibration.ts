// Is the critic worth believing? One dot a row: what it predicted (across) and the return that was then observed (up); on the
// diagonal it was right. Beside it how the update went, in numbers.
import type { LearnerView } from '../../learners/learner.ts';
import { amount } from '../format.ts';
import type { Palette } from '../theme.ts';

type View = Extract<LearnerView, { kind: 'calibration' }>;
const font = '11px "Inter Variable", Inter, sans-serif';
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
  const [left, top] = [0.5, 15.5];
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
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.strokeRect(left, top, side, side);
  context.strokeStyle = palette.edge;
  context.beginPath();
  context.moveTo(left, top + side);
  context.lineTo(left + side, top);
  context.stroke();
  context.fillStyle = palette.accent;
  context.globalAlpha = 0.7;
  for (let i = 0; i < view.count; i++) {
    const x = left + ((view.predicted[i]! - low) / span) * side;
    const y = top + side - ((view.observed[i]! - low) / span) * side;
    context.beginPath();
    context.arc(x, y, 1.8, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
  numbers.forEach(([name, value], i) => {
    const y = top + 10 + i * lineHeight;
    context.fillStyle = palette.soft;
    context.textAlign = 'left';
    context.fillText(name, left + side + 12, y);
    context.fillStyle = palette.ink;
    context.textAlign = 'right';
    context.fillText(amount(value), left + side + 12 + column, y);
  });
  context.textAlign = 'left';
}

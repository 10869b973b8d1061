// The confusion matrix: truth down, answers across, each row shaded by its share; right answers lie on the
// diagonal and are framed.
import type { LearnerView } from '../../learners/learner.ts';
import type { Palette } from '../theme.ts';

type View = Extract<LearnerView, { kind: 'confusion' }>;
const font = '11px "Inter Variable", Inter, sans-serif';

export function drawConfusion(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  const n = view.names.length;
  context.font = font;
  const label = Math.min(64, Math.max(...view.names.map((name) => context.measureText(name).width)) + 6);
  const side = Math.min((width - label) / n, (height - 20) / n, 46);
  const [left, top] = [label, 16];
  context.textBaseline = 'middle';
  for (let row = 0; row < n; row++) {
    let total = 0;
    for (let column = 0; column < n; column++) total += view.counts[row * n + column]!;
    context.fillStyle = palette.soft;
    context.textAlign = 'right';
    context.globalAlpha = 1;
    context.fillText(view.names[row]!, left - 5, top + (row + 0.5) * side);
    context.textAlign = 'center';
    context.fillText(view.names[row]!, left + (row + 0.5) * side, 7, side);
    for (let column = 0; column < n; column++) {
      const count = view.counts[row * n + column]!;
      const share = total > 0 ? count / total : 0;
      const [x, y] = [left + column * side, top + row * side];
      context.globalAlpha = 1;
      context.fillStyle = palette.raise;
      context.fillRect(x + 1, y + 1, side - 2, side - 2);
      context.globalAlpha = share;
      context.fillStyle = row === column ? palette.accent : palette.negative;
      context.fillRect(x + 1, y + 1, side - 2, side - 2);
      context.globalAlpha = 1;
      if (row === column) {
        context.strokeStyle = palette.edge;
        context.lineWidth = 1;
        context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
      }
      if (side < 20 || count === 0) continue;
      context.fillStyle = share > 0.5 ? palette.panel : palette.ink;
      context.fillText(String(count), x + side / 2, y + side / 2 + 1);
    }
  }
  context.textBaseline = 'alphabetic';
}

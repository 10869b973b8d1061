// The confusion matrix: truth down, answers across, each row shaded by its share; right answers lie on the
// diagonal and are framed. Where rows are pictures, a few stand beside it with what was answered.
import type { LearnerView } from '../../learners/learner.ts';
import { font, type Palette } from '../theme.ts';
import { keepTiles } from './frame-tiles.ts';

type View = Extract<LearnerView, { kind: 'confusion' }>;

export function drawConfusion(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  const beside = view.samples.count > 0 ? 88 : 0;
  matrix(context, view, width - beside, height, palette);
  if (beside > 0) samples(context, view, width - beside + 8, height, palette);
}

/** What the answers in the samples say, one a sample: "8, 97 %" or "3, not 8, 61 %". */
export const sampleWords = ({
  names,
  samples: { truths, answers, probabilities },
}: View): readonly string[] =>
  truths.map((truth, i) => {
    const answer = answers[i]!;
    const sure = `${Math.round(probabilities[i]! * 100)} %`;
    return answer === truth ? `${names[answer]}, ${sure}` : `${names[answer]}, not ${names[truth]}, ${sure}`;
  });

const tilesFor = keepTiles();
const mostSamples = 6;

/** Pictures in two columns, wrong answers first: a cross or a tick, the answer, and how sure it was. */
function samples(
  context: CanvasRenderingContext2D,
  { names, samples: { shape, rows, count, truths, answers, probabilities } }: View,
  left: number,
  height: number,
  palette: Palette,
): void {
  const [down, across, channels] = shape as readonly [number, number, number];
  const size = down * across * channels;
  const tiles = tilesFor(across, down, mostSamples, palette);
  const step = Math.min(56, height / 3);
  const side = Math.min(38, step - 14);
  for (let i = 0; i < count; i++) tiles.paint(i, rows, i * size, channels, 1);
  tiles.flush();
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let i = 0; i < count; i++) {
    const [column, row] = [Math.floor(i / 3), i % 3];
    const [x, y] = [left + column * 42 + (38 - side) / 2, row * step];
    const right = truths[i] === answers[i];
    tiles.draw(context, i, x, y, side, side);
    context.strokeStyle = right ? palette.accent : palette.negative;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
    context.fillStyle = right ? palette.ink : palette.negative;
    const said = `${right ? '✓' : '✗'}${names[answers[i]!]} ${Math.round(probabilities[i]! * 100)}%`;
    context.fillText(said, x + side / 2, y + side + 7, 40);
  }
  context.textBaseline = 'alphabetic';
}

function matrix(
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

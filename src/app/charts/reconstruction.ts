// The autoencoder's picture: frames in over frames out, or, for a few numbers, one small plot each of what came
// back against what went in (on the diagonal it is rebuilt exactly).
import type { LearnerView } from '../../learners/learner.ts';
import { largestOf } from '../brain/pictures.ts';
import { font, type Palette } from '../theme.ts';
import { flattenFrame, keepTiles } from './frame-tiles.ts';
import { drawScatter } from './scatter.ts';
import { smallPlots } from './small-plots.ts';

type View = Extract<LearnerView, { kind: 'reconstruction' }>;

export function drawReconstruction(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  if (view.count === 0) return;
  if (view.shape.length === 3) frames(context, view, width, height, palette);
  else plots(context, view, width, height, palette);
}

const tilesFor = keepTiles();

function frames(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  const [rows, columns] = view.shape as readonly [number, number, number];
  const size = view.inputs.length / view.count;
  const pairs = Math.min(view.count, 4);
  const strips = [
    ['in', view.inputs],
    ['out', view.outputs],
    ...(view.samples.length > 0 ? [['made up', view.samples] as const] : []),
  ] as const;
  const side = Math.floor(Math.min((width - 4) / pairs - 4, height / strips.length - 17));
  const tiles = tilesFor(columns, rows, pairs * strips.length, palette);
  context.font = font;
  context.fillStyle = palette.faint;
  context.textAlign = 'left';
  strips.forEach(([, source], row) => {
    for (let i = 0; i < pairs; i++) {
      const flat = flattenFrame(source, i * size, view.shape);
      tiles.paint(row * pairs + i, flat, 0, 1, 1);
    }
  });
  tiles.flush();
  for (const [row, [name]] of strips.entries()) {
    const y = row * (side + 17) + 13;
    context.fillText(name, 0, y - 3);
    for (let i = 0; i < pairs; i++) {
      tiles.draw(context, row * pairs + i, i * (side + 4), y, side, side);
    }
  }
}

function plots(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  const count = view.names.length;
  const size = view.inputs.length / view.count;
  // Of what is remembered the newest observation: it stands last.
  const first = size - count;
  context.font = font;
  context.textAlign = 'left';
  smallPlots(context, view.names, count, width, height, palette, (box, k) => {
    const ins = Float32Array.from({ length: view.count }, (_, i) => view.inputs[i * size + first + k]!);
    const outs = Float32Array.from({ length: view.count }, (_, i) => view.outputs[i * size + first + k]!);
    const scale = Math.max(largestOf(ins), largestOf(outs));
    const share = (value: number): number => (value / scale + 1) / 2;
    drawScatter(context, box, view.count, (i) => [share(ins[i]!), share(outs[i]!)], palette);
  });
}

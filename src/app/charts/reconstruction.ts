// The autoencoder's picture: frames in over frames out, or, for a few numbers, one small plot each of what came
// back against what went in (on the diagonal it is rebuilt exactly).
import type { LearnerView } from '../../learners/learner.ts';
import { createTiles, largestOf, rgb, type Tiles } from '../brain/pictures.ts';
import type { Palette } from '../theme.ts';

type View = Extract<LearnerView, { kind: 'reconstruction' }>;
const font = '11px "Inter Variable", Inter, sans-serif';

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

/** Frame i of `source` as one picture of all channels: each a little brighter than the last, so that they can be told apart. */
export function flattenFrame(source: Float32Array, i: number, shape: readonly number[]): Float32Array {
  const [rows, columns, channels] = shape as readonly [number, number, number];
  const flat = new Float32Array(rows * columns);
  for (let pixel = 0; pixel < flat.length; pixel++) {
    for (let c = 0; c < channels; c++) {
      const share = channels === 1 ? 1 : 0.35 + (0.65 * (c + 1)) / channels;
      const value = source[(i * flat.length + pixel) * channels + c]!;
      flat[pixel] = Math.max(flat[pixel]!, value * share);
    }
  }
  return flat;
}

let tiles: Tiles | undefined;
let tilesOf = '';

function frames(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  const [rows, columns] = view.shape as readonly [number, number, number];
  const pairs = Math.min(view.count, 4);
  const strips = [
    ['in', view.inputs],
    ['out', view.outputs],
    ...(view.samples.length > 0 ? [['made up', view.samples] as const] : []),
  ] as const;
  const side = Math.floor(Math.min((width - 4) / pairs - 4, height / strips.length - 17));
  const key = `${rows} ${columns} ${pairs} ${strips.length} ${palette.panel}`;
  if (key !== tilesOf) {
    tiles = createTiles(columns, rows, pairs * strips.length, {
      zero: rgb(palette.stage),
      positive: rgb(palette.ink),
      negative: rgb(palette.negative),
    });
    tilesOf = key;
  }
  context.font = font;
  context.fillStyle = palette.faint;
  context.textAlign = 'left';
  strips.forEach(([, source], row) => {
    for (let i = 0; i < pairs; i++) {
      const flat = flattenFrame(source, i, view.shape);
      tiles!.paint(row * pairs + i, flat, 0, 1, 1);
    }
  });
  tiles!.flush();
  for (const [row, [name]] of strips.entries()) {
    const y = row * (side + 17) + 13;
    context.fillText(name, 0, y - 3);
    for (let i = 0; i < pairs; i++) {
      tiles!.draw(context, row * pairs + i, i * (side + 4), y, side, side);
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
  const across = count <= 1 ? 1 : Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  const [cellWidth, cellHeight] = [width / across, height / down];
  context.font = font;
  context.textAlign = 'left';
  for (let k = 0; k < count; k++) {
    const left = (k % across) * cellWidth;
    const top = Math.floor(k / across) * cellHeight;
    const [w, h] = [cellWidth - 10, cellHeight - 20];
    const ins = Float32Array.from({ length: view.count }, (_, i) => view.inputs[i * size + first + k]!);
    const outs = Float32Array.from({ length: view.count }, (_, i) => view.outputs[i * size + first + k]!);
    const scale = Math.max(largestOf(ins), largestOf(outs));
    context.fillStyle = palette.faint;
    context.fillText(view.names[k] ?? '', left, top + 11);
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 16.5, w, h - 2);
    context.strokeStyle = palette.edge;
    context.beginPath();
    context.moveTo(left, top + 14 + h);
    context.lineTo(left + w, top + 16);
    context.stroke();
    context.fillStyle = palette.accent;
    context.globalAlpha = 0.8;
    for (let i = 0; i < view.count; i++) {
      const x = left + ((ins[i]! / scale + 1) / 2) * w;
      const y = top + 15 + (1 - (outs[i]! / scale + 1) / 2) * h;
      context.beginPath();
      context.arc(x, y, 2, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }
}

// What was foretold, beside what came. Frames: single steps (before, foretold, came), and one stretch dreamt step by step over the
// same stretch as it was. Numbers: a small plot each of one stretch, dreamt (a line) and as it was (dots).
import type { LearnerView } from '../../learners/learner.ts';
import { font, type Palette } from '../theme.ts';
import { flattenFrame, keepTiles } from './frame-tiles.ts';
import { smallPlots } from './small-plots.ts';

type View = Extract<LearnerView, { kind: 'prediction' }>;
const lineHeight = 15;

export function drawPrediction(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  context.font = font;
  context.textAlign = 'left';
  if (view.shape.length === 3) frames(context, view, width, height, palette);
  else plots(context, view, width, height, palette);
}

const tilesFor = keepTiles();

const gap = 3;

/** Single steps in threes, as many as fit; below them a dream over what came, one small frame a step. */
function frames(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  const [rows, columns] = view.shape as readonly [number, number, number];
  const size = view.before.length / view.count;
  const { steps } = view;
  const dreams = steps > 0;
  const room = height - (dreams ? 2 : 1) * lineHeight;
  const small = dreams ? Math.floor(Math.min((width + gap) / steps - gap, 0.28 * room)) : 0;
  const large = Math.floor(Math.min((width - 2 * gap) / 3, room - 2 * small - 2 * gap));
  if (large < 4) return;
  const three = 3 * (large + gap) + 4 * gap;
  const shown = Math.min(view.count, Math.max(1, Math.floor((width + 4 * gap) / three)));
  const tiles = tilesFor(columns, rows, 3 * shown + 2 * steps, palette);
  const places: (readonly [x: number, y: number, side: number])[] = [];
  const place = (source: Float32Array, i: number, x: number, y: number, side: number): void => {
    tiles.paint(places.length, flattenFrame(source, i * size, view.shape), 0, 1, 1);
    places.push([x, y, side]);
  };
  for (let i = 0; i < shown; i++) {
    [view.before, view.foretold, view.came].forEach((source, k) => {
      place(source, i, i * three + k * (large + gap), lineHeight, large);
    });
  }
  const below = 2 * lineHeight + large;
  for (let step = 0; step < steps; step++) {
    place(view.dreamt, step, step * (small + gap), below, small);
    place(view.lived, step, step * (small + gap), below + small + gap, small);
  }
  tiles.flush();
  context.fillStyle = palette.faint;
  context.fillText('now, foretold, came', 0, 11);
  if (dreams) context.fillText(`${steps} steps dreamt, and what came`, 0, lineHeight + large + 11);
  places.forEach(([x, y, side], tile) => {
    tiles.draw(context, tile, x, y, side, side);
  });
}

function plots(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
): void {
  const { steps, names } = view;
  if (steps === 0) return;
  const size = view.lived.length / steps;
  smallPlots(context, names, size, width, height, palette, ({ left, top, width: w, height: h }, k) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const source of [view.dreamt, view.lived]) {
      for (let s = 0; s < steps; s++) {
        low = Math.min(low, source[s * size + k]!);
        high = Math.max(high, source[s * size + k]!);
      }
    }
    // What hardly moves is drawn flat, not blown up to fill the plot.
    const span = Math.max(high - low, 0.05);
    const middle = (low + high) / 2;
    const at = (source: Float32Array, s: number): readonly [x: number, y: number] => [
      left + 4 + ((w - 8) * s) / (steps - 1),
      top + h / 2 - ((source[s * size + k]! - middle) / span) * (h - 8),
    ];
    context.fillStyle = palette.soft;
    for (let s = 0; s < steps; s++) {
      const [x, y] = at(view.lived, s);
      context.beginPath();
      context.arc(x, y, 2, 0, 2 * Math.PI);
      context.fill();
    }
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.5;
    context.beginPath();
    for (let s = 0; s < steps; s++) context.lineTo(...at(view.dreamt, s));
    context.stroke();
  });
}

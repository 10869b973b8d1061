// The loss around the weights as a picture: dark is low, light is high (in either theme the ink stands for high), with
// contour lines between even steps of the logarithm, and a cross where the weights stand.
import type { LossSurface } from '../../core/inspection/loss-surface.ts';
import type { Palette } from '../theme.ts';

const contours = 9;

/** Losses on a scale from 0 (lowest) to 1 (highest finite one), logarithmic above the lowest. */
function heights({ losses }: LossSurface): { readonly at: readonly number[]; low: number; high: number } {
  const finite = losses.filter(Number.isFinite);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const range = Math.max(high - low, 1e-12);
  const scale = (loss: number): number => Math.log1p((99 * (loss - low)) / range) / Math.log1p(99);
  return { at: losses.map((loss) => (Number.isFinite(loss) ? scale(loss) : 1)), low, high };
}

export const rangeOf = (surface: LossSurface): readonly [low: number, high: number] => {
  const { low, high } = heights(surface);
  return [low, high];
};

/** Height between the grid's points, bilinear; u and v run from 0 to size - 1. */
function between(at: readonly number[], size: number, u: number, v: number): number {
  const [x, y] = [Math.min(size - 2, Math.floor(u)), Math.min(size - 2, Math.floor(v))];
  const [fx, fy] = [u - x, v - y];
  const row = (line: number): number => at[line * size + x]! * (1 - fx) + at[line * size + x + 1]! * fx;
  return row(y) * (1 - fy) + row(y + 1) * fy;
}

const channels = (colour: string): readonly [number, number, number] => {
  const hex = colour.trim().replace('#', '');
  return [0, 2, 4].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as [number, number, number];
};

export function paintSurface(canvas: HTMLCanvasElement, surface: LossSurface, palette: Palette): void {
  const context = canvas.getContext('2d')!;
  const { width, height } = canvas;
  const { at } = heights(surface);
  const [low, high] = [channels(palette.stage), channels(palette.accent)];
  const image = context.createImageData(width, height);
  const step = (surface.size - 1) / (width - 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = between(at, surface.size, x * step, (y * (surface.size - 1)) / (height - 1));
      const phase = (level * contours) % 1;
      const onLine = phase < 0.06 && level > 0.02;
      const share = onLine ? Math.min(1, level * 0.85 + 0.35) : level * 0.85;
      const i = 4 * (y * width + x);
      for (let c = 0; c < 3; c++) image.data[i + c] = low[c]! + (high[c]! - low[c]!) * share;
      image.data[i + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  context.strokeStyle = palette.ink;
  context.lineWidth = Math.max(2, width / 160);
  const [cx, cy, arm] = [width / 2, height / 2, width / 28];
  context.beginPath();
  context.moveTo(cx - arm, cy);
  context.lineTo(cx + arm, cy);
  context.moveTo(cx, cy - arm);
  context.lineTo(cx, cy + arm);
  context.stroke();
}

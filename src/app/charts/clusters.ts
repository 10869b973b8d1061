// The clustering picture: recent rows on the two main axes of their features, each group with its colour and
// shape and its number at the middle; below, how many rows each group has.
import { clusterColour } from '../../../envs/drawing/paint.ts';
import type { ViewTheme } from '../../../envs/view.ts';
import type { LearnerView } from '../../learners/learner.ts';
import type { Palette } from '../theme.ts';

type View = Extract<LearnerView, { kind: 'clusters' }>;

export const css = (colour: number): string => `#${colour.toString(16).padStart(6, '0')}`;

/** The shape of a group's points, so that colour never stands alone; another one where the eight colours begin again. */
export function trace(
  context: CanvasRenderingContext2D,
  group: number,
  x: number,
  y: number,
  r: number,
): void {
  context.beginPath();
  switch ((group + Math.floor(group / 8)) % 4) {
    case 0:
      context.arc(x, y, r, 0, 2 * Math.PI);
      break;
    case 1:
      context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
      break;
    case 2:
      context.moveTo(x, y - r * 1.2);
      context.lineTo(x + r * 1.1, y + r);
      context.lineTo(x - r * 1.1, y + r);
      context.closePath();
      break;
    default:
      context.moveTo(x, y - r * 1.3);
      context.lineTo(x + r * 1.3, y);
      context.lineTo(x, y + r * 1.3);
      context.lineTo(x - r * 1.3, y);
      context.closePath();
  }
}

/** A point of a group, in its colour and shape. */
export function drawMark(
  context: CanvasRenderingContext2D,
  group: number,
  x: number,
  y: number,
  r: number,
  theme: ViewTheme,
): void {
  context.fillStyle = css(clusterColour(theme, group));
  trace(context, group, x, y, r);
  context.fill();
}

/** A group's number in a ring of its colour, as where its middle lies. */
export function numberGroup(
  context: CanvasRenderingContext2D,
  group: number,
  x: number,
  y: number,
  radius: number,
  palette: Palette,
  theme: ViewTheme,
): void {
  context.font = '600 11px "Inter Variable", Inter, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = palette.panel;
  context.strokeStyle = css(clusterColour(theme, group));
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.fillStyle = palette.ink;
  context.fillText(String(group + 1), x, y + 0.5);
}

export function drawClusters(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
  theme: ViewTheme,
): void {
  const points = view.mapCluster.length;
  if (points === 0) {
    context.font = '12px "Inter Variable", Inter, sans-serif';
    context.fillStyle = palette.soft;
    context.textAlign = 'center';
    context.fillText('Groups appear with the first update.', width / 2, height / 2);
    return;
  }
  const bars = 34;
  const [w, h] = [width - 16, height - bars - 16];
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points; i++) {
    [x0, x1] = [Math.min(x0, view.map[2 * i]!), Math.max(x1, view.map[2 * i]!)];
    [y0, y1] = [Math.min(y0, view.map[2 * i + 1]!), Math.max(y1, view.map[2 * i + 1]!)];
  }
  const place = (i: number): readonly [number, number] => [
    8 + ((view.map[2 * i]! - x0) / (x1 - x0 || 1)) * w,
    8 + (1 - (view.map[2 * i + 1]! - y0) / (y1 - y0 || 1)) * h,
  ];
  const sums = Array.from({ length: view.clusters }, () => ({ n: 0, x: 0, y: 0 }));
  context.globalAlpha = 0.75;
  for (let i = 0; i < points; i++) {
    const cluster = view.mapCluster[i]!;
    const [x, y] = place(i);
    const sum = sums[cluster];
    if (sum) [sum.n, sum.x, sum.y] = [sum.n + 1, sum.x + x, sum.y + y];
    drawMark(context, cluster, x, y, 2.2, theme);
  }
  context.globalAlpha = 1;
  sums.forEach(({ n, x, y }, cluster) => {
    if (n > 0) numberGroup(context, cluster, x / n, y / n, 8, palette, theme);
  });
  sizes(context, view, width, height, palette, theme);
  context.textBaseline = 'alphabetic';
}

function sizes(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  height: number,
  palette: Palette,
  theme: ViewTheme,
): void {
  const most = Math.max(1, ...view.sizes);
  const step = width / view.clusters;
  for (let k = 0; k < view.clusters; k++) {
    const tall = (view.sizes[k]! / most) * 16;
    context.fillStyle = css(clusterColour(theme, k));
    context.fillRect(k * step + 2, height - 14 - tall, Math.max(2, step - 4), tall);
    context.fillStyle = palette.soft;
    context.fillText(String(k + 1), (k + 0.5) * step, height - 6);
  }
}

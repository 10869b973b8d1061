// The points of a map of the latent space, coloured by group, label, time or reward; groups and labels have a shape, too, and the
// point that is looked at a ring.
import { clusterColour, mix } from '../../../envs/drawing/paint.ts';
import type { ViewTheme } from '../../../envs/view.ts';
import type { LatentMap } from '../../training/mapping.ts';
import type { Colouring } from '../state/mapping.ts';
import { font, type Palette } from '../theme.ts';
import { css, numberGroup, trace } from './clusters.ts';

const margin = 14;

/** From places [count, 2] to where points are drawn: both axes in one scale, so that distances can be compared. */
function placing(
  places: Float32Array,
  width: number,
  height: number,
): (i: number) => readonly [number, number] {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < places.length / 2; i++) {
    [x0, x1] = [Math.min(x0, places[2 * i]!), Math.max(x1, places[2 * i]!)];
    [y0, y1] = [Math.min(y0, places[2 * i + 1]!), Math.max(y1, places[2 * i + 1]!)];
  }
  const scale = Math.min((width - 2 * margin) / (x1 - x0 || 1), (height - 2 * margin) / (y1 - y0 || 1));
  return (i) => [
    width / 2 + (places[2 * i]! - (x0 + x1) / 2) * scale,
    height / 2 - (places[2 * i + 1]! - (y0 + y1) / 2) * scale,
  ];
}

/** The point nearest to x, y, within reach of a pointer; null where there is none. */
export function pointAt(
  places: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number | null {
  const place = placing(places, width, height);
  let [best, least]: [number | null, number] = [null, 24 ** 2];
  for (let i = 0; i < places.length / 2; i++) {
    const [px, py] = place(i);
    const distance = (px - x) ** 2 + (py - y) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

/** Colour and shape of every point, and what the ends of the scale mean where there is one. */
function look(
  map: LatentMap,
  colouring: Colouring,
  theme: ViewTheme,
): { colour(i: number): number; shape(i: number): number; ends?: readonly [number, number] } {
  if (colouring === 'group' || colouring === 'label') {
    const of = colouring === 'group' ? map.assigned : map.labels;
    return { colour: (i) => clusterColour(theme, of[i]!), shape: (i) => of[i]! };
  }
  const values = colouring === 'time' ? map.times : map.rewards;
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const share = (i: number): number => (high > low ? (values[i]! - low) / (high - low) : 0.5);
  return { colour: (i) => mix(theme.negative, theme.positive, share(i)), shape: () => 0, ends: [low, high] };
}

export function drawLatentMap(
  context: CanvasRenderingContext2D,
  map: LatentMap,
  places: Float32Array,
  colouring: Colouring,
  looked: number | null,
  width: number,
  height: number,
  palette: Palette,
  theme: ViewTheme,
): void {
  context.clearRect(0, 0, width, height);
  const place = placing(places, width, height);
  const { colour, shape, ends } = look(map, colouring, theme);
  const middles = new Map<number, { n: number; x: number; y: number }>();
  context.globalAlpha = 0.8;
  for (let i = 0; i < map.count; i++) {
    const [x, y] = place(i);
    context.fillStyle = css(colour(i));
    trace(context, shape(i), x, y, 3.2);
    context.fill();
    if (colouring !== 'group') continue;
    const middle = middles.get(shape(i)) ?? { n: 0, x: 0, y: 0 };
    middles.set(shape(i), { n: middle.n + 1, x: middle.x + x, y: middle.y + y });
  }
  context.globalAlpha = 1;
  for (const [group, { n, x, y }] of middles) numberGroup(context, group, x / n, y / n, 9, palette, theme);
  if (ends) scale(context, ends, colouring, width, height, palette, theme);
  if (looked === null || looked >= map.count) return;
  const [x, y] = place(looked);
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.stroke();
}

function scale(
  context: CanvasRenderingContext2D,
  [low, high]: readonly [number, number],
  colouring: Colouring,
  width: number,
  height: number,
  palette: Palette,
  theme: ViewTheme,
): void {
  const [wide, x, y] = [96, width - 110, height - 12];
  for (let i = 0; i < wide; i++) {
    context.fillStyle = css(mix(theme.negative, theme.positive, i / (wide - 1)));
    context.fillRect(x + i, y, 1, 5);
  }
  context.fillStyle = palette.soft;
  context.textBaseline = 'alphabetic';
  context.font = font;
  context.textAlign = 'left';
  context.fillText(Number(low.toPrecision(3)).toString(), x, y - 4);
  context.textAlign = 'right';
  context.fillText(`${Number(high.toPrecision(3))}${colouring === 'time' ? ' steps' : ''}`, x + wide, y - 4);
}

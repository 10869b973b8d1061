// Tick and cross: right and wrong as shapes, so that colour only repeats what the shape says.
import { GraphicsContext } from 'pixi.js';

/** Both fit a circle of radius `r` round the origin; drawn white, to be tinted. */
export const tickShape = (r: number, weight: number): GraphicsContext =>
  new GraphicsContext()
    .moveTo(-0.75 * r, 0.05 * r)
    .lineTo(-0.2 * r, 0.6 * r)
    .lineTo(0.8 * r, -0.6 * r)
    .stroke({ color: 0xffffff, width: weight, cap: 'round', join: 'round' });

export const crossShape = (r: number, weight: number): GraphicsContext =>
  new GraphicsContext()
    .moveTo(-0.6 * r, -0.6 * r)
    .lineTo(0.6 * r, 0.6 * r)
    .moveTo(0.6 * r, -0.6 * r)
    .lineTo(-0.6 * r, 0.6 * r)
    .stroke({ color: 0xffffff, width: weight, cap: 'round', join: 'round' });

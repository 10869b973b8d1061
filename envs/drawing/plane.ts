// A square piece of the plane with its axes, and what a brain says of every place on it as a painted surface
// behind. x counts to the right and y upwards, with a label at the middle
// and at `mark` on either side.
import { CanvasSource, Container, Graphics, Sprite, Texture } from 'pixi.js';
import type { Paint } from './paint.ts';
import { createLabel, number } from './text.ts';

export interface Plane {
  /** Its middle at the origin. */
  readonly root: Container;
  /** Under the axes: for the surface. */
  readonly below: Container;
  /** Over the axes: for everything that stands on the plane. */
  readonly above: Container;
  /** Pixels along a side, labels not counted. */
  readonly side: number;
  /** Pixels per unit of the plane. */
  readonly unit: number;
  lay(side: number): void;
}

/** Kept free for the labels at the left and below. */
export const axisRoom = 22;

export function createPlane(paint: Paint, edge: number, mark: number): Plane {
  const root = new Container();
  const below = new Container();
  const above = new Container();
  const ground = paint.tint(new Graphics(), 'line');
  ground.alpha = 0.3;
  const axes = paint.tint(new Graphics(), 'faint');
  axes.alpha = 0.45;
  const frame = paint.tint(new Graphics(), 'faint');
  const ticks = [-mark, 0, mark].map((value) => ({
    value,
    under: paint.tint(createLabel(number(value, 0), { size: 11, mono: true, align: 0.5 }), 'soft'),
    beside: paint.tint(createLabel(number(value, 0), { size: 11, mono: true, align: 1 }), 'soft'),
  }));
  root.addChild(ground, below, axes, frame, ...ticks.flatMap(({ under, beside }) => [under, beside]), above);
  const plane = {
    root,
    below,
    above,
    side: 100,
    unit: 50,
    lay(side: number): void {
      plane.side = side;
      plane.unit = side / (2 * edge);
      const half = side / 2;
      ground.clear().rect(-half, -half, side, side).fill(0xffffff);
      frame
        .clear()
        .roundRect(-half - 1, -half - 1, side + 2, side + 2, 4)
        .stroke({ color: 0xffffff, width: 2 });
      axes.clear().rect(-half, -0.75, side, 1.5).rect(-0.75, -half, 1.5, side).fill(0xffffff);
      for (const { value, under, beside } of ticks) {
        // At the plane's very edge a label is pulled in, so that it stays under the frame.
        const place = Math.max(-half + 6, Math.min(half - 6, value * plane.unit));
        under.position.set(Math.round(place), Math.round(half + 12));
        beside.position.set(Math.round(-half - 7), Math.round(-place));
      }
    },
  };
  return plane;
}

/** How a surface is painted, from what the brain says at a place: `said[at...]`. */
export interface Shading {
  /** Places of different bands have a border between them. */
  band(said: Float32Array, at: number): number;
  colour(said: Float32Array, at: number, band: number): number;
  /** The colour of borders; left out: none are drawn. */
  readonly border?: number;
}

export interface Surface {
  readonly root: Container;
  lay(side: number): void;
  /** `answers`: [grid, grid, channels], row by row from the top left. */
  show(answers: Float32Array, channels: number, shading: Shading): void;
  destroy(): void;
}

/** Pixels of the picture along one cell of the grid: between the answers, borders are drawn where they would be. */
const finer = 5;

export function createSurface(grid: number): Surface {
  const pixels = grid * finer;
  const canvas = document.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(pixels, pixels);
  const colours = new Uint32Array(image.data.buffer);
  const source = new CanvasSource({ resource: canvas, scaleMode: 'linear' });
  const texture = new Texture({ source });
  const root = new Sprite({ texture, anchor: 0.5 });
  // Between which two answers a pixel lies, and how far along: the same for columns and rows.
  const before = new Int32Array(pixels);
  const share = new Float32Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const place = Math.min(grid - 1, Math.max(0, (i + 0.5) / finer - 0.5));
    before[i] = Math.min(grid - 2, Math.floor(place));
    share[i] = place - before[i]!;
  }
  let between = new Float32Array(0);
  const bands = new Int16Array(pixels * pixels);

  function interpolate(answers: Float32Array, channels: number): void {
    if (between.length !== pixels * pixels * channels) between = new Float32Array(pixels * pixels * channels);
    for (let y = 0; y < pixels; y++) {
      const v = share[y]!;
      for (let x = 0; x < pixels; x++) {
        const u = share[x]!;
        const corner = (before[y]! * grid + before[x]!) * channels;
        const below = corner + grid * channels;
        for (let c = 0; c < channels; c++) {
          const top = answers[corner + c]! * (1 - u) + answers[corner + channels + c]! * u;
          const bottom = answers[below + c]! * (1 - u) + answers[below + channels + c]! * u;
          between[(y * pixels + x) * channels + c] = top * (1 - v) + bottom * v;
        }
      }
    }
  }

  /** 0xRRGGBB as a canvas holds it: red in the lowest byte. */
  const packed = (colour: number): number =>
    (255 << 24) | ((colour & 255) << 16) | (colour & 0xff00) | (colour >> 16);

  return {
    root,
    lay(side) {
      root.setSize(side);
    },
    show(answers, channels, shading) {
      interpolate(answers, channels);
      for (let i = 0; i < bands.length; i++) {
        const band = shading.band(between, i * channels);
        bands[i] = band;
        colours[i] = packed(shading.colour(between, i * channels, band));
      }
      if (shading.border !== undefined) {
        const border = packed(shading.border);
        for (let y = 0; y < pixels - 1; y++) {
          for (let i = y * pixels; i < (y + 1) * pixels - 1; i++) {
            if (bands[i] !== bands[i + 1] || bands[i] !== bands[i + pixels]) colours[i] = border;
          }
        }
      }
      context.putImageData(image, 0, 0);
      source.update();
    },
    destroy() {
      texture.destroy(true);
    },
  };
}

// Frames as small pictures: all channels in one, in the page's colours.
import { createTiles, rgb, type TileColours, type Tiles } from '../brain/pictures.ts';
import type { Palette } from '../theme.ts';

/** The frame at source[at...] as one picture: each channel a little brighter than the last, so that they can be told apart. */
export function flattenFrame(source: Float32Array, at: number, shape: readonly number[]): Float32Array {
  const [rows, columns, channels] = shape as readonly [number, number, number];
  const flat = new Float32Array(rows * columns);
  for (let pixel = 0; pixel < flat.length; pixel++) {
    for (let c = 0; c < channels; c++) {
      const share = channels === 1 ? 1 : 0.35 + (0.65 * (c + 1)) / channels;
      flat[pixel] = Math.max(flat[pixel]!, source[at + pixel * channels + c]! * share);
    }
  }
  return flat;
}

export const frameColours = ({ stage, ink, negative }: Palette): TileColours => ({
  zero: rgb(stage),
  positive: rgb(ink),
  negative: rgb(negative),
});

/** Gives the tiles of a chart that is drawn again and again: others only where their size, number or colours are. */
export function keepTiles(): (width: number, height: number, count: number, palette: Palette) => Tiles {
  let tiles: Tiles | undefined;
  let made = '';
  return (width, height, count, palette) => {
    const wanted = `${width} ${height} ${count} ${palette.panel}`;
    if (!tiles || wanted !== made) tiles = createTiles(width, height, count, frameColours(palette));
    made = wanted;
    return tiles;
  };
}

// Little pictures of numbers: a strip of equal tiles, painted from signed values in the colours of positive and
// negative, and drawn enlarged without smoothing.

export interface Tiles {
  /** Paints tile `tile` from values[offset + pixel * stride], each divided by `scale`. */
  paint(tile: number, values: Float32Array, offset: number, stride: number, scale: number): void;
  /** Moves what was painted to the strip. */
  flush(): void;
  draw(
    context: CanvasRenderingContext2D,
    tile: number,
    x: number,
    y: number,
    width: number,
    height: number,
  ): void;
}

type Rgb = readonly [number, number, number];
export interface TileColours {
  readonly zero: Rgb;
  readonly positive: Rgb;
  readonly negative: Rgb;
}

export const rgb = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

export function createTiles(width: number, height: number, count: number, colours: TileColours): Tiles {
  const strip = document.createElement('canvas');
  strip.width = width * count;
  strip.height = height;
  const context = strip.getContext('2d')!;
  const image = context.createImageData(width * count, height);
  const { data } = image;
  const { zero } = colours;
  return {
    paint(tile, values, offset, stride, scale) {
      for (let pixel = 0; pixel < width * height; pixel++) {
        const value = (values[offset + pixel * stride] ?? 0) / (scale || 1);
        const to = value >= 0 ? colours.positive : colours.negative;
        const share = Math.min(1, Math.abs(value));
        const at = 4 * (Math.floor(pixel / width) * width * count + tile * width + (pixel % width));
        for (let c = 0; c < 3; c++) data[at + c] = zero[c]! + (to[c]! - zero[c]!) * share;
        data[at + 3] = 255;
      }
    },
    flush: () => context.putImageData(image, 0, 0),
    draw(target, tile, x, y, w, h) {
      target.imageSmoothingEnabled = false;
      target.drawImage(strip, tile * width, 0, width, height, x, y, w, h);
    },
  };
}

/** The largest magnitude, at least `least`. */
export function largestOf(values: Float32Array, least = 1e-6): number {
  let largest = least;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

// A grid of numbers as a picture: what a network that sees frames is given, one square per number. Colours are
// written into the pixels themselves, so that both of Pixi's renderers show the same.
import { CanvasSource, Container, Graphics, Sprite, Texture } from 'pixi.js';
import { clamp } from './motion.ts';
import { mix, type Paint } from './paint.ts';
import { createLabel } from './text.ts';

export interface Pixels {
  readonly root: Container;
  /** Of the picture without its caption, px. */
  readonly height: number;
  /** `width` px wide, its top left at the origin, the caption below. */
  lay(width: number): void;
  /** Values 0..1 at values[from], values[from + step], ... row by row. */
  show(values: Float32Array, from: number, step: number): void;
  destroy(): void;
}

export const captionHeight = 18;

export function createPixels(paint: Paint, columns: number, caption: string, rows = columns): Pixels {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(columns, rows);
  const source = new CanvasSource({ resource: canvas, scaleMode: 'nearest' });
  const texture = new Texture({ source });
  const root = new Container();
  const picture = new Sprite(texture);
  const edge = paint.tint(new Graphics(), 'faint');
  const label = paint.tint(createLabel(caption, { align: 0.5 }), 'soft');
  root.addChild(picture, edge, label);
  const held = new Float32Array(columns * rows).fill(-1);
  let heldInk = -1;
  let tall = rows;
  return {
    root,
    get height() {
      return tall;
    },
    lay(width) {
      tall = (width * rows) / columns;
      picture.setSize(width, tall);
      edge
        .clear()
        .roundRect(-1.5, -1.5, width + 3, tall + 3, 4)
        .stroke({ color: 0xffffff, width: 1.5 });
      label.position.set(Math.round(width / 2), tall + captionHeight / 2 + 3);
    },
    show(values, from, step) {
      const { background, ink } = paint.theme;
      let changed = ink !== heldInk;
      for (let i = 0; i < held.length; i++) {
        const value = values[from + i * step]!;
        if (held[i] === value && !changed) continue;
        held[i] = value;
        changed = true;
      }
      if (!changed) return;
      heldInk = ink;
      for (let i = 0; i < held.length; i++) {
        const colour = mix(background, ink, clamp(values[from + i * step]!, 0, 1));
        image.data[4 * i] = colour >> 16;
        image.data[4 * i + 1] = (colour >> 8) & 255;
        image.data[4 * i + 2] = colour & 255;
        image.data[4 * i + 3] = 255;
      }
      context.putImageData(image, 0, 0);
      source.update();
    },
    destroy() {
      texture.destroy(true);
    },
  };
}

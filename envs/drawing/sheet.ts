// A sheet of canvas as one sprite: for what is many and small and changes only a few times a second, such as a number on
// every cell of a map. As sharp as the screen.
import { CanvasSource, Sprite, Texture } from 'pixi.js';

export interface Sheet {
  readonly root: Sprite;
  /** Its size in CSS pixels; it is empty afterwards. */
  lay(width: number, height: number): void;
  /** Wipes it and draws anew, in CSS pixels from its upper left. */
  draw(how: (context: CanvasRenderingContext2D) => void): void;
  /** Draws onto what is there. */
  add(how: (context: CanvasRenderingContext2D) => void): void;
  destroy(): void;
}

export function createSheet(): Sheet {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  const root = new Sprite(Texture.EMPTY);
  // Held here: a sprite destroyed with the picture that it is in lets go of its texture first.
  let texture: Texture<CanvasSource> | undefined;
  let sharpness = 1;
  const drop = (): void => {
    texture?.destroy(true);
    texture = undefined;
  };
  const add = (how: (context: CanvasRenderingContext2D) => void): void => {
    context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    how(context);
    texture?.source.update();
  };
  return {
    root,
    lay(width, height) {
      drop();
      sharpness = Math.min(2, Math.max(1, window.devicePixelRatio || 1));
      canvas.width = Math.max(1, Math.round(width * sharpness));
      canvas.height = Math.max(1, Math.round(height * sharpness));
      texture = new Texture({ source: new CanvasSource({ resource: canvas }) });
      root.texture = texture;
      root.setSize(canvas.width / sharpness, canvas.height / sharpness);
    },
    draw(how) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      add(how);
    },
    add,
    destroy: drop,
  };
}

/** A colour 0xRRGGBB for a canvas. */
export const css = (colour: number, alpha = 1): string =>
  `rgba(${colour >> 16}, ${(colour >> 8) & 255}, ${colour & 255}, ${alpha})`;

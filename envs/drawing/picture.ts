// A world's picture has two looks, one lane close up and all lanes as a wall: this makes one view of them, of
// which the stage sees the look it asked for.
import { Container } from 'pixi.js';
import type { CreateView, Editor, ViewFrame } from '../view.ts';
import { createPaint, type Paint } from './paint.ts';

/** Kept free at the left and the right, px. */
export const margin = 16;

export interface Look {
  readonly root: Container;
  /** Left out where nothing of the world is drawn by hand. */
  readonly editor?: Editor;
  draw(frame: ViewFrame): void;
  resize(width: number, height: number): void;
  /** After a change of theme, for what paint does not keep coloured. */
  repaint?(): void;
  /** What goes with the root need not be named. */
  destroy(): void;
}

type CreateLook = (paint: Paint) => Look;

/** `aspect`: width over height at which it looks best. */
export const pictureOf =
  (aspect: number, createClose: CreateLook, createWall: CreateLook): CreateView =>
  (first) => {
    const paint = createPaint(first);
    const [close, wall] = [createClose(paint), createWall(paint)];
    const root = new Container();
    root.addChild(close.root, wall.root);
    return {
      root,
      aspect,
      ...(close.editor ? { editor: close.editor } : {}),
      draw(frame) {
        close.root.visible = frame.mode === 'close';
        wall.root.visible = frame.mode === 'wall';
        (frame.mode === 'close' ? close : wall).draw(frame);
      },
      resize(width, height) {
        close.resize(width, height);
        wall.resize(width, height);
      },
      setTheme(theme) {
        paint.apply(theme);
        close.repaint?.();
        wall.repaint?.();
      },
      destroy() {
        root.destroy({ children: true });
        close.destroy();
        wall.destroy();
      },
    };
  };

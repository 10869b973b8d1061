// The channels of a frame side by side, as the network gets them: one small picture each, with its name.
import type { Container } from 'pixi.js';
import { createPanel } from './hud.ts';
import type { Paint } from './paint.ts';
import { captionHeight, createPixels } from './pixels.ts';
import { createLabel } from './text.ts';

export interface PlaneStrip {
  readonly root: Container;
  readonly width: number;
  readonly height: number;
  /** As large as whole pixels allow within that width, `columns` side by side. */
  lay(width: number, columns: number): void;
  show(observation: Float32Array): void;
  destroy(): void;
}

/** @param side of a square frame. @param names of its channels. */
export function createPlaneStrip(paint: Paint, side: number, names: readonly string[]): PlaneStrip {
  const panel = createPanel(paint);
  const { root } = panel;
  const heading = paint.tint(createLabel('sees', { bold: true }), 'ink');
  heading.position.set(10, 14);
  const planes = names.map((name) => createPixels(paint, side, name));
  root.addChild(heading, ...planes.map((plane) => plane.root));
  const size = { width: 0, height: 0 };
  return {
    root,
    get width() {
      return size.width;
    },
    get height() {
      return size.height;
    },
    lay(width, columns) {
      const room = (width - 20) / columns;
      const plane = Math.max(1, Math.floor((room - 8) / side)) * side;
      const step = Math.max(plane + 8, Math.floor(room));
      planes.forEach((one, i) => {
        one.lay(plane);
        const x = 10 + (i % columns) * step + Math.round((step - plane) / 2);
        one.root.position.set(x, 28 + Math.floor(i / columns) * (plane + captionHeight + 8));
      });
      size.width = Math.round(20 + columns * step);
      size.height = 28 + Math.ceil(planes.length / columns) * (plane + captionHeight + 8);
      panel.lay(size.width, size.height);
    },
    show(observation) {
      planes.forEach((plane, channel) => {
        plane.show(observation, channel, planes.length);
      });
    },
    destroy() {
      for (const plane of planes) plane.destroy();
    },
  };
}

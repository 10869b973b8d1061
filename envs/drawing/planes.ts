// What a network that sees frames receives: the planes of the frame side by side under one heading, in as many columns as make
// them largest in the room there is.
import { Container } from 'pixi.js';
import { createPanel } from './hud.ts';
import type { Paint } from './paint.ts';
import { captionHeight, createPixels } from './pixels.ts';
import { createLabel } from './text.ts';

export interface Planes {
  readonly root: Container;
  /** The width it takes where room is short, px. */
  readonly column: number;
  /** What it takes as it was laid, px. */
  readonly width: number;
  readonly height: number;
  /** Fits all planes into this room, its top left at the origin. */
  lay(width: number, height: number): void;
  show(observation: Float32Array): void;
  destroy(): void;
}

const largest = 60; // px, of one plane
const edge = 10;
// Where the room is short: px above the first row and below each caption.
const tightHead = 20;
const tightGap = 4;

/** Planes of `cells` x `cells` numbers, channels last. Captions are short: a plane may be 30 pixels wide. */
export function createPlanes(paint: Paint, cells: number, captions: readonly string[]): Planes {
  const panel = createPanel(paint);
  const root = new Container();
  const heading = paint.tint(createLabel('sees', { bold: true }), 'ink');
  const planes = captions.map((caption) => createPixels(paint, cells, caption));
  root.addChild(panel.root, heading, ...planes.map((plane) => plane.root));
  const count = planes.length;
  const size = { width: 0, height: 0 };

  /** The largest side, a whole number of pixels a cell, with which `columns` columns fit. */
  const sideIn = (columns: number, width: number, height: number): number => {
    const rows = Math.ceil(count / columns);
    const across = (width - 2 * edge - 6 * (columns - 1)) / columns;
    const down = (height - tightHead) / rows - captionHeight - tightGap;
    return Math.floor(Math.min(largest, across, down) / cells) * cells;
  };

  return {
    root,
    column: 132,
    get width() {
      return size.width;
    },
    get height() {
      return size.height;
    },
    lay(width, height) {
      let columns = 2;
      for (let c = 3; c <= 4; c++) {
        if (sideIn(c, width, height) > sideIn(columns, width, height)) columns = c;
      }
      const side = Math.max(cells, sideIn(columns, width, height));
      const rows = Math.ceil(count / columns);
      const roomy = height - 28 - rows * (side + captionHeight + 8) >= 0;
      const gap = roomy ? 8 : tightGap;
      const head = roomy ? 28 : tightHead;
      // Columns of equal width, their planes in the middle: what stands below a plane may be wider than it.
      const pitch = (width - edge) / columns;
      heading.position.set(edge, roomy ? 14 : 10);
      planes.forEach((plane, i) => {
        plane.lay(side);
        const row = Math.floor(i / columns);
        plane.root.position.set(
          Math.round(edge / 2 + ((i % columns) + 0.5) * pitch - side / 2),
          head + row * (side + captionHeight + gap),
        );
      });
      size.width = width;
      size.height = head + rows * (side + captionHeight + gap);
      panel.lay(size.width, size.height);
    },
    show(observation) {
      planes.forEach((plane, channel) => {
        plane.show(observation, channel, count);
      });
    },
    destroy() {
      for (const plane of planes) plane.destroy();
    },
  };
}

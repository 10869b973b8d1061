// What few-shot is drawn from: a glyph of 4 x 4 pixels on a card, its label beside it.
import { Container, Graphics, type Text } from 'pixi.js';
import type { Paint } from '../drawing/paint.ts';
import { createLabel } from '../drawing/text.ts';
import { pixels } from './dynamics.ts';

const side = Math.sqrt(pixels);

export interface GlyphCard {
  /** Its middle is the origin. */
  readonly root: Container;
  readonly label: Text;
  /** Pixels of a side. */
  lay(size: number): void;
  show(glyph: number): void;
}

export function createGlyphCard(paint: Paint): GlyphCard {
  const root = new Container();
  const plate = paint.tint(new Graphics(), 'background');
  const rim = paint.tint(new Graphics(), 'line');
  const ink = paint.tint(new Graphics(), 'ink');
  const label = paint.tint(createLabel('', { size: 20, bold: true, align: 0.5 }), 'ink');
  root.addChild(plate, rim, ink, label);
  let size = 0;
  let shown = -1;
  const write = (): void => {
    ink.clear();
    const cell = (size * 0.72) / side;
    for (let i = 0; i < pixels; i++) {
      if (((shown >> i) & 1) === 0) continue;
      const [x, y] = [i % side, Math.floor(i / side)];
      ink.rect((x - side / 2) * cell, (y - side / 2) * cell, cell + 0.5, cell + 0.5);
    }
    ink.fill(0xffffff);
  };
  return {
    root,
    label,
    lay(next) {
      if (next === size) return;
      size = next;
      for (const part of [plate, rim]) part.clear().roundRect(-size / 2, -size / 2, size, size, size * 0.12);
      plate.fill(0xffffff);
      rim.stroke({ width: 1.5, color: 0xffffff });
      write();
    },
    show(glyph) {
      if (glyph === shown) return;
      shown = glyph;
      write();
    },
  };
}

// Instruments: a quiet row of figures with their names below, as many as have room, the first ones first.
import { Container, type Text } from 'pixi.js';
import { createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, setText } from './text.ts';

export interface Readouts {
  readonly root: Container;
  readonly height: number;
  /** Centred on the origin's x, from its y downwards; no more than `most` of them. */
  lay(width: number, most: number): void;
  /** One text each, in order; written a few times a second only. */
  show(texts: () => readonly string[], seconds: number): void;
}

const widest = 104;
const narrowest = 78;

export function createReadouts(paint: Paint, names: readonly string[]): Readouts {
  const root = new Container();
  const cells = names.map((name) => {
    const figure: Text = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'ink');
    const label = paint.tint(createLabel(name, { size: 11, align: 0.5 }), 'soft');
    figure.y = 8;
    label.y = 24;
    root.addChild(figure, label);
    return { figure, label };
  });
  const due = createPace(8);
  return {
    root,
    height: 32,
    lay(width, most) {
      const count = Math.max(1, Math.min(most, cells.length, Math.floor(width / narrowest)));
      const cell = Math.min(widest, width / count);
      cells.forEach(({ figure, label }, i) => {
        figure.visible = i < count;
        label.visible = i < count;
        const x = Math.round((i - (count - 1) / 2) * cell);
        figure.x = x;
        label.x = x;
      });
    },
    show(texts, seconds) {
      if (!due(seconds)) return;
      texts().forEach((text, i) => {
        setText(cells[i]!.figure, text);
      });
    },
  };
}

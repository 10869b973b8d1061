// Words and numbers on the stage: the product's type at its four sizes, white so that paint can tint them.
import { Text } from 'pixi.js';

export interface LabelOptions {
  readonly size?: 11 | 12 | 13.5 | 15 | 20;
  readonly mono?: boolean;
  readonly bold?: boolean;
  /** 0: x is its left edge, 0.5: its middle, 1: its right edge. */
  readonly align?: number;
}

const sans = ['Inter Variable', 'Inter', 'Segoe UI', 'system-ui', 'sans-serif'];
const mono = ['JetBrains Mono Variable', 'ui-monospace', 'SF Mono', 'Menlo', 'monospace'];

/** Stands vertically centred on its y. */
export function createLabel(text = '', options: LabelOptions = {}): Text {
  return new Text({
    text,
    anchor: { x: options.align ?? 0, y: 0.5 },
    roundPixels: true,
    style: {
      fontFamily: options.mono ? mono : sans,
      fontSize: options.size ?? 12,
      fontWeight: options.bold ? '600' : '400',
      fill: 0xffffff,
    },
  });
}

/** A new text costs a new texture: only when it differs. */
export function setText(label: Text, text: string): void {
  if (label.text !== text) label.text = text;
}

/** With a real minus sign, so that columns of numbers stay calm. */
export const number = (value: number, digits: number): string => {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
};

export const percent = (p: number): string => `${Math.round(p * 100)}%`;

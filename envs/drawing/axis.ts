// What a policy of numbers is about to do on one axis, lying flat: from the middle to the number itself, with a band
// as wide as its deviation.
import { Container, Graphics } from 'pixi.js';
import { approach, clamp, createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, number, setText } from './text.ts';

export interface AxisGauge {
  readonly root: Container;
  /** `value` and `deviation` in the axis's unit; NaN: no deviation is known. */
  show(value: number, deviation: number, low: number, high: number, seconds: number): void;
}

/** Centred on its origin, `length` px long, the number above it. */
export function createAxisGauge(paint: Paint, length: number, unit: string): AxisGauge {
  const root = new Container();
  const half = length / 2;
  const track = paint.tint(new Graphics().roundRect(-half, -2, length, 4, 2).fill(0xffffff), 'line');
  const ends = paint.tint(
    new Graphics()
      .rect(-half, -5, 1.5, 10)
      .rect(half - 1.5, -5, 1.5, 10)
      .rect(-0.75, -5, 1.5, 10)
      .fill(0xffffff),
    'faint',
  );
  const band = paint.tint(new Graphics().rect(-1, -6, 2, 12).fill(0xffffff), 'accent');
  band.alpha = 0.28;
  const bar = paint.tint(new Graphics().rect(0, -2, 1, 4).fill(0xffffff), 'accent');
  const head = paint.tint(
    new Graphics()
      .moveTo(-7, -6.5)
      .lineTo(0, 0)
      .lineTo(-7, 6.5)
      .stroke({ color: 0xffffff, width: 3.5, cap: 'round', join: 'round' }),
    'accent',
  );
  const label = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'soft');
  label.y = -18;
  root.addChild(track, ends, band, bar, head, label);
  const due = createPace(8);
  let shown = 0;
  let wide = 0;
  return {
    root,
    show(value, deviation, low, high, seconds) {
      const middle = (low + high) / 2;
      const scale = length / (high - low);
      shown = approach(shown, (value - middle) * scale, seconds, 0.04);
      const known = !Number.isNaN(deviation);
      wide = approach(wide, known ? deviation * scale : 0, seconds, 0.1);
      bar.scale.x = shown;
      head.x = shown;
      head.scale.x = shown < 0 ? -1 : 1;
      const from = clamp(shown - wide, -half, half);
      const to = clamp(shown + wide, -half, half);
      band.visible = known;
      band.x = (from + to) / 2;
      band.scale.x = (to - from) / 2;
      if (!due(seconds)) return;
      const spread = known ? ` ± ${number(deviation, 2)}` : '';
      setText(label, `${number(value, 2)}${spread} ${unit}`.trimEnd());
    },
  };
}

// The overlays every world shares: what the network sees, as labelled bars, and what it expects, as a meter.
// Small panels that stay legible over a moving picture.
import { Container, Graphics, type Text } from 'pixi.js';
import { approach, clamp, createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, number, setText } from './text.ts';

export interface Panel {
  readonly root: Container;
  lay(width: number, height: number): void;
}

/** A quiet rounded backing, its top left at the origin. */
export function createPanel(paint: Paint): Panel {
  const root = new Container();
  const back = paint.tint(new Graphics(), 'background');
  back.alpha = 0.82;
  const edge = paint.tint(new Graphics(), 'line');
  root.addChild(back, edge);
  return {
    root,
    lay(width, height) {
      back.clear().roundRect(0, 0, width, height, 8).fill(0xffffff);
      edge
        .clear()
        .roundRect(0.5, 0.5, width - 1, height - 1, 8)
        .stroke({ color: 0xffffff, width: 1 });
    },
  };
}

export interface Bars {
  readonly root: Container;
  readonly height: number;
  /** Leaves the numbers out where they do not fit, and moves the rows together. */
  fit(width: number, height: number): void;
  /** NaN, or nothing: the world hides that number. */
  show(values: ArrayLike<number>, seconds: number): void;
}

export interface BarSpec {
  readonly name: string;
  /** Shown after the number; '' for pure numbers. */
  readonly unit: string;
  /** What fills half the bar; grows when more is seen. */
  readonly usual: number;
  /** Decimals of the number; as its size asks for when left out. */
  readonly digits?: number;
}

const rowHeight = 18;
const leastRowHeight = 14;
const barLength = 56;

/** One row each: a name, a bar to either side of zero, the number. */
export function createBars(paint: Paint, specs: readonly BarSpec[], title: string): Bars {
  const longest = Math.max(...specs.map((spec) => spec.name.length));
  const nameWidth = clamp(longest * 6.6, 28, 108);
  const narrow = 12 + nameWidth + 10 + barLength + 12;
  const wide = narrow + 88;
  let height = 0;
  const panel = createPanel(paint);
  const { root } = panel;
  const heading = paint.tint(createLabel(title, { bold: true }), 'ink');
  root.addChild(heading);
  const middle = 12 + nameWidth + 10 + barLength / 2;
  const reach = specs.map((spec) => spec.usual);
  const shown = specs.map(() => 0);
  const due = createPace(8);
  const rows = specs.map((spec) => {
    const name = paint.tint(createLabel(spec.name), 'soft');
    const track = new Graphics().roundRect(-barLength / 2, -2, barLength, 4, 2).fill(0xffffff);
    const zero = new Graphics().rect(-0.5, -5, 1, 10).fill(0xffffff);
    // Anchored at zero and stretched to either side.
    const bar = new Graphics().rect(0, -2, 1, 4).fill(0xffffff);
    const value = paint.tint(createLabel('', { mono: true, align: 1 }), 'ink');
    root.addChild(name, paint.tint(track, 'line'), bar, paint.tint(zero, 'faint'), value);
    return { name, track, zero, bar, value };
  });
  return {
    root,
    get height() {
      return height;
    },
    fit(room, tall) {
      const numbers = room >= wide;
      const pitch = clamp(Math.floor((tall - 12) / (specs.length + 1)), leastRowHeight, rowHeight);
      height = 12 + pitch * (specs.length + 1);
      panel.lay(numbers ? wide : narrow, height);
      heading.position.set(12, 6 + pitch / 2);
      rows.forEach(({ name, track, zero, bar, value }, i) => {
        const y = 6 + pitch * (i + 1.5);
        name.position.set(12, y);
        for (const part of [track, zero, bar]) part.position.set(middle, y);
        value.position.set(wide - 12, y);
        value.visible = numbers;
      });
    },
    show(values, seconds) {
      const write = due(seconds);
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        const now = values[i] ?? Number.NaN;
        const hidden = Number.isNaN(now);
        row.name.alpha = hidden ? 0.5 : 1;
        row.bar.visible = !hidden;
        if (hidden) {
          if (write) setText(row.value, 'hidden');
          continue;
        }
        reach[i] = Math.max(specs[i]!.usual, Math.abs(now), reach[i]! * (1 - 0.1 * Math.min(1, seconds)));
        shown[i] = approach(shown[i]!, now, seconds, 0.03);
        row.bar.scale.x = clamp(shown[i]! / reach[i]!, -1, 1) * (barLength / 2);
        paint.tint(row.bar, shown[i]! < 0 ? 'negative' : 'positive');
        if (!write) continue;
        const digits = specs[i]!.digits ?? (Math.abs(now) < 10 ? 2 : 1);
        setText(row.value, `${number(now, digits)} ${specs[i]!.unit}`.trimEnd());
      }
    },
  };
}

export interface Meter {
  readonly root: Container;
  readonly width: number;
  readonly height: number;
  /** Hides itself while there is no value. */
  show(value: number, seconds: number, wanted: boolean): void;
}

const meterWidth = 116;
const meterHeight = 44;

/** What the network expects to gather from here on, against the most and least it has expected. */
export function createMeter(paint: Paint): Meter {
  const panel = createPanel(paint);
  const { root } = panel;
  panel.lay(meterWidth, meterHeight);
  const inner = meterWidth - 24;
  const name = paint.tint(createLabel('expects'), 'soft');
  name.position.set(12, 15);
  const figure: Text = paint.tint(createLabel('', { mono: true, align: 1 }), 'ink');
  figure.position.set(meterWidth - 12, 15);
  const track = new Graphics().roundRect(0, -2, inner, 4, 2).fill(0xffffff);
  const bar = new Graphics().rect(0, -2, 1, 4).fill(0xffffff);
  const knob = new Graphics().circle(0, 0, 5).fill(0xffffff);
  for (const part of [track, bar, knob]) part.position.set(12, 31);
  root.addChild(
    name,
    figure,
    paint.tint(track, 'line'),
    paint.tint(bar, 'accent'),
    paint.tint(knob, 'accent'),
  );
  const due = createPace(6);
  let low = 0;
  let high = 0.01;
  let shown = 0;
  return {
    root,
    width: meterWidth,
    height: meterHeight,
    show(value, seconds, wanted) {
      root.visible = wanted && !Number.isNaN(value);
      if (!root.visible) return;
      low = Math.min(low, value);
      high = Math.max(high, value);
      shown = approach(shown, value, seconds, 0.08);
      const length = 5 + (inner - 10) * clamp((shown - low) / (high - low), 0, 1);
      bar.scale.x = length;
      knob.x = 12 + length;
      if (due(seconds)) setText(figure, number(value, Math.abs(value) < 100 ? 1 : 0));
    },
  };
}

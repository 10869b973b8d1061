// What a policy of numbers is about to do on one axis: a mark from end to end of the axis, a band as wide as it may err to
// either side, and the words for both ends.
import { Container, Graphics } from 'pixi.js';
import type { ActionAxis } from '../environment.ts';
import { createPanel } from './hud.ts';
import { approach, clamp, createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, number, setText } from './text.ts';

interface Gauge {
  readonly root: Container;
  /** Its top left at the origin. */
  lay(width: number): void;
  /** `deviation` is NaN where no policy says how sure it is. */
  show(value: number, deviation: number, seconds: number): void;
}

function createGauge(paint: Paint, { low, high, does, unit }: ActionAxis): Gauge {
  const root = new Container();
  const line = paint.tint(new Graphics(), 'line');
  const middle = paint.tint(new Graphics(), 'faint');
  const band = paint.tint(new Graphics().rect(-1, -5, 2, 10).fill(0xffffff), 'accent');
  const knob = paint.tint(new Graphics().circle(0, 0, 6).fill(0xffffff), 'accent');
  const least = paint.tint(createLabel(does[0], { size: 11 }), 'soft');
  const most = paint.tint(createLabel(does[1], { size: 11, align: 1 }), 'soft');
  const figure = paint.tint(createLabel('', { size: 11, mono: true, align: 0.5 }), 'ink');
  root.addChild(line, band, middle, knob, least, most, figure);
  const due = createPace(8);
  const y = 26;
  let length = 100;
  let shown = 0;
  let spread = 0;
  return {
    root,
    lay(width) {
      length = width;
      line
        .clear()
        .roundRect(0, y - 2, width, 4, 2)
        .fill(0xffffff);
      middle
        .clear()
        .rect(width / 2 - 0.75, y - 6, 1.5, 12)
        .fill(0xffffff);
      least.position.set(0, 8);
      most.position.set(width, 8);
      figure.position.set(width / 2, 8);
      band.y = y;
      knob.y = y;
    },
    show(value, deviation, seconds) {
      const place = (v: number): number => clamp((v - low) / (high - low), 0, 1) * length;
      shown = approach(shown, value, seconds, 0.04);
      knob.x = place(shown);
      band.visible = !Number.isNaN(deviation);
      if (band.visible) {
        spread = approach(spread, deviation, seconds, 0.1);
        const [from, to] = [place(shown - spread), place(shown + spread)];
        band.x = (from + to) / 2;
        band.scale.x = Math.max(1, (to - from) / 2);
        band.alpha = 0.28;
      }
      if (!due(seconds)) return;
      const about = band.visible && length >= 150 ? ` \u00b1${deviation.toFixed(1)}` : '';
      setText(figure, `${number(value, 1)}${about}${unit ? ` ${unit}` : ''}`);
    },
  };
}

export interface Gauges {
  readonly root: Container;
  readonly height: number;
  lay(width: number): void;
  show(action: ArrayLike<number>, deviations: ArrayLike<number>, seconds: number): void;
}

/** A gauge for every axis, side by side on a panel. */
export function createGauges(paint: Paint, axes: readonly ActionAxis[]): Gauges {
  const panel = createPanel(paint);
  const gauges = axes.map((axis) => {
    const gauge = createGauge(paint, axis);
    panel.root.addChild(gauge.root);
    return gauge;
  });
  const height = 44;
  return {
    root: panel.root,
    height,
    lay(width) {
      panel.lay(width, height);
      const gap = 24;
      const each = (width - 24 - gap * (gauges.length - 1)) / gauges.length;
      gauges.forEach((gauge, i) => {
        gauge.lay(each);
        gauge.root.position.set(12 + i * (each + gap), 5);
      });
    },
    show(action, deviations, seconds) {
      gauges.forEach((gauge, i) => {
        gauge.show(action[i] ?? 0, deviations[i] ?? Number.NaN, seconds);
      });
    },
  };
}

// How much of an episode's time is used up: a thin line that fills, with the step it is at.
import { Container, Graphics } from 'pixi.js';
import { clamp, createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, setText } from './text.ts';

const length = 120;

export interface Clock {
  readonly root: Container;
  /** Its whole width, px; the origin is its left end, half-way up. */
  readonly width: number;
  show(elapsed: number, most: number, seconds: number): void;
}

export function createClock(paint: Paint): Clock {
  const root = new Container();
  const track = paint.tint(new Graphics().roundRect(0, -2, length, 4, 2).fill(0xffffff), 'line');
  const bar = paint.tint(new Graphics().roundRect(0, -2, length, 4, 2).fill(0xffffff), 'soft');
  const label = paint.tint(createLabel('', { mono: true }), 'soft');
  label.x = length + 10;
  root.addChild(track, bar, label);
  const due = createPace(10);
  return {
    root,
    width: length + 10 + 108,
    show(elapsed, most, seconds) {
      bar.scale.x = clamp(elapsed / most, 0.01, 1);
      if (due(seconds)) setText(label, `step ${elapsed} of ${most}`);
    },
  };
}

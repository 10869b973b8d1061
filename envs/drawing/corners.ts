// What a brain sees and what it expects, in the upper corners of a picture: numbers with bars at the left, the meter at the right.
import { Container } from 'pixi.js';
import type { ViewFrame } from '../view.ts';
import { type BarSpec, createBars, createMeter } from './hud.ts';
import type { Paint } from './paint.ts';
import { margin } from './picture.ts';

export interface Corners {
  readonly root: Container;
  /** The numbers, while they are shown. */
  readonly sees: Container;
  lay(width: number): void;
  /** Where the middle of something stands that reaches `half` px to either side, clear of the numbers if it can be. */
  beside(width: number, half: number): number;
  /** `seen`: one number for each bar, where these are not the observation itself. */
  show(frame: ViewFrame, seen?: ArrayLike<number>): void;
}

export function createCorners(paint: Paint, specs: readonly BarSpec[]): Corners {
  const root = new Container();
  const bars = createBars(paint, specs, 'sees');
  const sees = bars.root;
  const meter = createMeter(paint);
  root.addChild(sees, meter.root);
  return {
    root,
    sees,
    lay(width) {
      bars.fit(width - 2 * margin - meter.width - 8);
      sees.position.set(margin, 0);
      meter.root.position.set(width - margin - meter.width, 0);
    },
    beside: (width, half) => Math.max(width / 2, Math.min(sees.width + 10 + half, width - half)),
    show({ overlays, observation, value, secondsSinceLast }, seen = observation) {
      sees.visible = overlays.sees;
      if (overlays.sees) bars.show(seen, secondsSinceLast);
      meter.show(value, secondsSinceLast, overlays.values);
    },
  };
}

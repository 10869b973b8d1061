// What a brain sees and what it expects, in the upper corners of a picture: numbers with bars at the left, the meter at the right; in
// a narrow room below the numbers, where a picture stands beside them.
import { Container } from 'pixi.js';
import type { ViewFrame } from '../view.ts';
import { type BarSpec, createBars, createMeter } from './hud.ts';
import type { Paint } from './paint.ts';
import { margin } from './picture.ts';

export interface Corners {
  readonly root: Container;
  /** The numbers, while they are shown. */
  readonly sees: Container;
  /** `height`: px free from the top at the left; `clear`: the picture keeps clear of the numbers, see `beside`. */
  lay(width: number, height: number, clear: boolean): void;
  /** Where the middle of something stands that reaches `half` px to either side, clear of the numbers if it can be. */
  beside(half: number): number;
  /** `seen`: one number for each bar, where these are not the observation itself. */
  show(frame: ViewFrame, seen?: ArrayLike<number>): void;
}

export function createCorners(paint: Paint, specs: readonly BarSpec[]): Corners {
  const root = new Container();
  const bars = createBars(paint, specs, 'sees');
  const sees = bars.root;
  const meter = createMeter(paint);
  let [width, below] = [0, false];
  root.addChild(sees, meter.root);
  return {
    root,
    sees,
    lay(newWidth, height, clear) {
      width = newWidth;
      bars.fit(width - 2 * margin - meter.width - 8, height);
      below = clear && width < 480 && bars.height + 8 + meter.height <= height;
      sees.position.set(margin, 0);
    },
    beside: (half) => Math.max(width / 2, Math.min(sees.width + 10 + half, width - half)),
    show({ overlays, observation, value, secondsSinceLast }, seen = observation) {
      sees.visible = overlays.sees;
      if (overlays.sees) bars.show(seen, secondsSinceLast);
      if (below && overlays.sees) meter.root.position.set(margin, bars.height + 8);
      else meter.root.position.set(width - margin - meter.width, 0);
      meter.show(value, secondsSinceLast, overlays.values);
    },
  };
}

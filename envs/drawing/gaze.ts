// Where the one that acts looks, as lines from it to the things it sees: the more of its attention, the thicker and plainer. Lines
// below a twentieth are left out: a hair in every direction says nothing.
import { Graphics } from 'pixi.js';
import type { Paint } from './paint.ts';

const least = 0.05;

export interface Gaze {
  readonly root: Graphics;
  /** @param shares of thing 0, which looks, and of all others. @param place of a thing, or undefined where it is not. */
  show(
    shares: Float32Array,
    place: (thing: number) => readonly [number, number] | undefined,
    thickest: number,
  ): void;
  hide(): void;
}

export function createGaze(paint: Paint): Gaze {
  const root = paint.tint(new Graphics(), 'accent');
  return {
    root,
    show(shares, place, thickest) {
      root.clear();
      root.visible = true;
      const from = place(0);
      if (!from) return;
      for (let thing = 1; thing < shares.length; thing++) {
        const share = shares[thing]!;
        const to = share < least ? undefined : place(thing);
        if (!to) continue;
        root
          .moveTo(from[0], from[1])
          .lineTo(to[0], to[1])
          .stroke({ width: 1 + thickest * share, color: 0xffffff, alpha: 0.25 + 0.6 * share, cap: 'round' });
      }
    },
    hide() {
      root.visible = false;
    },
  };
}

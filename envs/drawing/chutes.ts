// A chute of a sorter: its sign, a bar for its chance, and the verdict on the last item that fell in. Built once; `lay` redraws
// it for a new size, all else only moves it.
import { Container, Graphics, type GraphicsContext } from 'pixi.js';
import { approach, clamp, easeOut } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, percent, setText } from './text.ts';

export const verdictLasts = 0.9; // s

/** What names a chute, its middle at the origin. */
export interface Sign {
  readonly root: Container;
  /** Fits it to the chute. */
  lay?(width: number, depth: number): void;
}

export const wordSign = (paint: Paint, word: string): Sign => ({
  root: paint.tint(createLabel(word, { size: 15, bold: true, align: 0.5 }), 'ink'),
});

export function createChute(paint: Paint, sign: Sign, tick: GraphicsContext, cross: GraphicsContext) {
  const root = new Container(); // origin: middle of the mouth
  const bin = paint.tint(new Graphics(), 'line');
  const lit = paint.tint(new Graphics(), 'accent');
  const lip = paint.tint(new Graphics(), 'faint');
  const name = sign.root;
  const bar = paint.tint(new Graphics(), 'accent');
  const chance = paint.tint(createLabel('', { size: 11, mono: true, align: 0.5 }), 'ink');
  const right = paint.tint(new Graphics(tick), 'positive');
  const wrong = paint.tint(new Graphics(cross), 'negative');
  root.addChild(bin, lit, lip, bar, chance, name, right, wrong);
  lit.alpha = 0;
  right.visible = false;
  wrong.visible = false;
  let shown = 0;
  let tall = 60;
  let verdictAge = verdictLasts;
  return {
    root,
    lay(width: number, depth: number, barHeight: number): void {
      tall = barHeight;
      const half = width / 2;
      for (const shape of [bin, lit]) shape.clear().roundRect(-half, 0, width, depth, 7).fill(0xffffff);
      bin.alpha = 0.75;
      lip.clear().roundRect(-half, -1, width, 3, 1.5).fill(0xffffff);
      bar
        .clear()
        .roundRect(-Math.min(half - 3, 12), -1, 2 * Math.min(half - 3, 12), 1, 0)
        .fill(0xffffff);
      sign.lay?.(width, depth);
      name.y = Math.round(depth / 2) + 1;
      right.y = name.y;
      wrong.y = name.y;
    },
    show(p: number | undefined, chosen: boolean, acts: boolean, write: boolean, seconds: number): void {
      shown = approach(shown, p ?? 0, seconds, 0.06);
      bar.visible = acts && p !== undefined;
      chance.visible = bar.visible && shown > 0.045;
      bar.scale.y = Math.max(0.01, shown * tall);
      bar.y = -3;
      bar.alpha = chosen ? 1 : 0.45;
      chance.y = -13 - shown * tall;
      if (write && chance.visible && p !== undefined) setText(chance, percent(p));
      verdictAge += seconds;
      const left = clamp((verdictLasts - verdictAge) / 0.3, 0, 1);
      const on = verdictAge < verdictLasts;
      if (!on) {
        right.visible = false;
        wrong.visible = false;
      }
      const mark = right.visible ? right : wrong;
      mark.alpha = left;
      mark.scale.set(0.8 + 0.2 * easeOut(clamp(verdictAge / 0.15, 0, 1)));
      name.alpha = on ? 1 - left : 1;
      lit.alpha = (acts && chosen ? 0.28 : 0) + (on && right.visible ? 0.2 * left : 0);
    },
    verdict(good: boolean): void {
      verdictAge = 0;
      right.visible = good;
      wrong.visible = !good;
    },
    clear(): void {
      verdictAge = verdictLasts;
    },
  };
}

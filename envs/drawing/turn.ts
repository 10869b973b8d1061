// A torque drawn round the joint it acts on: a dial of ticks from the middle to either side, an arrow head at the
// torque, and an outer band as wide as a policy's deviation. The middle points up; positive turns counter-clockwise.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { approach, createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, number, setText } from './text.ts';

const ticks = 24; // to either side
const widest = 2.4; // rad, where the strongest torque is drawn
const every = widest / ticks;

export interface TorqueDial {
  readonly root: Container;
  /** Of that radius, its number so far below the joint, px. */
  lay(radius: number, numberBelow: number): void;
  /** NaN: no deviation is known. */
  show(torque: number, deviation: number, most: number, unit: string, seconds: number): void;
  destroy(): void;
}

export function createTorqueDial(paint: Paint): TorqueDial {
  const root = new Container();
  const tick = new GraphicsContext();
  const bandTick = new GraphicsContext();
  const places = Array.from({ length: 2 * ticks + 1 }, (_, i) => {
    const part = i - ticks;
    const bandMark = paint.tint(new Graphics(bandTick), 'accent');
    const mark = new Graphics(tick);
    // A screen's y points down, so its angles run clockwise.
    for (const node of [mark, bandMark]) node.rotation = -part * every;
    root.addChild(bandMark, mark);
    return { part: part / ticks, mark, bandMark };
  });
  const head = paint.tint(new Graphics(), 'accent');
  const label = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'ink');
  root.addChild(head, label);
  const due = createPace(8);
  let shown = 0;
  let wide = 0;
  return {
    root,
    lay(r, numberBelow) {
      label.y = numberBelow;
      const length = Math.max(5, r * 0.11);
      tick
        .clear()
        .roundRect(-1.25, -r - length / 2, 2.5, length, 1.25)
        .fill(0xffffff);
      bandTick
        .clear()
        .rect(-r * every * 0.55, -r - length * 1.5, r * every * 1.1, length * 0.5)
        .fill(0xffffff);
      const h = Math.max(7, r * 0.15);
      head
        .clear()
        .moveTo(h * 0.5, -r - h)
        .lineTo(-h * 0.6, -r)
        .lineTo(h * 0.5, -r + h)
        .closePath()
        .fill(0xffffff)
        .stroke({ color: 0xffffff, width: 2, join: 'round' });
    },
    show(torque, deviation, most, unit, seconds) {
      const known = !Number.isNaN(deviation);
      shown = approach(shown, torque / most, seconds, 0.04);
      wide = approach(wide, known ? deviation / most : 0, seconds, 0.1);
      const { theme } = paint;
      for (const { part, mark, bandMark } of places) {
        const inside = shown < 0 ? part <= 0 && part >= shown : part >= 0 && part <= shown;
        mark.tint = inside ? theme.accent : theme.faint;
        mark.alpha = inside ? 1 : 0.5;
        bandMark.visible = known && Math.abs(part - shown) <= wide;
        bandMark.alpha = 0.4;
      }
      head.rotation = -shown * widest;
      head.scale.x = shown < 0 ? -1 : 1;
      head.alpha = Math.abs(shown) < 0.02 ? 0.4 : 1;
      if (!due(seconds)) return;
      const spread = known ? ` ± ${number(deviation, 2)}` : '';
      setText(label, `${number(torque, 2)}${spread} ${unit}`);
    },
    destroy() {
      tick.destroy();
      bandTick.destroy();
    },
  };
}

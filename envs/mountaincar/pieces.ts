// What the car is about to do, drawn above it: three choices with their chances, the taken one bold.
import { Container, Graphics } from 'pixi.js';
import { approach, createPace } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';

const apart = 44; // px, from the middle to where an arrow begins

export function createPushes(paint: Paint) {
  const root = new Container();
  const choices = [-1, 0, 1].map((side) => {
    const mark = new Container();
    let shaft: Graphics | undefined;
    const head = new Graphics();
    if (side === 0) head.circle(0, 0, 5).fill(0xffffff);
    else {
      shaft = new Graphics().roundRect(0, -1.75, 1, 3.5, 0).fill(0xffffff);
      head
        .moveTo(-7, -6.5)
        .lineTo(0, 0)
        .lineTo(-7, 6.5)
        .stroke({ color: 0xffffff, width: 3.5, cap: 'round', join: 'round' });
      mark.addChild(shaft);
      mark.scale.x = side;
    }
    mark.addChild(head);
    mark.x = side * (apart - 20);
    const label = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'soft');
    label.position.set(side * apart, -18);
    root.addChild(paint.tint(mark, 'accent'), label);
    return { mark, shaft, head, label, strength: 0, length: 16 };
  });
  const due = createPace(8);
  return {
    root,
    /** `order`: the actions that push left, not at all and right. */
    show(action: number, chances: Float32Array, order: readonly number[], seconds: number): void {
      const write = due(seconds);
      choices.forEach((c, i) => {
        const own = order[i]!;
        const p = chances[own];
        c.strength = approach(c.strength, action === own ? 1 : 0, seconds, 0.05);
        c.mark.alpha = 0.22 + 0.78 * c.strength;
        if (c.shaft) {
          c.length = approach(c.length, 12 + 26 * (p ?? 0.5), seconds, 0.07);
          c.shaft.scale.x = c.length - 1;
          c.head.x = c.length;
        } else c.head.scale.set(0.7 + 0.5 * c.strength);
        c.label.visible = p !== undefined;
        if (p !== undefined && write) setText(c.label, percent(p));
      });
    },
  };
}

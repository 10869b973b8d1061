// One sentence that appears where something happened, stays long enough to be read, and fades. It has a ground of its own, so that it
// is read whatever moves under it; whoever shows it puts it above everything else.
import { Container, Graphics } from 'pixi.js';
import { clamp } from './motion.ts';
import type { Paint, Role } from './paint.ts';
import { createLabel, setText } from './text.ts';

export interface Notice {
  readonly root: Container;
  /** Centred on (x, y), kept inside 0..width. */
  say(text: string, x: number, y: number, width: number, role: Role): void;
  update(seconds: number): void;
  hide(): void;
}

const shown = 1.8;
const fading = 0.5;

export function createNotice(paint: Paint): Notice {
  const root = new Container();
  const ground = paint.tint(new Graphics(), 'background');
  ground.alpha = 0.85;
  const label = createLabel('', { size: 13.5, align: 0.5, bold: true });
  root.addChild(ground, label);
  root.visible = false;
  let left = 0;
  return {
    root,
    say(text, x, y, width, role) {
      setText(label, text);
      const half = label.width / 2 + 12;
      ground
        .clear()
        .roundRect(2 - half, -13, 2 * half - 4, 26, 8)
        .fill(0xffffff);
      root.position.set(Math.round(clamp(x, half, Math.max(half, width - half))), Math.round(y));
      paint.tint(label, role);
      root.alpha = 1;
      root.visible = true;
      left = shown;
    },
    update(seconds) {
      if (!root.visible) return;
      left -= seconds;
      root.alpha = clamp(left / fading, 0, 1);
      if (left <= 0) root.visible = false;
    },
    hide() {
      root.visible = false;
    },
  };
}

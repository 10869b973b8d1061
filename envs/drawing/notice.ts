// One sentence that appears where something happened, stays long enough to be read, and fades.
import type { Text } from 'pixi.js';
import { clamp } from './motion.ts';
import type { Paint, Role } from './paint.ts';
import { createLabel, setText } from './text.ts';

export interface Notice {
  readonly root: Text;
  /** Centred on (x, y), kept inside 0..width. */
  say(text: string, x: number, y: number, width: number, role: Role): void;
  update(seconds: number): void;
  hide(): void;
}

const shown = 1.8;
const fading = 0.5;

export function createNotice(paint: Paint): Notice {
  const root = createLabel('', { size: 13.5, align: 0.5, bold: true });
  root.visible = false;
  let left = 0;
  return {
    root,
    say(text, x, y, width, role) {
      setText(root, text);
      const half = root.width / 2 + 12;
      root.position.set(Math.round(clamp(x, half, Math.max(half, width - half))), Math.round(y));
      paint.tint(root, role);
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

// What stands in Breakout's close-up besides the game itself: the next move on the paddle's row; and the colour of a brick, which the
// wall of lanes shares.
import { Container, Graphics } from 'pixi.js';
import { approach, createPace } from '../drawing/motion.ts';
import { mix, type Paint } from '../drawing/paint.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';
import type { ViewFrame, ViewTheme } from '../view.ts';
import { brickRows, gridSize } from './dynamics.ts';

export const brickCount = brickRows * gridSize;

/** Three shades of the accent, lightest on top, so that rows are told apart without colour. */
export const rowColour = (theme: ViewTheme, row: number): number =>
  [mix(theme.accent, theme.ink, 0.35), theme.accent, mix(theme.accent, theme.background, 0.35)][row]!;

/** Which way an action moves the paddle: -1, 0 or 1. */
const moveOf = (action: number, mirrored: boolean): number =>
  action === 0 ? 0 : (action === 2) === mirrored ? -1 : 1;

/** The next move, drawn on the paddle's row: where each action would take it, and how likely it is. */
export function createMoves(paint: Paint) {
  const root = new Container();
  const spots = [-1, 0, 1].map((move) => {
    const spot = new Container();
    const box = paint.tint(new Graphics(), 'accent');
    const label = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'soft');
    const head = new Graphics();
    if (move === 0) head.circle(0, 0, 3.5).fill(0xffffff);
    else {
      head
        .moveTo(-3 * move, -6)
        .lineTo(3 * move, 0)
        .lineTo(-3 * move, 6);
      head.stroke({ color: 0xffffff, width: 3, cap: 'round', join: 'round' });
    }
    spot.addChild(box, paint.tint(head, 'ink'), label);
    root.addChild(spot);
    return { move, spot, box, head, label, strength: 0, chance: 0 };
  });
  const due = createPace(10);
  return {
    root,
    lay(cell: number): void {
      for (const { move, spot, box, head, label } of spots) {
        box
          .clear()
          .roundRect(-cell * 0.5 + 2, -cell * 0.5 + 2, cell - 4, cell - 4, cell * 0.18)
          .fill(0xffffff);
        spot.x = move * cell;
        head.y = move === 0 ? -cell * 0.72 : 0;
        label.position.set(move * (Math.max(cell, 36) - cell), cell * 0.5 + 12);
      }
    },
    show(frame: ViewFrame, paddle: number, seconds: number): void {
      const mirrored = frame.params['mirrored'] === 1;
      const write = due(seconds);
      for (const s of spots) {
        const action = [0, 1, 2].find((a) => moveOf(a, mirrored) === s.move)!;
        const p = frame.probabilities[action];
        const chosen = frame.action[0] === action ? 1 : 0;
        s.strength = approach(s.strength, chosen, seconds, 0.05);
        s.chance = approach(s.chance, p ?? 0, seconds, 0.05);
        s.spot.visible = paddle + s.move > -0.6 && paddle + s.move < gridSize - 0.4;
        s.box.alpha = s.move === 0 ? 0 : 0.45 * s.chance;
        s.head.alpha = 0.12 + 0.88 * s.strength;
        s.label.visible = p !== undefined;
        if (p !== undefined && write) setText(s.label, percent(p));
      }
    },
  };
}

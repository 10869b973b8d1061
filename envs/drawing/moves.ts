// What a player on a grid is about to do, drawn round it on the board: the cell each move leads to, filled as the move is likely,
// with an arrow that is bold for the move taken and the chance in words.
import { Container, Graphics } from 'pixi.js';
import type { WorldParams } from '../environment.ts';
import type { ViewFrame } from '../view.ts';
import { approach, createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, percent, setText } from './text.ts';

export interface MoveMark {
  /** The cell it points at, from the player's. */
  readonly dx: number;
  readonly dy: number;
  /** Where the chance is written, from that cell's middle: below it, or at its right. */
  readonly label: 'below' | 'right';
  /** Fires there rather than goes there. */
  readonly fires?: boolean;
}

export interface Moves {
  readonly root: Container;
  lay(cell: number): void;
  /** Whether a mark leads nowhere, off the board: then only its chance is shown. */
  block(mark: number, blocked: boolean): void;
  /** Shown while it is wanted. `markOf`: the mark that an action comes to. */
  show(frame: ViewFrame, markOf: (action: number, params: WorldParams) => number): void;
}

const pill = { width: 36, height: 16 };

export function createMoves(paint: Paint, marks: readonly MoveMark[]): Moves {
  const root = new Container();
  const spots = marks.map(({ dx, dy, label: side, fires }) => {
    const spot = new Container();
    const box = paint.tint(new Graphics(), 'accent');
    const head = paint.tint(new Graphics(), 'ink');
    const words = new Container();
    const back = paint.tint(new Graphics(), 'background');
    back.roundRect(-pill.width / 2, -pill.height / 2, pill.width, pill.height, 5).fill(0xffffff);
    back.alpha = 0.8;
    const label = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'ink');
    words.addChild(back, label);
    spot.addChild(box, head, words);
    root.addChild(spot);
    return { dx, dy, side, fires: fires ?? false, spot, box, head, words, label, strength: 0, chance: 0 };
  });
  const due = createPace(8);
  const chances = new Float32Array(marks.length);
  return {
    root,
    lay(cell) {
      for (const { dx, dy, side, fires, spot, box, head, words } of spots) {
        const half = cell / 2 - 1.5;
        box
          .clear()
          .roundRect(-half, -half, 2 * half, 2 * half, cell * 0.18)
          .fill(0xffffff);
        head.clear();
        const weight = Math.max(2, cell * 0.08);
        if (dx === 0 && dy === 0) {
          head.roundRect(-half, -half, 2 * half, 2 * half, cell * 0.18).stroke({ color: 0xffffff, width: 2 });
        } else {
          const r = cell * 0.16;
          // A chevron that points along (dx, dy); what is fired has a shaft too.
          head
            .moveTo((-dx * 0.5 - dy) * r, (-dy * 0.5 + dx) * r)
            .lineTo(dx * 0.6 * r, dy * 0.6 * r)
            .lineTo((-dx * 0.5 + dy) * r, (-dy * 0.5 - dx) * r);
          if (fires)
            head.moveTo(dx * 0.6 * r, dy * 0.6 * r).lineTo(dx * (0.6 * r - 2 * r), dy * (0.6 * r - 2 * r));
          head.stroke({ color: 0xffffff, width: weight, cap: 'round', join: 'round' });
        }
        spot.position.set(dx * cell, dy * cell);
        if (side === 'right') words.position.set(cell * 0.5 + pill.width / 2 + 3, 0);
        // Cells that are narrower than what is written below them spread it.
        else words.position.set(dx * (Math.max(cell, pill.width) - cell), cell * 0.5 + pill.height / 2 + 4);
      }
    },
    block(mark, blocked) {
      const { box, head } = spots[mark]!;
      box.visible = !blocked;
      head.visible = !blocked;
    },
    show({ overlays, action, probabilities, params, secondsSinceLast: seconds }, markOf) {
      root.visible = overlays.acts;
      if (!overlays.acts) return;
      const chosen = markOf(action[0] ?? 0, params);
      const known = probabilities.length > 0;
      chances.fill(0);
      for (let a = 0; a < probabilities.length; a++) chances[markOf(a, params)]! += probabilities[a]!;
      const write = due(seconds);
      spots.forEach((s, i) => {
        const p = known ? chances[i] : undefined;
        s.strength = approach(s.strength, chosen === i ? 1 : 0, seconds, 0.05);
        s.chance = approach(s.chance, p ?? 0, seconds, 0.05);
        s.box.alpha = 0.45 * s.chance;
        s.head.alpha = 0.15 + 0.85 * s.strength;
        s.words.visible = p !== undefined;
        if (p !== undefined && write) setText(s.label, percent(p));
      });
    },
  };
}

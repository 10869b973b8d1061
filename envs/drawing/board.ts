// Where a square board stands on the stage: in the middle with the panels at its sides where these have room, else pushed to the
// right with the panels in a column at the left.
import type { Meter } from './hud.ts';
import { margin } from './picture.ts';
import type { Planes } from './planes.ts';

export interface BoardPlace {
  /** Pixels of one cell. */
  readonly cell: number;
  /** The board's top left. */
  readonly x: number;
  readonly y: number;
}

export interface BoardRoom {
  readonly width: number;
  readonly height: number;
  /** Kept free under the board, px. */
  readonly below: number;
  /** Cells along one side. */
  readonly cells: number;
  readonly withSees: boolean;
  readonly withMeter: boolean;
}

const column = 132;

/** Puts both panels in their places and says where the board goes. */
export function placeBoard(room: BoardRoom, sees: Planes, meter: Meter): BoardPlace {
  const { width, height, below, cells } = room;
  const full = Math.floor(Math.min(height - below - 6, width - 2 * margin) / cells);
  const sides = (width - full * cells) / 2 >= column + margin + 12;
  const shared = !sides && (room.withSees || room.withMeter);
  const cell = shared ? Math.floor(Math.min(full, (width - column - margin - 28) / cells)) : full;
  const side = cell * cells;
  const x = Math.round(shared ? width - side - 14 : (width - side) / 2);
  const y = Math.round(Math.max(3, (height - below - side) / 2));
  const left = sides ? Math.max(margin, x - 20 - 150) : margin - 4;
  const seesTop = sides || !room.withMeter ? y : y + meter.height + 8;
  sees.lay(sides ? Math.min(150, x - margin - 20) : column, height - seesTop - 2);
  sees.root.position.set(left, seesTop);
  meter.root.position.set(sides ? x + side + 20 : left, y);
  return { cell, x, y };
}

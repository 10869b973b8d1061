// The wall of a board game: a board of cells for each lane, in the middle of its tile, and the mark on the one with the highest score.
import { Container, type GraphicsContext } from 'pixi.js';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import type { Paint } from './paint.ts';
import { createBestMark, createLaneTiles, type LaneTile } from './wall.ts';

export interface BoardTiles<Parts> {
  readonly root: Container;
  readonly tiles: readonly (Parts & LaneTile)[];
  resize(width: number, height: number): void;
  /** As many boards as the frame has lanes; returns how many these are. */
  fit(frame: ViewFrame): number;
  /** Once the boards are drawn. */
  markBest(frame: ViewFrame, shown: number): void;
  destroy(): void;
}

/**
 * @param cells along one side.
 * @param make fills an empty tile, once; the board's top left is its origin.
 * @param lay fits what is in the tiles to cells of so many pixels; returns where the best score is written, px from the top.
 */
export function createBoardTiles<Parts extends object>(
  paint: Paint,
  cells: number,
  make: (tile: Container) => Parts,
  lay: (cell: number, side: number) => number,
): BoardTiles<Parts> {
  const lanes = createLaneTiles(paint, {
    aspect: 1,
    gap: 10,
    make,
    arrange(grid) {
      const cell = Math.max(2, Math.floor((Math.min(grid.width, grid.height) - 4) / cells));
      const side = cell * cells;
      best.edge
        .clear()
        .roundRect(-4, -4, side + 8, side + 8, 6)
        .stroke({ color: 0xffffff, width: 2 });
      for (const { tile } of lanes.tiles) {
        tile.x += Math.round((grid.width - side) / 2);
        tile.y += Math.round((grid.height - side) / 2);
      }
      best.label.position.set(side - 2, lay(cell, side));
      best.label.visible = side >= 40;
    },
  });
  const best = createBestMark(paint);
  const root = new Container();
  root.addChild(lanes.root, best.root);
  return {
    root,
    tiles: lanes.tiles,
    resize: lanes.resize,
    fit: (frame) => lanes.fit(frame),
    markBest(frame, shown) {
      best.show(frame, lanes.tiles, shown, bookkeepingAt(frame.stride, 'episodeReturn'));
    },
    destroy() {
      best.destroy();
      lanes.destroy();
    },
  };
}

/** A board's quiet ground, a little larger than the board. */
export function layGround(shape: GraphicsContext, side: number): void {
  shape
    .clear()
    .roundRect(-3, -3, side + 6, side + 6, 5)
    .fill(0xffffff);
}

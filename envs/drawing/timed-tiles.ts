// The wall of a world that is played against the clock: a card for each lane, with a line that fills up as its time does, and the mark
// on the best.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import { clamp } from './motion.ts';
import type { Paint } from './paint.ts';
import { type BestMark, createBestMark, createLaneTiles, type LaneTile } from './wall.ts';

export interface TimedTile extends LaneTile {
  /** Its line, 12 px shorter than the card; `lay` says how far down it is. */
  readonly time: Container;
}

export interface TimedTiles<Parts> {
  readonly root: Container;
  readonly tiles: readonly (Parts & TimedTile)[];
  readonly best: BestMark;
  resize(width: number, height: number): void;
  /** As many cards as the frame has lanes, their lines drawn; returns how many these are. `anew`: lays them out in any case. */
  fit(frame: ViewFrame, anew?: boolean): number;
  destroy(): void;
}

/**
 * @param make puts the line and what else there is on an empty card, once.
 * @param lay fits what is on the cards to their size.
 */
export function createTimedTiles<Parts extends object>(
  paint: Paint,
  aspect: number,
  maxSteps: number,
  make: (tile: Container, time: Container) => Parts,
  lay: (width: number, height: number) => void,
): TimedTiles<Parts> {
  const backShape = new GraphicsContext();
  const timeShape = new GraphicsContext();
  const best = createBestMark(paint);
  const lanes = createLaneTiles(paint, {
    aspect,
    gap: 8,
    make(tile) {
      const back = new Graphics(backShape);
      const time = new Container();
      const bar = paint.tint(new Graphics(timeShape), 'soft');
      time.addChild(paint.tint(new Graphics(timeShape), 'line'), bar);
      tile.addChild(back);
      return { ...make(tile, time), back, time, bar };
    },
    arrange({ width: w, height: h }) {
      backShape
        .clear()
        .roundRect(0.5, 0.5, w - 1, h - 1, 6)
        .fill(0xffffff);
      timeShape
        .clear()
        .rect(0, 0, w - 12, 3)
        .fill(0xffffff);
      best.edge.clear().roundRect(0, 0, w, h, 6).stroke({ color: 0xffffff, width: 2 });
      best.label.position.set(w - 7, 11);
      best.label.visible = w >= 60;
      for (const { time, badge } of lanes.tiles) {
        time.position.set(6, h - 8);
        badge.root.position.set(13, 13);
      }
      lay(w, h);
    },
  });
  lanes.root.addChild(best.root);
  return {
    root: lanes.root,
    tiles: lanes.tiles,
    best,
    resize: lanes.resize,
    fit(frame, anew) {
      const { rows, stride, laneCluster } = frame;
      const shown = lanes.fit(frame, anew);
      const elapsedAt = bookkeepingAt(stride, 'elapsed');
      const { theme } = paint;
      for (let i = 0; i < shown; i++) {
        const { back, bar, badge } = lanes.tiles[i]!;
        back.tint = theme.line;
        back.alpha = theme.dark ? 0.4 : 0.45;
        badge.show(laneCluster?.[i]);
        bar.scale.x = clamp(rows[i * stride + elapsedAt]! / maxSteps, 0.02, 1);
      }
      return shown;
    },
    destroy() {
      for (const shape of [backShape, timeShape]) shape.destroy();
      best.destroy();
      lanes.destroy();
    },
  };
}

// All lanes of Sorter as tiles: the card each sorted last, where it went, and whether that was right. A card is
// long to draw, so every frame has its turn at a few.
import { Graphics, GraphicsContext } from 'pixi.js';
import { crossShape, tickShape } from '../drawing/marks.ts';
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createLabel, setText } from '../drawing/text.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createLaneTiles } from '../drawing/wall.ts';
import type { ViewFrame } from '../view.ts';
import { digitsAt as at, type DigitsParams } from './dynamics.ts';
import { drawCard } from './pieces.ts';

// A few tiles a frame, each about twice a second: readable however fast the lanes are.
const perSecond = 2;
const mostPerFrame = 4;

export function createWall(paint: Paint): Look {
  const groundShape = new GraphicsContext();
  const tick = tickShape(6, 2.5);
  const cross = crossShape(6, 2.5);
  const lanes = createLaneTiles(paint, {
    aspect: 1.5,
    gap: 8,
    make(tile) {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const ink = paint.tint(new Graphics(), 'ink');
      const name = paint.tint(createLabel('', { size: 15, bold: true, align: 0.5 }), 'accent');
      const right = paint.tint(new Graphics(tick), 'positive');
      const wrong = paint.tint(new Graphics(cross), 'negative');
      tile.addChild(ground, ink, name, right, wrong);
      return { ink, name, right, wrong };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  let side = 40;
  let owed = 0;
  let next = 0;

  function arrange(grid: Tiles, count: number): void {
    side = Math.min(grid.height - 4, grid.width * 0.64);
    groundShape.clear().roundRect(0, 0, grid.width, grid.height, 6).fill(0xffffff);
    for (const { ink, name, right, wrong, badge } of tiles) {
      ink.position.set(2 + side / 2, grid.height / 2);
      const x = Math.round((side + grid.width) / 2);
      name.position.set(x, Math.round(grid.height / 2 - 9));
      right.position.set(x, Math.round(grid.height / 2 + 10));
      wrong.position.copyFrom(right.position);
      // Small tiles get a small badge in the corner, clear of the digit.
      badge.root.scale.set(grid.width < 60 ? 0.6 : 1);
      badge.root.position.set(grid.width < 60 ? 5 : 10, grid.width < 60 ? 5 : 10);
    }
    owed = count; // all of them, once
  }

  function refresh(i: number, frame: ViewFrame): void {
    const { ink, name, right, wrong } = tiles[i]!;
    const row = frame.rows.subarray(i * frame.stride, (i + 1) * frame.stride);
    const any = row[at.sorted]! > 0;
    drawCard(ink, row, any ? at.lastItem : at.item, frame.params as DigitsParams, side, 'bevel');
    setText(name, any ? String(row[at.lastChute]!) : '');
    const good = row[at.lastRight] === 1;
    right.visible = any && good;
    wrong.visible = any && !good;
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const shown = lanes.fit(frame);
      owed = Math.min(
        owed > mostPerFrame ? shown : mostPerFrame,
        owed + shown * perSecond * frame.secondsSinceLast,
      );
      for (; owed >= 1; owed--) {
        refresh(next % shown, frame);
        next = (next + 1) % shown;
      }
      for (let i = 0; i < shown; i++) tiles[i]!.badge.show(frame.laneCluster?.[i]);
    },
    destroy() {
      for (const shape of [groundShape, tick, cross]) shape.destroy();
      lanes.destroy();
    },
  };
}

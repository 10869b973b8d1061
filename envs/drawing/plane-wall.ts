// The wall of worlds on a plane: a tile for each lane with the marks of its last answers, and a bar for how good they were. All
// marks are on one sheet, of which a few tiles are redrawn in every frame.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { mostTiles, type ViewFrame } from '../view.ts';
import type { Paint } from './paint.ts';
import type { Look } from './picture.ts';
import { createSheet, css } from './sheet.ts';
import type { Tiles } from './tiles.ts';
import { createLaneTiles } from './wall.ts';

const perSecond = 3;
const mostPerFrame = 6;
const barRoom = 7;

/**
 * Draws the last answers of the lane whose row is given, round the origin, in a tile of `side` pixels; returns how good they were,
 * 0 to 1.
 */
export type MarkAnswers = (context: CanvasRenderingContext2D, row: Float64Array, side: number) => number;

export function createPlaneWall(paint: Paint, markAnswers: MarkAnswers): Look {
  const trackShape = new GraphicsContext();
  const lanes = createLaneTiles(paint, {
    aspect: 0.94,
    gap: 10,
    make(tile) {
      const track = paint.tint(new Graphics(trackShape), 'line');
      const bar = paint.tint(new Graphics(trackShape), 'accent');
      tile.addChild(track, bar);
      return { track, bar };
    },
    arrange,
  });
  const { tiles } = lanes;
  const sheet = createSheet();
  const root = new Container();
  root.addChild(sheet.root, lanes.root);
  let room = { width: 740, height: 420 };
  let side = 40;
  let owed = 0;
  let next = 0;

  function arrange(grid: Tiles, count: number): void {
    side = Math.floor(Math.min(grid.width, grid.height - barRoom));
    trackShape.clear().roundRect(0, 0, side, 3, 1.5).fill(0xffffff);
    for (const { tile, track, bar, badge } of tiles) {
      tile.x += Math.round((grid.width - side) / 2);
      tile.y += Math.round((grid.height - barRoom - side) / 2);
      track.y = side + 4;
      bar.y = side + 4;
      badge.root.scale.set(side < 60 ? 0.6 : 1);
      badge.root.position.set(side < 60 ? 5 : 11, side < 60 ? 5 : 11);
    }
    sheet.lay(room.width, room.height);
    owed = count; // all of them, once
  }

  function refresh(context: CanvasRenderingContext2D, i: number, { rows, stride }: ViewFrame): void {
    const { tile, bar } = tiles[i]!;
    context.save();
    context.translate(tile.x + side / 2, tile.y + side / 2);
    context.clearRect(-side / 2, -side / 2, side, side);
    context.fillStyle = css(paint.theme.line, 0.45);
    context.beginPath();
    context.roundRect(-side / 2, -side / 2, side, side, 5);
    context.fill();
    const share = markAnswers(context, rows.subarray(i * stride, (i + 1) * stride), side);
    context.restore();
    bar.scale.x = share;
    bar.visible = share > 0;
  }

  return {
    root,
    resize(width, height) {
      room = { width, height };
      lanes.resize(width, height);
    },
    repaint() {
      owed = mostTiles;
    },
    draw(frame) {
      const shown = lanes.fit(frame);
      owed = Math.min(
        owed > mostPerFrame ? shown : mostPerFrame,
        owed + shown * perSecond * frame.secondsSinceLast,
      );
      if (owed >= 1) {
        sheet.add((context) => {
          for (; owed >= 1; owed--) {
            refresh(context, next % shown, frame);
            next = (next + 1) % shown;
          }
        });
      }
      for (let i = 0; i < shown; i++) tiles[i]!.badge.show(frame.laneCluster?.[i]);
    },
    destroy() {
      trackShape.destroy();
      sheet.destroy();
      lanes.destroy();
    },
  };
}

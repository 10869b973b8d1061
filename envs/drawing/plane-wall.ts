// The wall of worlds on a plane: a tile for each lane with the marks of its last answers, and a bar for how good they were. A few
// tiles are redrawn in every frame.
import { Graphics, GraphicsContext } from 'pixi.js';
import type { ViewFrame } from '../view.ts';
import type { Paint } from './paint.ts';
import type { Look } from './picture.ts';
import type { Tiles } from './tiles.ts';
import { createLaneTiles } from './wall.ts';

const perSecond = 3;
const mostPerFrame = 6;
const barRoom = 7;

/**
 * Draws the last answers of the lane whose row is given, round the origin, in a tile of `side` pixels; returns how good they were,
 * 0 to 1.
 */
export type MarkAnswers = (marks: Graphics, row: Float64Array, side: number) => number;

export function createPlaneWall(paint: Paint, markAnswers: MarkAnswers): Look {
  const groundShape = new GraphicsContext();
  const trackShape = new GraphicsContext();
  const lanes = createLaneTiles(paint, {
    aspect: 0.94,
    gap: 10,
    make(tile) {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const marks = new Graphics();
      const track = paint.tint(new Graphics(trackShape), 'line');
      const bar = paint.tint(new Graphics(trackShape), 'accent');
      tile.addChild(ground, marks, track, bar);
      return { marks, track, bar };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  let side = 40;
  let owed = 0;
  let next = 0;

  function arrange(grid: Tiles, count: number): void {
    side = Math.floor(Math.min(grid.width, grid.height - barRoom));
    groundShape.clear().roundRect(0, 0, side, side, 5).fill(0xffffff);
    trackShape.clear().roundRect(0, 0, side, 3, 1.5).fill(0xffffff);
    for (const { tile, marks, track, bar, badge } of tiles) {
      tile.x += Math.round((grid.width - side) / 2);
      tile.y += Math.round((grid.height - barRoom - side) / 2);
      marks.position.set(side / 2, side / 2);
      track.y = side + 4;
      bar.y = side + 4;
      badge.root.scale.set(side < 60 ? 0.6 : 1);
      badge.root.position.set(side < 60 ? 5 : 11, side < 60 ? 5 : 11);
    }
    owed = count; // all of them, once
  }

  function refresh(i: number, { rows, stride }: ViewFrame): void {
    const { marks, bar } = tiles[i]!;
    marks.clear();
    const share = markAnswers(marks, rows.subarray(i * stride, (i + 1) * stride), side);
    bar.scale.x = share;
    bar.visible = share > 0;
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
      groundShape.destroy();
      trackShape.destroy();
      lanes.destroy();
    },
  };
}

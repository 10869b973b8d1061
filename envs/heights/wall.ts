// All lanes of Heights as small maps: the last places each was asked about, with a stem as long as the error, and a
// bar that is full when all answers were exact. A few tiles are redrawn in every frame.
import { Graphics, GraphicsContext } from 'pixi.js';
import { clamp } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createLaneTiles } from '../drawing/wall.ts';
import type { ViewFrame } from '../view.ts';
import { heightsAt as at, edge, kept, keptLength } from './dynamics.ts';

const perSecond = 3;
const mostPerFrame = 6;
const barRoom = 7;
const near = 0.1;

export function createWall(paint: Paint): Look {
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
    const unit = (side - 8) / (2 * edge);
    const foot = clamp(side * 0.022, 1.2, 3);
    const given = Math.min(kept, rows[i * stride + at.total]!);
    let sum = 0;
    marks.clear();
    for (let k = 0; k < given; k++) {
      const slot = i * stride + at.last + keptLength * k;
      const error = rows[slot + 3]! - rows[slot + 2]!;
      const [x, y] = [rows[slot]! * unit, -rows[slot + 1]! * unit];
      // Within the tile, however wrong it was.
      const tip = clamp(y - error * side * 0.2, -side / 2 + 2, side / 2 - 2);
      const { positive, negative } = paint.theme;
      sum += Math.abs(error);
      marks.circle(x, y, foot).fill(paint.theme.soft);
      marks
        .rect(x - foot * 0.5, Math.min(y, tip), foot, Math.abs(tip - y))
        .fill(Math.abs(error) < near ? positive : negative);
    }
    const share = given > 0 ? clamp(1 - sum / given, 0, 1) : 0;
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

// All lanes of Points as small planes: the last answers of each, right ones as the shape of their class, wrong ones
// as crosses, and a bar for how many were right. A few tiles are redrawn in every frame.
import { Graphics, GraphicsContext } from 'pixi.js';
import { clamp } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createLaneTiles } from '../drawing/wall.ts';
import type { ViewFrame } from '../view.ts';
import { pointsAt as at, kept, keptLength } from './dynamics.ts';
import { classColour, traceClass } from './pieces.ts';
import { edge } from './shapes.ts';

const perSecond = 3;
const mostPerFrame = 6;
const barRoom = 7;

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
    const unit = (side - 6) / (2 * edge);
    const radius = clamp(side * 0.032, 1.6, 4);
    const given = Math.min(kept, rows[i * stride + at.total]!);
    let right = 0;
    marks.clear();
    for (let k = 0; k < given; k++) {
      const slot = i * stride + at.last + keptLength * k;
      const [x, y, label] = [rows[slot]! * unit, -rows[slot + 1]! * unit, rows[slot + 2]!];
      if (rows[slot + 3] === label) {
        right++;
        traceClass(marks.context, label, x, y, radius);
        marks.fill(classColour(paint.theme, label));
      } else {
        const arm = radius * 1.25;
        marks
          .moveTo(x - arm, y - arm)
          .lineTo(x + arm, y + arm)
          .moveTo(x + arm, y - arm)
          .lineTo(x - arm, y + arm)
          .stroke({ color: paint.theme.negative, width: Math.max(1.4, radius * 0.6) });
      }
    }
    bar.scale.x = given > 0 ? right / given : 0;
    bar.visible = right > 0;
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

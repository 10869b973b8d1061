// All lanes of Breakout as boards on a wall. Cells are plain tinted squares: at this size nothing else would be
// seen.
import { Graphics, GraphicsContext, Sprite, Texture } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { approach } from '../drawing/motion.ts';
import { clusterColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import { bookkeepingAt, mostTiles } from '../view.ts';
import { breakoutAt as at, gridSize } from './dynamics.ts';
import { brickCount, rowColour } from './pieces.ts';

export function createWall(paint: Paint): Look {
  const groundShape = new GraphicsContext();
  const lanes = createLaneTiles(paint, {
    aspect: 1,
    gap: 10,
    make(tile) {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const cells = Array.from({ length: brickCount + 2 }, () => new Sprite(Texture.WHITE));
      tile.addChild(ground, ...cells);
      return {
        bricks: cells.slice(0, brickCount),
        ball: cells[brickCount]!,
        paddle: cells[brickCount + 1]!,
      };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);
  const glide = createGlide(mostTiles, [at.ballX, at.ballY, at.paddle], 0.04);
  let cell = 5;

  function arrange(grid: Tiles): void {
    cell = Math.max(2, Math.floor((Math.min(grid.width, grid.height) - 4) / gridSize));
    const side = cell * gridSize;
    const gap = cell > 6 ? 2 : 1;
    groundShape
      .clear()
      .roundRect(-3, -3, side + 6, side + 6, 5)
      .fill(0xffffff);
    best.edge
      .clear()
      .roundRect(-4, -4, side + 8, side + 8, 6)
      .stroke({ color: 0xffffff, width: 2 });
    best.label.position.set(side - 2, side * 0.55);
    best.label.visible = side >= 40;
    for (const { tile, bricks, ball, paddle, badge } of tiles) {
      tile.x += Math.round((grid.width - side) / 2);
      tile.y += Math.round((grid.height - side) / 2);
      bricks.forEach((brick, k) => {
        brick.position.set((k % gridSize) * cell, (1 + Math.floor(k / gridSize)) * cell);
        brick.setSize(cell - gap);
      });
      ball.setSize(cell);
      paddle.setSize(cell * 1.4, Math.max(2, cell * 0.6));
      badge.root.position.set(side / 2, side * 0.6);
    }
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride, secondsSinceLast: seconds } = frame;
      const shown = lanes.fit(frame);
      const { theme } = paint;
      const shades = [0, 1, 2].map((row) => rowColour(theme, row));
      glide.follow(rows, shown, stride, bookkeepingAt(stride, 'elapsed'), seconds);
      for (let i = 0; i < shown; i++) {
        const { bricks, ball, paddle, badge } = tiles[i]!;
        for (let k = 0; k < brickCount; k++) {
          const brick = bricks[k]!;
          brick.tint = shades[Math.floor(k / gridSize)]!;
          // Bricks dim out rather than blink, as boards change under training.
          brick.alpha = approach(brick.alpha, rows[i * stride + at.bricks + k]!, seconds, 0.08);
        }
        const cluster = frame.laneCluster?.[i];
        badge.show(cluster);
        ball.tint = theme.ink;
        paddle.tint = cluster === undefined ? theme.ink : clusterColour(theme, cluster);
        ball.alpha = glide.opacity[i]!;
        ball.position.set(glide.shown[3 * i]! * cell, glide.shown[3 * i + 1]! * cell);
        paddle.position.set((glide.shown[3 * i + 2]! - 0.2) * cell, (gridSize - 0.8) * cell);
      }
      best.show(frame, tiles, shown, bookkeepingAt(stride, 'episodeReturn'));
    },
    destroy() {
      groundShape.destroy();
      best.destroy();
      lanes.destroy();
    },
  };
}

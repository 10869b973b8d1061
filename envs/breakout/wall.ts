// All lanes of Breakout as boards on a wall. Bricks are plain squares, as at this size nothing else would be seen, and all of them
// are painted onto one sheet: two thousand sprites would take twice the time that a frame has.
import { Sprite, Texture } from 'pixi.js';
import { createBoardTiles } from '../drawing/board-tiles.ts';
import { createGlide } from '../drawing/glide.ts';
import { approach } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createSheet, css } from '../drawing/sheet.ts';
import { paintGrounds } from '../drawing/wall.ts';
import { mostTiles } from '../view.ts';
import { breakoutAt as at, gridSize } from './dynamics.ts';
import { brickCount, rowColour } from './pieces.ts';

export function createWall(paint: Paint): Look {
  const sheet = createSheet();
  const lanes = createBoardTiles(
    paint,
    gridSize,
    (tile) => {
      const [ball, paddle] = [new Sprite(Texture.WHITE), new Sprite(Texture.WHITE)];
      tile.addChild(ball, paddle);
      return { ball, paddle };
    },
    lay,
  );
  const { root, tiles } = lanes;
  root.addChildAt(sheet.root, 0);
  const glide = createGlide([at.ballX, at.ballY, at.paddle], 0.04);
  /** How much of each brick is still to be seen, [lanes, bricks]. */
  const left = new Float64Array(mostTiles * brickCount);
  let cell = 5;

  function lay(size: number, side: number): number {
    cell = size;
    for (const { ball, paddle, badge } of tiles) {
      ball.setSize(cell);
      paddle.setSize(cell * 1.4, Math.max(2, cell * 0.6));
      badge.root.position.set(side / 2, side * 0.6);
    }
    return side * 0.55;
  }

  function paintBoards(context: CanvasRenderingContext2D, shown: number): void {
    const { theme } = paint;
    paintGrounds(context, tiles, shown, cell * gridSize, theme.line);
    const size = cell - (cell > 6 ? 2 : 1);
    for (let row = 0; row < brickCount / gridSize; row++) {
      context.fillStyle = css(rowColour(theme, row));
      for (let i = 0; i < shown; i++) {
        const { x, y } = tiles[i]!.tile;
        for (let column = 0; column < gridSize; column++) {
          context.globalAlpha = left[i * brickCount + row * gridSize + column]!;
          context.fillRect(x + column * cell, y + (1 + row) * cell, size, size);
        }
      }
    }
    context.globalAlpha = 1;
  }

  return {
    root,
    resize(width, height) {
      lanes.resize(width, height);
      sheet.lay(width, height);
    },
    draw(frame) {
      const { rows, stride, secondsSinceLast: seconds } = frame;
      const shown = lanes.fit(frame);
      const { theme } = paint;
      glide.follow(frame);
      for (let i = 0; i < shown; i++) {
        const { ball, paddle, badge } = tiles[i]!;
        for (let k = 0; k < brickCount; k++) {
          const brick = i * brickCount + k;
          // Bricks dim out rather than blink, as boards change under training.
          left[brick] = approach(left[brick]!, rows[i * stride + at.bricks + k]!, seconds, 0.08);
        }
        const cluster = frame.laneCluster?.[i];
        badge.show(cluster);
        ball.tint = theme.ink;
        paddle.tint = laneColour(theme, cluster, theme.ink);
        ball.alpha = glide.opacity[i]!;
        ball.position.set(glide.shown[3 * i]! * cell, glide.shown[3 * i + 1]! * cell);
        paddle.position.set((glide.shown[3 * i + 2]! - 0.2) * cell, (gridSize - 0.8) * cell);
      }
      sheet.draw((context) => paintBoards(context, shown));
      lanes.markBest(frame, shown);
    },
    destroy() {
      sheet.destroy();
      lanes.destroy();
    },
  };
}

// All lanes of Space Invaders as boards on a wall. Aliens are plain squares, as at this size nothing else would be seen, and all of
// them are painted onto one sheet: one and a half thousand sprites would take more time than a frame has.
import { Sprite, Texture } from 'pixi.js';
import { createBoardTiles } from '../drawing/board-tiles.ts';
import { createGlide } from '../drawing/glide.ts';
import { approach } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createSheet, css } from '../drawing/sheet.ts';
import { paintGrounds } from '../drawing/wall.ts';
import { mostTiles } from '../view.ts';
import { rowColour } from './pieces.ts';
import { invadersAt as at, bottom, fleetColumns, fleetRows, gridSize, inFlight } from './rules.ts';

const fleetSize = fleetRows * fleetColumns;

export function createWall(paint: Paint): Look {
  const sheet = createSheet();
  const lanes = createBoardTiles(
    paint,
    gridSize,
    (tile) => {
      const sprites = (count: number): Sprite[] =>
        Array.from({ length: count }, () => {
          const sprite = new Sprite(Texture.WHITE);
          sprite.anchor.set(0.5);
          return sprite;
        });
      const [flying, cannon, barrel] = [sprites(2 * inFlight), sprites(1), sprites(1)];
      tile.addChild(...flying, ...cannon, ...barrel);
      return { flying, cannon: cannon[0]!, barrel: barrel[0]! };
    },
    lay,
  );
  const { root, tiles } = lanes;
  root.addChildAt(sheet.root, 0);
  const glide = createGlide([at.left, at.top, at.cannon], 0.04);
  /** How much of each alien is still to be seen, [lanes, aliens]. */
  const left = new Float64Array(mostTiles * fleetSize);
  let cell = 5;

  function lay(size: number, side: number): number {
    cell = size;
    for (const { flying, cannon, barrel, badge } of tiles) {
      flying.forEach((sprite, k) => {
        sprite.setSize(Math.max(1, cell * (k < inFlight ? 0.2 : 0.3)), cell * 0.8);
      });
      cannon.setSize(cell * 1.1, cell * 0.5);
      barrel.setSize(Math.max(1, cell * 0.3), cell * 0.5);
      badge.root.position.set(side / 2, side * 0.72);
    }
    return side * 0.7;
  }

  function paintBoards(context: CanvasRenderingContext2D, shown: number): void {
    const { theme } = paint;
    paintGrounds(context, tiles, shown, cell * gridSize, theme.line);
    const [w, h] = [cell * 0.7, cell * 0.6];
    for (let row = 0; row < fleetRows; row++) {
      context.fillStyle = css(rowColour(theme, row));
      for (let i = 0; i < shown; i++) {
        const { tile } = tiles[i]!;
        const x = tile.x + (glide.shown[3 * i]! + 0.5) * cell - w / 2;
        const y = tile.y + (glide.shown[3 * i + 1]! + 0.5 + row) * cell - h / 2;
        for (let column = 0; column < fleetColumns; column++) {
          context.globalAlpha = left[i * fleetSize + row * fleetColumns + column]!;
          context.fillRect(x + column * cell, y, w, h);
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
        const base = i * stride;
        const { flying, cannon, barrel, badge } = tiles[i]!;
        const living = rows[base + at.aliens]!;
        for (let k = 0; k < fleetSize; k++) {
          const x = glide.shown[3 * i]! + 0.5 + (k % fleetColumns);
          const y = glide.shown[3 * i + 1]! + 0.5 + Math.floor(k / fleetColumns);
          const alien = i * fleetSize + k;
          // Aliens dim out rather than blink, as boards change under training.
          left[alien] =
            x > 0 && x < gridSize && y < gridSize
              ? approach(left[alien]!, (living >> k) & 1, seconds, 0.08)
              : 0;
        }
        flying.forEach((sprite, k) => {
          const y = rows[base + at.shots + 2 * k + 1]!;
          sprite.visible = y >= 0;
          sprite.tint = k < inFlight ? theme.ink : theme.negative;
          sprite.position.set((rows[base + at.shots + 2 * k]! + 0.5) * cell, (y + 0.5) * cell);
        });
        const cluster = frame.laneCluster?.[i];
        badge.show(cluster);
        const x = (glide.shown[3 * i + 2]! + 0.5) * cell;
        cannon.position.set(x, (bottom + 0.7) * cell);
        barrel.position.set(x, (bottom + 0.3) * cell);
        for (const part of [cannon, barrel]) {
          part.tint = laneColour(theme, cluster, theme.ink);
          part.alpha = glide.opacity[i]!;
        }
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

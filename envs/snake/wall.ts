// All lanes of Snake as boards. One small canvas holds all of them, a pixel a cell, so that a frame costs one picture however
// many lanes there are.
import { CanvasSource, Graphics, GraphicsContext, Rectangle, Sprite, Texture } from 'pixi.js';
import { createPace } from '../drawing/motion.ts';
import { laneColour, mix, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import { bookkeepingAt, mostTiles, type ViewFrame } from '../view.ts';
import { snakeAt as at, largestSide, sideOf, staysFor } from './board.ts';
import type { SnakeParams } from './dynamics.ts';

/** Boards beside each other on the canvas. */
const across = 8;

export function createWall(paint: Paint): Look {
  const canvas = document.createElement('canvas');
  canvas.width = across * largestSide;
  canvas.height = Math.ceil(mostTiles / across) * largestSide;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(canvas.width, canvas.height);
  const source = new CanvasSource({ resource: canvas, scaleMode: 'nearest' });
  const groundShape = new GraphicsContext();
  let made = 0;
  const lanes = createLaneTiles(paint, {
    aspect: 1,
    gap: 10,
    make(tile) {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const [x, y] = [(made % across) * largestSide, Math.floor(made / across) * largestSide];
      made++;
      const frame = new Rectangle(x, y, largestSide, largestSide);
      const texture = new Texture({ source, frame });
      const picture = new Sprite(texture);
      tile.addChild(ground, picture);
      return { picture, texture };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);
  const due = createPace(15);
  let side = 0;

  function arrange(grid: Tiles): void {
    const cell = Math.max(1, Math.floor((Math.min(grid.width, grid.height) - 6) / side));
    const wide = cell * side;
    groundShape
      .clear()
      .roundRect(-3, -3, wide + 6, wide + 6, 5)
      .fill(0xffffff);
    best.edge
      .clear()
      .roundRect(-4, -4, wide + 8, wide + 8, 6)
      .stroke({ color: 0xffffff, width: 2 });
    best.label.position.set(wide - 3, 9);
    best.label.visible = wide >= 40;
    for (const { tile, picture, texture, badge } of tiles) {
      tile.x += Math.round((grid.width - wide) / 2);
      tile.y += Math.round((grid.height - wide) / 2);
      texture.frame.width = side;
      texture.frame.height = side;
      texture.updateUvs();
      picture.setSize(wide);
      badge.root.position.set(wide / 2, wide / 2);
    }
  }

  function paintLanes({ rows, stride, laneCluster }: ViewFrame, shown: number): void {
    const { theme } = paint;
    const { data } = image;
    data.fill(0);
    for (let i = 0; i < shown; i++) {
      const s = rows.subarray(i * stride, (i + 1) * stride);
      const cluster = laneCluster?.[i];
      const colour = laneColour(theme, cluster, theme.accent);
      const put = (cell: number, tint: number): void => {
        const x = (i % across) * largestSide + (cell % largestSide);
        const y = Math.floor(i / across) * largestSide + Math.floor(cell / largestSide);
        const to = 4 * (y * canvas.width + x);
        data[to] = tint >> 16;
        data[to + 1] = (tint >> 8) & 255;
        data[to + 2] = tint & 255;
        data[to + 3] = 255;
      };
      for (let y = 0; y < side; y++) {
        for (let cell = y * largestSide; cell < y * largestSide + side; cell++) {
          const stays = staysFor(s, cell);
          // The tail fades into the ground: which end is which is seen without colour.
          if (stays > 0) put(cell, mix(theme.background, colour, 0.4 + (0.6 * stays) / s[at.length]!));
        }
      }
      if (s[at.food]! >= 0) put(s[at.food]!, theme.negative);
      put(s[at.head]!, theme.ink);
    }
    context.putImageData(image, 0, 0);
    source.update();
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const now = sideOf((frame.params as SnakeParams).board);
      const anew = now !== side;
      side = now;
      const shown = lanes.fit(frame, anew);
      if (due(frame.secondsSinceLast) || anew) paintLanes(frame, shown);
      for (let i = 0; i < shown; i++) tiles[i]!.badge.show(frame.laneCluster?.[i]);
      best.show(frame, tiles, shown, bookkeepingAt(frame.stride, 'episodeReturn'));
    },
    destroy() {
      for (const { texture } of tiles) texture.destroy();
      source.destroy();
      groundShape.destroy();
      best.destroy();
      lanes.destroy();
    },
  };
}

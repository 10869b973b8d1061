// All lanes on small copies of the map.
import { Graphics, GraphicsContext, Sprite, Texture } from 'pixi.js';
import { createCellGlide } from '../drawing/glide.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createSheet, css } from '../drawing/sheet.ts';
import { number } from '../drawing/text.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import { mostTiles } from '../view.ts';
import { gridAt as at, type GridParams } from './dynamics.ts';
import { paintFloor } from './floor.ts';
import { type GridMap, readMap } from './map.ts';
import { solve } from './solution.ts';

export function createWall(paint: Paint): Look {
  /** One board, in all tiles. */
  const board = createSheet();
  const dotShape = new GraphicsContext().circle(0, 0, 1).fill(0xffffff);
  const lanes = createLaneTiles(paint, {
    aspect: 1.2,
    gap: 10,
    make(tile) {
      const ground = new Sprite(Texture.EMPTY);
      ground.position.set(-3);
      const rim = paint.tint(new Graphics(dotShape), 'background');
      const dot = new Graphics(dotShape);
      tile.addChild(ground, rim, dot);
      return { ground, rim, dot };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);
  // Cells are turned into places before they are followed.
  const nearness = new Float64Array(mostTiles);
  const glide = createCellGlide(at.cell, 0.04);
  let map: GridMap | undefined;
  let cell = 5;

  function arrange(grid: Tiles): void {
    if (!map) return;
    const { width, height } = map;
    cell = Math.max(1, Math.floor(2 * Math.min((grid.width - 6) / width, (grid.height - 6) / height)) / 2);
    const [wide, high] = [cell * width, cell * height];
    board.lay(wide + 6, high + 6);
    paintBoard(map);
    best.edge
      .clear()
      .roundRect(-4, -4, wide + 8, high + 8, 6)
      .stroke({ color: 0xffffff, width: 2 });
    best.label.position.set(wide - 2, high - 8);
    best.label.visible = wide >= 70;
    for (const { tile, ground, rim, dot, badge } of tiles) {
      ground.texture = board.root.texture;
      ground.setSize(board.root.width, board.root.height);
      tile.x += Math.round((grid.width - wide) / 2);
      tile.y += Math.round((grid.height - high) / 2);
      rim.scale.set(cell * 0.5);
      dot.scale.set(cell * 0.38);
      badge.root.position.set(wide / 2, high / 2);
    }
  }

  function paintBoard(of: GridMap): void {
    board.draw((context) => {
      context.fillStyle = css(paint.theme.line, 0.45);
      context.beginPath();
      context.roundRect(0, 0, cell * of.width + 6, cell * of.height + 6, 5);
      context.fill();
      context.translate(3, 3);
      paintFloor(context, paint.theme, of, cell);
    });
  }

  return {
    root,
    resize: lanes.resize,
    repaint() {
      if (map) paintBoard(map);
    },
    draw(frame) {
      const params = frame.params as GridParams;
      const now = readMap(params.map);
      const anew = now !== map;
      map = now;
      const shown = lanes.fit(frame, anew);
      glide.follow(frame, map.width);
      const { values } = solve(map, params);
      for (let i = 0; i < shown; i++) {
        const { rim, dot } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        tiles[i]!.badge.show(cluster);
        dot.tint = laneColour(paint.theme, cluster, paint.theme.accent);
        dot.alpha = glide.opacity[i]!;
        dot.position.set((glide.shown[2 * i]! + 0.5) * cell, (glide.shown[2 * i + 1]! + 0.5) * cell);
        rim.position.copyFrom(dot.position);
        rim.alpha = dot.alpha;
        nearness[i] = values[frame.rows[i * frame.stride + at.cell]!] ?? 0;
      }
      // Rewards come at the end only: the best lane is the one that has most to expect, by the exact solution.
      best.show({ ...frame, rows: nearness, stride: 1 }, tiles, shown, 0, (value) => number(value, 2));
    },
    destroy() {
      board.destroy();
      dotShape.destroy();
      best.destroy();
      lanes.destroy();
    },
  };
}

// All lanes of Space Invaders as boards on a wall. Aliens are plain tinted squares: at this size nothing else would be seen.
import { Graphics, GraphicsContext, Sprite, Texture } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { approach } from '../drawing/motion.ts';
import { clusterColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import { bookkeepingAt, mostTiles } from '../view.ts';
import { rowColour } from './pieces.ts';
import { invadersAt as at, bottom, fleetColumns, fleetRows, gridSize, inFlight } from './rules.ts';

const fleetSize = fleetRows * fleetColumns;

export function createWall(paint: Paint): Look {
  const groundShape = new GraphicsContext();
  const lanes = createLaneTiles(paint, {
    aspect: 1,
    gap: 10,
    make(tile) {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const sprites = (count: number): Sprite[] =>
        Array.from({ length: count }, () => {
          const sprite = new Sprite(Texture.WHITE);
          sprite.anchor.set(0.5);
          return sprite;
        });
      const [aliens, flying, cannon, barrel] = [
        sprites(fleetSize),
        sprites(2 * inFlight),
        sprites(1),
        sprites(1),
      ];
      tile.addChild(ground, ...aliens, ...flying, ...cannon, ...barrel);
      return { aliens, flying, cannon: cannon[0]!, barrel: barrel[0]! };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);
  const glide = createGlide(mostTiles, [at.left, at.top, at.cannon], 0.04);
  let cell = 5;

  function arrange(grid: Tiles): void {
    cell = Math.max(2, Math.floor((Math.min(grid.width, grid.height) - 4) / gridSize));
    const side = cell * gridSize;
    groundShape
      .clear()
      .roundRect(-3, -3, side + 6, side + 6, 5)
      .fill(0xffffff);
    best.edge
      .clear()
      .roundRect(-4, -4, side + 8, side + 8, 6)
      .stroke({ color: 0xffffff, width: 2 });
    best.label.position.set(side - 2, side * 0.7);
    best.label.visible = side >= 40;
    for (const { tile, aliens, flying, cannon, barrel, badge } of tiles) {
      tile.x += Math.round((grid.width - side) / 2);
      tile.y += Math.round((grid.height - side) / 2);
      for (const alien of aliens) alien.setSize(cell * 0.7, cell * 0.6);
      flying.forEach((sprite, k) => {
        sprite.setSize(Math.max(1, cell * (k < inFlight ? 0.2 : 0.3)), cell * 0.8);
      });
      cannon.setSize(cell * 1.1, cell * 0.5);
      barrel.setSize(Math.max(1, cell * 0.3), cell * 0.5);
      badge.root.position.set(side / 2, side * 0.72);
    }
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride, secondsSinceLast: seconds } = frame;
      const shown = lanes.fit(frame);
      const { theme } = paint;
      const shades = [0, 1, 2, 3].map((row) => rowColour(theme, row));
      glide.follow(rows, shown, stride, bookkeepingAt(stride, 'elapsed'), seconds);
      for (let i = 0; i < shown; i++) {
        const base = i * stride;
        const { aliens, flying, cannon, barrel, badge } = tiles[i]!;
        const living = rows[base + at.aliens]!;
        const left = glide.shown[3 * i]! + 0.5;
        const top = glide.shown[3 * i + 1]! + 0.5;
        for (let k = 0; k < fleetSize; k++) {
          const alien = aliens[k]!;
          const row = Math.floor(k / fleetColumns);
          const x = left + (k % fleetColumns);
          const y = top + row;
          alien.tint = shades[row]!;
          // Aliens dim out rather than blink, as boards change under training.
          alien.alpha =
            x > 0 && x < gridSize && y < gridSize
              ? approach(alien.alpha, (living >> k) & 1, seconds, 0.08)
              : 0;
          alien.position.set(x * cell, y * cell);
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
          part.tint = cluster === undefined ? theme.ink : clusterColour(theme, cluster);
          part.alpha = glide.opacity[i]!;
        }
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

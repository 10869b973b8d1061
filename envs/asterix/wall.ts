// All lanes of Asterix as boards on a wall: diamonds, stars and the hero's disc, plain enough to be told apart when small.
import { Graphics, GraphicsContext } from 'pixi.js';
import { createBoardTiles, layGround } from '../drawing/board-tiles.ts';
import { createGlide } from '../drawing/glide.ts';
import { approach } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { asterixAt as at, gold, gridSize, nothing, slots, slotWidth } from './board.ts';
import { goldColour, spiky } from './pieces.ts';

export function createWall(paint: Paint): Look {
  const groundShape = new GraphicsContext();
  const enemyShape = spiky(0.5, 0.3);
  const goldShape = new GraphicsContext().poly([0, -0.48, 0.4, 0, 0, 0.48, -0.4, 0]).fill(0xffffff);
  const heroShape = new GraphicsContext().circle(0, 0, 0.46).fill(0xffffff);
  const lanes = createBoardTiles(
    paint,
    gridSize,
    (tile) => {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const things = Array.from({ length: slots }, () => ({
        enemy: paint.tint(new Graphics(enemyShape), 'negative'),
        stone: new Graphics(goldShape),
        kind: nothing,
        x: 0,
      }));
      const hero = new Graphics(heroShape);
      tile.addChild(ground, ...things.flatMap(({ enemy, stone }) => [enemy, stone]), hero);
      return { things, hero };
    },
    lay,
  );
  const { root, tiles } = lanes;
  const glide = createGlide([at.playerX, at.playerY], 0.04);
  let cell = 5;

  const middle = (place: number): number => (place + 0.5) * cell;

  function lay(size: number, side: number): number {
    cell = size;
    layGround(groundShape, side);
    for (const { things, hero, badge } of tiles) {
      things.forEach(({ enemy, stone }, row) => {
        for (const node of [enemy, stone]) {
          node.scale.set(cell * 1.25);
          node.y = middle(row + 1);
        }
      });
      hero.scale.set(cell * 1.1);
      badge.root.position.set(side / 2, side / 2);
    }
    return side - cell * 0.5;
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride, secondsSinceLast: seconds } = frame;
      const shown = lanes.fit(frame);
      const { theme } = paint;
      const shine = goldColour(theme);
      glide.follow(frame);
      for (let i = 0; i < shown; i++) {
        const { things, hero, badge } = tiles[i]!;
        for (let row = 0; row < slots; row++) {
          const thing = things[row]!;
          const slot = i * stride + row * slotWidth;
          const kind = rows[slot]!;
          const x = rows[slot + 1]!;
          const anew = kind !== thing.kind || Math.abs(x - thing.x) > 2;
          thing.kind = kind;
          thing.x = anew ? x : approach(thing.x, x, seconds, 0.04);
          thing.enemy.visible = kind !== nothing && kind !== gold;
          thing.stone.visible = kind === gold;
          thing.enemy.x = middle(thing.x);
          thing.stone.x = middle(thing.x);
          thing.stone.tint = shine;
        }
        const cluster = frame.laneCluster?.[i];
        badge.show(cluster);
        hero.tint = laneColour(theme, cluster, theme.ink);
        hero.alpha = glide.opacity[i]!;
        hero.position.set(middle(glide.shown[2 * i]!), middle(glide.shown[2 * i + 1]!));
      }
      lanes.markBest(frame, shown);
    },
    destroy() {
      for (const shape of [groundShape, enemyShape, goldShape, heroShape]) shape.destroy();
      lanes.destroy();
    },
  };
}

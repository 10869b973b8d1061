// All lanes of Seaquest as small seas on a wall: boats, fish and divers as shapes that are told apart when small, the air as a bar
// below. Of a crowded lane the first few of each kind are shown.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createBoardTiles, layGround } from '../drawing/board-tiles.ts';
import { createGlide } from '../drawing/glide.ts';
import { laneColour, type Paint, type Role } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import type { RowList } from './lists.ts';
import { seaquestAt as at, deepest, gridSize, seaquestLists as lists } from './sea.ts';

export function createWall(paint: Paint): Look {
  const groundShape = new GraphicsContext();
  const seaShape = new GraphicsContext();
  const subShape = new GraphicsContext()
    .roundRect(-1.35, -0.3, 1.75, 0.66, 0.3)
    .rect(-0.7, -0.6, 0.4, 0.4)
    .fill(0xffffff);
  const fishShape = new GraphicsContext()
    .poly([0.6, 0, 0, 0.4, -0.6, -0.4, -0.6, 0.4, 0, -0.4])
    .fill(0xffffff);
  const enemyShape = new GraphicsContext().rect(-0.5, -0.4, 1, 0.8).fill(0xffffff);
  const diverShape = new GraphicsContext().circle(0, 0, 0.36).stroke({ color: 0xffffff, width: 0.26 });
  const shotShape = new GraphicsContext().rect(-0.4, -0.14, 0.8, 0.28).fill(0xffffff);
  const airShape = new GraphicsContext();
  const kinds: readonly (readonly [RowList, GraphicsContext, Role, number])[] = [
    [lists.divers, diverShape, 'ink', 3],
    [lists.fish, fishShape, 'negative', 8],
    [lists.subs, enemyShape, 'negative', 6],
    [lists.enemyShots, shotShape, 'negative', 4],
    [lists.shots, shotShape, 'accent', 2],
  ];
  const lanes = createBoardTiles(
    paint,
    gridSize,
    (tile) => {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const sea = paint.tint(new Graphics(seaShape), 'positive');
      sea.alpha = 0.16;
      const swimmers = new Container();
      const groups = kinds.map(([list, shape, role, most]) => {
        const nodes = Array.from({ length: most }, () => {
          const node = paint.tint(new Graphics(shape), role);
          node.visible = false;
          swimmers.addChild(node);
          return node;
        });
        return { list, nodes };
      });
      const sub = new Graphics(subShape);
      const air = paint.tint(new Graphics(airShape), 'soft');
      tile.addChild(ground, sea, swimmers, sub, air);
      return { groups, sub, air };
    },
    lay,
  );
  const { root, tiles } = lanes;
  const glide = createGlide([at.subX, at.subY], 0.04);
  let cell = 5;

  const middle = (place: number): number => (place + 0.5) * cell;

  function lay(size: number, side: number): number {
    cell = size;
    layGround(groundShape, side);
    seaShape
      .clear()
      .rect(-3, cell * 0.6, side + 6, (deepest + 0.4) * cell)
      .fill(0xffffff);
    airShape
      .clear()
      .rect(0, 0, side, Math.max(1.5, cell * 0.4))
      .fill(0xffffff);
    for (const { groups, sub, air, badge } of tiles) {
      for (const { nodes } of groups) for (const node of nodes) node.scale.set(cell);
      sub.scale.set(cell);
      air.y = (deepest + 1.35) * cell;
      badge.root.position.set(side / 2, side / 2);
    }
    return 6;
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride, params } = frame;
      const shown = lanes.fit(frame);
      const { theme } = paint;
      const full = Number(params['oxygen'] ?? 200);
      glide.follow(frame);
      for (let i = 0; i < shown; i++) {
        const { groups, sub, air, badge } = tiles[i]!;
        const base = i * stride;
        for (const { list, nodes } of groups) {
          const count = rows[base + list.count]!;
          for (let k = 0; k < nodes.length; k++) {
            const node = nodes[k]!;
            node.visible = k < count;
            if (k >= count) continue;
            const entry = base + list.first + k * list.width;
            node.position.set(middle(rows[entry]!), middle(rows[entry + 1]!));
            node.scale.x = cell * rows[entry + 2]!;
          }
        }
        const cluster = frame.laneCluster?.[i];
        badge.show(cluster);
        sub.tint = laneColour(theme, cluster, theme.ink);
        sub.alpha = glide.opacity[i]!;
        sub.scale.x = cell * rows[base + at.way]!;
        sub.position.set(middle(glide.shown[2 * i]!), middle(glide.shown[2 * i + 1]!));
        air.scale.x = Math.max(0, Math.min(1, rows[base + at.oxygen]! / full));
      }
      lanes.markBest(frame, shown);
    },
    destroy() {
      for (const shape of [groundShape, seaShape, airShape, subShape, fishShape, enemyShape]) shape.destroy();
      for (const shape of [diverShape, shotShape]) shape.destroy();
      lanes.destroy();
    },
  };
}

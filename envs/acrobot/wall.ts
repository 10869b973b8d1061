// All lanes of Acrobot as tiles: how both links hang, the line above them, and how much of their time is used up.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { clusterColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { number } from '../drawing/text.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import { bookkeepingAt, mostTiles } from '../view.ts';
import { type AcrobotParams, acrobot, acrobotAt as at, tipHeight } from './dynamics.ts';
import { createLinkShapes, destroyLinkShapes, drawLinkShapes } from './pieces.ts';

export function createWall(paint: Paint): Look {
  const backShape = new GraphicsContext();
  const lineShape = new GraphicsContext();
  const timeShape = new GraphicsContext();
  const shapes = createLinkShapes();
  const angles = [at.theta1, at.theta2];
  const glide = createGlide(mostTiles, angles, 0.05, angles);
  const lanes = createLaneTiles(paint, {
    aspect: 1.25,
    gap: 8,
    make(tile) {
      const back = new Graphics(backShape);
      const line = paint.tint(new Graphics(lineShape), 'faint');
      const track = paint.tint(new Graphics(timeShape), 'line');
      const time = paint.tint(new Graphics(timeShape), 'soft');
      const upper = new Container();
      const lower = new Container();
      const lowerBar = new Graphics(shapes.lower);
      lower.addChild(lowerBar);
      upper.addChild(paint.tint(new Graphics(shapes.upper), 'ink'), lower);
      tile.addChild(back, line, track, time, upper);
      return { back, line, track, time, upper, lower, lowerBar };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);

  let p: AcrobotParams | undefined;

  function arrange({ width: w, height: h }: Tiles): void {
    if (!p) return;
    const room = Math.min(w * 0.42, (h - 14) * 0.46);
    const metre = room / Math.max(p.upperLength + p.lowerLength, p.targetHeight);
    const thick = clamp(room * 0.12, 2, 10);
    const upperLength = p.upperLength * metre;
    drawLinkShapes(shapes, {
      upper: upperLength,
      lower: p.lowerLength * metre,
      upperWidth: thick,
      lowerWidth: thick,
    });
    backShape
      .clear()
      .roundRect(0.5, 0.5, w - 1, h - 1, 6)
      .fill(0xffffff);
    best.edge.clear().roundRect(0, 0, w, h, 6).stroke({ color: 0xffffff, width: 2 });
    lineShape
      .clear()
      .rect(-w * 0.36, -p.targetHeight * metre - 0.75, w * 0.72, 1.5)
      .fill(0xffffff);
    timeShape
      .clear()
      .rect(0, 0, w - 12, 3)
      .fill(0xffffff);
    best.label.position.set(w - 7, 11);
    best.label.visible = w >= 60;
    for (const { line, track, time, upper, lower, badge } of tiles) {
      for (const node of [line, upper]) node.position.set(w / 2, (h - 6) / 2);
      for (const node of [track, time]) node.position.set(6, h - 8);
      lower.y = upperLength;
      badge.root.position.set(13, 13);
    }
  }

  const row = new Float64Array(acrobot.state.length);
  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride } = frame;
      const params = frame.params as AcrobotParams;
      const changed = params !== p;
      p = params;
      const shown = lanes.fit(frame, changed);
      const elapsedAt = bookkeepingAt(stride, 'elapsed');
      glide.follow(rows, shown, stride, elapsedAt, frame.secondsSinceLast);
      const { theme } = paint;
      for (let i = 0; i < shown; i++) {
        const { back, time, upper, lower, lowerBar, badge } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        back.tint = theme.line;
        back.alpha = theme.dark ? 0.4 : 0.45;
        upper.rotation = -glide.shown[2 * i]!;
        lower.rotation = -glide.shown[2 * i + 1]!;
        lowerBar.tint = cluster === undefined ? theme.accent : clusterColour(theme, cluster);
        upper.alpha = glide.opacity[i]!;
        badge.show(cluster);
        time.scale.x = clamp(rows[i * stride + elapsedAt]! / acrobot.maxSteps, 0.02, 1);
      }
      // The best has its tip highest.
      const height = (base: number): number => {
        for (let k = 0; k < row.length; k++) row[k] = rows[base + k]!;
        return tipHeight(row, params);
      };
      best.showBy(frame, tiles, shown, height, (score) => `${number(score, 1)} m`);
    },
    destroy() {
      for (const shape of [backShape, lineShape, timeShape]) shape.destroy();
      best.destroy();
      lanes.destroy();
      destroyLinkShapes(shapes);
    },
  };
}

// All lanes of Pendulum as tiles: where each rod points, and how much of its time is used up.
import { Graphics, GraphicsContext } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { clusterColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { number } from '../drawing/text.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import { bookkeepingAt, mostTiles } from '../view.ts';
import { pendulumAt as at, pendulum } from './dynamics.ts';

/** A mean over fewer steps than this says little. */
const enough = 20;

export function createWall(paint: Paint): Look {
  const backShape = new GraphicsContext();
  const circleShape = new GraphicsContext();
  const topShape = new GraphicsContext();
  const rodShape = new GraphicsContext();
  const pivotShape = new GraphicsContext();
  const timeShape = new GraphicsContext();
  const glide = createGlide(mostTiles, [at.theta], 0.05, [at.theta]);
  const lanes = createLaneTiles(paint, {
    aspect: 1.25,
    gap: 8,
    make(tile) {
      const back = new Graphics(backShape);
      const circle = paint.tint(new Graphics(circleShape), 'line');
      const top = paint.tint(new Graphics(topShape), 'faint');
      const rod = new Graphics(rodShape);
      const pivot = paint.tint(new Graphics(pivotShape), 'ink');
      const track = paint.tint(new Graphics(timeShape), 'line');
      const time = paint.tint(new Graphics(timeShape), 'soft');
      tile.addChild(back, circle, top, rod, pivot, track, time);
      return { back, circle, top, rod, pivot, track, time };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  root.addChild(best.root);

  function arrange({ width: w, height: h }: Tiles): void {
    const length = Math.min(w * 0.36, (h - 14) * 0.42);
    const thick = clamp(length * 0.18, 2.5, 14);
    backShape
      .clear()
      .roundRect(0.5, 0.5, w - 1, h - 1, 6)
      .fill(0xffffff);
    best.edge.clear().roundRect(0, 0, w, h, 6).stroke({ color: 0xffffff, width: 2 });
    circleShape.clear().circle(0, 0, length).stroke({ color: 0xffffff, width: 1.5 });
    topShape
      .clear()
      .rect(-0.75, -length - 3, 1.5, 6)
      .fill(0xffffff);
    rodShape
      .clear()
      .roundRect(-thick / 2, -length, thick, length + thick / 2, thick / 2)
      .fill(0xffffff);
    pivotShape
      .clear()
      .circle(0, 0, thick * 0.62)
      .fill(0xffffff);
    timeShape
      .clear()
      .rect(0, 0, w - 12, 3)
      .fill(0xffffff);
    best.label.position.set(w - 7, 11);
    best.label.visible = w >= 60;
    for (const { circle, top, rod, pivot, track, time, badge } of tiles) {
      for (const node of [circle, top, rod, pivot]) node.position.set(w / 2, (h - 6) / 2);
      for (const node of [track, time]) node.position.set(6, h - 8);
      badge.root.position.set(13, 13);
    }
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride } = frame;
      const shown = lanes.fit(frame);
      const elapsedAt = bookkeepingAt(stride, 'elapsed');
      const returnAt = bookkeepingAt(stride, 'episodeReturn');
      glide.follow(rows, shown, stride, elapsedAt, frame.secondsSinceLast);
      const { theme } = paint;
      for (let i = 0; i < shown; i++) {
        const { back, rod, time, badge } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        back.tint = theme.line;
        back.alpha = theme.dark ? 0.4 : 0.45;
        rod.rotation = -glide.shown[i]!;
        rod.tint = cluster === undefined ? theme.accent : clusterColour(theme, cluster);
        rod.alpha = glide.opacity[i]!;
        badge.show(cluster);
        time.scale.x = clamp(rows[i * stride + elapsedAt]! / pendulum.maxSteps, 0.02, 1);
      }
      // The best has paid least a step so far.
      const mean = (base: number): number => {
        const elapsed = rows[base + elapsedAt]!;
        return elapsed < enough ? -Infinity : rows[base + returnAt]! / elapsed;
      };
      best.showBy(frame, tiles, shown, mean, (score) => number(score, 1));
    },
    destroy() {
      const shapes = [backShape, circleShape, topShape, rodShape, pivotShape, timeShape];
      for (const shape of shapes) shape.destroy();
      best.destroy();
      lanes.destroy();
    },
  };
}

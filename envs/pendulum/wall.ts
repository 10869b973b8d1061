// All lanes of Pendulum as tiles: where each rod points, and how much of its time is used up.
import { Graphics, GraphicsContext } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { number } from '../drawing/text.ts';
import { createTimedTiles } from '../drawing/timed-tiles.ts';
import { bookkeepingAt } from '../view.ts';
import { pendulumAt as at, pendulum } from './dynamics.ts';

/** A mean over fewer steps than this says little. */
const enough = 20;

export function createWall(paint: Paint): Look {
  const circleShape = new GraphicsContext();
  const topShape = new GraphicsContext();
  const rodShape = new GraphicsContext();
  const pivotShape = new GraphicsContext();
  const glide = createGlide([at.theta], 0.05, [at.theta]);
  const lanes = createTimedTiles(
    paint,
    1.25,
    pendulum.maxSteps,
    (tile, time) => {
      const circle = paint.tint(new Graphics(circleShape), 'line');
      const top = paint.tint(new Graphics(topShape), 'faint');
      const rod = new Graphics(rodShape);
      const pivot = paint.tint(new Graphics(pivotShape), 'ink');
      tile.addChild(circle, top, rod, pivot, time);
      return { circle, top, rod, pivot };
    },
    lay,
  );
  const { tiles, best } = lanes;

  function lay(w: number, h: number): void {
    const length = Math.min(w * 0.36, (h - 14) * 0.42);
    const thick = clamp(length * 0.18, 2.5, 14);
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
    for (const { circle, top, rod, pivot } of tiles) {
      for (const node of [circle, top, rod, pivot]) node.position.set(w / 2, (h - 6) / 2);
    }
  }

  return {
    root: lanes.root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride } = frame;
      const shown = lanes.fit(frame);
      const elapsedAt = bookkeepingAt(stride, 'elapsed');
      const returnAt = bookkeepingAt(stride, 'episodeReturn');
      glide.follow(frame);
      const { theme } = paint;
      for (let i = 0; i < shown; i++) {
        const { rod } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        rod.rotation = -glide.shown[i]!;
        rod.tint = laneColour(theme, cluster, theme.accent);
        rod.alpha = glide.opacity[i]!;
      }
      // The best has paid least a step so far.
      const mean = (base: number): number => {
        const elapsed = rows[base + elapsedAt]!;
        return elapsed < enough ? -Infinity : rows[base + returnAt]! / elapsed;
      };
      best.showBy(frame, tiles, shown, mean, (score) => number(score, 1));
    },
    destroy() {
      const shapes = [circleShape, topShape, rodShape, pivotShape];
      for (const shape of shapes) shape.destroy();
      lanes.destroy();
    },
  };
}

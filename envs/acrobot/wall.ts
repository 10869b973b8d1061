// All lanes of Acrobot as tiles: how both links hang, the line above them, and how much of their time is used up.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { clamp } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { number } from '../drawing/text.ts';
import { createTimedTiles } from '../drawing/timed-tiles.ts';
import { type AcrobotParams, acrobot, acrobotAt as at, tipHeight } from './dynamics.ts';
import { createLinkShapes, destroyLinkShapes, drawLinkShapes } from './pieces.ts';

export function createWall(paint: Paint): Look {
  const lineShape = new GraphicsContext();
  const shapes = createLinkShapes();
  const angles = [at.theta1, at.theta2];
  const glide = createGlide(angles, 0.05, angles);
  const lanes = createTimedTiles(
    paint,
    1.25,
    acrobot.maxSteps,
    (tile, time) => {
      const line = paint.tint(new Graphics(lineShape), 'faint');
      const upper = new Container();
      const lower = new Container();
      const lowerBar = new Graphics(shapes.lower);
      lower.addChild(lowerBar);
      upper.addChild(paint.tint(new Graphics(shapes.upper), 'ink'), lower);
      tile.addChild(line, time, upper);
      return { line, upper, lower, lowerBar };
    },
    lay,
  );
  const { tiles, best } = lanes;

  let p: AcrobotParams | undefined;

  function lay(w: number, h: number): void {
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
    lineShape
      .clear()
      .rect(-w * 0.36, -p.targetHeight * metre - 0.75, w * 0.72, 1.5)
      .fill(0xffffff);
    for (const { line, upper, lower } of tiles) {
      for (const node of [line, upper]) node.position.set(w / 2, (h - 6) / 2);
      lower.y = upperLength;
    }
  }

  const row = new Float64Array(acrobot.state.length);
  return {
    root: lanes.root,
    resize: lanes.resize,
    draw(frame) {
      const { rows } = frame;
      const params = frame.params as AcrobotParams;
      const changed = params !== p;
      p = params;
      const shown = lanes.fit(frame, changed);
      glide.follow(frame);
      const { theme } = paint;
      for (let i = 0; i < shown; i++) {
        const { upper, lower, lowerBar } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        upper.rotation = -glide.shown[2 * i]!;
        lower.rotation = -glide.shown[2 * i + 1]!;
        lowerBar.tint = laneColour(theme, cluster, theme.accent);
        upper.alpha = glide.opacity[i]!;
      }
      // The best has its tip highest.
      const height = (base: number): number => {
        for (let k = 0; k < row.length; k++) row[k] = rows[base + k]!;
        return tipHeight(row, params);
      };
      best.showBy(frame, tiles, shown, height, (score) => `${number(score, 1)} m`);
    },
    destroy() {
      lineShape.destroy();
      lanes.destroy();
      destroyLinkShapes(shapes);
    },
  };
}

// All lanes of the clinic: errors by group over all of them, and below a tile for each lane with its own, group A above group B,
// the thick bars for patients who were missed and the thin ones for needless referrals.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { approach, createPace } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import { type Look, margin } from '../drawing/picture.ts';
import { createLabel, percent } from '../drawing/text.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createLaneTiles } from '../drawing/wall.ts';
import { mostTiles } from '../view.ts';
import { createErrorPanel, errorRates, fullAt, rateBar, rateCount } from './pieces.ts';

export function createWall(paint: Paint): Look {
  const groundShape = new GraphicsContext();
  const trackShape = new GraphicsContext();
  const lanes = createLaneTiles(paint, {
    aspect: 1.5,
    gap: 8,
    make(tile) {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const tracks = paint.tint(new Graphics(trackShape), 'line');
      const names = ['A', 'B'].map((group) =>
        paint.tint(createLabel(group, { size: 11, bold: true, align: 0.5 }), 'soft'),
      );
      const bars = Array.from({ length: rateCount }, (_, k) =>
        paint.tint(rateBar(k % 2 === 0), k % 2 === 0 ? 'negative' : 'soft'),
      );
      tile.addChild(ground, tracks, ...names, ...bars);
      return { names, bars };
    },
    arrange,
  });
  const panel = createErrorPanel(paint, 'Errors by group, all lanes', `a full bar is ${percent(fullAt)}`);
  const root = new Container();
  root.addChild(lanes.root, panel.root);
  const shown = new Float64Array(mostTiles * rateCount);
  const rates = new Float64Array(rateCount);
  const due = createPace(8);
  let length = 40;

  function arrange(grid: Tiles): void {
    const { width, height } = grid;
    const named = height >= 30;
    const left = named ? Math.min(22, width * 0.26) : 5;
    length = width - left - 5;
    const thick = Math.max(2, Math.min(8, height * 0.14));
    const middle = (group: number): number => Math.round(height * (group === 0 ? 0.28 : 0.72));
    groundShape.clear().roundRect(0, 0, width, height, 6).fill(0xffffff);
    trackShape.clear();
    for (const group of [0, 1])
      trackShape.rect(left, middle(group) - thick, length, 1.8 * thick).fill(0xffffff);
    for (const { names, bars, badge } of lanes.tiles) {
      names.forEach((name, group) => {
        name.visible = named;
        name.position.set(Math.round(left / 2), middle(group));
      });
      bars.forEach((bar, k) => {
        bar.position.set(left, middle(Math.floor(k / 2)) + (k % 2 === 0 ? -0.5 : 0.5) * thick);
        bar.scale.y = thick;
      });
      badge.root.scale.set(width < 60 ? 0.6 : 1);
      badge.root.position.set(width - (width < 60 ? 5 : 9), width < 60 ? 5 : 9);
    }
  }

  return {
    root,
    resize(width, height) {
      const small = width < 480;
      const tall = panel.lay(width - 2 * margin, small ? 2 : 4, small);
      const top = small ? 16 : 4;
      panel.root.position.set(margin, top);
      lanes.root.y = top + tall + 4;
      lanes.resize(width, height - top - tall - 4);
    },
    draw(frame) {
      const { rows, stride, secondsSinceLast: seconds } = frame;
      const count = lanes.fit(frame);
      for (let i = 0; i < count; i++) {
        const { bars, badge } = lanes.tiles[i]!;
        errorRates(rows.subarray(i * stride, (i + 1) * stride), stride, 1, rates);
        bars.forEach((bar, k) => {
          const now = Number.isNaN(rates[k]!) ? 0 : rates[k]!;
          const at = i * rateCount + k;
          shown[at] = approach(shown[at]!, now, seconds, 0.15);
          bar.scale.x = Math.max(0.01, Math.min(1, shown[at]! / fullAt) * length);
        });
        badge.show(frame.laneCluster?.[i]);
      }
      errorRates(rows, stride, frame.lanes, rates);
      panel.show(rates, undefined, seconds, due(seconds));
    },
    destroy() {
      for (const shape of [groundShape, trackShape]) shape.destroy();
      lanes.destroy();
    },
  };
}

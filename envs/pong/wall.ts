// All lanes of Pong as small tables: ball, paddles and the score.
import { Graphics, GraphicsContext } from 'pixi.js';
import { createGlide } from '../drawing/glide.ts';
import { createPace } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createLabel, setText } from '../drawing/text.ts';
import type { Tiles } from '../drawing/tiles.ts';
import { createBestMark, createLaneTiles } from '../drawing/wall.ts';
import type { WorldParams } from '../environment.ts';
import { bookkeepingAt } from '../view.ts';
import { drawPaddle, paddleHeightOf, tableWidth } from './pieces.ts';
import { pongAt as at, ballSize, fieldHeight, type PongParams, paddleWidth } from './table.ts';

export function createWall(paint: Paint): Look {
  const groundShape = new GraphicsContext();
  const dashShape = new GraphicsContext();
  const ballShape = new GraphicsContext();
  const paddleShapes = [new GraphicsContext(), new GraphicsContext()] as const;
  const lanes = createLaneTiles(paint, {
    aspect: tableWidth / fieldHeight,
    gap: 10,
    make(tile) {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const dashes = paint.tint(new Graphics(dashShape), 'faint');
      dashes.alpha = 0.5;
      const ball = paint.tint(new Graphics(ballShape), 'ink');
      const theirs = paint.tint(new Graphics(paddleShapes[0]), 'soft');
      const mine = new Graphics(paddleShapes[1]);
      const scores = [0, 1].map(() =>
        paint.tint(createLabel('', { size: 11, mono: true, align: 0.5 }), 'soft'),
      );
      tile.addChild(ground, dashes, ...scores, theirs, mine, ball);
      return { theirs, mine, ball, scores };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  const best = createBestMark(paint);
  best.label.visible = false; // the score stands on every table
  root.addChild(best.root);
  const glide = createGlide([at.ballX, at.ballY, at.paddle, at.paddle + 1], 0.05);
  const due = createPace(6);
  let params: WorldParams | undefined;
  let p: PongParams | undefined;
  let scale = 0.1;

  function arrange(grid: Tiles): void {
    scale = Math.min(grid.width / tableWidth, grid.height / fieldHeight);
    const [w, h] = [tableWidth * scale, fieldHeight * scale];
    groundShape.clear().roundRect(0, 0, w, h, 4).fill(0xffffff);
    best.edge
      .clear()
      .roundRect(-2, -2, w + 4, h + 4, 6)
      .stroke({ color: 0xffffff, width: 2 });
    dashShape.clear();
    for (let i = 0; i < 8; i++) dashShape.rect(w / 2 - 0.5, ((i + 0.25) * h) / 8, 1, h / 16);
    dashShape.fill(0xffffff);
    ballShape
      .clear()
      .circle(0, 0, Math.max(2, (ballSize / 2) * scale))
      .fill(0xffffff);
    if (p) for (const side of [0, 1] as const) drawPaddle(paddleShapes[side], scale, paddleHeightOf(side, p));
    for (const { tile, theirs, mine, scores, badge } of tiles) {
      tile.x += Math.round((grid.width - w) / 2);
      tile.y += Math.round((grid.height - h) / 2);
      theirs.x = (paddleWidth / 2) * scale;
      mine.x = w - (paddleWidth / 2) * scale;
      scores.forEach((score, side) => {
        score.position.set(Math.round(w * (side === 0 ? 0.28 : 0.72)), 9);
        score.visible = w >= 44;
      });
      badge.root.scale.set(0.8);
      badge.root.position.set(w / 2, h - 10);
    }
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const { rows, stride } = frame;
      const changed = frame.params !== params;
      params = frame.params;
      p = frame.params as PongParams;
      const shown = lanes.fit(frame, changed);
      glide.follow(frame);
      const { theme } = paint;
      const write = due(frame.secondsSinceLast);
      const half = p.paddleHeight / 2;
      for (let i = 0; i < shown; i++) {
        const { theirs, mine, ball, scores, badge } = tiles[i]!;
        const cluster = frame.laneCluster?.[i];
        badge.show(cluster);
        mine.tint = laneColour(theme, cluster, theme.accent);
        const [x, y] = [glide.shown[4 * i]!, glide.shown[4 * i + 1]!];
        ball.position.set((x + ballSize / 2 + paddleWidth) * scale, (y + ballSize / 2) * scale);
        ball.alpha = glide.opacity[i]!;
        const wall = p.opponent === 'wall';
        theirs.y = (wall ? fieldHeight / 2 : glide.shown[4 * i + 2]! + half) * scale;
        mine.y = (glide.shown[4 * i + 3]! + half) * scale;
        if (!write) continue;
        scores.forEach((score, side) => {
          setText(score, String(rows[i * stride + at.score + side]!));
        });
      }
      best.show(frame, tiles, shown, bookkeepingAt(stride, 'episodeReturn'));
    },
    destroy() {
      for (const shape of [groundShape, dashShape, ballShape, ...paddleShapes]) shape.destroy();
      best.destroy();
      lanes.destroy();
    },
  };
}

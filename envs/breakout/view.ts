// Breakout as a small finished game: rounded bricks, a glowing ball with its trail, the paddle with its next
// move, other lanes' balls as ghosts; or all lanes as boards on a wall. Reads rows and nothing else.
import { Container, Graphics, GraphicsContext, Sprite, Texture } from 'pixi.js';
import { badgeShape, createBadge } from '../drawing/badges.ts';
import { createGlide } from '../drawing/glide.ts';
import { createMeter, createPanel } from '../drawing/hud.ts';
import { approach, clamp, createPace, createSlide, popIn } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { clusterColour, createPaint, mix, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { captionHeight, createPixels } from '../drawing/pixels.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';
import { layTiles } from '../drawing/tiles.ts';
import { bookkeepingAt, type CreateView, mostTiles, type ViewFrame, type ViewTheme } from '../view.ts';
import { breakoutAt as at, breakout, brickRows, gridSize } from './dynamics.ts';

const margin = 16;
const brickCount = brickRows * gridSize;
const trailLength = 12;
const lostTakes = 0.45; // s, for a missed ball to leave

/** Three shades of the accent, lightest on top, so that rows are told apart without colour. */
const rowColour = (theme: ViewTheme, row: number): number =>
  [mix(theme.accent, theme.ink, 0.35), theme.accent, mix(theme.accent, theme.background, 0.35)][row]!;

/** Which way an action moves the paddle: -1, 0 or 1. */
const moveOf = (action: number, mirrored: boolean): number =>
  action === 0 ? 0 : (action === 2) === mirrored ? -1 : 1;

/** What the network sees: the four planes of the frame, two by two. */
function createSees(paint: Paint) {
  const panel = createPanel(paint);
  const { root } = panel;
  const heading = paint.tint(createLabel('sees', { bold: true }), 'ink');
  heading.position.set(10, 14);
  const planes = breakout.observation.names.map((name) => createPixels(paint, gridSize, name));
  root.addChild(heading, ...planes.map((plane) => plane.root));
  return {
    root,
    lay(width: number): void {
      const side = Math.floor((width - 30) / 20) * 10;
      const gap = width - 20 - 2 * side;
      planes.forEach((plane, i) => {
        plane.lay(side);
        plane.root.position.set(10 + (i % 2) * (side + gap), 28 + (i < 2 ? 0 : side + captionHeight + 8));
      });
      panel.lay(width, 28 + 2 * (side + captionHeight + 8));
    },
    show(observation: Float32Array): void {
      planes.forEach((plane, channel) => {
        plane.show(observation, channel, planes.length);
      });
    },
    destroy(): void {
      for (const plane of planes) plane.destroy();
    },
  };
}

/** The next move, drawn on the paddle's row: where each action would take it, and how likely it is. */
function createMoves(paint: Paint) {
  const root = new Container();
  const spots = [-1, 0, 1].map((move) => {
    const spot = new Container();
    const box = paint.tint(new Graphics(), 'accent');
    const label = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'soft');
    const head = new Graphics();
    if (move === 0) head.circle(0, 0, 3.5).fill(0xffffff);
    else {
      head
        .moveTo(-3 * move, -6)
        .lineTo(3 * move, 0)
        .lineTo(-3 * move, 6);
      head.stroke({ color: 0xffffff, width: 3, cap: 'round', join: 'round' });
    }
    spot.addChild(box, paint.tint(head, 'ink'), label);
    root.addChild(spot);
    return { move, spot, box, head, label, strength: 0, chance: 0 };
  });
  const due = createPace(10);
  return {
    root,
    lay(cell: number): void {
      for (const { move, spot, box, head, label } of spots) {
        box
          .clear()
          .roundRect(-cell * 0.5 + 2, -cell * 0.5 + 2, cell - 4, cell - 4, cell * 0.18)
          .fill(0xffffff);
        spot.x = move * cell;
        head.y = move === 0 ? -cell * 0.72 : 0;
        label.position.set(move * (Math.max(cell, 36) - cell), cell * 0.5 + 12);
      }
    },
    show(frame: ViewFrame, paddle: number, seconds: number): void {
      const mirrored = frame.params['mirrored'] === 1;
      const write = due(seconds);
      for (const s of spots) {
        const action = [0, 1, 2].find((a) => moveOf(a, mirrored) === s.move)!;
        const p = frame.probabilities[action];
        const chosen = frame.action === action ? 1 : 0;
        s.strength = approach(s.strength, chosen, seconds, 0.05);
        s.chance = approach(s.chance, p ?? 0, seconds, 0.05);
        s.spot.visible = paddle + s.move > -0.6 && paddle + s.move < gridSize - 0.4;
        s.box.alpha = s.move === 0 ? 0 : 0.45 * s.chance;
        s.head.alpha = 0.12 + 0.88 * s.strength;
        s.label.visible = p !== undefined;
        if (p !== undefined && write) setText(s.label, percent(p));
      }
    },
  };
}

export const createBreakoutView: CreateView = (theme) => {
  const paint = createPaint(theme);
  const root = new Container();
  const close = new Container();
  const wall = createWall(paint);
  root.addChild(close, wall.root);

  const board = new Container(); // in pixels, its origin the grid's top left
  const ground = paint.tint(new Graphics(), 'line');
  ground.alpha = 0.4;
  const walls = paint.tint(new Graphics(), 'faint');
  const goneLine = paint.tint(new Graphics(), 'faint');
  const dots = paint.tint(new Graphics(), 'faint');
  dots.alpha = 0.35;
  const score = paint.tint(createLabel('', { size: 20, bold: true, align: 0.5 }), 'faint');
  const brickShape = new GraphicsContext();
  const bricks = Array.from({ length: brickCount }, (_, i) => {
    const node = new Graphics(brickShape);
    return { node, row: Math.floor(i / gridSize), column: i % gridSize, stands: true, age: 1 };
  });
  const ghostShape = new GraphicsContext();
  const ghostPaddleShape = new GraphicsContext();
  const badges = badgeShape();
  const ghostLayer = new Container();
  const ghosts = Array.from({ length: mostTiles }, () => {
    const ball = new Graphics(ghostShape);
    const paddle = new Graphics(ghostPaddleShape);
    const badge = createBadge(paint, badges);
    badge.root.scale.set(0.75);
    ghostLayer.addChild(paddle, ball, badge.root);
    return { ball, paddle, badge };
  });
  const glide = createGlide(mostTiles, [at.ballX, at.ballY, at.paddle], 0.08);
  const trailShape = new GraphicsContext().circle(0, 0, 1).fill(0xffffff);
  const trail = Array.from({ length: trailLength }, () => paint.tint(new Graphics(trailShape), 'accent'));
  const trailAt = new Float32Array(2 * trailLength);
  const ball = new Container();
  for (const [radius, alpha] of [
    [2.7, 0.05],
    [2.1, 0.08],
    [1.55, 0.14],
  ] as const) {
    const glow = paint.tint(new Graphics(trailShape), 'accent');
    glow.scale.set(radius);
    glow.alpha = alpha;
    ball.addChild(glow);
  }
  ball.addChild(paint.tint(new Graphics(trailShape), 'ink'));
  const lost = paint.tint(new Graphics(trailShape), 'ink');
  lost.visible = false;
  const paddle = paint.tint(new Graphics(), 'ink');
  const moves = createMoves(paint);
  const particles = createParticles();
  const notice = createNotice(paint);
  board.addChild(ground, dots, walls, goneLine, score, ghostLayer, ...bricks.map((brick) => brick.node));
  board.addChild(...trail, moves.root, paddle, ball, lost, particles.root, notice.root);
  const sees = createSees(paint);
  const meter = createMeter(paint);
  close.addChild(board, sees.root, meter.root);

  const ballSlide = createSlide(0.2);
  const paddleSlide = createSlide(0.2);
  const due = createPace(8);
  let width = 740;
  let height = 420;
  let cell = 40;
  let laidFor = '';
  let lastElapsed = -1;
  let lostAge = lostTakes;
  let lostFrom = { x: 0, y: 0, direction: 1 };
  let standing = brickCount;
  let trailDue = 0;

  const middle = (place: number): number => (place + 0.5) * cell;

  function lay(withSees: boolean, withMeter: boolean): void {
    const key = `${width} ${height} ${withSees} ${withMeter}`;
    if (key === laidFor) return;
    laidFor = key;
    const below = 24; // the chances under the paddle
    const full = Math.floor(Math.min(height - below - 6, width - 2 * margin) / gridSize);
    const column = 120;
    const sides = (width - full * gridSize) / 2 >= column + margin + 12;
    const shared = !sides && (withSees || withMeter);
    cell = shared ? Math.floor(Math.min(full, (width - column - margin - 28) / gridSize)) : full;
    const side = cell * gridSize;
    const x = shared ? width - side - 14 : (width - side) / 2;
    board.position.set(Math.round(x), Math.round(Math.max(3, (height - below - side) / 2)));
    const left = sides ? Math.max(margin, board.x - 20 - 150) : margin - 4;
    sees.lay(sides ? Math.min(150, board.x - margin - 20) : column);
    sees.root.position.set(left, sides ? board.y : board.y + (withMeter ? meter.height + 8 : 0));
    meter.root.position.set(sides ? board.x + side + 20 : left, board.y);

    ground
      .clear()
      .roundRect(0, 0, side, side, cell * 0.25)
      .fill(0xffffff);
    walls
      .clear()
      .moveTo(-2, side)
      .lineTo(-2, cell * 0.25)
      .arcTo(-2, -2, cell * 0.25, -2, cell * 0.25)
      .lineTo(side - cell * 0.25, -2)
      .arcTo(side + 2, -2, side + 2, cell * 0.25, cell * 0.25)
      .lineTo(side + 2, side)
      .stroke({ color: 0xffffff, width: 2, cap: 'round' });
    goneLine.clear();
    for (let d = 6; d < side - 6; d += 12) goneLine.rect(d, side + 1, 5, 1.5).fill(0xffffff);
    dots.clear();
    for (let i = 1; i < gridSize; i++) {
      for (let k = 5; k < gridSize; k++) dots.circle(i * cell, k * cell, 1).fill(0xffffff);
    }
    const half = cell / 2 - Math.max(1, cell * 0.05);
    brickShape
      .clear()
      .roundRect(-half, -half, 2 * half, 2 * half, cell * 0.18)
      .fill(0xffffff);
    ghostShape
      .clear()
      .circle(0, 0, cell * 0.17)
      .fill(0xffffff);
    ghostPaddleShape
      .clear()
      .roundRect(-cell * 0.42, -cell * 0.14, cell * 0.84, cell * 0.28, cell * 0.14)
      .fill(0xffffff);
    paddle
      .clear()
      .roundRect(-cell * 0.48, -cell * 0.2, cell * 0.96, cell * 0.4, cell * 0.2)
      .fill(0xffffff);
    ball.scale.set(cell * 0.27);
    lost.scale.set(cell * 0.27);
    score.position.set(side / 2, middle(5));
    for (const brick of bricks) brick.node.position.set(middle(brick.column), middle(brick.row + 1));
    moves.lay(cell);
    particles.clear();
    notice.hide();
  }

  function endGame(result: number): void {
    const bricksWord = result === 1 ? 'brick' : 'bricks';
    const late = lastElapsed >= breakout.maxSteps - 3;
    notice.say(
      late ? `Time is up: ${result} ${bricksWord}` : `Missed after ${result} ${bricksWord}`,
      middle(4.5),
      middle(6.2),
      cell * gridSize,
      'ink',
    );
    if (!late) lostAge = 0;
  }

  function drawBricks(row: Float64Array, fresh: boolean, seconds: number): void {
    const calm = paint.theme.reducedMotion;
    let now = 0;
    bricks.forEach((brick, i) => {
      const stands = row[at.bricks + i] === 1;
      if (stands) now++;
      if (stands !== brick.stands) {
        brick.stands = stands;
        // A wall that grows back does so from the middle outwards.
        brick.age = stands ? -0.02 * Math.abs(brick.column - 4.5) - 0.04 * brick.row : 0;
        if (!stands && !fresh && !calm) {
          const colour = rowColour(paint.theme, brick.row);
          particles.burst(brick.node.x, brick.node.y, 7, colour, cell * 3.2, cell * 1.5, cell * 0.2);
        }
      }
      brick.age += seconds;
      const t = calm ? 1 : clamp(brick.age / (stands ? 0.28 : 0.14), 0, 1);
      brick.node.scale.set(stands ? popIn(t) : 1 + 0.25 * t);
      brick.node.alpha = stands ? Math.min(1, t * 2) : 1 - t;
      brick.node.tint = rowColour(paint.theme, brick.row);
    });
    if (!fresh && now === brickCount && standing < brickCount) {
      notice.say('Wall cleared: a new one grows', middle(4.5), middle(6.2), cell * gridSize, 'accent');
      if (!calm) particles.ring(middle(4.5), middle(2), cell * 5, paint.theme.accent);
    }
    standing = now;
  }

  function drawTrail(fresh: boolean, seconds: number): void {
    const calm = paint.theme.reducedMotion;
    trailDue -= seconds;
    if (fresh) {
      for (let i = 0; i < trailLength; i++) {
        trailAt[2 * i] = ballSlide.x;
        trailAt[2 * i + 1] = ballSlide.y;
      }
    } else if (trailDue <= 0) {
      trailDue = 1 / 60;
      trailAt.copyWithin(2, 0);
      trailAt[0] = ballSlide.x;
      trailAt[1] = ballSlide.y;
    }
    trail.forEach((dot, i) => {
      const left = 1 - (i + 1) / (trailLength + 1);
      dot.visible = !calm;
      dot.position.set(middle(trailAt[2 * i]!), middle(trailAt[2 * i + 1]!));
      dot.scale.set(cell * 0.24 * left);
      dot.alpha = 0.42 * left;
    });
  }

  function drawGhosts(frame: ViewFrame, seconds: number): void {
    const shown = Math.min(frame.lanes, mostTiles);
    glide.follow(frame.rows, shown, frame.stride, bookkeepingAt(frame.stride, 'elapsed'), seconds);
    const { theme: t } = paint;
    const fade = 1 / Math.sqrt(Math.max(1, shown / 4));
    ghosts.forEach(({ ball: dot, paddle: bar, badge }, i) => {
      dot.visible = i < shown;
      bar.visible = i < shown;
      const cluster = i < shown ? frame.laneCluster?.[i] : undefined;
      badge.show(cluster);
      if (i >= shown) return;
      dot.position.set(middle(glide.shown[3 * i]!), middle(glide.shown[3 * i + 1]!));
      bar.position.set(middle(glide.shown[3 * i + 2]!), middle(gridSize - 1));
      badge.root.position.copyFrom(dot.position);
      const tint = cluster === undefined ? t.soft : clusterColour(t, cluster);
      dot.tint = tint;
      bar.tint = tint;
      dot.alpha = 0.75 * fade * glide.opacity[i]!;
      bar.alpha = 0.5 * fade * glide.opacity[i]!;
    });
  }

  function drawClose(frame: ViewFrame, seconds: number): void {
    lay(frame.overlays.sees, frame.overlays.values && !Number.isNaN(frame.value));
    const row = frame.hero;
    const elapsed = row[bookkeepingAt(frame.stride, 'elapsed')]!;
    const fresh = elapsed < lastElapsed || lastElapsed < 0;
    if (fresh && lastElapsed > 0 && !Number.isNaN(frame.lastReturn)) endGame(frame.lastReturn);
    lastElapsed = elapsed;
    drawBricks(row, fresh, seconds);
    ballSlide.to(row[at.ballX]!, row[at.ballY]!, seconds, fresh || paint.theme.reducedMotion);
    paddleSlide.to(row[at.paddle]!, gridSize - 1, seconds, fresh || paint.theme.reducedMotion);
    drawTrail(fresh, seconds);
    drawGhosts(frame, seconds);
    ball.position.set(middle(ballSlide.x), middle(ballSlide.y));
    paddle.position.set(middle(paddleSlide.x), middle(paddleSlide.y));
    moves.root.position.copyFrom(paddle.position);
    moves.root.visible = frame.overlays.acts;
    if (frame.overlays.acts) moves.show(frame, paddleSlide.x, seconds);

    lostAge += seconds;
    const gone = lostAge / lostTakes;
    lost.visible = gone < 1;
    if (gone < 1) {
      // It keeps the way it had and falls off the board.
      lost.position.set(
        middle(lostFrom.x + lostFrom.direction * gone * 2),
        middle(lostFrom.y + (paint.theme.reducedMotion ? 1 : gone * 2.4)),
      );
      lost.alpha = 1 - gone;
    } else {
      const direction = row[at.direction] === 1 || row[at.direction] === 2 ? 1 : -1;
      lostFrom = { x: row[at.ballX]!, y: row[at.ballY]!, direction };
    }
    if (due(seconds)) {
      const bricksHit = row[bookkeepingAt(frame.stride, 'episodeReturn')]!;
      setText(score, `${bricksHit} ${bricksHit === 1 ? 'brick' : 'bricks'}`);
    }
    score.alpha = notice.root.visible ? 0 : 1;
    particles.update(seconds);
    notice.update(seconds);
    sees.root.visible = frame.overlays.sees;
    if (frame.overlays.sees) sees.show(frame.observation);
    meter.show(frame.value, seconds, frame.overlays.values);
  }

  return {
    root,
    aspect: 1.5,
    draw(frame) {
      close.visible = frame.mode === 'close';
      wall.root.visible = frame.mode === 'wall';
      if (frame.mode === 'close') drawClose(frame, frame.secondsSinceLast);
      else wall.draw(frame);
    },
    resize(w, h) {
      width = w;
      height = h;
      wall.resize(w, h);
    },
    setTheme: (next) => paint.apply(next),
    destroy() {
      root.destroy({ children: true });
      particles.destroy();
      sees.destroy();
      for (const shape of [brickShape, ghostShape, ghostPaddleShape, trailShape, badges]) shape.destroy();
      wall.destroy();
    },
  };
};

/** All lanes as boards. Cells are plain tinted squares: at this size nothing else would be seen. */
function createWall(paint: Paint) {
  const root = new Container();
  const groundShape = new GraphicsContext();
  const bestShape = new GraphicsContext();
  const badges = badgeShape();
  const tiles = Array.from({ length: mostTiles }, () => {
    const tile = new Container();
    const ground = paint.tint(new Graphics(groundShape), 'line');
    ground.alpha = 0.45;
    const cells = Array.from({ length: brickCount + 2 }, () => new Sprite(Texture.WHITE));
    const badge = createBadge(paint, badges);
    tile.addChild(ground, ...cells, badge.root);
    tile.visible = false;
    root.addChild(tile);
    return {
      tile,
      bricks: cells.slice(0, brickCount),
      ball: cells[brickCount]!,
      paddle: cells[brickCount + 1]!,
      badge,
    };
  });
  const best = new Container();
  const bestEdge = paint.tint(new Graphics(bestShape), 'accent');
  const bestLabel = paint.tint(createLabel('', { mono: true, align: 1 }), 'ink');
  best.addChild(bestEdge, bestLabel);
  root.addChild(best);
  const glide = createGlide(mostTiles, [at.ballX, at.ballY, at.paddle], 0.04);
  const due = createPace(6);
  let room = { width: 740, height: 420 };
  let count = 0;
  let cell = 5;

  function arrange(): void {
    const grid = layTiles(count, room.width - 2 * margin, room.height - 8, 1, room.width < 480 ? 6 : 10);
    cell = Math.max(2, Math.floor((Math.min(grid.width, grid.height) - 4) / gridSize));
    const side = cell * gridSize;
    const gap = cell > 6 ? 2 : 1;
    groundShape
      .clear()
      .roundRect(-3, -3, side + 6, side + 6, 5)
      .fill(0xffffff);
    bestShape
      .clear()
      .roundRect(-4, -4, side + 8, side + 8, 6)
      .stroke({ color: 0xffffff, width: 2 });
    bestLabel.position.set(side - 2, side * 0.55);
    bestLabel.visible = side >= 40;
    tiles.forEach(({ tile, bricks, ball, paddle, badge }, i) => {
      tile.visible = i < count;
      tile.position.set(
        margin + grid.x(i) + Math.round((grid.width - side) / 2),
        4 + grid.y(i) + Math.round((grid.height - side) / 2),
      );
      bricks.forEach((brick, k) => {
        brick.position.set((k % gridSize) * cell, (1 + Math.floor(k / gridSize)) * cell);
        brick.setSize(cell - gap);
      });
      ball.setSize(cell);
      paddle.setSize(cell * 1.4, Math.max(2, cell * 0.6));
      badge.root.position.set(side / 2, side * 0.6);
    });
  }

  return {
    root,
    resize(width: number, height: number): void {
      room = { width, height };
      if (count > 0) arrange();
    },
    draw(frame: ViewFrame): void {
      const shown = Math.min(frame.lanes, mostTiles);
      if (shown !== count) {
        count = shown;
        arrange();
      }
      const { theme } = paint;
      const scoreAt = bookkeepingAt(frame.stride, 'episodeReturn');
      const shades = [0, 1, 2].map((row) => rowColour(theme, row));
      glide.follow(
        frame.rows,
        shown,
        frame.stride,
        bookkeepingAt(frame.stride, 'elapsed'),
        frame.secondsSinceLast,
      );
      let most = 0;
      for (let i = 0; i < shown; i++) {
        const base = i * frame.stride;
        const { bricks, ball, paddle, badge } = tiles[i]!;
        if (frame.rows[base + scoreAt]! > frame.rows[most * frame.stride + scoreAt]!) most = i;
        for (let k = 0; k < brickCount; k++) {
          const brick = bricks[k]!;
          brick.tint = shades[Math.floor(k / gridSize)]!;
          // Bricks dim out rather than blink, as boards change under training.
          brick.alpha = approach(
            brick.alpha,
            frame.rows[base + at.bricks + k]!,
            frame.secondsSinceLast,
            0.08,
          );
        }
        const cluster = frame.laneCluster?.[i];
        badge.show(cluster);
        ball.tint = theme.ink;
        paddle.tint = cluster === undefined ? theme.ink : clusterColour(theme, cluster);
        ball.alpha = glide.opacity[i]!;
        ball.position.set(glide.shown[3 * i]! * cell, glide.shown[3 * i + 1]! * cell);
        paddle.position.set((glide.shown[3 * i + 2]! - 0.2) * cell, (gridSize - 0.8) * cell);
      }
      best.visible = shown > 0;
      best.position.copyFrom(tiles[most]!.tile.position);
      if (due(frame.secondsSinceLast)) setText(bestLabel, String(frame.rows[most * frame.stride + scoreAt]!));
    },
    destroy(): void {
      for (const shape of [groundShape, bestShape, badges]) shape.destroy();
    },
  };
}

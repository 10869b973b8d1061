// The pieces Pong is drawn from: the table with its score, the ball with its glow and its trail, what the paddle is
// about to do, and where the ball will fly.
import { Container, Graphics, type GraphicsContext } from 'pixi.js';
import { approach, clamp, createPace, popIn } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';
import type { ViewFrame } from '../view.ts';
import { ballSize, fieldHeight, fieldWidth, type PongParams, paddleWidth } from './table.ts';

/** The field from rail to rail and from behind one paddle to behind the other, in the game's own pixels. */
export const tableWidth = fieldWidth + 2 * paddleWidth;

/** Ground, rails, the dashes of the middle, and both scores as large quiet figures. Its origin is the field's. */
export function createTable(paint: Paint) {
  const root = new Container();
  const ground = paint.tint(new Graphics(), 'line');
  ground.alpha = 0.35;
  const dashes = paint.tint(new Graphics(), 'faint');
  dashes.alpha = 0.5;
  const rails = paint.tint(new Graphics(), 'soft');
  const figures = [0, 1].map(() => {
    const figure = paint.tint(createLabel('0', { size: 20, bold: true, align: 0.5 }), 'faint');
    root.addChild(figure);
    return { figure, age: 1 };
  });
  root.addChildAt(ground, 0);
  root.addChild(dashes, rails);
  return {
    root,
    lay(scale: number): void {
      const [w, h] = [fieldWidth * scale, fieldHeight * scale];
      const side = paddleWidth * scale;
      ground
        .clear()
        .rect(-side, 0, w + 2 * side, h)
        .fill(0xffffff);
      rails
        .clear()
        .roundRect(-side, -3, w + 2 * side, 3, 1.5)
        .roundRect(-side, h, w + 2 * side, 3, 1.5)
        .fill(0xffffff);
      dashes.clear();
      const pitch = h / 16;
      for (let i = 0; i < 16; i++) dashes.roundRect(w / 2 - 1.25, (i + 0.25) * pitch, 2.5, pitch / 2, 1.25);
      dashes.fill(0xffffff);
      figures.forEach(({ figure }, which) => {
        figure.style.fontSize = Math.round(clamp(w * 0.2, 24, 84));
        figure.position.set(Math.round(w * (which === 0 ? 0.25 : 0.75)), Math.round(h * 0.15));
      });
    },
    /** A new point makes its figure jump a little. */
    score(side: 0 | 1, points: number, jump: boolean): void {
      const entry = figures[side]!;
      setText(entry.figure, String(points));
      if (jump) entry.age = 0;
    },
    update(seconds: number): void {
      for (const entry of figures) {
        entry.age += seconds;
        const t = clamp(entry.age / 0.35, 0, 1);
        entry.figure.scale.set(0.75 + 0.25 * popIn(t));
        entry.figure.alpha = 0.55 + 0.45 * (1 - t);
      }
    },
  };
}

const trailLength = 14;

/** The ball: its glow, a mark that turns with its spin, and the way it came. */
export function createBall(paint: Paint, circle: GraphicsContext) {
  const root = new Container();
  const trail = Array.from({ length: trailLength }, () => paint.tint(new Graphics(circle), 'accent'));
  const body = new Container();
  for (const [radius, alpha] of [
    [2.5, 0.05],
    [1.95, 0.08],
    [1.45, 0.14],
  ] as const) {
    const glow = paint.tint(new Graphics(circle), 'accent');
    glow.scale.set(radius);
    glow.alpha = alpha;
    body.addChild(glow);
  }
  const mark = paint.tint(
    new Graphics().roundRect(-0.72, -0.11, 1.44, 0.22, 0.11).fill(0xffffff),
    'background',
  );
  mark.alpha = 0.75;
  body.addChild(paint.tint(new Graphics(circle), 'ink'), mark);
  root.addChild(...trail, body);
  const places = new Float32Array(2 * trailLength);
  let radius = 10;
  let age = 1;
  return {
    root,
    body,
    lay(scale: number): void {
      radius = (ballSize / 2) * scale;
    },
    /** At a new place at once, without a trail. */
    jump(x: number, y: number): void {
      for (let i = 0; i < trailLength; i++) places.set([x, y], 2 * i);
      age = 0;
    },
    /** Was there in a frame of the game. */
    pass(x: number, y: number): void {
      places.copyWithin(2, 0);
      places[0] = x;
      places[1] = y;
    },
    show(x: number, y: number, rise: number, seconds: number): void {
      const calm = paint.theme.reducedMotion;
      age += seconds;
      trail.forEach((dot, i) => {
        const left = 1 - (i + 1) / (trailLength + 1);
        dot.visible = !calm;
        dot.position.set(places[2 * i]!, places[2 * i + 1]!);
        dot.scale.set(radius * 0.9 * left);
        dot.alpha = 0.34 * left;
      });
      body.position.set(x, y);
      body.scale.set(radius * (calm ? 1 : popIn(clamp(age / 0.25, 0, 1))));
      // A ball that is driven down turns clockwise, one that is driven up the other way.
      if (!calm) mark.rotation += rise * seconds * 1.1;
    },
  };
}

/** What the paddle is about to do, beside it: up, stay or down, the likelier the longer its bar. */
export function createMoves(paint: Paint) {
  const root = new Container();
  const choices = [-1, 0, 1].map((direction) => {
    const choice = new Container();
    const head = new Graphics();
    if (direction === 0) head.circle(0, 0, 3.5).fill(0xffffff);
    else {
      head
        .moveTo(-6, 3 * -direction)
        .lineTo(0, 3 * direction)
        .lineTo(6, 3 * -direction)
        .stroke({ color: 0xffffff, width: 3, cap: 'round', join: 'round' });
    }
    const bar = paint.tint(new Graphics().roundRect(0, -2, 1, 4, 0).fill(0xffffff), 'accent');
    bar.x = 12;
    const label = paint.tint(createLabel('', { size: 11, mono: true }), 'soft');
    choice.addChild(paint.tint(head, 'ink'), bar, label);
    root.addChild(choice);
    return { direction, choice, head, bar, label, strength: 0, chance: 0 };
  });
  const due = createPace(10);
  return {
    root,
    lay(scale: number): void {
      for (const { direction, choice } of choices) choice.y = direction * clamp(44 * scale, 17, 30);
    },
    show(frame: ViewFrame, mirrored: boolean, seconds: number): void {
      const write = due(seconds);
      for (const c of choices) {
        const action = c.direction === 0 ? 0 : c.direction < 0 === mirrored ? 2 : 1;
        const p = frame.probabilities[action];
        c.strength = approach(c.strength, frame.action[0] === action ? 1 : 0, seconds, 0.05);
        c.chance = approach(c.chance, p ?? 0, seconds, 0.06);
        c.head.alpha = 0.2 + 0.8 * c.strength;
        c.bar.visible = p !== undefined;
        c.bar.scale.x = Math.max(0.5, 24 * c.chance);
        c.label.visible = p !== undefined;
        c.label.x = 18 + 24 * c.chance;
        if (p !== undefined && write) setText(c.label, percent(p));
      }
    },
  };
}

const longestFlight = 400; // frames

/** Where the ball will fly from here until it comes to a paddle, as a row of dots with a mark at the end. */
export function createFlight(paint: Paint, circle: GraphicsContext) {
  const root = new Container();
  const dots = Array.from({ length: 40 }, () => paint.tint(new Graphics(circle), 'ink'));
  const end = paint.tint(new Graphics(), 'ink');
  root.addChild(...dots, end);
  return {
    root,
    show(ballX: number, ballY: number, speedX: number, speedY: number, scale: number): void {
      let [x, y, rise] = [ballX, ballY, speedY];
      let used = 0;
      for (let frame = 1; frame < longestFlight; frame++) {
        x += speedX;
        y += rise;
        if (y < 0 || y > fieldHeight - ballSize) {
          rise = -rise;
          y = clamp(y, 0, fieldHeight - ballSize);
        }
        if (x < 0 || x > fieldWidth - ballSize) break;
        if (frame % 3 !== 0 || used >= dots.length) continue;
        const dot = dots[used++]!;
        dot.visible = true;
        dot.position.set((x + ballSize / 2) * scale, (y + ballSize / 2) * scale);
        dot.scale.set(1.6);
        dot.alpha = 0.5 - (0.3 * used) / dots.length;
      }
      for (; used < dots.length; used++) dots[used]!.visible = false;
      const half = (ballSize / 2) * scale;
      end.clear().circle(0, 0, half).stroke({ color: 0xffffff, width: 1.5 });
      end.alpha = 0.55;
      end.position.set(
        clamp(x + ballSize / 2, ballSize / 2, fieldWidth - ballSize / 2) * scale,
        (y + ballSize / 2) * scale,
      );
    },
  };
}

/** The shape of a paddle, its middle at the origin. */
export function drawPaddle(shape: GraphicsContext, scale: number, height: number): void {
  const [w, h] = [paddleWidth * scale, height * scale];
  shape
    .clear()
    .roundRect(-w / 2, -h / 2, w, h, w * 0.45)
    .fill(0xffffff);
}

export const paddleHeightOf = (side: 0 | 1, p: PongParams): number =>
  side === 0 && p.opponent === 'wall' ? fieldHeight : p.paddleHeight;

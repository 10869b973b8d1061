// The pieces Acrobot is drawn from: two links with their joints, the bar and the line above it, and the elbow's three
// torques with their chances.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { approach, createPace } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import { createLabel, number, percent, setText } from '../drawing/text.ts';

/** Sizes in px. */
export interface LinkSize {
  readonly upper: number;
  readonly lower: number;
  readonly upperWidth: number;
  readonly lowerWidth: number;
}

export interface LinkShapes {
  readonly upper: GraphicsContext;
  readonly lower: GraphicsContext;
  readonly upperRim: GraphicsContext;
  readonly lowerRim: GraphicsContext;
  readonly joint: GraphicsContext;
  readonly upperGhost: GraphicsContext;
  readonly lowerGhost: GraphicsContext;
}

export const createLinkShapes = (): LinkShapes => ({
  upper: new GraphicsContext(),
  lower: new GraphicsContext(),
  upperRim: new GraphicsContext(),
  lowerRim: new GraphicsContext(),
  joint: new GraphicsContext(),
  upperGhost: new GraphicsContext(),
  lowerGhost: new GraphicsContext(),
});

/** Both links hang straight down from their origins. */
export function drawLinkShapes(s: LinkShapes, size: LinkSize): void {
  const capsule = (shape: GraphicsContext, length: number, width: number, grow = 0): void => {
    const half = width / 2 + grow;
    shape
      .clear()
      .roundRect(-half, -half, 2 * half, length + 2 * half, half)
      .fill(0xffffff);
  };
  capsule(s.upper, size.upper, size.upperWidth);
  capsule(s.lower, size.lower, size.lowerWidth);
  capsule(s.upperRim, size.upper, size.upperWidth, 2.5);
  capsule(s.lowerRim, size.lower, size.lowerWidth, 2.5);
  capsule(s.upperGhost, size.upper, size.upperWidth * 0.5);
  capsule(s.lowerGhost, size.lower, size.lowerWidth * 0.5);
  s.joint
    .clear()
    .circle(0, 0, size.lowerWidth * 0.26)
    .fill(0xffffff);
}

export const destroyLinkShapes = (s: LinkShapes): void => {
  for (const context of Object.values(s) as GraphicsContext[]) context.destroy();
};

/** Both links in full; the origin is the bar they hang from. */
export function createLinks(paint: Paint, shapes: LinkShapes) {
  const root = new Container();
  const upper = new Container();
  const lower = new Container();
  const part = (shape: GraphicsContext, role: 'background' | 'ink' | 'accent'): Graphics =>
    paint.tint(new Graphics(shape), role);
  const elbow = part(shapes.joint, 'background');
  lower.addChild(part(shapes.lowerRim, 'background'), part(shapes.lower, 'accent'), elbow);
  upper.addChild(part(shapes.upperRim, 'background'), part(shapes.upper, 'ink'), lower);
  root.addChild(upper, part(shapes.joint, 'background'));
  return {
    root,
    /** Angles as the rules count them, counter-clockwise; a screen's run clockwise. */
    pose(theta1: number, theta2: number, size: LinkSize): void {
      upper.rotation = -theta1;
      lower.y = size.upper;
      lower.rotation = -theta2;
    },
  };
}

/** The bar, the line that the tip has to cross, and the circle it could reach. */
export function createGoal(paint: Paint) {
  const root = new Container();
  const circle = paint.tint(new Graphics(), 'line');
  const line = paint.tint(new Graphics(), 'accent');
  const bar = paint.tint(new Graphics(), 'faint');
  const label = paint.tint(createLabel('', { size: 11 }), 'soft');
  circle.alpha = 0.8;
  root.addChild(circle, line, bar, label);
  return {
    root,
    lay(reach: number, metre: number, targetHeight: number): void {
      const y = -targetHeight * metre;
      circle.clear().circle(0, 0, reach).stroke({ color: 0xffffff, width: 1.5 });
      line.clear();
      for (let x = -reach; x < reach; x += 14) line.rect(x, y - 1, 8, 2).fill(0xffffff);
      bar.clear().roundRect(-26, -3, 52, 6, 3).fill(0xffffff);
      setText(label, `over the line: ${number(targetHeight, 1)} m`);
      label.anchor.set(0.5, 0.5);
      label.position.set(0, y - 12);
    },
  };
}

/** The elbow's torques as two bent arrows and a dot, the taken one bold, with how likely each is. */
export function createTorques(paint: Paint) {
  const root = new Container();
  const choices = [1, 0, -1].map((side) => {
    const mark = new Graphics();
    // The links may lie anywhere behind a chance: it brings its own ground.
    const label = new Container();
    const ground = paint.tint(new Graphics().roundRect(-18, -9, 36, 18, 6).fill(0xffffff), 'background');
    ground.alpha = 0.75;
    const text = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'ink');
    label.addChild(ground, text);
    root.addChild(paint.tint(mark, 'accent'), label);
    // Mirrored, the same arrow bends the other way: drawn for counter-clockwise, which passes the top to the left.
    mark.scale.x = side < 0 ? -1 : 1;
    return { side, mark, label, text, strength: 0 };
  });
  const due = createPace(8);
  return {
    root,
    lay(radius: number): void {
      for (const { side, mark, label } of choices) {
        mark.clear();
        const r = radius;
        if (side === 0) mark.circle(0, -r, 4.5).fill(0xffffff);
        else {
          mark
            .arc(0, 0, r, -Math.PI / 2 - 0.42, -Math.PI, true)
            .stroke({ color: 0xffffff, width: 3.5, cap: 'round' })
            .moveTo(-r - 7, -7)
            .lineTo(-r, 1)
            .lineTo(-r + 7, -7)
            .stroke({ color: 0xffffff, width: 3.5, cap: 'round', join: 'round' });
        }
        label.position.set(-side * (r + 26), side === 0 ? -r - 18 : -r * 0.6);
      }
    },
    /** `order`: the actions that turn counter-clockwise, not at all and clockwise. */
    show(action: number, chances: Float32Array, order: readonly number[], seconds: number): void {
      const write = due(seconds);
      choices.forEach((c, i) => {
        const own = order[i]!;
        const p = chances[own];
        c.strength = approach(c.strength, action === own ? 1 : 0, seconds, 0.05);
        c.mark.alpha = 0.2 + 0.8 * c.strength;
        c.label.visible = p !== undefined;
        if (p !== undefined && write) setText(c.text, percent(p));
      });
    },
  };
}

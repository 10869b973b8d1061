// The pieces Pendulum is drawn from: the rod with its pivot, and the upright line that it is to reach.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import type { Paint } from '../drawing/paint.ts';
import { createLabel } from '../drawing/text.ts';

export interface RodShapes {
  readonly rod: GraphicsContext;
  readonly rim: GraphicsContext;
  readonly pivot: GraphicsContext;
  readonly hole: GraphicsContext;
}

export const createRodShapes = (): RodShapes => ({
  rod: new GraphicsContext(),
  rim: new GraphicsContext(),
  pivot: new GraphicsContext(),
  hole: new GraphicsContext(),
});

/** A rod of that length in px, standing upright on the origin. */
export function drawRodShapes(s: RodShapes, length: number, thickness: number): void {
  const half = thickness / 2;
  const capsule = (shape: GraphicsContext, grow: number): GraphicsContext =>
    shape
      .roundRect(-half - grow, -length - grow, thickness + 2 * grow, length + half + 2 * grow, half + grow)
      .fill(0xffffff);
  capsule(s.rod.clear(), 0);
  capsule(s.rim.clear(), 2.5);
  const pivot = Math.min(half * 1.5, length * 0.085);
  s.pivot.clear().circle(0, 0, pivot).fill(0xffffff);
  s.hole
    .clear()
    .circle(0, 0, pivot * 0.37)
    .fill(0xffffff);
}

export const destroyRodShapes = (s: RodShapes): void => {
  for (const context of Object.values(s) as GraphicsContext[]) context.destroy();
};

export function createRod(paint: Paint, shapes: RodShapes) {
  const root = new Container();
  const rod = new Container();
  // A rim in the background's colour keeps the hero apart from the crowd behind it.
  rod.addChild(
    paint.tint(new Graphics(shapes.rim), 'background'),
    paint.tint(new Graphics(shapes.rod), 'accent'),
  );
  root.addChild(
    rod,
    paint.tint(new Graphics(shapes.pivot), 'ink'),
    paint.tint(new Graphics(shapes.hole), 'background'),
  );
  return {
    root,
    /** Radians from upright, counter-clockwise; a screen's angles run clockwise. */
    pose(theta: number): void {
      rod.rotation = -theta;
    },
  };
}

/** Where the rod is to stand: a dashed line, and a ring at its end that fills while it does. */
export function createTarget(paint: Paint) {
  const root = new Container();
  const line = paint.tint(new Graphics(), 'faint');
  const ring = paint.tint(new Graphics(), 'soft');
  const disc = paint.tint(new Graphics().circle(0, 0, 7).fill(0xffffff), 'positive');
  const label = paint.tint(createLabel('upright', { size: 11 }), 'soft');
  root.addChild(line, ring, disc, label);
  ring.circle(0, 0, 9).stroke({ color: 0xffffff, width: 1.5 });
  return {
    root,
    lay(length: number): void {
      line.clear();
      for (let r = 16; r < length - 2; r += 10) line.rect(-0.75, -r - 5, 1.5, 5).fill(0xffffff);
      for (const node of [ring, disc]) node.y = -length - 12;
      label.position.set(16, -length - 12);
    },
    /** 0: not there, 1: standing still on the line. */
    show(standing: number): void {
      disc.scale.set(standing);
      disc.visible = standing > 0.02;
    },
  };
}

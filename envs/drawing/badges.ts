// The numbered disc that names a lane's group, so that colour is never the only sign.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { clusterColour, type Paint } from './paint.ts';
import { createLabel, setText } from './text.ts';

export interface Badge {
  readonly root: Container;
  /** Shows the group's colour and its number, counted from 1; hidden without one. */
  show(cluster: number | undefined): void;
}

/** One shape for all badges of a view. */
export const badgeShape = (): GraphicsContext => new GraphicsContext().circle(0, 0, 8).fill(0xffffff);

export function createBadge(paint: Paint, shape: GraphicsContext): Badge {
  const root = new Container();
  const back = new Graphics(shape);
  const label = paint.tint(createLabel('', { size: 11, bold: true, align: 0.5 }), 'background');
  root.addChild(back, label);
  root.visible = false;
  return {
    root,
    show(cluster) {
      root.visible = cluster !== undefined;
      if (cluster === undefined) return;
      back.tint = clusterColour(paint.theme, cluster);
      setText(label, String(cluster + 1));
    },
  };
}

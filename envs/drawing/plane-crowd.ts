// The lanes' points on a plane, each renewed about twice a second: calm, however fast they learn.
import type { Container, Graphics } from 'pixi.js';
import { mostTiles, type ViewFrame } from '../view.ts';
import { createGhosts } from './ghosts.ts';
import type { Paint } from './paint.ts';

export interface PlaneCrowd {
  readonly root: Container;
  show(frame: ViewFrame): void;
  destroy(): void;
}

/** @param renew puts a lane's point in its place, as the row that begins at `base` says. */
export function createPlaneCrowd(
  paint: Paint,
  make: () => Graphics,
  renew: (point: Graphics, place: Container, rows: Float64Array, base: number) => void,
): PlaneCrowd {
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const point = make();
    root.addChild(point, badge);
    return { point };
  });
  let owed = 0;
  let next = 0;
  return {
    root: ghosts.root,
    show(frame) {
      const shown = Math.min(frame.lanes, mostTiles);
      owed = Math.min(shown, owed + shown * 2 * frame.secondsSinceLast);
      const first = next;
      const due = Math.floor(owed);
      owed -= due;
      next = shown > 0 ? (next + due) % shown : 0;
      ghosts.show(frame, shown, ({ root, point }, i, group) => {
        // In a group, its numbered badge is the point.
        point.visible = group === undefined;
        if ((i - first + shown) % shown < due) renew(point, root, frame.rows, i * frame.stride);
      });
    },
    destroy: ghosts.destroy,
  };
}

// The other lanes, faint behind the one that is close up: a figure each, with the numbered badge of its group.
import { Container } from 'pixi.js';
import { mostTiles, type ViewFrame } from '../view.ts';
import { badgeShape, createBadge } from './badges.ts';
import type { Paint } from './paint.ts';

export interface Ghost {
  readonly root: Container;
  readonly badge: Container;
}

export interface Ghosts<Figure> {
  readonly root: Container;
  /** Poses the figures of the first `shown` lanes and hides the others. `group`: undefined where the lanes are in none. */
  show(
    frame: ViewFrame,
    shown: number,
    pose: (ghost: Figure & Ghost, lane: number, group: number | undefined) => void,
  ): void;
  destroy(): void;
}

/** The more there are, the fainter each; up to `few` are as plain as one. */
export const faintness = (lanes: number, few: number): number => 1 / Math.sqrt(Math.max(1, lanes / few));

/** @param make puts a lane's figure and its badge together, once. */
export function createGhosts<Figure extends object>(
  paint: Paint,
  badgeScale: number,
  make: (root: Container, badge: Container, lane: number) => Figure,
): Ghosts<Figure> {
  const layer = new Container();
  const shape = badgeShape();
  const ghosts = Array.from({ length: mostTiles }, (_, lane) => {
    const root = new Container();
    const badge = createBadge(paint, shape);
    badge.root.scale.set(badgeScale);
    root.visible = false;
    layer.addChild(root);
    return { group: badge, ghost: { ...make(root, badge.root, lane), root, badge: badge.root } };
  });
  return {
    root: layer,
    show({ laneCluster }, shown, pose) {
      for (let i = 0; i < mostTiles; i++) {
        const { group, ghost } = ghosts[i]!;
        ghost.root.visible = i < shown;
        if (i >= shown) continue;
        const cluster = laneCluster?.[i];
        group.show(cluster);
        pose(ghost, i, cluster);
      }
    },
    destroy() {
      shape.destroy();
    },
  };
}

// What the walls of all worlds have in common: a tile per lane with the badge of its group, laid out anew when
// their number or the room changes, and the mark on the best of them.
import { Container, Graphics, GraphicsContext, type Text } from 'pixi.js';
import { mostTiles, type ViewFrame } from '../view.ts';
import { type Badge, badgeShape, createBadge } from './badges.ts';
import { createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { margin } from './picture.ts';
import { css } from './sheet.ts';
import { createLabel, number, setText } from './text.ts';
import { layTiles, type Tiles } from './tiles.ts';

export interface LaneTile {
  readonly tile: Container;
  readonly badge: Badge;
}

export interface LaneTiles<Parts> {
  readonly root: Container;
  readonly tiles: readonly (Parts & LaneTile)[];
  resize(width: number, height: number): void;
  /** As many tiles as the frame has lanes; returns how many these are. `anew`: lays them out in any case. */
  fit(frame: ViewFrame, anew?: boolean): number;
  destroy(): void;
}

export interface TileStyle<Parts> {
  readonly aspect: number;
  /** Between tiles, px; less on a phone. */
  readonly gap: number;
  /** Fills an empty tile, once. */
  make(tile: Container): Parts;
  /** After the tiles were put in their places: fits what is in them. */
  arrange(grid: Tiles, count: number): void;
}

export function createLaneTiles<Parts extends object>(
  paint: Paint,
  { aspect, gap, make, arrange }: TileStyle<Parts>,
): LaneTiles<Parts> {
  const root = new Container();
  const badges = badgeShape();
  const tiles = Array.from({ length: mostTiles }, () => {
    const tile = new Container();
    const parts = make(tile);
    const badge = createBadge(paint, badges);
    tile.addChild(badge.root);
    tile.visible = false;
    root.addChild(tile);
    return { ...parts, tile, badge };
  });
  let room = { width: 740, height: 420 };
  let count = 0;

  function lay(): void {
    const between = room.width < 480 ? gap - 4 : gap;
    const grid = layTiles(count, room.width - 2 * margin, room.height - 8, aspect, between);
    tiles.forEach(({ tile }, i) => {
      tile.visible = i < count;
      tile.position.set(margin + grid.x(i), 4 + grid.y(i));
    });
    arrange(grid, count);
  }

  return {
    root,
    tiles,
    resize(width, height) {
      room = { width, height };
      if (count > 0) lay();
    },
    fit(frame, anew = false) {
      const shown = Math.min(frame.lanes, mostTiles);
      if (shown !== count || anew) {
        count = shown;
        lay();
      }
      return shown;
    },
    destroy() {
      badges.destroy();
    },
  };
}

export interface BestMark {
  readonly root: Container;
  /** Its line, for the wall to draw, and its figure, to put in place; both from the tile's origin. */
  readonly edge: GraphicsContext;
  readonly label: Text;
  /** Marks the lane with the most of the number `at` in its row, the first of several; `say` writes that number. */
  show(
    frame: ViewFrame,
    tiles: readonly LaneTile[],
    shown: number,
    at: number,
    say?: (value: number) => string,
  ): void;
  /** Marks the lane whose row, given by its start, has the highest score, and writes that; none while all are -Infinity. */
  showBy(
    frame: ViewFrame,
    tiles: readonly LaneTile[],
    shown: number,
    score: (base: number) => number,
    write: (score: number) => string,
  ): void;
  destroy(): void;
}

export function createBestMark(paint: Paint): BestMark {
  const root = new Container();
  const edge = new GraphicsContext();
  const label = paint.tint(createLabel('', { mono: true, align: 1 }), 'ink');
  root.addChild(paint.tint(new Graphics(edge), 'accent'), label);
  const due = createPace(6);
  const showBy: BestMark['showBy'] = ({ stride, secondsSinceLast }, tiles, shown, score, write) => {
    let best = 0;
    let most = score(0);
    for (let i = 1; i < shown; i++) {
      const now = score(i * stride);
      if (now <= most) continue;
      best = i;
      most = now;
    }
    root.visible = shown > 0 && most > -Infinity;
    root.position.copyFrom(tiles[best]!.tile.position);
    if (due(secondsSinceLast)) setText(label, write(most));
  };
  return {
    root,
    edge,
    label,
    show: (frame, tiles, shown, at, say = (value) => number(value, 0)) =>
      showBy(frame, tiles, shown, (base) => frame.rows[base + at]!, say),
    showBy,
    destroy() {
      edge.destroy();
    },
  };
}

/** The boards' grounds on a sheet that lies under the tiles, `side` pixels each. */
export function paintGrounds(
  context: CanvasRenderingContext2D,
  tiles: readonly LaneTile[],
  shown: number,
  side: number,
  colour: number,
): void {
  context.fillStyle = css(colour, 0.45);
  for (let i = 0; i < shown; i++) {
    const { x, y } = tiles[i]!.tile;
    context.beginPath();
    context.roundRect(x - 3, y - 3, side + 6, side + 6, 5);
    context.fill();
  }
}

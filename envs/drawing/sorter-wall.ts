// All lanes of a sorter as tiles: the item each sorted last, where it went, and whether that was right. Items are long to draw,
// so every frame has its turn at a few.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import type { WorldParams } from '../environment.ts';
import type { BeltAt } from '../sorter.ts';
import type { ViewFrame } from '../view.ts';
import { crossShape, tickShape } from './marks.ts';
import type { Paint } from './paint.ts';
import type { Look } from './picture.ts';
import { createLabel, setText } from './text.ts';
import type { Tiles } from './tiles.ts';
import { createLaneTiles } from './wall.ts';

/** An item in small, its middle at the origin. */
export interface Miniature {
  readonly root: Container;
  lay(width: number, height: number): void;
  show(row: Float64Array, from: number, params: WorldParams): void;
}

/** What names the chute an item went to, its middle at the origin. */
export interface ChuteMark {
  readonly root: Container;
  /** Undefined: none yet. */
  show(chute: number | undefined): void;
  /** Fits it into so many pixels. */
  lay?(width: number): void;
}

export interface SorterWallStyle {
  readonly at: BeltAt;
  /** Called once a tile. */
  miniature(): Miniature;
  mark(): ChuteMark;
  /** Width over height of a miniature. */
  readonly aspect: number;
  /** Most of a tile's width that it may take. */
  readonly share?: number;
}

/** The chute's word, or its first letter where there is no room for more. */
export function wordMark(paint: Paint, words: readonly string[], size: 11 | 15): ChuteMark {
  const root = paint.tint(createLabel('', { size, bold: true, align: 0.5 }), 'accent');
  let short = false;
  return {
    root,
    lay(width) {
      short = width < 26;
    },
    show(chute) {
      const word = chute === undefined ? '' : words[chute]!;
      setText(root, short ? word.slice(0, 1).toUpperCase() : word);
    },
  };
}

// A few tiles a frame, each about twice a second: readable however fast the lanes are.
const perSecond = 2;
const mostPerFrame = 4;

export function createSorterWall(paint: Paint, style: SorterWallStyle): Look {
  const { at } = style;
  const groundShape = new GraphicsContext();
  const tick = tickShape(6, 2.5);
  const cross = crossShape(6, 2.5);
  const lanes = createLaneTiles(paint, {
    aspect: 1.5,
    gap: 8,
    make(tile) {
      const ground = paint.tint(new Graphics(groundShape), 'line');
      ground.alpha = 0.45;
      const item = style.miniature();
      const mark = style.mark();
      // A frame of its own: the mark may have a scale already.
      const name = { ...mark, frame: new Container() };
      name.frame.addChild(mark.root);
      const right = paint.tint(new Graphics(tick), 'positive');
      const wrong = paint.tint(new Graphics(cross), 'negative');
      tile.addChild(ground, item.root, name.frame, right, wrong);
      return { item, name, right, wrong };
    },
    arrange,
  });
  const { root, tiles } = lanes;
  let owed = 0;
  let next = 0;

  function arrange(grid: Tiles, count: number): void {
    const small = Math.min(1, grid.height / 40);
    const across = Math.min((grid.height - 4) * style.aspect, grid.width * (style.share ?? 0.64));
    groundShape.clear().roundRect(0, 0, grid.width, grid.height, 6).fill(0xffffff);
    for (const { item, name, right, wrong, badge } of tiles) {
      item.lay(across, across / style.aspect);
      item.root.position.set(2 + across / 2, grid.height / 2);
      const x = Math.round((across + grid.width) / 2);
      name.lay?.(grid.width - across - 6);
      name.frame.position.set(x, Math.round(grid.height / 2 - 9 * small));
      name.frame.scale.set(small);
      right.position.set(x, Math.round(grid.height / 2 + 10 * small));
      right.scale.set(small);
      wrong.scale.set(small);
      wrong.position.copyFrom(right.position);
      // Small tiles get a small badge in the corner, clear of the item.
      badge.root.scale.set(grid.width < 60 ? 0.6 : 1);
      badge.root.position.set(grid.width < 60 ? 5 : 10, grid.width < 60 ? 5 : 10);
    }
    owed = count; // all of them, once
  }

  function refresh(i: number, frame: ViewFrame): void {
    const { item, name, right, wrong } = tiles[i]!;
    const row = frame.rows.subarray(i * frame.stride, (i + 1) * frame.stride);
    const any = row[at.sorted]! > 0;
    item.show(row, any ? at.lastItem : at.item, frame.params);
    name.show(any ? row[at.lastChute]! : undefined);
    const good = row[at.lastRight] === 1;
    right.visible = any && good;
    wrong.visible = any && !good;
  }

  return {
    root,
    resize: lanes.resize,
    draw(frame) {
      const shown = lanes.fit(frame);
      owed = Math.min(
        owed > mostPerFrame ? shown : mostPerFrame,
        owed + shown * perSecond * frame.secondsSinceLast,
      );
      for (; owed >= 1; owed--) {
        refresh(next % shown, frame);
        next = (next + 1) % shown;
      }
      for (let i = 0; i < shown; i++) tiles[i]!.badge.show(frame.laneCluster?.[i]);
    },
    destroy() {
      for (const shape of [groundShape, tick, cross]) shape.destroy();
      lanes.destroy();
    },
  };
}

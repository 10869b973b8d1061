// What the shop is drawn from: the six recommended products as small line drawings, and customers' purchases as columns, four
// neighbouring products to a shelf.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import type { Sign } from '../drawing/chutes.ts';
import type { Paint } from '../drawing/paint.ts';
import type { Face } from '../drawing/sorter.ts';
import type { ChuteMark, Miniature } from '../drawing/sorter-wall.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { customerAt, productCount, products, recommendations } from './dynamics.ts';

const line = { color: 0xffffff, width: 2, cap: 'round', join: 'round' } as const;

/** The recommendations in their order, each within a circle of 12 px round the origin. */
export const createIcons = (): readonly GraphicsContext[] => [
  new GraphicsContext().circle(-3, 1, 7).moveTo(4, -1).lineTo(12, -4).stroke(line), // pan
  new GraphicsContext() // flower
    .circle(0, -8.5, 2.8)
    .circle(4.3, -5.4, 2.8)
    .circle(2.6, -0.4, 2.8)
    .circle(-2.6, -0.4, 2.8)
    .circle(-4.3, -5.4, 2.8)
    .fill(0xffffff)
    .moveTo(0, -1)
    .lineTo(0, 10)
    .moveTo(0, 8)
    .lineTo(4.5, 4.5)
    .stroke(line),
  new GraphicsContext() // gamepad
    .roundRect(-11, -6, 22, 13, 6)
    .moveTo(-8, 0.5)
    .lineTo(-3, 0.5)
    .moveTo(-5.5, -2)
    .lineTo(-5.5, 3)
    .stroke(line)
    .circle(4, 2, 1.5)
    .circle(7, -1.5, 1.5)
    .fill(0xffffff),
  new GraphicsContext() // teddy
    .circle(0, 2, 7.5)
    .stroke(line)
    .circle(-6, -5.5, 3.2)
    .circle(6, -5.5, 3.2)
    .circle(-2.8, 0.5, 1.2)
    .circle(2.8, 0.5, 1.2)
    .circle(0, 4.2, 1.6)
    .fill(0xffffff),
  new GraphicsContext() // shoe
    .moveTo(-10, -6)
    .lineTo(-4, -6)
    .lineTo(1, -0.5)
    .lineTo(8, 1.5)
    .quadraticCurveTo(11, 2.5, 11, 6)
    .lineTo(-10, 6)
    .closePath()
    .moveTo(-10, 3)
    .lineTo(10, 3)
    .stroke(line),
  new GraphicsContext() // book
    .moveTo(0, -5)
    .quadraticCurveTo(-5, -8.5, -11, -6)
    .lineTo(-11, 6)
    .quadraticCurveTo(-5, 3.5, 0, 7)
    .quadraticCurveTo(5, 3.5, 11, 6)
    .lineTo(11, -6)
    .quadraticCurveTo(5, -8.5, 0, -5)
    .lineTo(0, 7)
    .stroke(line),
];

/** The product's drawing, with its key and its name below where there is room. */
export function productSign(paint: Paint, icon: GraphicsContext, chute: number): Sign {
  const root = new Container();
  const picture = paint.tint(new Graphics(icon), 'ink');
  const name = paint.tint(
    createLabel(`${chute + 1} ${recommendations[chute]!}`, { size: 11, align: 0.5 }),
    'soft',
  );
  root.addChild(picture, name);
  return {
    root,
    lay(width, depth) {
      name.visible = width >= 64 && depth >= 42;
      picture.y = name.visible ? -8 : 0;
      picture.scale.set(name.visible ? 0.9 : 0.85);
      name.y = 14;
    },
  };
}

export function productMark(paint: Paint, icons: readonly GraphicsContext[]): ChuteMark {
  const root = paint.tint(new Graphics(), 'accent');
  root.scale.set(0.75);
  return {
    root,
    show(chute) {
      root.visible = chute !== undefined;
      if (chute !== undefined) root.context = icons[chute]!;
    },
  };
}

const perShelf = 4;

/** Columns of purchases from (left, base) upwards, `tall` px for the most bought. */
function drawColumns(
  columns: Graphics,
  row: Float64Array,
  from: number,
  left: number,
  base: number,
  width: number,
  tall: number,
): void {
  const gap = width * 0.022;
  const pitch = (width - gap * (productCount / perShelf - 1)) / productCount;
  let most = 4;
  for (let c = 0; c < productCount; c++) most = Math.max(most, row[from + customerAt.counts + c]!);
  columns.clear();
  for (let c = 0; c < productCount; c++) {
    const high = (row[from + customerAt.counts + c]! / most) * tall;
    const x = left + c * pitch + Math.floor(c / perShelf) * gap;
    if (high > 0) columns.rect(x + pitch * 0.12, base - high, pitch * 0.76, high).fill(0xffffff);
  }
}

/** The shelves as lines under the columns. */
function drawShelves(shelves: Graphics, left: number, base: number, width: number, weight: number): void {
  const gap = width * 0.022;
  const pitch = (width - gap * (productCount / perShelf - 1)) / productCount;
  shelves.clear();
  for (let k = 0; k < productCount / perShelf; k++) {
    shelves.rect(left + k * (perShelf * pitch + gap), base, perShelf * pitch, weight).fill(0xffffff);
  }
}

/** The three products bought most, the first of several alike. */
function favourites(row: Float64Array, from: number): number[] {
  const counts = row.subarray(from + customerAt.counts, from + customerAt.counts + productCount);
  return products
    .map((_, c) => c)
    .filter((c) => counts[c]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, 3);
}

/** A customer's card: what was bought as columns, and the most bought in words. */
export function createCustomer(paint: Paint): Face {
  const root = new Container();
  const columns = paint.tint(new Graphics(), 'ink');
  const shelves = paint.tint(new Graphics(), 'faint');
  const lines = Array.from({ length: 3 }, () => paint.tint(createLabel('', { size: 13.5 }), 'soft'));
  root.addChild(shelves, columns, ...lines);
  let room = { width: 200, height: 140 };
  const inset = () => (room.width < 200 ? 8 : 16);
  const rowHeight = () => (room.width < 200 ? 14 : 19);
  const base = () => room.height / 2 - inset() - 3 * rowHeight() - 4;
  return {
    root,
    lay(width, height) {
      room = { width, height };
      drawShelves(shelves, -width / 2 + inset(), base(), width - 2 * inset(), 2);
      lines.forEach((label, i) => {
        label.style.fontSize = width < 200 ? 11 : 13.5;
        label.position.set(-width / 2 + inset(), base() + 6 + (i + 0.5) * rowHeight());
      });
    },
    show(row, from) {
      const { width, height } = room;
      const tall = base() + height / 2 - inset();
      drawColumns(columns, row, from, -width / 2 + inset(), base() - 1, width - 2 * inset(), tall);
      const most = favourites(row, from);
      lines.forEach((label, i) => {
        const c = most[i];
        setText(label, c === undefined ? '' : `${row[from + customerAt.counts + c]!} \u00d7 ${products[c]!}`);
      });
    },
  };
}

export function createSmallCustomer(paint: Paint): Miniature {
  const root = new Container();
  const columns = paint.tint(new Graphics(), 'ink');
  const shelves = paint.tint(new Graphics(), 'faint');
  root.addChild(shelves, columns);
  let room = { width: 48, height: 36 };
  return {
    root,
    lay(width, height) {
      room = { width: width - 6, height: height - 8 };
      drawShelves(shelves, -room.width / 2, room.height / 2 - 1, room.width, 1);
    },
    show(row, from) {
      drawColumns(columns, row, from, -room.width / 2, room.height / 2 - 2, room.width, room.height - 2);
    },
  };
}

// All lanes of the shop: what the last customer of each had bought, what was recommended, and whether it suited.
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createSorterWall } from '../drawing/sorter-wall.ts';
import { shopAt as at } from './dynamics.ts';
import { createIcons, createSmallCustomer, productMark } from './pieces.ts';

export function createWall(paint: Paint): Look {
  const icons = createIcons();
  const wall = createSorterWall(paint, {
    at,
    aspect: 1.35,
    miniature: () => createSmallCustomer(paint),
    mark: () => productMark(paint, icons),
  });
  return {
    ...wall,
    destroy() {
      wall.destroy();
      for (const icon of icons) icon.destroy();
    },
  };
}

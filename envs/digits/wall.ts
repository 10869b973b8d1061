// All lanes of Sorter as tiles: the card each sorted last, where it went, and whether that was right.
import { Graphics } from 'pixi.js';
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createSorterWall, wordMark } from '../drawing/sorter-wall.ts';
import { digitsAt as at, type DigitsParams, digits } from './dynamics.ts';
import { drawCard } from './pieces.ts';

export const createWall = (paint: Paint): Look =>
  createSorterWall(paint, {
    at,
    aspect: 1,
    miniature() {
      const root = paint.tint(new Graphics(), 'ink');
      let side = 40;
      return {
        root,
        lay(width) {
          side = width;
        },
        show: (row, from, params) => drawCard(root, row, from, params as DigitsParams, side, 'bevel'),
      };
    },
    mark: () => wordMark(paint, digits.action.names, 15),
  });

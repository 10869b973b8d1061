// All lanes of few-shot: the last question of each, what was answered, and whether that was right.
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createSorterWall, wordMark } from '../drawing/sorter-wall.ts';
import { fewShotAt as at, labels, taskAt } from './dynamics.ts';
import { createGlyphCard } from './pieces.ts';

export const createWall = (paint: Paint): Look =>
  createSorterWall(paint, {
    at,
    aspect: 1,
    miniature: () => {
      const card = createGlyphCard(paint);
      return {
        root: card.root,
        lay: (width, height) => card.lay(Math.round(Math.min(width, height))),
        show: (row, from) => card.show(row[from + taskAt.shown]!),
      };
    },
    mark: () => wordMark(paint, labels, 15),
  });

// All lanes of the mailroom: the envelope each sorted last, its words as bars, and how that went.
import type { Paint } from '../drawing/paint.ts';
import type { Look } from '../drawing/picture.ts';
import { createSorterWall, wordMark } from '../drawing/sorter-wall.ts';
import { mailroomAt as at, mailroom } from './dynamics.ts';
import { createSmallEnvelope } from './pieces.ts';

export const createWall = (paint: Paint): Look =>
  createSorterWall(paint, {
    at,
    aspect: 1.35,
    share: 0.53,
    miniature: () => createSmallEnvelope(paint),
    mark: () => wordMark(paint, mailroom.action.names, 11),
  });

// Sorter as a small machine: a belt brings a written digit under the scanner, the picture beside it is all the
// network gets, and the card drops into one of ten chutes, where a tick or a cross says how that went.
import { wordSign } from '../drawing/chutes.ts';
import type { Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPixels } from '../drawing/pixels.ts';
import { besidePixels, createSorter } from '../drawing/sorter.ts';
import { digitsAt as at, chutes, pictureSide } from './dynamics.ts';
import { createFace } from './pieces.ts';
import { createWall } from './wall.ts';

export const createDigitsView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const picture = createPixels(paint, pictureSide, `sees ${pictureSide} \u00d7 ${pictureSide}`);
  const sorter = createSorter(paint, {
    at,
    signs: Array.from({ length: chutes }, (_, digit) => wordSign(paint, String(digit))),
    pitch: 64,
    aspect: 1,
    face() {
      const face = createFace();
      paint.tint(face.root, 'ink');
      return face;
    },
    beside: besidePixels(picture, pictureSide),
    linked: true,
    was: (row) => `that was a ${row[at.lastItem]!}`,
    lines: 0,
  });
  return {
    ...sorter,
    destroy() {
      sorter.destroy();
      picture.destroy();
    },
  };
}

// The mailroom: envelopes come down a belt with their message written on them. Beside them stands all the network gets, a lamp
// for each of the 256 words; on request each word is underlined by what it says for spam or against.
import { wordSign } from '../drawing/chutes.ts';
import type { Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPixels } from '../drawing/pixels.ts';
import { besidePixels, createBestNote, createSorter, sureness } from '../drawing/sorter.ts';
import type { ViewFrame } from '../view.ts';
import {
  mailroomAt as at,
  type MailroomParams,
  mailroomBayesRate,
  messageAt,
  spamChance,
  vocabulary,
} from './dynamics.ts';
import { createEnvelope } from './pieces.ts';
import { createWall } from './wall.ts';

export const createMailroomView = pictureOf(1.5, createCloseUp, createWall);

const columns = 16;

/** What Bayes' rule makes of the words under the scanner. */
function wordsSay({ hero, params }: ViewFrame, narrow: boolean): string {
  const spam = spamChance(hero, at.item, params as MailroomParams);
  const sure = sureness(Math.max(spam, 1 - spam));
  const which = spam > 0.5 ? 'spam' : 'letter';
  return narrow ? `${which} ${sure}` : `words say ${which}, ${sure}`;
}

function createCloseUp(paint: Paint): Look {
  const picture = createPixels(paint, columns, `sees ${vocabulary.length} words`);
  const best = createBestNote(mailroomBayesRate);
  const sorter = createSorter(paint, {
    at,
    signs: ['\u2190 letter', 'spam \u2192'].map((word) => wordSign(paint, word)),
    pitch: 190,
    aspect: 1.5,
    face: () => createEnvelope(paint),
    beside: besidePixels(picture, columns),
    linked: true,
    was: (row) => (row[at.lastItem + messageAt.spam] === 1 ? 'that was spam' : 'that was a letter'),
    lines: 2,
    note: (line, frame, narrow) => (line === 0 ? best(frame, narrow) : wordsSay(frame, narrow)),
  });
  return {
    ...sorter,
    destroy() {
      sorter.destroy();
      picture.destroy();
    },
  };
}

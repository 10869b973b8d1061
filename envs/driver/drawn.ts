// A track drawn by hand as a text: a letter, so that it is never taken for a number, and the corners of its control polygon,
// four base-36 digits each (x, then y, in quarters of a metre from the field's top left). The line that is driven is the
// rounded one, so a shaky hand still makes a road.
import { centreLine, evenly, field, lengthOf, loopProblem } from './loop.ts';

const unit = 0.25; // m
const digits = 4; // a corner
const mostCorners = 96;
const between = 7; // m, from corner to corner of what is put down

const mark = 't';

const readable = (text: string): boolean =>
  /^t[0-9a-z]+$/.test(text) &&
  text.length % digits === 1 &&
  text.length > 6 * digits &&
  text.length <= 1 + mostCorners * digits;

/** The corners of a readable text in metres, the field's middle in the origin. */
function cornersOf(text: string): Float64Array {
  const corners = new Float64Array((2 * (text.length - 1)) / digits);
  for (let i = 0; i < corners.length; i++) {
    const places = Number.parseInt(text.slice(2 * i + 1, 2 * i + 3), 36);
    corners[i] = places * unit - (i % 2 === 0 ? field.width : field.height) / 2;
  }
  return corners;
}

/** The centre line of a drawn track; it begins and runs as it was drawn. */
export const drawnLine = (text: string): Float64Array => centreLine(cornersOf(text));

/** Why this text is no track, in a sentence; nothing drawn is no problem: then circuits come by number. */
export function drawingProblem(text: string): string | undefined {
  if (text === '') return undefined;
  if (!readable(text)) {
    return `A drawn track is a "t" and 6 to ${mostCorners} corners of four base-36 digits each; draw one on the picture.`;
  }
  return loopProblem(drawnLine(text));
}

/** The text of a line drawn by hand: points [x0, y0, ...] in metres round the field's middle; the last is joined to the first. */
export function drawingOf(points: readonly number[]): string {
  const stroke = Float64Array.from(points);
  const count = Math.round(lengthOf(stroke) / between);
  const corners = evenly(stroke, Math.min(mostCorners, Math.max(6, count)));
  let text = mark;
  for (let i = 0; i < corners.length; i++) {
    const across = i % 2 === 0 ? field.width : field.height;
    const places = Math.round((corners[i]! + across / 2) / unit);
    text += Math.min(Math.max(places, 0), across / unit)
      .toString(36)
      .padStart(2, '0');
  }
  return text;
}

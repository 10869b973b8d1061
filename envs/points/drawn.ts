// Points drawn by hand as one short text: three signs a point, its column and its row in base 36 and its class. The
// grid of 36 x 36 cells covers a square from -1 to 1 (in parts of a shape's reach); rows count upwards, as y does.

export const cells = 36;
/** A letter for each class that can be drawn. */
export const mostClasses = 4;
const mostPoints = 600;

export interface Drawn {
  /** x, y and class of each point. */
  readonly points: Float64Array;
  readonly count: number;
  /** As many as the highest class asks for, and at least two. */
  readonly classes: number;
}

/** From a cell's number to the middle of the cell. */
const middleOf = (cell: number): number => (2 * cell + 1) / cells - 1;

const digit = (text: string, at: number): number => Number.parseInt(text.charAt(at), 36);

export function drawingProblem(text: string): string | undefined {
  if (text === '') return 'a plane without points has nothing to teach.';
  if (text.length % 3 !== 0) return 'every point takes three signs: column, row and class.';
  if (text.length > 3 * mostPoints) return `there is room for ${mostPoints} points.`;
  if (!/^([0-9a-z]{2}[0-3])+$/.test(text))
    return 'columns and rows are written 0 to 9 and a to z, classes 0 to 3.';
  return undefined;
}

function parse(text: string): Drawn {
  const count = Math.floor(text.length / 3);
  const points = new Float64Array(3 * count);
  let classes = 2;
  for (let i = 0; i < count; i++) {
    points[3 * i] = middleOf(digit(text, 3 * i));
    points[3 * i + 1] = middleOf(digit(text, 3 * i + 1));
    points[3 * i + 2] = digit(text, 3 * i + 2);
    classes = Math.max(classes, points[3 * i + 2]! + 1);
  }
  return { points, count, classes };
}

// The text read last: a run asks for the same one at every step.
let heldText = '';
let held: Drawn = parse('');

export function drawnPoints(text: string): Drawn {
  if (text !== heldText) {
    held = parse(text);
    heldText = text;
  }
  return held;
}

/** The nearest cell to a place between -1 and 1. */
const cellOf = (place: number): number =>
  Math.min(cells - 1, Math.max(0, Math.floor(((place + 1) / 2) * cells)));

/** The text with a point of that class in the cell at (x, y), in place of whatever was there; without one for -1. */
export function withPoint(text: string, x: number, y: number, label: number): string {
  const place = cellOf(x).toString(36) + cellOf(y).toString(36);
  let out = '';
  for (let i = 0; i < text.length; i += 3) {
    if (!text.startsWith(place, i)) out += text.slice(i, i + 3);
  }
  return label < 0 ? out : `${out}${place}${label}`;
}

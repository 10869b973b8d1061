// The shapes of handwritten digits: control points in a unit box (x right, y down) and the strokes a pen makes
// through them. Drawn for this project; every digit has one usual shape and some alternatives.

export interface Glyph {
  /** x0, y0, x1, y1, ...: the control points, each jittered as one however often a stroke visits it. */
  readonly points: readonly number[];
  /**
   * Each stroke visits control points in turn along a smooth curve. A point named twice in a row is a sharp corner;
   * a stroke that ends where it began is a closed loop.
   */
  readonly strokes: readonly (readonly number[])[];
}

/** No glyph has more control points than this. */
export const mostPoints = 13;
/** No glyph has more spans between visited points, over all its strokes. */
export const mostSpans = 16;
export const mostStrokes = 2;

const glyph = (strokes: readonly (readonly number[])[], points: readonly number[]): Glyph => ({
  points,
  strokes,
});

/** Shapes of each digit; the first is the usual one. */
export const glyphs: readonly (readonly Glyph[])[] = [
  [glyph([[0, 1, 2, 3, 4, 5, 0]], [0.54, 0.04, 0.19, 0.26, 0.16, 0.72, 0.47, 0.96, 0.82, 0.74, 0.85, 0.26])],
  [
    glyph([[0, 1]], [0.53, 0.04, 0.5, 0.96]),
    glyph([[0, 1, 1, 2]], [0.28, 0.27, 0.55, 0.05, 0.55, 0.96]),
    glyph(
      [
        [0, 1, 1, 2],
        [3, 4],
      ],
      [0.28, 0.25, 0.52, 0.05, 0.52, 0.95, 0.25, 0.95, 0.8, 0.95],
    ),
  ],
  [
    glyph([[0, 1, 2, 3, 4, 4, 5]], [0.17, 0.24, 0.45, 0.05, 0.78, 0.24, 0.6, 0.58, 0.17, 0.94, 0.86, 0.94]),
    glyph(
      [[0, 1, 2, 3, 4, 5, 6, 7]],
      [0.17, 0.2, 0.46, 0.05, 0.76, 0.24, 0.52, 0.66, 0.25, 0.94, 0.13, 0.78, 0.45, 0.8, 0.88, 0.95],
    ),
  ],
  [
    glyph(
      [[0, 1, 2, 3, 3, 4, 5, 6]],
      [0.18, 0.13, 0.5, 0.04, 0.76, 0.24, 0.42, 0.47, 0.81, 0.71, 0.52, 0.96, 0.15, 0.84],
    ),
    glyph(
      [[0, 1, 1, 2, 2, 3, 4, 5]],
      [0.18, 0.06, 0.77, 0.06, 0.42, 0.41, 0.82, 0.66, 0.55, 0.96, 0.15, 0.86],
    ),
  ],
  [
    glyph(
      [
        [0, 1, 1, 2],
        [3, 4],
      ],
      [0.28, 0.05, 0.15, 0.57, 0.85, 0.57, 0.67, 0.3, 0.63, 0.96],
    ),
    glyph([[0, 1, 1, 2, 2, 3]], [0.68, 0.96, 0.68, 0.05, 0.13, 0.65, 0.9, 0.65]),
  ],
  [
    glyph(
      [[0, 1, 1, 2, 2, 3, 4, 5, 6]],
      [0.79, 0.06, 0.29, 0.06, 0.24, 0.45, 0.56, 0.38, 0.82, 0.66, 0.55, 0.95, 0.17, 0.86],
    ),
    glyph(
      [
        [0, 1, 2, 3, 4],
        [5, 6],
      ],
      [0.28, 0.08, 0.24, 0.46, 0.62, 0.45, 0.74, 0.78, 0.2, 0.93, 0.28, 0.08, 0.8, 0.06],
    ),
  ],
  [
    glyph(
      [[0, 1, 2, 3, 4, 5, 6, 7]],
      [0.72, 0.06, 0.38, 0.26, 0.18, 0.64, 0.34, 0.92, 0.66, 0.93, 0.8, 0.7, 0.57, 0.51, 0.23, 0.68],
    ),
    glyph(
      [[0, 1, 2, 3, 4, 5, 6]],
      [0.36, 0.04, 0.22, 0.42, 0.24, 0.84, 0.54, 0.96, 0.77, 0.76, 0.56, 0.57, 0.24, 0.72],
    ),
  ],
  [
    glyph([[0, 1, 1, 2]], [0.15, 0.07, 0.83, 0.07, 0.4, 0.96]),
    glyph(
      [
        [0, 1, 1, 2],
        [3, 4],
      ],
      [0.15, 0.07, 0.83, 0.07, 0.42, 0.96, 0.32, 0.5, 0.8, 0.5],
    ),
    glyph([[0, 1, 2, 2, 3]], [0.15, 0.2, 0.2, 0.07, 0.83, 0.09, 0.5, 0.96]),
  ],
  [
    glyph(
      [[0, 1, 2, 3, 4, 5, 6, 7, 0]],
      [0.75, 0.2, 0.48, 0.04, 0.24, 0.24, 0.5, 0.47, 0.8, 0.74, 0.5, 0.96, 0.19, 0.75, 0.52, 0.47],
    ),
    glyph(
      [
        [0, 1, 2, 3, 0],
        [0, 4, 5, 6, 0],
      ],
      [0.5, 0.46, 0.26, 0.24, 0.5, 0.04, 0.74, 0.24, 0.82, 0.72, 0.5, 0.96, 0.18, 0.72],
    ),
  ],
  [
    glyph(
      [[0, 1, 2, 3, 4, 0, 0, 5, 6]],
      [0.77, 0.24, 0.5, 0.05, 0.21, 0.28, 0.4, 0.52, 0.72, 0.4, 0.76, 0.62, 0.62, 0.96],
    ),
    glyph(
      [[0, 1, 2, 3, 4, 0, 0, 5, 6, 7]],
      [0.78, 0.24, 0.5, 0.05, 0.21, 0.28, 0.42, 0.52, 0.74, 0.4, 0.79, 0.7, 0.56, 0.96, 0.22, 0.86],
    ),
  ],
];

// Digits as a person draws them on a pad: uneven, off the middle, of any size, and not made by the generator. The brain that
// comes with the page must read them, or the pad shows it another kind of picture than the scanner does.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { digits, pictureSide } from '../../envs/digits/dynamics.ts';
import type { EnvironmentDef } from '../../envs/environment.ts';
import { worldParams } from '../../envs/vectorize.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { loadTensors } from '../../src/training/brain.ts';
import { askAbout } from '../../src/training/probing.ts';
import { recipeOf } from '../../src/training/run-card.ts';
import { createSession } from '../../src/training/session.ts';
import { readModel } from '../../src/training/snapshot.ts';

type Lines = readonly (readonly number[])[];

/** Pixels of a pad 300 by 300, two of each digit. */
const drawn: readonly (readonly [digit: number, lines: Lines])[] = [
  [
    0,
    [
      [
        162, 48, 130, 50, 102, 74, 84, 118, 82, 168, 96, 216, 128, 246, 164, 248, 198, 226, 216, 184, 218,
        130, 204, 84, 180, 56, 158, 46,
      ],
    ],
  ],
  [1, [[118, 96, 138, 82, 156, 60, 160, 52, 160, 90, 158, 140, 160, 190, 159, 250]]],
  [
    2,
    [
      [
        92, 92, 104, 64, 134, 48, 170, 52, 190, 76, 188, 108, 166, 144, 132, 186, 98, 232, 92, 244, 130, 240,
        168, 242, 210, 240,
      ],
    ],
  ],
  [
    3,
    [
      [
        96, 66, 128, 48, 168, 52, 188, 80, 178, 114, 150, 134, 132, 138, 160, 140, 192, 160, 202, 196, 184,
        232, 146, 250, 108, 244, 86, 222,
      ],
    ],
  ],
  [
    4,
    [
      [132, 52, 116, 100, 96, 150, 88, 168, 130, 166, 172, 164, 214, 166],
      [176, 112, 174, 160, 172, 210, 170, 252],
    ],
  ],
  [
    5,
    [
      [
        190, 54, 150, 56, 112, 58, 108, 96, 104, 132, 134, 120, 170, 126, 196, 154, 198, 194, 178, 230, 140,
        248, 100, 236,
      ],
    ],
  ],
  [
    6,
    [
      [
        178, 46, 144, 70, 114, 110, 98, 160, 100, 208, 124, 242, 162, 246, 194, 220, 196, 184, 172, 160, 138,
        162, 108, 188,
      ],
    ],
  ],
  [7, [[88, 62, 130, 58, 174, 60, 208, 58, 192, 100, 172, 146, 152, 196, 140, 250]]],
  [
    8,
    [
      [
        184, 78, 158, 54, 124, 58, 108, 84, 122, 114, 156, 138, 188, 168, 196, 206, 174, 240, 136, 246, 104,
        224, 102, 188, 128, 158, 162, 132, 186, 102, 184, 76,
      ],
    ],
  ],
  [
    9,
    [
      [
        190, 92, 172, 60, 136, 54, 108, 78, 104, 114, 126, 140, 160, 138, 184, 112, 192, 84, 190, 130, 184,
        186, 172, 250,
      ],
    ],
  ],
  // Another hand: smaller, to one side, fast, in fewer points, leaning.
  [0, [[70, 120, 50, 140, 45, 180, 58, 214, 86, 220, 106, 196, 110, 154, 96, 124, 66, 118]]],
  [1, [[230, 40, 222, 90, 214, 150, 208, 200]]],
  [2, [[60, 60, 80, 40, 106, 48, 108, 76, 84, 108, 56, 138, 84, 134, 122, 138]]],
  [3, [[150, 100, 184, 100, 200, 116, 188, 136, 166, 144, 194, 152, 208, 174, 192, 198, 150, 200]]],
  [
    4,
    [
      [96, 30, 70, 100, 132, 102],
      [120, 66, 112, 150],
    ],
  ],
  [
    5,
    [
      [120, 60, 110, 120, 150, 116, 172, 144, 158, 184, 112, 196],
      [120, 60, 176, 58],
    ],
  ],
  [6, [[206, 90, 180, 130, 170, 180, 184, 210, 212, 206, 220, 180, 198, 164, 174, 178]]],
  [
    7,
    [
      [40, 200, 86, 198, 66, 240, 54, 284],
      [46, 246, 84, 242],
    ],
  ],
  [
    8,
    [
      [
        150, 150, 128, 130, 136, 106, 160, 104, 168, 126, 148, 150, 126, 176, 132, 204, 160, 208, 174, 184,
        150, 150,
      ],
    ],
  ],
  [9, [[160, 50, 130, 44, 112, 70, 126, 96, 152, 88, 164, 56, 162, 100, 150, 160]]],
];

const def = digits as unknown as EnvironmentDef;
const usual = worldParams(def, {});
const seenOf = (lines: Lines, params = usual): Float32Array => {
  const seen = new Float32Array(pictureSide * pictureSide);
  def.sketch!.observe(lines, seen, 0, params);
  return seen;
};

const { card, model } = readModel(readFileSync('pretrained/digits-classification.safetensors'));
const brain = createSession(recipeOf(card), await loadKernels('simd'));
loadTensors(brain.brain, model);

describe('a drawn digit', () => {
  it('is read by the brain that comes with the page: both hands, at least nine of ten', () => {
    const misread = [drawn.slice(0, 10), drawn.slice(10)].map((hand) =>
      hand.filter(([digit, lines]) => {
        const answer = askAbout(brain, seenOf(lines));
        return answer.indexOf(Math.max(...answer)) !== digit;
      }),
    );
    for (const wrong of misread) expect(wrong.length).toBeLessThanOrEqual(1);
  });

  it('is the same wherever and however large it was drawn, and in whatever order', () => {
    for (const [, lines] of drawn) {
      const moved = lines.map((line) => line.map((value, i) => 0.5 * value + (i % 2 === 0 ? 31 : 7)));
      const [one, other] = [seenOf(lines), seenOf([...moved].reverse())];
      one.forEach((ink, i) => {
        expect(other[i]).toBeCloseTo(ink, 5);
      });
    }
  });

  it('takes the width of the world’s pen, and a dot or nothing at all is no error', () => {
    const ink = (thickness: number): number =>
      seenOf(drawn[0]![1], worldParams(def, { thickness })).reduce((a, b) => a + b, 0);
    expect(ink(0.14)).toBeGreaterThan(1.3 * ink(0.09));
    expect(seenOf([]).every((value) => value === 0)).toBe(true);
    const dot = seenOf([[40, 40]]);
    expect(dot.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(dot.some((value) => value > 0)).toBe(true);
  });

  it('of another size than the world shows is refused in a sentence', () => {
    expect(() => askAbout(brain, new Float32Array(7))).toThrow(
      /asked about 7 numbers; Sorter: Digits shows 144/,
    );
  });
});

// A few rows that were answered, to be looked at beside their answers: wrong ones first, then right ones.
import type { Samples } from '../learner.ts';
import type { Answers } from './answers.ts';

/** Wrong and right answers that are shown. */
const samplesOfEach = 3;

export const noSamples = (shape: readonly number[]): Samples => ({
  shape,
  count: 0,
  rows: new Float32Array(),
  truths: [],
  answers: [],
  probabilities: [],
});

/**
 * Of the n rows that `answers` was just asked about, [n, ...shape].
 * Nothing where rows are no pictures: a few numbers say more in the matrix.
 */
export function sampleAnswers(
  answers: Answers,
  shape: readonly number[],
  rows: Float32Array,
  labels: Float32Array,
  n: number,
): Samples {
  if (shape.length !== 3) return noSamples(shape);
  const size = shape.reduce((a, b) => a * b, 1);
  const all = Array.from({ length: n }, (_, k) => k);
  const isRight = (k: number): boolean => answers.answer(k) === labels[k];
  const chosen = [
    ...all.filter((k) => !isRight(k)).slice(0, samplesOfEach),
    ...all.filter(isRight).slice(0, samplesOfEach),
  ];
  const shown = new Float32Array(chosen.length * size);
  for (const [i, k] of chosen.entries()) shown.set(rows.subarray(k * size, (k + 1) * size), i * size);
  return {
    shape,
    count: chosen.length,
    rows: shown,
    truths: chosen.map((k) => labels[k]!),
    answers: chosen.map((k) => answers.answer(k)),
    probabilities: chosen.map((k) => answers.confidence(k)),
  };
}

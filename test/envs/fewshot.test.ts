// Few-shot: tasks are what they say, kept glyphs stay out of training, and a brain with attention learns to look the answer up.
import { expect, test } from 'vitest';
import { fewShotAt as at, fewshot, isKept, mostExamples, taskAt } from '../../envs/fewshot/dynamics.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { fewshotTable } from '../../src/cli/measure/fewshot.ts';
import { createRandom } from '../../src/core/random.ts';

const lanesOf = (given: Readonly<Record<string, number | string>>, count = 200) => {
  const lanes = createLanes(fewshot, worldParams(fewshot, given), count);
  lanes.resetAll(createRandom('few-shot test'));
  return lanes;
};

test.each(['taught', 'kept'])(
  'glyphs of %s: all different, of that kind alone; the expert is always right',
  (glyphs) => {
    const lanes = lanesOf({ glyphs });
    const actions = new Float32Array(lanes.count);
    for (let i = 0; i < lanes.count; i++) {
      const task = lanes.rows.subarray(i * lanes.stride + at.item);
      const shown = task.subarray(taskAt.glyphs, taskAt.glyphs + mostExamples);
      expect(new Set(shown).size).toBe(mostExamples);
      for (const glyph of shown) expect(isKept(glyph)).toBe(glyphs === 'kept');
      expect(task[taskAt.shown]).toBe(shown[task[taskAt.asked]!]);
      lanes.expert(i, actions, i);
    }
    lanes.step(actions);
    expect([...lanes.rewards].every((reward) => reward === 1)).toBe(true);
  },
);

test('a quarter of the glyphs is kept', () => {
  const kept = Array.from({ length: 65536 }, (_, glyph) => (isKept(glyph) ? 1 : 0) as number);
  expect(kept.reduce((a, b) => a + b) / 65536).toBeCloseTo(0.25, 2);
});

test('the question has no label; places without an example are empty', () => {
  const lanes = lanesOf({ examples: 3 }, 1);
  const size = lanes.observationSize / (mostExamples + 1);
  const thing = (i: number): number[] => [...lanes.observations.subarray(i * size, (i + 1) * size)];
  expect([thing(0)[0], thing(0)[1], ...thing(0).slice(-4)]).toEqual([1, 1, 0, 0, 0, 0]);
  for (let i = 1; i <= 3; i++) {
    expect([thing(i)[0], thing(i)[1]]).toEqual([1, 0]);
    expect(
      thing(i)
        .slice(-4)
        .reduce((a, b) => a + b),
    ).toBe(1);
  }
  for (let i = 4; i <= mostExamples; i++) expect(thing(i).every((number) => number === 0)).toBe(true);
});

test('after its usual training it is right about glyphs that it never saw, and looks at the right example', async () => {
  const numbers = await fewshotTable.measure(31);
  expect(numbers['right, glyphs never seen in training']).toBeGreaterThanOrEqual(0.95);
  expect(numbers['attention on the right example, glyphs never seen']).toBeGreaterThan(0.5);
  expect(numbers['right example gets more than any other, glyphs never seen']).toBeGreaterThanOrEqual(0.95);
}, 120_000);

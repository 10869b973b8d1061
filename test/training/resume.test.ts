// Nothing learned is lost: stop, save, load elsewhere and go on is byte for byte the same as never stopping.
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { resumeRun } from '../../src/training/snapshot.ts';
import { fileOf, pairs, remembering, smallSession, titleOf, trainTo } from './runs.ts';

const kernels = await loadKernels('simd');
const half = 40;

const cases = [...pairs, ...remembering].map((pair) => ({ ...pair, title: titleOf(pair) }));

describe.each(cases)('$title', (pair) => {
  test('resumes exactly', () => {
    const whole = smallSession(pair, kernels);
    trainTo(whole, 2 * half);

    const first = smallSession(pair, kernels);
    trainTo(first, half);
    const { session: second } = resumeRun(fileOf(first), kernels);
    // By hand: comparing files of a megabyte number by number takes a matcher a minute.
    expect(Buffer.from(fileOf(second)).equals(fileOf(first))).toBe(true);
    trainTo(second, 2 * half);
    expect(Buffer.from(fileOf(second)).equals(fileOf(whole))).toBe(true);
  });

  test('resumes exactly from the middle of a gathering or an evaluation', () => {
    const whole = smallSession(pair, kernels);
    const first = smallSession(pair, kernels);
    for (let i = 0; i < 333; i++) whole.tick();
    for (let i = 0; i < 133; i++) first.tick();
    const { session: second } = resumeRun(fileOf(first), kernels);
    while (second.updates < whole.updates || second.steps < whole.steps) second.tick();
    expect(second.snapshot().model).toEqual(whole.snapshot().model);
    expect(second.snapshot().rows).toEqual(whole.snapshot().rows);
  });
});

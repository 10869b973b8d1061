// Each thing that goes wrong with a policy gradient is said in words on a run that has it, and not on one that is well.
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KnobValues } from '../../src/core/knobs.ts';
import { blankCalibration, calibrate } from '../../src/learners/reinforcement/calibration.ts';
import { defaultRecipe } from '../../src/training/recipe.ts';
import { createSession, type Session } from '../../src/training/session.ts';

const kernels = await loadKernels('simd');

const cartpole = (learner: string, knobs: KnobValues): Session =>
  createSession({ ...defaultRecipe('cartpole', learner), knobs }, kernels);

/** What the learner said after each of so many updates. */
function said(session: Session, updates: number): string[] {
  const words: string[] = [];
  while (words.length < updates) {
    if (session.tick() !== 'update') continue;
    const { lead, text } = session.phase.learner.words();
    words.push(`${lead} ${text}`);
  }
  return words;
}

const ill = /collapsed|KL|beyond the clip|hardly moves|worse than a guess/;

test('a run that is well has none of them, and its value head learns', () => {
  const words = said(cartpole('ppo', {}), 400);
  expect(words.filter((one) => ill.test(one))).toEqual([]);
  expect(words[0]).toMatch(/knows nothing yet: explained variance -?0\.\d\d/);
  expect(words.at(-1)).not.toMatch(/knows nothing/);
});

const illnesses: readonly (readonly [name: string, learner: string, knobs: KnobValues, says: RegExp])[] = [
  ['entropy collapsed', 'a2c', { learningRate: 0.1, entropy: 0 }, /^Stuck\? entropy collapsed/],
  [
    'steps too big',
    'ppo',
    { learningRate: 0.01, clip: 1, epochs: 30 },
    /^Jumping\. KL \d+\.\d\d: .*steps too big/,
  ],
  [
    'most rows clipped',
    'ppo',
    { clip: 0.01, learningRate: 3e-3, epochs: 30 },
    /^Clipped\. \d\d % of the rows/,
  ],
  [
    'a critic thrown about',
    'ppo',
    { learningRate: 0.03, epochs: 30 },
    /^Misjudging\. .*explained variance -\d/,
  ],
  ['steps too small', 'ppo', { learningRate: 1e-6 }, /^Standing still\. .*learning rate too small/],
  [
    'a critic that is not taught',
    'ppo',
    { valueCoefficient: 0, critic: 'apart' },
    /knows nothing yet: explained variance/,
  ],
];

test.each(illnesses)('%s', (_, learner, knobs, says) => {
  const words = said(cartpole(learner, knobs), 400);
  const found = words.filter((one) => says.test(one)).length;
  expect(found, words.at(-1)).toBeGreaterThan(20);
});

test('calibration is 0 for a critic that is right, and counts how far off one is', () => {
  const [lanes, steps, gamma] = [2, 100, 0.9];
  const rewards = Float32Array.from({ length: lanes * steps }, (_, i) => ((i * 7) % 5) - 2);
  const done = Uint8Array.from(rewards, (_, i) => (i % 31 === 0 ? 1 : 0));
  const last = Float32Array.of(3, -1);
  const returns = new Float32Array(rewards.length);
  const following = [...last];
  for (let i = rewards.length - 1; i >= 0; i--) {
    following[i % lanes] = rewards[i]! + (done[i] ? 0 : gamma * following[i % lanes]!);
    returns[i] = following[i % lanes]!;
  }
  const calibration = blankCalibration();
  calibrate(calibration, returns, rewards, done, last, gamma);
  expect(calibration.error).toBeLessThan(1e-6);
  const mean = returns.reduce((a, b) => a + b) / returns.length;
  const deviation = Math.sqrt(returns.reduce((a, b) => a + (b - mean) ** 2, 0) / returns.length);
  calibrate(
    calibration,
    returns.map((value) => value + 2 * deviation),
    rewards,
    done,
    last,
    gamma,
  );
  expect(calibration.error).toBeCloseTo(2, 4);
});

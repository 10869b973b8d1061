// Ten golden updates per way of learning: the losses and the weights' fingerprint of a small run, to the last
// bit. Catches what unit tests cannot: anything that changes what a run computes. When that was meant,
// `npx vitest run test/learners/golden-updates.test.ts -u` writes the new ones, and the commit says why.
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { fingerprint } from '../../src/training/brain.ts';
import { pairs, smallSession } from '../training/runs.ts';

test.each(pairs)('$learner in $world', async (pair) => {
  const session = smallSession(pair, await loadKernels('simd'));
  const losses: number[] = [];
  while (losses.length < 10) {
    if (session.tick() === 'update') losses.push(session.metrics['loss']!);
  }
  const recorded = `${JSON.stringify({ losses, fingerprint: fingerprint(session.brain) }, null, 2)}\n`;
  await expect(recorded).toMatchFileSnapshot(`../golden/updates/${pair.learner}-${pair.world}.json`);
});

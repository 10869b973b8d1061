// The brains that come with the page are what their index says they are, and play as well as their cards claim.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { environments } from '../../envs/registry.ts';
import { evaluate } from '../../src/cli/runs.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { isSummary, summaryOf } from '../../src/models/card.ts';
import { fingerprint, loadTensors } from '../../src/training/brain.ts';
import { recipeOf } from '../../src/training/run-card.ts';
import { createSession } from '../../src/training/session.ts';
import { readModel } from '../../src/training/snapshot.ts';

const folder = path.resolve(import.meta.dirname, '../../pretrained');
const index: unknown = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8'));
const summaries = Array.isArray(index) ? index.filter(isSummary) : [];

test('the index lists models, each well formed', () => {
  // One for every world at the least.
  for (const { id } of environments) expect(summaries.map(({ world }) => world)).toContain(id);
  expect(summaries).toHaveLength((index as unknown[]).length);
});

test.each(summaries)('$id', async (summary) => {
  const bytes = readFileSync(path.join(folder, `${summary.id}.safetensors`));
  const { card, model } = readModel(bytes);
  expect(summaryOf(summary.id, card, bytes.length)).toEqual(summary);
  const session = createSession(recipeOf(card), await loadKernels('simd'));
  loadTensors(session.brain, model);
  expect(fingerprint(session.brain)).toBe(card.fingerprint);
  if (card.score) {
    // Twenty other episodes say less than the card's hundred, and one lost among them would say too much: their middle half
    // may stray by about twice the card's interval.
    const { iqm, low, high } = card.score;
    const [least, most] = session.world.returnRange;
    const slack = Math.max(2 * (high - low), 0.02 * (most - least));
    expect(evaluate(session, 20, 99)!.iqm).toBeGreaterThanOrEqual(iqm - slack);
  }
});

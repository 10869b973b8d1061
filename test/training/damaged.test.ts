// A stranger's file: whatever is wrong with its run, restoring it is one sentence, and the run on the page stands.
import { expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/core/safetensors.ts';
import { createHost } from '../../src/training/host.ts';
import type { Event } from '../../src/training/protocol.ts';
import { fileOf, smallRecipe, smallSession, trainTo } from './runs.ts';

const kernels = await loadKernels('simd');
const session = smallSession({ world: 'cartpole', learner: 'ppo' }, kernels);
trainTo(session, 20);
const good = decodeSafetensors(fileOf(session));
const run = JSON.parse(good.metadata['run']!) as Record<string, unknown>;

const restoring = (bytes: Uint8Array): { message: string | undefined; updates: number } => {
  const events: Event[] = [];
  const host = createHost({
    kernels,
    post: (event) => events.push(event),
    now: () => 0,
    today: () => '2026-01-01T00:00:00Z',
    soon: () => undefined,
    later: () => undefined,
  });
  host.receive({ kind: 'open', recipe: smallRecipe({ world: 'cartpole', learner: 'ppo' }) });
  host.receive({ kind: 'restore', bytes });
  const failed = events.find((event) => event.kind === 'failed');
  // Whatever stands now can go on.
  host.receive({ kind: 'step', size: 'update' });
  host.receive({ kind: 'pull', historyFrom: 0, weights: false });
  const frame = events.findLast((event) => event.kind === 'frame');
  return { message: failed?.message, updates: frame?.frame.counters.updates ?? -1 };
};
const withRun = (changed: unknown): Uint8Array =>
  encodeSafetensors(good.tensors, { ...good.metadata, run: JSON.stringify(changed) });

/** Values that no field can hold; a list of one number is a fine list of returns. */
const wrong = (name: string): unknown[] => ['x', true, {}, ...(name === 'recentReturns' ? [] : [[3]])];

test('as it is, it is taken up', () => {
  expect(restoring(withRun(run))).toEqual({ message: undefined, updates: 21 });
});

test.each(Object.keys(run))('a run whose %s is missing or of another kind', (name) => {
  const { [name]: _, ...without } = run;
  for (const changed of [without, ...wrong(name).map((value) => ({ ...run, [name]: value }))]) {
    const { message, updates } = restoring(withRun(changed));
    expect(message, JSON.stringify(changed).slice(0, 80)).toMatch(
      /^this file's run cannot be resumed: .*\.$/,
    );
    expect(updates).toBe(1);
  }
});

test.each(Object.keys(good.tensors))('a run without its tensor %s, or with a short one', (name) => {
  const { [name]: tensor, ...without } = good.tensors;
  // The best weights are a convenience: a run without them goes on.
  if (name.startsWith('best.')) return;
  for (const tensors of [without, { ...without, [name]: { shape: [1], data: tensor!.data.slice(0, 1) } }]) {
    if (tensor!.data.length === 1 && name in tensors) continue;
    const { message, updates } = restoring(encodeSafetensors(tensors, good.metadata));
    expect(message).toMatch(/^this file's run cannot be resumed: .+/);
    expect(updates).toBe(1);
  }
});

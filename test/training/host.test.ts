// The host behind its messages, driven by hand: what a worker does, without a worker.
import { beforeEach, describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { decodeSafetensors } from '../../src/core/safetensors.ts';
import type { ExaminationRequest } from '../../src/training/examination.ts';
import { createHost } from '../../src/training/host.ts';
import type { Command, Event } from '../../src/training/protocol.ts';
import { smallRecipe } from './runs.ts';

const kernels = await loadKernels('simd');
const recipe = smallRecipe({ world: 'cartpole', learner: 'ppo' });

let events: Event[] = [];
let waiting: (() => void)[] = [];
let clock = 0;
let host: { receive(command: Command): void };

beforeEach(() => {
  events = [];
  waiting = [];
  clock = 0;
  host = createHost({
    kernels,
    post: (event) => events.push(event),
    // A millisecond a look: a slice is a handful of pieces, the same on every machine.
    now: () => clock++,
    today: () => '2026-01-01T00:00:00Z',
    soon: (callback) => waiting.push(callback),
    later: (callback) => waiting.push(callback),
  });
});

const slices = (count: number): void => {
  for (let i = 0; i < count; i++) waiting.shift()?.();
};
const last = <K extends Event['kind']>(kind: K): Extract<Event, { kind: K }> =>
  events.findLast((event): event is Extract<Event, { kind: K }> => event.kind === kind)!;
const frame = (historyFrom = 0): Extract<Event, { kind: 'frame' }>['frame'] => {
  host.receive({ kind: 'pull', historyFrom, weights: true });
  return last('frame').frame;
};

test('opens, runs in slices, answers pulls, pauses', () => {
  host.receive({ kind: 'open', recipe });
  expect(last('opened').recipe).toEqual(recipe);
  host.receive({ kind: 'run' });
  slices(200);
  const seen = frame();
  expect(seen.status).toBe('running');
  expect(seen.counters.updates).toBeGreaterThan(20);
  expect(seen.rows).toHaveLength(recipe.lanes * 7);
  expect(seen.hero.probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  expect(seen.history.length).toBeGreaterThan(20);
  expect(frame(seen.history.length).history).toHaveLength(0);
  host.receive({ kind: 'pause' });
  slices(5);
  expect(waiting).toHaveLength(0);
  expect(frame().status).toBe('paused');
});

test('watching changes nothing: pulled frames leave the run as it was', () => {
  const fingerprintAfter = (pulls: boolean): string => {
    host.receive({ kind: 'open', recipe });
    for (let i = 0; i < 30; i++) {
      host.receive({ kind: 'step', size: 'update' });
      if (pulls) frame();
    }
    host.receive({ kind: 'save', ticket: 1, title: 'x' });
    return last('saved').fingerprint;
  };
  expect(fingerprintAfter(true)).toBe(fingerprintAfter(false));
});

test('brings what the brain says of every cell of a map, when it is asked for, and leaves the run as it was', () => {
  const inGrid = smallRecipe({ world: 'grid', learner: 'ppo' });
  const savedAfter = (probes: boolean): string => {
    host.receive({ kind: 'open', recipe: inGrid });
    for (let i = 0; i < 5; i++) {
      host.receive({ kind: 'step', size: 'update' });
      clock += 200;
      host.receive({ kind: 'pull', historyFrom: 0, weights: false, probes });
    }
    host.receive({ kind: 'save', ticket: 1, title: 'x' });
    return last('saved').fingerprint;
  };
  const without = savedAfter(false);
  expect(last('frame').frame.hero.probes).toBeNull();
  expect(savedAfter(true)).toBe(without);
  const { hero } = last('frame').frame;
  expect(hero.probes).toMatchObject({ count: 80 });
  expect([hero.probes!.outputs.length, hero.probes!.values.length]).toEqual([320, 80]);
  // What it says of the cell it stands on is what it says there.
  const cell = hero.row[0]!;
  const held = last('frame').frame.hero.probes!.outputs.slice(4 * cell, 4 * cell + 4);
  held.forEach((chance, a) => {
    expect(chance).toBeCloseTo(hero.probabilities[a]!, 5);
  });
});

test('pauses by itself at `until`, with the fingerprint, however often it is asked', () => {
  host.receive({ kind: 'open', recipe });
  host.receive({ kind: 'run', until: 25 });
  while (waiting.length > 0) slices(1);
  expect(last('paused')).toMatchObject({ reason: 'until', updates: 25 });
  expect(last('paused').fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

test('save and restore: the same run, and a model to start from', () => {
  host.receive({ kind: 'open', recipe });
  host.receive({ kind: 'run', until: 25 });
  while (waiting.length > 0) slices(1);
  host.receive({ kind: 'save', ticket: 3, title: 'kept' });
  const { bytes, fingerprint } = last('saved');
  host.receive({ kind: 'restore', bytes });
  expect(last('opened')).toMatchObject({ fingerprint, updates: 25 });
  const plan = { fresh: ['policy'], freeze: ['trunk'] };
  host.receive({ kind: 'open', recipe, source: { bytes, plan } });
  expect(last('opened').transfer?.frozen).toContain('trunk.hidden1.weight');
});

test('a NaN put in on purpose stops the run, names the tensor and the cause; a checkpoint brings it back', () => {
  host.receive({ kind: 'open', recipe });
  host.receive({ kind: 'step', size: 'update' });
  host.receive({ kind: 'save', ticket: 1, title: 'good' });
  const { bytes, fingerprint } = last('saved');
  host.receive({ kind: 'run' });
  host.receive({ kind: 'poke', tensor: 'trunk.hidden2.weight', index: 5, value: Number.NaN });
  slices(200);
  expect(last('failed').tensor).toBe('trunk.hidden2.weight');
  expect(last('failed').message).toContain('trunk.hidden2.weight holds NaN at 5.');
  expect(frame().status).toBe('failed');
  expect(waiting).toHaveLength(0);
  host.receive({ kind: 'restore', bytes });
  expect(last('opened').fingerprint).toBe(fingerprint);
  host.receive({ kind: 'run', until: 10 });
  while (waiting.length > 0) slices(1);
  expect(last('paused').updates).toBe(10);
});

test('what cannot be done is a sentence, and the run stands as it was', () => {
  host.receive({ kind: 'run' });
  expect(last('failed').message).toBe('There is no run yet: open or restore one first.');
  host.receive({ kind: 'open', recipe });
  host.receive({ kind: 'run', until: 5 });
  while (waiting.length > 0) slices(1);
  const commands: [Command, RegExp][] = [
    [{ kind: 'open', recipe: { ...recipe, world: 'chess' } }, /chess/],
    [{ kind: 'restore', bytes: new Uint8Array(3) }, /not a model file/],
    [{ kind: 'switch', learner: 'classification', knobs: {} }, /does not fit/],
    [{ kind: 'poke', tensor: 'trunk.none', index: 0, value: 1 }, /no tensor "trunk.none"/],
    [{ kind: 'poke', tensor: 'trunk.hidden1.bias', index: 99, value: 1 }, /none at 99/],
  ];
  for (const [command, sentence] of commands) {
    host.receive(command);
    expect(last('failed')).toMatchObject({ command: command.kind, tensor: null });
    expect(last('failed').message).toMatch(sentence);
    expect(frame().counters.updates).toBe(5);
  }
});

describe('an examination', () => {
  const request: ExaminationRequest = { world: null, params: null, episodes: 30, sampled: false, seed: 1 };

  const savedAfter = (updates: number): Uint8Array => {
    host.receive({ kind: 'open', recipe });
    host.receive({ kind: 'run', until: updates });
    while (waiting.length > 0) slices(1);
    host.receive({ kind: 'save', ticket: 1, title: 'examined' });
    return last('saved').bytes;
  };

  test('goes on beside the run, which ends bit for bit as if nobody had asked', () => {
    const alone = savedAfter(40);
    const bytes = savedAfter(5);
    host.receive({ kind: 'run', until: 40 });
    host.receive({ kind: 'evaluate', ticket: 9, bytes, request });
    while (waiting.length > 0) slices(1);
    expect(last('evaluated')).toMatchObject({ ticket: 9, score: { episodes: 30 } });
    expect(last('evaluated').returns).toHaveLength(30);
    expect(last('paused').updates).toBe(40);
    host.receive({ kind: 'save', ticket: 2, title: 'examined' });
    const without = (file: Uint8Array) => {
      const { tensors, metadata } = decodeSafetensors(file);
      return { tensors, run: metadata['run'] };
    };
    expect(without(last('saved').bytes)).toEqual(without(alone));
  });

  test('asks the brain in the file, in the world that is named, greedily or drawn; without any run, too', () => {
    const bytes = savedAfter(40);
    const ask = (change: Partial<ExaminationRequest>): number => {
      host.receive({ kind: 'evaluate', ticket: 9, bytes, request: { ...request, ...change } });
      while (waiting.length > 0) slices(1);
      return last('evaluated').score.mean;
    };
    const greedy = ask({});
    expect(ask({})).toBe(greedy);
    expect(ask({ seed: 2 })).not.toBe(greedy);
    const drawn = ask({ sampled: true });
    expect(drawn).not.toBe(greedy);
    expect(ask({ sampled: true })).toBe(drawn);
    expect(ask({ params: { poleHalfLength: 2 } })).not.toBe(greedy);
    host.receive({ kind: 'evaluate', ticket: 9, bytes, request: { ...request, world: 'acrobot' } });
    expect(last('failed')).toMatchObject({ command: 'evaluate' });
    expect(last('failed').message).toBe(
      '"examined" does not fit Acrobot: its trunk.hidden1.weight is [4,12], and [6,12] is needed there.',
    );
    host.receive({ kind: 'evaluate', ticket: 9, bytes, request: { ...request, episodes: 0 } });
    expect(last('failed').message).toBe('episodes is 0; it must be a whole number from 1 to 10000.');
  });
});

test('slow motion does a few pieces a second', () => {
  host.receive({ kind: 'open', recipe });
  host.receive({ kind: 'speed', piecesPerSecond: 20 });
  host.receive({ kind: 'run' });
  const begun = clock;
  while (clock < begun + 3000) {
    clock += 20;
    slices(1);
  }
  const { steps } = frame().counters;
  expect(steps).toBeLessThanOrEqual(70 * recipe.lanes);
});

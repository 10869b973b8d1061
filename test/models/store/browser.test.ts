// The browser's store on a simulated IndexedDB, with simulated refusals: one sentence each, nothing lost.
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeSafetensors } from '../../../src/core/safetensors.ts';
import { readCard, summaryOf } from '../../../src/models/card.ts';
import { autosaveSlot, browserStore, sizeInWords } from '../../../src/models/store/browser.ts';
import { aCard, aFile } from '../fixtures.ts';

const info = {
  title: 'CartPole by PPO',
  world: 'cartpole',
  learner: 'ppo',
  updates: 12,
  steps: 6144,
  savedAt: '2026-01-31T12:00:00.000Z',
  address: '#world=cartpole',
};
const model = (id: string, title: string, numbers = [1, 2, 3], savedAt = '2026-01-31T12:00:00.000Z') => {
  const card = aCard({ title, savedAt });
  const bytes = aFile(card, numbers);
  return { summary: summaryOf(id, card, bytes.length), bytes };
};

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The ways a browser says that it is full: at the second value put, or when all is about to be kept. */
const refusals: readonly [string, () => void][] = [
  [
    'while writing',
    () => {
      const put = IDBObjectStore.prototype.put;
      let puts = 0;
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
        this: IDBObjectStore,
        ...values
      ) {
        if (++puts === 2) throw new DOMException('full', 'QuotaExceededError');
        return put.apply(this, values);
      });
    },
  ],
  [
    'at the end',
    () => {
      const put = IDBObjectStore.prototype.put;
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
        this: IDBObjectStore,
        ...values
      ) {
        const request = put.apply(this, values);
        const transaction = this.transaction as unknown as {
          _abort(name: string): void;
          _finished?: boolean;
        };
        queueMicrotask(() => {
          if (!transaction._finished) transaction._abort('QuotaExceededError');
        });
        return request;
      });
    },
  ],
];

describe('browser store', () => {
  it('keeps, lists newest first, loads, renames and removes', async () => {
    const store = browserStore();
    expect(await store.list()).toEqual([]);
    const first = model('a', 'First');
    const second = model('b', 'Second', [4], '2026-02-01T12:00:00.000Z');
    await store.save(first.summary, first.bytes);
    await store.save(second.summary, second.bytes);
    expect(await store.list()).toEqual([second.summary, first.summary]);
    expect(await store.load('a')).toEqual(first.bytes);

    await store.rename('a', 'Better name');
    const renamed = (await store.list())[1]!;
    const file = await store.load('a');
    expect(renamed).toEqual({ ...first.summary, title: 'Better name', bytes: file.length });
    const { tensors, metadata } = decodeSafetensors(file);
    expect(readCard(metadata).title).toBe('Better name');
    expect(tensors).toEqual(decodeSafetensors(first.bytes).tensors);

    await store.remove('a');
    expect((await store.list()).map(({ id }) => id)).toEqual(['b']);
    await expect(store.load('a')).rejects.toThrow('There is no saved model "a" in this browser');
    await expect(store.rename('a', 'x')).rejects.toThrow('There is no saved model "a" in this browser');
  });

  it('lists without loading a file', async () => {
    const store = browserStore();
    const { summary, bytes } = model('a', 'First');
    await store.save(summary, bytes);
    const get = vi.spyOn(IDBObjectStore.prototype, 'get');
    await store.list();
    expect(get.mock.calls.map(([key]) => key)).toEqual(['summary/a']);
  });

  it('is found again by the next page', async () => {
    const { summary, bytes } = model('a', 'First');
    await browserStore().save(summary, bytes);
    expect(await browserStore().load('a')).toEqual(bytes);
  });

  it.each(refusals)(
    'says so when storage is full %s, and the old version is still there',
    async (_when, refuse) => {
      const store = browserStore();
      const old = model('a', 'Old');
      await store.save(old.summary, old.bytes);
      refuse();
      const large = model('a', 'New', Array<number>(300_000).fill(1));
      await expect(store.save(large.summary, large.bytes)).rejects.toThrow(
        'Could not save "New": this browser\'s storage is full (1.2 MB needed). Delete a saved model or export it to a file; the run goes on and nothing is lost.',
      );
      vi.restoreAllMocks();
      expect(await store.list()).toEqual([old.summary]);
      expect(await store.load('a')).toEqual(old.bytes);
      await store.save(large.summary, large.bytes);
      expect(Buffer.compare(await store.load('a'), large.bytes)).toBe(0);
    },
  );

  it.each(['SecurityError', 'InvalidStateError'])(
    'says so when storage is not allowed (%s)',
    async (name) => {
      vi.stubGlobal('indexedDB', {
        open: () => {
          throw new DOMException('denied', name);
        },
      });
      const { summary, bytes } = model('a', 'First');
      await expect(browserStore().save(summary, bytes)).rejects.toThrow(
        /^Could not save "First": this browser does not let the page store anything \(\d+ bytes needed\); .* nothing is lost\.$/,
      );
      await expect(browserStore().list()).rejects.toThrow(
        /^Could not list the saved models: this browser does not let/,
      );
    },
  );

  it('says so where there is no storage at all', async () => {
    vi.unstubAllGlobals();
    vi.stubGlobal('indexedDB', undefined);
    await expect(autosaveSlot().load()).rejects.toThrow(
      /^Could not look for a run to go on with: .*nothing is lost\.$/,
    );
  });
});

describe('autosave slot', () => {
  it('keeps the last save and gives it back to the next page', async () => {
    expect(await autosaveSlot().load()).toBeUndefined();
    await autosaveSlot().save(aFile(), info);
    const bytes = aFile(aCard(), [7, 8]);
    await autosaveSlot().save(bytes, { ...info, updates: 13 });
    expect(await autosaveSlot().load()).toEqual({ bytes, info: { ...info, updates: 13 } });
    expect(await autosaveSlot('another').load()).toBeUndefined();
    expect(await browserStore().list()).toEqual([]);
    await autosaveSlot().clear();
    expect(await autosaveSlot().load()).toBeUndefined();
  });

  it('keeps the old save when the new one does not fit', async () => {
    const slot = autosaveSlot();
    const bytes = aFile();
    await slot.save(bytes, info);
    refusals[1]![1]();
    await expect(slot.save(aFile(aCard(), [1]), info)).rejects.toThrow(
      /^Could not save the run by itself: this browser's storage is full \(\d+ bytes needed\)\./,
    );
    vi.restoreAllMocks();
    expect((await slot.load())?.bytes).toEqual(bytes);
  });
});

it('says sizes in words', () => {
  expect([0, 999, 1000, 12_345, 999_499, 999_500, 1_234_567].map(sizeInWords)).toEqual([
    '0 bytes',
    '999 bytes',
    '1 kB',
    '12 kB',
    '999 kB',
    '1.0 MB',
    '1.2 MB',
  ]);
});

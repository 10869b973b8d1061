// The store of files in a folder, in a temporary one.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeSafetensors } from '../../../src/core/safetensors.ts';
import { readCard, summaryOf } from '../../../src/models/card.ts';
import { diskStore, writeWhole } from '../../../src/models/store/disk.ts';
import { aCard, aFile } from '../fixtures.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'relearn-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const card = aCard({ title: 'Balancer' });
const bytes = aFile(card);
const summary = summaryOf('balancer', card, bytes.length);

it('keeps, lists, loads, renames and removes', async () => {
  const store = diskStore(path.join(folder, 'not', 'there', 'yet'));
  expect(await store.list()).toEqual([]);
  await store.save(summary, bytes);
  expect(await store.list()).toEqual([summary]);
  expect(Uint8Array.from(await store.load('balancer'))).toEqual(bytes);
  await store.rename('balancer', 'Another name');
  expect((await store.list())[0]!.title).toBe('Another name');
  expect(readCard(decodeSafetensors(await store.load('balancer')).metadata).title).toBe('Another name');
  await store.remove('balancer');
  await store.remove('balancer');
  expect(await store.list()).toEqual([]);
});

it('leaves nothing but the model behind', async () => {
  await diskStore(folder).save(summary, bytes);
  expect(await readdir(folder)).toEqual(['balancer.safetensors']);
});

it('lists newest first and passes over what is no model', async () => {
  const store = diskStore(folder);
  const newer = aCard({ savedAt: '2027-01-01T00:00:00.000Z' });
  await store.save(summary, bytes);
  await store.save(summaryOf('newer', newer, 0), aFile(newer));
  await writeFile(path.join(folder, 'broken.safetensors'), bytes.subarray(0, 20));
  await writeFile(path.join(folder, 'notes.txt'), 'hello');
  expect((await store.list()).map(({ id }) => id)).toEqual(['newer', 'balancer']);
});

it('says what is wrong in one sentence', async () => {
  const store = diskStore(folder);
  await expect(store.load('none')).rejects.toThrow(`There is no model "none" in ${folder}.`);
  for (const id of ['../up', 'a/b', '', '.hidden', 'a\\b', 'a\0b']) {
    await expect(store.load(id), id).rejects.toThrow('cannot name a model file');
    await expect(store.remove(id), id).rejects.toThrow('cannot name a model file');
    await expect(store.save({ ...summary, id }, bytes), id).rejects.toThrow('cannot name a model file');
  }
  await writeFile(path.join(folder, 'file'), '');
  await expect(writeWhole(path.join(folder, 'file', 'x.safetensors'), bytes)).rejects.toThrow(
    /^Could not save .*\(\d+ bytes\): .* What was there before is untouched\.$/,
  );
});

it('keeps the old file when the new one cannot be renamed into place', async () => {
  const store = diskStore(folder);
  await store.save(summary, bytes);
  await writeFile(path.join(folder, 'broken.safetensors'), 'not a model at all');
  await expect(store.rename('broken', 'x')).rejects.toThrow('not a model file');
  expect(await readFile(path.join(folder, 'broken.safetensors'), 'utf8')).toBe('not a model at all');
});

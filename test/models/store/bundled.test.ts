// The models that come with the app, over a simulated fetch.
import { afterEach, expect, it, vi } from 'vitest';
import { summaryOf } from '../../../src/models/card.ts';
import { bundledStore } from '../../../src/models/store/bundled.ts';
import { aCard, aFile } from '../fixtures.ts';

const bytes = aFile();
const summary = summaryOf('balancer', aCard(), bytes.length);
const serve = (index: unknown): void =>
  void vi.stubGlobal('fetch', async (address: URL) => {
    if (address.href === 'https://example.test/app/pretrained/index.json') return Response.json(index);
    if (address.href === 'https://example.test/app/pretrained/balancer.safetensors')
      return new Response(bytes);
    return new Response('', { status: 404 });
  });
const store = bundledStore('https://example.test/app/index.html?x#y');

afterEach(() => vi.unstubAllGlobals());

it('lists and loads from beside the page', async () => {
  serve([summary]);
  expect(await store.list()).toEqual([summary]);
  expect(await store.load('balancer')).toEqual(bytes);
});

it('says what is wrong in one sentence', async () => {
  serve({ models: [] });
  await expect(store.list()).rejects.toThrow('pretrained/index.json: it must be a list of model summaries.');
  serve([{ ...summary, updates: -1 }]);
  await expect(store.list()).rejects.toThrow('it must be a list of model summaries.');
  await expect(store.load('../x')).rejects.toThrow(
    'Could not load pretrained/..%2Fx.safetensors: the server answered 404.',
  );
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  await expect(store.list()).rejects.toThrow('Could not load pretrained/index.json: the page is offline');
});

it('is read only', async () => {
  for (const change of [
    store.save(summary, bytes),
    store.remove('balancer'),
    store.rename('balancer', 'x'),
  ]) {
    await expect(change).rejects.toThrow('cannot be changed');
  }
});

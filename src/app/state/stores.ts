// The library: models kept in this browser and models that come with the page, listed, saved, taken in and
// given out. A file from outside is read and checked before anything is kept.
import { computed, signal } from '@preact/signals';
import { decodeSafetensors } from '../../core/safetensors.ts';
import { type Card, readCard, summaryOf } from '../../models/card.ts';
import { browserStore } from '../../models/store/browser.ts';
import { bundledStore } from '../../models/store/bundled.ts';
import type { ModelSummary } from '../../models/store/store.ts';
import { messageOf, sentence } from '../format.ts';
import { report, showToast } from './page.ts';

const mine = browserStore();
const bundled = bundledStore(document.baseURI);

export const myModels = signal<readonly ModelSummary[]>([]);
export const bundledModels = signal<readonly ModelSummary[]>([]);
export const modelCount = computed(() => myModels.value.length + bundledModels.value.length);

const largestFile = 256_000_000;

/** Runs one library action; what goes wrong is one sentence in the library. */
async function guarded<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (problem) {
    report({ region: 'library', text: sentence(messageOf(problem)), command: null, tensor: null });
    return undefined;
  }
}

async function refreshMine(): Promise<void> {
  await guarded(async () => {
    myModels.value = await mine.list();
  });
}

export async function loadLists(): Promise<void> {
  await Promise.all([
    refreshMine(),
    guarded(async () => {
      bundledModels.value = await bundled.list();
    }),
  ]);
}

export const loadModel = (home: 'mine' | 'bundled', id: string): Promise<Uint8Array> =>
  (home === 'mine' ? mine : bundled).load(id);

/** The first model that comes with the page for a world; throws one sentence where there is none. */
export async function firstBundled(world: string): Promise<ModelSummary> {
  const found = (await bundled.list()).find((model) => model.world === world);
  if (!found)
    throw new Error('No brain of this world comes with the page: save one, or choose one of your own.');
  return found;
}

export const findModel = (home: 'mine' | 'bundled', id: string): ModelSummary | undefined =>
  (home === 'mine' ? myModels : bundledModels).value.find((model) => model.id === id);

const cardOf = (bytes: Uint8Array): Card => readCard(decodeSafetensors(bytes).metadata);

const newId = (card: Card): string => `${Date.now().toString(36)}-${card.fingerprint.slice(0, 8)}`;

/** Keeps a file that this page itself has just made. */
export function keep(bytes: Uint8Array): Promise<ModelSummary | undefined> {
  return guarded(async () => {
    const card = cardOf(bytes);
    const summary = summaryOf(newId(card), card, bytes.length);
    await mine.save(summary, bytes);
    await refreshMine();
    return summary;
  });
}

/** Takes in a file from outside; a bad one is refused with one sentence that names it. */
export async function importFile(file: File): Promise<ModelSummary | undefined> {
  const refuse = (why: string): undefined => {
    report({
      region: 'library',
      text: `"${file.name}" was not taken in: ${why}`,
      command: null,
      tensor: null,
    });
    return undefined;
  };
  if (file.size > largestFile) return refuse(`it has ${file.size} bytes; at most ${largestFile} are read.`);
  let bytes: Uint8Array;
  let card: Card;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
    card = cardOf(bytes);
  } catch (problem) {
    return refuse(messageOf(problem));
  }
  const kept = await keep(bytes);
  if (kept) showToast(`"${card.title}" is in your library.`);
  return kept;
}

export function rename(model: ModelSummary, title: string): Promise<void> {
  return guarded(async () => {
    await mine.rename(model.id, title);
    await refreshMine();
  });
}

/** Deletes at once and offers to take it back. */
export async function remove(model: ModelSummary): Promise<void> {
  await guarded(async () => {
    const bytes = await mine.load(model.id);
    await mine.remove(model.id);
    await refreshMine();
    const undo = (): void => {
      void guarded(async () => {
        await mine.save(model, bytes);
        await refreshMine();
        showToast(`"${model.title}" is back.`);
      });
    };
    showToast(`"${model.title}" was deleted.`, undo);
  });
}

/** Hands a file to the browser's downloads. */
function download(bytes: Uint8Array, title: string): void {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'model';
  const url = URL.createObjectURL(
    new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }),
  );
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = `${name.toLowerCase()}.safetensors`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export async function exportModel(home: 'mine' | 'bundled', model: ModelSummary): Promise<void> {
  await guarded(async () => download(await loadModel(home, model.id), model.title));
}

// Models kept in this browser (IndexedDB through idb-keyval), and one slot where a run saves itself.
// Summaries lie under keys of their own, so that listing never loads a file. Every refusal of the browser
// becomes one sentence with the size in it; what was saved before stays.
import { createStore, del, delMany, get, getMany, keys, setMany, type UseStore } from 'idb-keyval';
import { isSummary, retitled } from '../card.ts';
import type { ModelStore, ModelSummary } from './store.ts';

const databaseName = 'relearn';
const storeName = 'models';
const summaryKey = (id: string): string => `summary/${id}`;
const fileKey = (id: string): string => `file/${id}`;
const autosaveKey = (slot: string): string => `autosave/${slot}`;

/** What is known of a run that saved itself, to offer going on with it. */
export interface AutosaveInfo {
  readonly title: string;
  readonly world: string;
  readonly learner: string;
  readonly updates: number;
  readonly steps: number;
  /** ISO 8601. */
  readonly savedAt: string;
  /** The recipe as it stood in the address bar. */
  readonly address: string;
}

export interface Autosave {
  readonly bytes: Uint8Array;
  readonly info: AutosaveInfo;
}

export interface AutosaveSlot {
  /** Replaces what is there, all or nothing. Throws one sentence when the browser refuses. */
  save(bytes: Uint8Array, info: AutosaveInfo): Promise<void>;
  load(): Promise<Autosave | undefined>;
  clear(): Promise<void>;
}

/** Bytes as a person reads them: '512 bytes', '12 kB', '1.2 MB'. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 999_500 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const nothingLost = 'the run goes on and nothing is lost.';

function sentence(doing: string, error: unknown, bytes?: number): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const needed = bytes === undefined ? '' : ` (${sizeInWords(bytes)} needed)`;
  // IndexedDB gives no error at all (null) when a write failed before its transaction learned why.
  if (name === 'QuotaExceededError' || (bytes !== undefined && error === null)) {
    return `${doing}: this browser's storage is full${needed}. Delete a saved model or export it to a file; ${nothingLost}`;
  }
  if (['SecurityError', 'ReferenceError', 'InvalidStateError', 'NotAllowedError'].includes(name)) {
    return `${doing}: this browser does not let the page store anything${needed}; a private window or blocked site data does that. Export to a file instead; ${nothingLost}`;
  }
  const detail =
    error instanceof Error || error instanceof DOMException ? `${name}: ${error.message}` : String(error);
  return `${doing}: this browser's storage failed${needed}: ${detail}. Try again or export to a file; ${nothingLost}`;
}

/** Runs one storage operation; whatever goes wrong leaves as one sentence, with the cause attached. */
async function attempt<T>(doing: string, operation: () => Promise<T>, bytes?: number): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw new Error(sentence(doing, error, bytes), { cause: error });
  }
}

/** One connection per page, opened at first use. A throw in the middle of a write undoes all of it. */
function openStore(): UseStore {
  const use = createStore(databaseName, storeName);
  return (mode, callback) =>
    use(mode, (store) => {
      try {
        return callback(store);
      } catch (error) {
        store.transaction.abort();
        throw error;
      }
    });
}

const noSuchModel = (id: string): Error =>
  new Error(`There is no saved model "${id}" in this browser; it may have been deleted in another tab.`);

export function browserStore(): ModelStore {
  const use = openStore();
  const write = (summary: ModelSummary, bytes: Uint8Array): Promise<void> =>
    attempt(
      `Could not save "${summary.title}"`,
      () =>
        setMany(
          [
            [fileKey(summary.id), bytes],
            [summaryKey(summary.id), summary],
          ],
          use,
        ),
      bytes.length,
    );
  const read = async (id: string): Promise<[ModelSummary | undefined, Uint8Array]> => {
    const [summary, bytes] = await attempt(`Could not open the saved model "${id}"`, () =>
      getMany<unknown>([summaryKey(id), fileKey(id)], use),
    );
    if (!(bytes instanceof Uint8Array)) throw noSuchModel(id);
    return [isSummary(summary) ? summary : undefined, bytes];
  };

  return {
    list: () =>
      attempt('Could not list the saved models', async () => {
        const wanted = (await keys<IDBValidKey>(use)).filter(
          (key) => typeof key === 'string' && key.startsWith(summaryKey('')),
        );
        // A model deleted in another tab between the two reads is undefined here.
        const found = (await getMany<unknown>(wanted, use)).filter(isSummary);
        return found.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
      }),
    load: async (id) => (await read(id))[1],
    save: write,
    remove: (id) =>
      attempt(`Could not delete the saved model "${id}"`, () => delMany([summaryKey(id), fileKey(id)], use)),
    async rename(id, title) {
      const [summary, bytes] = await read(id);
      if (!summary) throw noSuchModel(id);
      // The card inside is renamed too, so that an exported file carries the new title.
      const renamed = retitled(bytes, title);
      await write({ ...summary, title, bytes: renamed.length }, renamed);
    },
  };
}

const isAutosave = (value: unknown): value is Autosave => {
  if (typeof value !== 'object' || value === null || !('bytes' in value) || !('info' in value)) return false;
  return value.bytes instanceof Uint8Array && typeof value.info === 'object' && value.info !== null;
};

/** The place where the run on the page saves itself; each save replaces the last. */
export function autosaveSlot(name = 'current'): AutosaveSlot {
  const use = openStore();
  const key = autosaveKey(name);
  return {
    save: (bytes, info) =>
      attempt('Could not save the run by itself', () => setMany([[key, { bytes, info }]], use), bytes.length),
    load: () =>
      attempt('Could not look for a run to go on with', async () => {
        const found = await get<unknown>(key, use);
        return isAutosave(found) ? found : undefined;
      }),
    clear: () => attempt('Could not clear the saved run', () => del(key, use)),
  };
}

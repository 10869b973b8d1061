// Models as files in a folder, for Node: one .safetensors file each, named by its id. A file is written beside
// its place and moved there when it is whole, so that a crash never leaves half a model.
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { decodeSafetensors } from '../../core/safetensors.ts';
import { readCard, retitled, summaryOf } from '../card.ts';
import type { ModelStore, ModelSummary } from './store.ts';

const ending = '.safetensors';

/** Writes all of `bytes` to `file` or leaves what is there untouched. Throws one sentence with the size. */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(beside, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOSPC' ? 'the disk is full' : message;
    throw new Error(
      `Could not save ${file} (${bytes.length} bytes): ${reason}. What was there before is untouched.`,
      {
        cause: error,
      },
    );
  }
}

export function diskStore(folder: string): ModelStore {
  const fileOf = (id: string): string => {
    // An id names a file in the folder and nothing else: no separators, no hidden files, no way up.
    if (!/^[\w-][\w.-]{0,99}$/.test(id)) {
      throw new Error(`"${id}" cannot name a model file; use letters, digits, dots, dashes and underscores.`);
    }
    return path.join(folder, id + ending);
  };
  const read = async (id: string): Promise<Uint8Array> => {
    const file = fileOf(id);
    try {
      return await readFile(file);
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new Error(
        missing
          ? `There is no model "${id}" in ${folder}.`
          : `Could not read ${file}: ${(error as Error).message}.`,
        { cause: error },
      );
    }
  };
  const summarize = async (id: string): Promise<ModelSummary | undefined> => {
    try {
      const bytes = await read(id);
      return summaryOf(id, readCard(decodeSafetensors(bytes).metadata), bytes.length);
    } catch {
      // Not a model, or one that was just deleted: no reason to hide the others.
      return undefined;
    }
  };

  return {
    async list() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw new Error(`Could not list the models in ${folder}: ${error.message}.`, { cause: error });
      });
      const ids = names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
      const found = await Promise.all(ids.map(summarize));
      return found
        .filter((summary) => summary !== undefined)
        .sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
    },
    load: read,
    save: async (summary, bytes) => writeWhole(fileOf(summary.id), bytes),
    remove: async (id) => rm(fileOf(id), { force: true }),
    rename: async (id, title) => writeWhole(fileOf(id), retitled(await read(id), title)),
  };
}

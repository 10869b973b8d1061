// The models that come with the app: read only, from `pretrained/` beside the page. `index.json` is a list of
// summaries; each file is `<id>.safetensors`. Made by `npm run pretrain`.
import { isSummary } from '../card.ts';
import type { ModelStore } from './store.ts';

const readOnly = (): Promise<never> =>
  Promise.reject(
    new Error('The models that come with Relearn cannot be changed; save a copy of your own instead.'),
  );

/** @param base address of the page; everything is fetched from the same folder. */
export function bundledStore(base: string): ModelStore {
  const fetchFile = async (name: string): Promise<Response> => {
    const address = new URL(`pretrained/${name}`, base);
    let problem: string;
    try {
      const response = await fetch(address);
      if (response.ok) return response;
      problem = `the server answered ${response.status}`;
    } catch {
      problem = 'the page is offline and has not kept it';
    }
    throw new Error(`Could not load pretrained/${name}: ${problem}.`);
  };
  return {
    async list() {
      const response = await fetchFile('index.json');
      const found: unknown = await response.json().catch(() => undefined);
      if (!Array.isArray(found) || !found.every(isSummary)) {
        throw new Error('Could not read pretrained/index.json: it must be a list of model summaries.');
      }
      return found;
    },
    load: async (id) => {
      const response = await fetchFile(`${encodeURIComponent(id)}.safetensors`);
      return new Uint8Array(await response.arrayBuffer());
    },
    save: readOnly,
    remove: readOnly,
    rename: readOnly,
  };
}

// The fixed runs in a page: on its main thread, then in a worker. The results stand in the document as JSON.
import { runAll } from './fixed-runs.ts';

const show = (id: string, value: unknown): void => {
  document.getElementById(id)!.textContent = JSON.stringify(value);
};

show('page', await runAll());
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => show('worker', data);
worker.onerror = ({ message }) => show('worker', { error: message });

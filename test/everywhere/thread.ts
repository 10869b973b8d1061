// The fixed runs in a Node worker thread.
import { parentPort } from 'node:worker_threads';
import { runAll } from './fixed-runs.ts';

parentPort?.postMessage(await runAll());

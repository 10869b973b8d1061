// The fixed runs in a browser's worker.
import { runAll } from './fixed-runs.ts';

postMessage(await runAll());

// A run in a Node worker thread: trains a recipe for some updates and answers with its fingerprint. It exists to
// show that a thread makes the same weights.
import { parentPort, workerData } from 'node:worker_threads';
import { loadKernels } from '../core/kernels/load.ts';
import { fingerprint } from '../training/brain.ts';
import type { Recipe } from '../training/recipe.ts';
import { createSession } from '../training/session.ts';

const { recipe, updates } = workerData as { recipe: Recipe; updates: number };
const session = createSession(recipe, await loadKernels('simd'));
while (session.updates < updates) session.tick();
parentPort?.postMessage(fingerprint(session.brain));

// Replays reference values of layers, losses, advantages, optimisers and schedules (recorded in float64 by PyTorch)
// through what is built here, with both kernel sets, and says how far off the numbers are. Reads, never writes.
import { loadKernels } from '../core/kernels/load.ts';
import type { KernelSetName } from '../core/kernels.ts';
import { layerReplayers } from './verify-core/layers.ts';
import { lossReplayers } from './verify-core/losses.ts';
import { optimizerReplayers } from './verify-core/optimizers.ts';
import { isCase, readCase } from './verify-core/reading.ts';
import type { CoreCase } from './verify-core/tally.ts';

const replayers = [...layerReplayers, ...lossReplayers, ...optimizerReplayers];

/** Names of what can be checked. */
export const verifiableCore: readonly string[] = replayers.map(({ title }) => title);

export interface CoreVerification {
  readonly cases: readonly CoreCase[];
  /** Names of the cases of what is not built here. */
  readonly notBuilt: readonly string[];
}

const setNames: readonly KernelSetName[] = ['simd', 'reference'];

/**
 * Replays a whole reference file. Undefined where nothing in it looks like a recorded case; throws one sentence
 * where something is damaged.
 */
export async function verifyCoreFile(json: readonly unknown[]): Promise<CoreVerification | undefined> {
  if (!json.some(isCase)) return undefined;
  const sets = await Promise.all(setNames.map(async (name) => ({ name, factory: await loadKernels(name) })));
  const cases: CoreCase[] = [];
  const notBuilt: string[] = [];
  json.forEach((item, i) => {
    const recorded = readCase(item, `case ${i + 1}`);
    const replayer = replayers.find((one) => one.accepts(recorded));
    if (replayer) cases.push(...replayer.replay(recorded, sets));
    else notBuilt.push(recorded.name);
  });
  return { cases, notBuilt };
}

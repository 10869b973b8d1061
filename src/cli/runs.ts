// What several commands share: reading a model file, running a session to its end, scoring a brain.
import { readFileSync } from 'node:fs';
import { loadKernels } from '../core/kernels/load.ts';
import type { KernelFactory } from '../core/kernels.ts';
import type { KnobValues } from '../core/knobs.ts';
import { createRandom } from '../core/random.ts';
import type { Score } from '../models/card.ts';
import { createEvaluation, scoreOf } from '../training/evaluation.ts';
import type { RivalModel } from '../training/rival.ts';
import type { Session } from '../training/session.ts';
import { rivalFrom } from '../training/snapshot.ts';
import type { Flags } from './args.ts';
import type { Progress } from './progress.ts';

export const kernels = (): Promise<KernelFactory> => loadKernels('simd');

export function readFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The saved agents that the command line names, to be played against and to learn from. */
export const agentsIn = (flags: Flags): { readonly rival?: RivalModel; readonly teacher?: RivalModel } => ({
  ...(flags.rival !== undefined && { rival: rivalFrom(readFile(flags.rival)) }),
  ...(flags.teacher !== undefined && { teacher: rivalFrom(readFile(flags.teacher)) }),
});

export interface Spent {
  readonly seconds: number;
  /** At the moment the threshold was first reached; null if it was not. */
  readonly secondsToThreshold: number | null;
}

/** Ticks until `updates` are done, or else until the budget is spent. */
export function runToEnd(
  session: Session,
  updates: number | undefined,
  progress: Progress | undefined,
  afterEach: () => void = () => undefined,
): Spent {
  const start = performance.now();
  let secondsToThreshold: number | null = null;
  const elapsed = (): number => (performance.now() - start) / 1000;
  const finished = (): boolean =>
    updates === undefined ? session.budgetSpent() : session.updates >= updates;
  while (!finished()) {
    session.tick();
    if (session.stepsToThreshold !== null) secondsToThreshold ??= elapsed();
    progress?.show(session, elapsed());
    afterEach();
  }
  progress?.done();
  return { seconds: elapsed(), secondsToThreshold };
}

/**
 * Greedy score over fresh episodes from a stream that no training ever draws from; null for a brain that cannot act.
 * @param tested settings of the world that differ from the run's own.
 */
export function evaluate(
  session: Session,
  episodes: number,
  seed: number,
  tested: KnobValues = {},
): Score | null {
  const head = session.actingHead;
  if (!head) return null;
  const random = createRandom(`evaluate ${seed}`);
  const params = { ...session.params, ...tested };
  const evaluation = createEvaluation(
    session.brain,
    session.world,
    params,
    head,
    episodes,
    random,
    session.rival,
  );
  while (!evaluation.step());
  return scoreOf(evaluation.returns);
}

export const shownScore = (score: Score | null, sampled = false): string =>
  score
    ? `mean ${score.mean.toFixed(2)}, IQM ${score.iqm.toFixed(2)}, 95 % [${score.low.toFixed(2)}, ${score.high.toFixed(2)}] over ${score.episodes} episodes (${sampled ? 'sampled' : 'greedy'})`
    : 'no head that acts';

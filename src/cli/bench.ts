// relearn bench: from Run to solved, over several seeds, all of them counted. Solved is the first time that the
// mean of 100 fresh greedy episodes reaches the world's threshold; evaluation is on the clock too.
import { createSession } from '../training/session.ts';
import { type Flags, recipeFrom, wholeNumber } from './args.ts';
import { evaluate, kernels, runToEnd } from './runs.ts';
import { median } from './statistics.ts';

export async function bench(flags: Flags): Promise<void> {
  const factory = await kernels();
  const first = wholeNumber('seed', flags.seed, 1);
  const count = wholeNumber('seeds', flags.seeds, 10);
  const rows: { seed: number; steps: number | null; seconds: number | null; final: number }[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const session = createSession(recipeFrom({ ...flags, seed: String(seed) }), factory);
    const { secondsToThreshold, seconds } = runToEnd(session, undefined, undefined);
    const final = evaluate(session, 100, seed)?.mean ?? Number.NaN;
    rows.push({ seed, steps: session.stepsToThreshold, seconds: secondsToThreshold, final });
    const reached =
      secondsToThreshold === null
        ? 'not solved'
        : `solved at ${session.stepsToThreshold} steps, ${secondsToThreshold.toFixed(2)} s`;
    console.log(
      `seed ${seed}: ${reached}; after ${session.steps} steps and ${seconds.toFixed(2)} s a mean of ${final.toFixed(1)} over 100 episodes`,
    );
  }
  const solved = rows.filter((row) => row.steps !== null);
  const good = rows.filter((row) => row.final >= createSession(recipeFrom(flags), factory).world.solvedAt);
  // A seed that never got there counts as slower than any other.
  const never = Number.POSITIVE_INFINITY;
  console.log(
    `solved on ${solved.length} of ${rows.length} seeds; median ${median(rows.map((row) => row.steps ?? never))} steps, ` +
      `${median(rows.map((row) => row.seconds ?? never)).toFixed(2)} s from Run to solved; at the threshold when the budget was spent: ${good.length} of ${rows.length}`,
  );
  if (flags.json) console.log(JSON.stringify({ rows }));
}

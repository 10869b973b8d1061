// relearn scores: the README's table of what each world's default recipe reaches, over several seeds, all of them counted. Results
// are kept in pretrained/scores.json as they come, so that a table that was cut off goes on where it stopped.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Score } from '../models/card.ts';
import { writeWhole } from '../models/store/disk.ts';
import { loadTensors } from '../training/brain.ts';
import { knobsFor } from '../training/recipe.ts';
import { createSession } from '../training/session.ts';
import { type Flags, wholeNumber } from './args.ts';
import { evaluate, kernels, runToEnd } from './runs.ts';
import { type ScoreRow, scoreRows } from './scores-rows.ts';
import { median } from './statistics.ts';

const file = 'pretrained/scores.json';

interface SeedResult {
  readonly seed: number;
  readonly steps: number;
  /** Of one core: what else the machine does is not counted. */
  readonly seconds: number;
  /** Until 100 fresh greedy episodes first reached the row's threshold; null for never. */
  readonly stepsToThreshold: number | null;
  readonly secondsToThreshold: number | null;
  /** Until the mean of the last 100 training episodes, sampled, first did. */
  readonly trainingSteps: number | null;
  /** 100 greedy episodes by the weights of the best evaluation, from a stream that no training draws from. */
  readonly score: Score;
  /** The same by the weights that stood when the budget was spent. */
  readonly last: Score;
}

/** Row id -> the recipe it was measured with (as text) and its seeds. */
type Results = Record<string, { readonly recipe: string; readonly seeds: readonly SeedResult[] }>;

function readResults(): Results {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const rowById = (id: string): ScoreRow => {
  const found = scoreRows.find((row) => row.id === id);
  if (found) return found;
  throw new Error(`There is no row "${id}"; there are ${scoreRows.map((row) => row.id).join(', ')}.`);
};

const recipeText = ({ recipe }: ScoreRow): string =>
  JSON.stringify({ ...recipe, knobs: knobsFor(recipe.world, recipe.learner, recipe.knobs), seed: 0 });

/** One seed of one row, to the end of its budget; prints the result as one line of JSON. */
export async function scoreOne(id: string | undefined, flags: Flags): Promise<void> {
  const { recipe, tested } = rowById(id ?? '');
  const seed = wholeNumber('seed', flags.seed, 1);
  const session = createSession({ ...recipe, seed }, await kernels());
  let trainingSteps: number | null = null;
  let secondsToThreshold: number | null = null;
  const start = process.cpuUsage();
  const spent = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  runToEnd(session, undefined, undefined, () => {
    if (trainingSteps === null && session.episodes >= 100 && session.score >= session.world.solvedAt)
      trainingSteps = session.steps;
    if (session.stepsToThreshold !== null) secondsToThreshold ??= spent();
  });
  const seconds = spent();
  const last = evaluate(session, 100, seed, tested);
  loadTensors(session.brain, session.bestModel());
  const score = evaluate(session, 100, seed + 1_000_000, tested);
  if (!score || !last) throw new Error(`${id}: ${recipe.learner} leaves no head that acts.`);
  const { steps, stepsToThreshold } = session;
  const result: SeedResult = {
    seed,
    steps,
    seconds,
    stepsToThreshold,
    secondsToThreshold,
    trainingSteps,
    score,
    last,
  };
  console.log(JSON.stringify(result));
}

/** Runs what is missing, `--jobs` at a time, then prints the table. With ids, only those rows. */
export async function scores(ids: readonly string[], flags: Flags): Promise<void> {
  const rows = ids.length > 0 ? ids.map(rowById) : scoreRows;
  const results = readResults();
  const missing = rows.flatMap((row) => {
    const kept = results[row.id];
    // Another recipe than the one measured: its numbers are no longer true.
    if (!kept || kept.recipe !== recipeText(row)) results[row.id] = { recipe: recipeText(row), seeds: [] };
    const done = new Set(results[row.id]!.seeds.map(({ seed }) => seed));
    return Array.from({ length: row.seeds }, (_, i) => i + 1)
      .filter((seed) => !done.has(seed))
      .map((seed) => ({ row, seed }));
  });
  const work = async (): Promise<void> => {
    for (let next = missing.shift(); next; next = missing.shift()) {
      const { row, seed } = next;
      const { stdout } = await promisify(execFile)(process.execPath, [
        process.argv[1]!,
        'score',
        row.id,
        '--seed',
        String(seed),
      ]);
      const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as SeedResult;
      // Read again: another process may be filling the same table.
      const now = readResults();
      const kept = now[row.id]?.recipe === recipeText(row) ? now[row.id]!.seeds : [];
      const seeds = [...kept.filter((one) => one.seed !== seed), result].sort((a, b) => a.seed - b.seed);
      const all = { ...now, [row.id]: { recipe: recipeText(row), seeds } };
      await writeWhole(file, Buffer.from(`${JSON.stringify(all, null, 1)}\n`));
      process.stderr.write(`${row.title}, seed ${seed}: ${summary(result)}\n`);
    }
  };
  await Promise.all(Array.from({ length: wholeNumber('jobs', flags.jobs, 2) }, work));
  printTable(rows, readResults());
}

const summary = ({ score, stepsToThreshold, seconds }: SeedResult): string =>
  `${score.mean.toFixed(1)}; ${stepsToThreshold === null ? 'threshold not reached' : `threshold at ${stepsToThreshold} steps`}; ${seconds.toFixed(0)} s`;

const number = (value: number, digits: number): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** The README's table, in Markdown: medians over the seeds, a seed that never got there slower than any other. */
function printTable(rows: readonly ScoreRow[], results: Results): void {
  console.log('| world | seeds at the aim | steps to threshold | seconds | score | reference |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const row of rows) {
    const seeds = results[row.id]?.seeds ?? [];
    if (seeds.length === 0) continue;
    const never = Number.POSITIVE_INFINITY;
    const middle = (of: (one: SeedResult) => number | null): number =>
      median(seeds.map((one) => of(one) ?? never));
    const steps = middle((one) => one.stepsToThreshold);
    const seconds = middle((one) => one.secondsToThreshold);
    const means = seeds.map(({ score }) => score.mean);
    const digits = Math.abs(row.aim) < 100 && !Number.isInteger(row.aim) ? 2 : 1;
    const shown = [
      row.title,
      `${means.filter((mean) => mean >= row.aim).length} of ${seeds.length} (${row.aim})`,
      Number.isFinite(steps) ? number(steps, 0) : 'never',
      Number.isFinite(seconds) ? number(seconds, 1) : 'never',
      `${number(median(means), digits)} [${number(Math.min(...means), digits)}, ${number(Math.max(...means), digits)}]`,
      row.reference,
    ];
    console.log(`| ${shown.join(' | ')} |`);
  }
}

// relearn measure: the tables behind what is claimed of the ways of learning, over several seeds, all of them counted. Numbers are
// kept in pretrained/measurements.json as they come, so that a table that was cut off goes on where it stopped.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { writeWhole } from '../models/store/disk.ts';
import { type Flags, wholeNumber } from './args.ts';
import type { Measurement } from './measure/measurement.ts';
import { measurementById, measurements } from './measure/tables.ts';
import { median } from './statistics.ts';

const file = 'pretrained/measurements.json';

/** Null stands for a number that never came about: JSON has no NaN. */
type Kept = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

/** Table -> seed -> row -> number. */
type Results = Readonly<Record<string, Kept>>;

function readResults(): Results {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** One seed of one table; prints its numbers as one line of JSON. */
export async function measureOne(id: string | undefined, flags: Flags): Promise<void> {
  const numbers = await measurementById(id ?? '').measure(wholeNumber('seed', flags.seed, 1));
  console.log(JSON.stringify(numbers));
}

/** Runs the seeds that are missing, `--jobs` at a time, then prints the tables (all of them, or those named). `--fresh all` forgets what was kept. */
export async function measure(ids: readonly string[], flags: Flags): Promise<void> {
  const tables = ids.length > 0 ? ids.map(measurementById) : measurements;
  const kept = flags.fresh ? {} : readResults();
  const missing = tables.flatMap((table) =>
    Array.from({ length: table.seeds }, (_, i) => i + 1)
      .filter((seed) => !kept[table.id]?.[seed])
      .map((seed) => ({ table, seed })),
  );
  const work = async (): Promise<void> => {
    for (let next = missing.shift(); next; next = missing.shift()) {
      const { table, seed } = next;
      const words = [process.argv[1]!, 'measured', table.id, '--seed', String(seed)];
      const { stdout } = await promisify(execFile)(process.execPath, words);
      const numbers = JSON.parse(stdout.trim().split('\n').at(-1)!) as Kept[string];
      // Read again: another process may be filling the same file.
      const now = readResults();
      const all = { ...now, [table.id]: { ...now[table.id], [seed]: numbers } };
      await writeWhole(file, Buffer.from(`${JSON.stringify(all, null, 1)}\n`));
      process.stderr.write(`${table.id}, seed ${seed}: done\n`);
    }
  };
  await Promise.all(Array.from({ length: wholeNumber('jobs', flags.jobs, 2) }, work));
  const results = readResults();
  for (const table of tables) printTable(table, results[table.id] ?? {});
}

const number = (value: number): string =>
  Number.isFinite(value) ? value.toLocaleString('en', { maximumSignificantDigits: 4 }) : 'never';

/** In Markdown: median, least and most over the seeds; what never came about is worse than any number. */
function printTable(table: Measurement, kept: Kept): void {
  const seeds = Object.values(kept);
  const names = Object.keys(seeds[0] ?? {});
  console.log(`\n${table.title} Seeds: ${seeds.length} of ${table.seeds}.\n`);
  console.log('| what | median | least | most | aim |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const name of names) {
    const values = seeds.map((one) => one[name] ?? Number.POSITIVE_INFINITY);
    const shown = [median(values), Math.min(...values), Math.max(...values)].map(number);
    console.log(`| ${[name, ...shown, table.aims[name] ?? ''].join(' | ')} |`);
  }
}

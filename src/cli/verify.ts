// relearn verify FILE: replays a reference file (layers, losses, optimisers, or recorded games) through what is
// built here, both kernel sets where kernels are at work, and prints cases, mismatches and the worst errors.
import { readFileSync } from 'node:fs';
import { verifiableCore, verifyCoreFile } from './verify-core.ts';
import { verifiableWorlds, verifyWorldFile } from './verify-worlds.ts';

interface Line {
  readonly name: string;
  readonly mismatches: number;
  readonly worst: number;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`Cannot read ${file} as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const print = (lines: readonly Line[]): number => {
  for (const { name, mismatches, worst } of lines) {
    console.log(
      `${mismatches === 0 ? 'ok ' : 'BAD'} ${name}: ${mismatches} mismatches, worst error ${worst.toExponential(2)}`,
    );
  }
  return lines.reduce((sum, line) => sum + line.mismatches, 0);
};

export async function verify(files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new Error('verify needs a file: npm run verify -- layers.json');
  let wrong = 0;
  for (const file of files) {
    const json = readJson(file);
    const core = Array.isArray(json) ? await verifyCoreFile(json) : undefined;
    if (core) {
      wrong += print(core.cases);
      const { length } = core.cases;
      console.log(
        `${file}: ${length} cases, ${core.cases.filter(({ mismatches }) => mismatches > 0).length} with mismatches`,
      );
      if (core.notBuilt.length > 0) console.log(`not built yet, so not checked: ${core.notBuilt.join(', ')}`);
      continue;
    }
    const world = verifyWorldFile(json);
    if (!world) {
      throw new Error(
        `${file} is of a world or layer that is not built; checked can be ${[...verifiableWorlds, ...verifiableCore].join(', ')}.`,
      );
    }
    wrong += print(world.cases);
    console.log(`${file}: ${world.cases.length} cases, ${world.steps} steps, ${world.mismatches} mismatches`);
  }
  if (wrong > 0) throw new Error(`${wrong} numbers differ from the reference.`);
}

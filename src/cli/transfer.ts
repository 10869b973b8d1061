// relearn transfer: is it better to start from another brain? Five arms on the same seeds and budget, medians
// and all; a source is trained anew for every seed, so that no single lucky brain decides.
import { type Arm, type ArmResult, runArm, transferArms } from '../training/experiment.ts';
import { defaultRecipe, type Recipe } from '../training/recipe.ts';
import { createSession } from '../training/session.ts';
import { type Flags, recipeFrom, wholeNumber } from './args.ts';
import { kernels, runToEnd } from './runs.ts';
import { median } from './statistics.ts';

/** Sources learn with seeds of their own. */
const sourceSeeds = 1000;

export async function transfer(flags: Flags): Promise<void> {
  const factory = await kernels();
  const target = recipeFrom(flags);
  const seeds = wholeNumber('seeds', flags.seeds, 10);
  const first = wholeNumber('seed', flags.seed, 1);
  const sourceRecipe: Recipe = {
    ...defaultRecipe(target.world, target.learner),
    knobs: target.knobs,
    brain: target.brain,
    lanes: target.lanes,
  };
  const results = new Map<Arm, ArmResult[]>();
  let budget = 0;
  let sourceSteps = 0;
  for (let seed = first; seed < first + seeds; seed++) {
    const source = createSession({ ...sourceRecipe, seed: seed + sourceSeeds }, factory);
    runToEnd(source, undefined, undefined);
    sourceSteps = source.steps;
    budget = Math.round(source.steps / 2);
    const tensors = source.bestModel();
    for (const arm of transferArms(source.brain.network.spec)) {
      const known = [...results.keys()].find(({ title }) => title === arm.title) ?? arm;
      const result = runArm({ ...target, seed }, arm, tensors, budget, factory);
      results.set(known, [...(results.get(known) ?? []), result]);
    }
    process.stderr.write(`seed ${seed} of ${first + seeds - 1}\n`);
  }
  const changed = Object.entries(target.params).map(([name, value]) => `${name}=${value}`);
  console.log(
    `${target.world} -> ${target.world} with ${changed.join(', ') || 'nothing changed'}; ${target.learner}, ${seeds} seeds, ` +
      `${budget} target steps each (the sources took ${sourceSteps}); medians; "never" counts as slower than any`,
  );
  console.log('arm | jumpstart | steps to threshold (solved) | asymptote | transfer ratio');
  const scratch = median([...results.values()][0]!.map((result) => result.area));
  for (const [arm, rows] of results) {
    const steps = median(rows.map((row) => row.stepsToThreshold ?? Number.POSITIVE_INFINITY));
    const solved = rows.filter((row) => row.stepsToThreshold !== null).length;
    const ratio = (median(rows.map((row) => row.area)) - scratch) / scratch;
    console.log(
      [
        arm.title,
        median(rows.map((row) => row.jumpstart)).toFixed(1),
        `${Number.isFinite(steps) ? steps : `never within ${budget}`} (${solved} of ${rows.length})`,
        median(rows.map((row) => row.asymptote)).toFixed(1),
        `${ratio >= 0 ? '+' : ''}${ratio.toFixed(2)}`,
      ].join(' | '),
    );
  }
  if (flags.json) {
    console.log(JSON.stringify(Object.fromEntries([...results].map(([arm, rows]) => [arm.title, rows]))));
  }
}

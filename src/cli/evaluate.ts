// relearn evaluate: a saved brain in its world, or in any other that it fits, over fresh episodes.
import { histogramOf } from '../core/inspection/layers.ts';
import { scoreOf } from '../training/evaluation.ts';
import { createExamination } from '../training/examination.ts';
import { recipeOf } from '../training/run-card.ts';
import { readModel } from '../training/snapshot.ts';
import { type Flags, recipeFrom, wholeNumber } from './args.ts';
import { agentsIn, kernels, readFile, shownScore } from './runs.ts';

/** One line a bin: its range, a bar, how many episodes ended in it. */
function histogramText(returns: readonly number[]): string {
  const { low, high, counts } = histogramOf(Float32Array.from(returns));
  if (low === high) return `every episode ${low.toFixed(2)}`;
  const most = Math.max(...counts);
  const edge = (i: number): string => (low + ((high - low) * i) / counts.length).toFixed(2).padStart(9);
  return counts
    .map((n, i) =>
      `${edge(i)} to ${edge(i + 1)}  ${'█'.repeat(Math.ceil((40 * n) / most))} ${n || ''}`.trimEnd(),
    )
    .join('\n');
}

export async function evaluateFile(file: string | undefined, flags: Flags): Promise<void> {
  if (file === undefined) throw new Error('evaluate needs a file: relearn evaluate agent.safetensors');
  const read = readModel(readFile(file));
  const { card } = read;
  const target = flags.world ?? card.world;
  // Settings of the world are read over the brain's own recipe, or over the other world's.
  const { learner: _taught, hidden: _hidden, ...named } = flags;
  const { params } =
    target === card.world
      ? recipeFrom({ ...named, learner: card.learner }, recipeOf(card))
      : recipeFrom(named);
  const seed = wholeNumber('seed', flags.seed, card.seed);
  const sampled = flags.sampled === true;
  const { world, evaluation } = createExamination(
    read,
    {
      world: target,
      params,
      episodes: wholeNumber('episodes', flags.episodes, 100),
      sampled,
      seed,
    },
    await kernels(),
    agentsIn(flags).rival,
  );
  while (!evaluation.step());
  const score = scoreOf(evaluation.returns);
  console.log(`${card.title}, in ${world.title}: ${shownScore(score, sampled)}`);
  console.log(histogramText(evaluation.returns));
  if (flags.json) {
    const { learner, steps, seconds, fingerprint } = card;
    console.log(
      JSON.stringify({
        world: world.id,
        params,
        learner,
        seed,
        steps,
        seconds,
        stepsToThreshold: null,
        sampled,
        score,
        returns: evaluation.returns,
        fingerprint,
        file,
      }),
    );
  }
}

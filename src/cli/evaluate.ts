// relearn evaluate: a saved brain in its world, or in a changed one, over fresh episodes.
import { loadTensors } from '../training/brain.ts';
import { recipeOf } from '../training/run-card.ts';
import { createSession } from '../training/session.ts';
import { readModel } from '../training/snapshot.ts';
import { type Flags, recipeFrom, wholeNumber } from './args.ts';
import { evaluate, kernels, readFile, rivalIn, shownScore } from './runs.ts';

export async function evaluateFile(file: string | undefined, flags: Flags): Promise<void> {
  if (file === undefined) throw new Error('evaluate needs a file: relearn evaluate agent.safetensors');
  const { card, model } = readModel(readFile(file));
  const recipe = recipeFrom(flags, recipeOf(card));
  const session = createSession(recipe, await kernels(), rivalIn(flags));
  const acting = session.actingHead;
  loadTensors(session.brain, model);
  if (!acting || model[`${acting}.output.weight`] === undefined) {
    throw new Error(
      `${file} holds ${Object.keys(model).join(', ')}: no head that acts in ${session.world.title}.`,
    );
  }
  const score = evaluate(session, wholeNumber('episodes', flags.episodes, 100), recipe.seed);
  console.log(`${card.title}: ${shownScore(score)}`);
  if (flags.json) {
    const { world, learner, seed } = recipe;
    const { steps, seconds, fingerprint } = card;
    console.log(
      JSON.stringify({
        world,
        learner,
        seed,
        steps,
        seconds,
        stepsToThreshold: null,
        score,
        fingerprint,
        file,
      }),
    );
  }
}

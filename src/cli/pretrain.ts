// relearn pretrain: remakes every file in pretrained/ from its recipe. Each holds the weights of the run's best
// evaluation and a card that names the command.
import path from 'node:path';
import { encodeSafetensors } from '../core/safetensors.ts';
import { cardMetadata, summaryOf } from '../models/card.ts';
import { diskStore, writeWhole } from '../models/store/disk.ts';
import { fingerprint, loadTensors, modelTensors } from '../training/brain.ts';
import { defaultRecipe, type Recipe } from '../training/recipe.ts';
import { cardOf } from '../training/run-card.ts';
import { createSession } from '../training/session.ts';
import { createProgress } from './progress.ts';
import { evaluate, kernels, runToEnd, shownScore } from './runs.ts';

interface Pretrained {
  readonly id: string;
  readonly title: string;
  readonly recipe: Recipe;
}

const pretrained: readonly Pretrained[] = [
  { id: 'cartpole-ppo', title: 'CartPole, rewarded', recipe: defaultRecipe('cartpole', 'ppo') },
  {
    id: 'cartpole-imitation',
    title: 'CartPole, taught by the expert',
    recipe: defaultRecipe('cartpole', 'imitation'),
  },
  {
    id: 'breakout-ppo',
    title: 'Breakout, rewarded',
    recipe: { ...defaultRecipe('breakout', 'ppo'), knobs: { budget: 10_000_000 } },
  },
  { id: 'digits-classification', title: 'Digits, taught', recipe: defaultRecipe('digits', 'classification') },
  { id: 'digits-autoencoder', title: 'Digits, by looking', recipe: defaultRecipe('digits', 'autoencoder') },
];

export async function pretrain(only: readonly string[]): Promise<void> {
  const factory = await kernels();
  const folder = 'pretrained';
  const unknown = only.find((id) => !pretrained.some((entry) => entry.id === id));
  if (unknown)
    throw new Error(
      `there is no pretrained model "${unknown}"; there are ${pretrained.map((entry) => entry.id).join(', ')}.`,
    );
  const store = diskStore(folder);
  for (const { id, title, recipe } of pretrained) {
    if (only.length > 0 && !only.includes(id)) continue;
    const session = createSession(recipe, factory);
    const { seconds } = runToEnd(session, undefined, createProgress(title));
    loadTensors(session.brain, session.bestModel());
    const score = evaluate(session, 100, recipe.seed);
    const card = {
      ...cardOf(session, {
        title,
        // The date of the recipe, not of the run: the same recipe remakes the same file.
        savedAt: '2026-11-22T00:00:00Z',
        seconds: Math.round(seconds),
        parent: null,
        command: `npm run pretrain -- ${id}`,
      }),
      score,
      fingerprint: fingerprint(session.brain),
    };
    const bytes = encodeSafetensors(modelTensors(session.brain), cardMetadata(card));
    await store.save(summaryOf(id, card, bytes.length), bytes);
    console.log(`${title}: ${session.steps} steps in ${seconds.toFixed(1)} s; ${shownScore(score)}`);
  }
  const made = new Map((await store.list()).map((summary) => [summary.id, summary]));
  const index = pretrained.flatMap(({ id }) => made.get(id) ?? []);
  await writeWhole(path.join(folder, 'index.json'), Buffer.from(`${JSON.stringify(index, null, 2)}\n`));
}

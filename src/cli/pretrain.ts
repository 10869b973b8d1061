// relearn pretrain: remakes every file in pretrained/ from its recipe. Each holds the weights of the run's best
// evaluation and a card that names the command.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { encodeSafetensors } from '../core/safetensors.ts';
import { cardMetadata, isSummary, summaryOf } from '../models/card.ts';
import type { ModelSummary } from '../models/store/store.ts';
import { fingerprint, loadTensors, modelTensors } from '../training/brain.ts';
import { defaultRecipe, type Recipe } from '../training/recipe.ts';
import { cardOf } from '../training/run-card.ts';
import { createSession } from '../training/session.ts';
import { createProgress } from './progress.ts';
import { evaluate, kernels, runToEnd, shownScore } from './runs.ts';
import { writeWhole } from './write.ts';

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
  { id: 'breakout-ppo', title: 'Breakout, rewarded', recipe: defaultRecipe('breakout', 'ppo') },
  { id: 'digits-classification', title: 'Digits, taught', recipe: defaultRecipe('digits', 'classification') },
  { id: 'digits-autoencoder', title: 'Digits, by looking', recipe: defaultRecipe('digits', 'autoencoder') },
];

/** What the index lists already: models that are not remade keep their place. */
function readIndex(file: string): Map<string, ModelSummary> {
  if (!existsSync(file)) return new Map();
  const listed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(
    Array.isArray(listed) ? listed.filter(isSummary).map((summary) => [summary.id, summary]) : [],
  );
}

export async function pretrain(only: readonly string[]): Promise<void> {
  const factory = await kernels();
  const folder = 'pretrained';
  mkdirSync(folder, { recursive: true });
  const unknown = only.find((id) => !pretrained.some((entry) => entry.id === id));
  if (unknown)
    throw new Error(
      `there is no pretrained model "${unknown}"; there are ${pretrained.map((entry) => entry.id).join(', ')}.`,
    );
  const index = readIndex(path.join(folder, 'index.json'));
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
    writeWhole(path.join(folder, `${id}.safetensors`), bytes);
    index.set(id, summaryOf(id, card, bytes.length));
    console.log(`${title}: ${session.steps} steps in ${seconds.toFixed(1)} s; ${shownScore(score)}`);
  }
  const order = pretrained.flatMap(({ id }) => index.get(id) ?? []);
  writeWhole(path.join(folder, 'index.json'), `${JSON.stringify(order, null, 2)}\n`);
}

// relearn pretrain: remakes every file in pretrained/ from its recipe. Each holds the weights of the run's best
// evaluation and a card that names the command.
import path from 'node:path';
import { environmentById, environments } from '../../envs/registry.ts';
import type { KnobValues } from '../core/knobs.ts';
import { encodeSafetensors } from '../core/safetensors.ts';
import { learnerById } from '../learners/registry.ts';
import { cardMetadata, summaryOf } from '../models/card.ts';
import { diskStore, writeWhole } from '../models/store/disk.ts';
import { fingerprint, loadTensors, modelTensors } from '../training/brain.ts';
import { defaultRecipe, type Recipe } from '../training/recipe.ts';
import { recommendedLearner } from '../training/recommended.ts';
import { cardOf } from '../training/run-card.ts';
import { createSession } from '../training/session.ts';
import { createProgress } from './progress.ts';
import { evaluate, kernels, runToEnd, shownScore } from './runs.ts';

interface Pretrained {
  readonly id: string;
  readonly title: string;
  readonly recipe: Recipe;
}

const inWords = { supervised: 'taught', unsupervised: 'by looking', reinforcement: 'rewarded' } as const;

function model(world: string, learner: string, knobs: KnobValues = {}): Pretrained {
  const { title } = environmentById(world);
  return {
    id: `${world}-${learner}`,
    title: `${title}, ${inWords[learnerById(learner).paradigm]}`,
    recipe: { ...defaultRecipe(world, learner), knobs },
  };
}

/** Where the usual budget leaves much to be won. */
const longer: Readonly<Record<string, KnobValues>> = { breakout: { budget: 10_000_000 } };

/** Each world by its usual recipe, and a few more ways. */
const pretrained: readonly Pretrained[] = [
  ...environments.map(({ id }) => model(id, recommendedLearner(id), longer[id])),
  model('cartpole', 'imitation'),
  model('digits', 'autoencoder'),
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
        savedAt: '2026-11-25T00:00:00Z',
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

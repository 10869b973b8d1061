// The card of a run as it stands, for whoever saves it.
import type { Card } from '../models/card.ts';
import { fingerprint } from './brain.ts';
import type { Recipe } from './recipe.ts';
import type { Session } from './session.ts';

export interface CardExtras {
  readonly title: string;
  /** ISO 8601. */
  readonly savedAt: string;
  /** Wall-clock seconds spent training. */
  readonly seconds: number;
  readonly parent: string | null;
  readonly command: string | null;
}

export const cardOf = (session: Session, extras: CardExtras): Card => ({
  format: 'relearn',
  version: 1,
  title: extras.title,
  world: session.recipe.world,
  params: session.recipe.params,
  learner: session.recipe.learner,
  knobs: session.recipe.knobs,
  brain: session.recipe.brain,
  lanes: session.recipe.lanes,
  seed: session.recipe.seed,
  updates: session.updates,
  steps: session.steps,
  seconds: extras.seconds,
  score: session.evaluation,
  fingerprint: fingerprint(session.brain),
  savedAt: extras.savedAt,
  parent: extras.parent,
  command: extras.command,
});

/** The recipe a card was made by: enough to rebuild its network, or to run it again. */
export const recipeOf = (card: Card): Recipe => ({
  world: card.world,
  params: card.params,
  learner: card.learner,
  knobs: card.knobs,
  brain: card.brain,
  lanes: card.lanes,
  seed: card.seed,
});

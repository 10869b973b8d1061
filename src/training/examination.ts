// An examination: honest evaluation of any brain, as its file has it, in any world that it fits. It stands apart from
// every run: a brain of its own, lanes of its own, a stream of its own.
import {
  configured,
  type EnvironmentDef,
  rivalSeat,
  shapeOfWorld,
  type WorldParams,
} from '../../envs/environment.ts';
import { environmentById } from '../../envs/registry.ts';
import { worldParams } from '../../envs/vectorize.ts';
import type { KernelFactory } from '../core/kernels.ts';
import type { KnobValues } from '../core/knobs.ts';
import { createRandom } from '../core/random.ts';
import type { TensorMap } from '../core/safetensors.ts';
import { learners } from '../learners/registry.ts';
import { networkFor, type Taught } from '../learners/trunk.ts';
import type { Card } from '../models/card.ts';
import { type Brain, createBrain, loadTensors, modelTensors } from './brain.ts';
import { createEvaluation, type Evaluation } from './evaluation.ts';
import { checkMemory, knobsFor, worldFor } from './recipe.ts';
import { createRival, type Rival, type RivalModel } from './rival.ts';

export interface ExaminationRequest {
  /** null: the world it was taught in. */
  readonly world: string | null;
  /** Only what differs from the world's own settings; null: as it was taught, or the world's own in another world. */
  readonly params: KnobValues | null;
  readonly episodes: number;
  /** Whether actions are drawn from the policy; otherwise the likeliest is taken. */
  readonly sampled: boolean;
  readonly seed: number;
}

export const mostEpisodes = 10_000;

/** Rows asked at once: the lanes that play side by side. */
const most = 128;

/** Heads that can act, with what teaches them: the learner on the card first, as its head is the one in use. */
function actingHead({ learner }: Card, model: TensorMap): (typeof learners)[number] | undefined {
  const acting = learners.filter(
    ({ acts }) => acts && Object.keys(model).some((name) => name.startsWith(`${acts}.`)),
  );
  return acting.find(({ id }) => id === learner) ?? acting[0];
}

/** Why the file's tensors cannot make `brain`, in a few words; undefined when they do. */
function misfit(brain: Brain, model: TensorMap, copied: readonly string[]): string | undefined {
  const here = modelTensors(brain);
  const name = Object.keys(here).find((one) => !copied.includes(one));
  if (name !== undefined) {
    const had = model[name];
    const needed = `[${here[name]!.shape}] is needed there`;
    return had ? `its ${name} is [${had.shape}], and ${needed}` : `it has no ${name}, and ${needed}`;
  }
  return model['input.mean'] && !here['input.mean']
    ? 'it sees the world through a running mean and variance, and there are none there'
    : undefined;
}

/** The brain on the other side, where the world's settings want a saved one there. */
function rivalFor(
  world: EnvironmentDef,
  params: WorldParams,
  given: RivalModel | undefined,
  kernels: KernelFactory,
): Rival | undefined {
  if (rivalSeat(world, params).by !== 'saved') return undefined;
  if (!given) throw new Error('a saved agent is to be played against, and none was given: choose one.');
  const rival = createRival(world, given.brain, kernels, false);
  const lacking = rival.become(given.tensors);
  if (lacking.length > 0) throw new Error(`the agent to be played against lacks ${lacking.join(', ')}.`);
  return rival;
}

/**
 * @param rival who plays the other side, where the settings want a saved brain there.
 * @throws one sentence when the brain does not fit the world, or does not act.
 */
export function createExamination(
  { card, model }: { readonly card: Card; readonly model: TensorMap },
  { world: id, params: given, episodes, sampled, seed }: ExaminationRequest,
  kernels: KernelFactory,
  rival?: RivalModel,
): { readonly world: EnvironmentDef; readonly evaluation: Evaluation } {
  if (!Number.isInteger(episodes) || episodes < 1 || episodes > mostEpisodes) {
    throw new Error(`episodes is ${episodes}; it must be a whole number from 1 to ${mostEpisodes}.`);
  }
  const target = id ?? card.world;
  const home = environmentById(target);
  const params = worldParams(home, given ?? (target === card.world ? card.params : {}));
  checkMemory(configured(home, params), card.brain);
  const world = worldFor(home, params, card.brain);
  const taught = actingHead(card, model);
  if (!taught?.acts) {
    throw new Error(`"${card.title}" has no head that acts: teach it a policy or classes first.`);
  }
  const shape = shapeOfWorld(world);
  const knobs = knobsFor(card.world, taught.id, taught.id === card.learner ? card.knobs : {});
  const heads: Taught['heads'] = { [taught.acts]: taught.heads(shape, knobs)[taught.acts]! };
  const spec = networkFor(shape, card.brain, [{ heads, apart: taught.apart?.(knobs) ?? [] }]);
  const brain = createBrain(spec, Math.min(most, episodes), kernels);
  const why = misfit(brain, model, loadTensors(brain, model));
  if (why) throw new Error(`"${card.title}" does not fit ${world.title}: ${why}.`);
  const random = createRandom(`examination ${seed}`);
  const other = rivalFor(world, params, rival, kernels);
  const evaluation = createEvaluation(brain, world, params, taught.acts, episodes, random, other, sampled);
  return { world, evaluation };
}

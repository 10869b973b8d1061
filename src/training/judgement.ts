// How good a run is: when it is evaluated, when that counts as solved, and how it stood at its best. An evaluation goes in small
// pieces (`evaluation.ts`) and is drawn from where the run is alone, so that a resumed run begins it again to the same end.
import type { EnvironmentDef, WorldParams } from '../../envs/environment.ts';
import type { RivalPlayer } from '../../envs/vectorize.ts';
import type { Random } from '../core/random.ts';
import type { TensorMap } from '../core/safetensors.ts';
import type { Score } from '../models/card.ts';
import { modelTensors } from './brain.ts';
import { createEvaluation, type Evaluation, scoreOf } from './evaluation.ts';
import { actingHead, type Phase } from './phase.ts';
import type { RunState, SessionSnapshot } from './run-state.ts';
import type { Tally } from './tally.ts';

const quickEpisodes = 20;
/** Episodes that must reach the threshold on average before a run counts as solved. */
export const solvedEpisodes = 100;

type Judged = Pick<RunState, 'nextEvaluation' | 'evaluating' | 'evaluation' | 'stepsToThreshold' | 'best'>;

export interface Judgement {
  state(): Judged;
  /** Weights of the best evaluation so far; empty before the first. */
  bestTensors(): TensorMap;
  /** Whether the next piece of work is an evaluation's; begins the one that is due. */
  due(phase: Phase, tally: Tally): boolean;
  /** One step of it. @returns the score, once that stands. */
  step(phase: Phase, tally: Tally): Score | undefined;
  /** Drops the evaluation in progress; a new one is due at once. */
  startOver(steps: number): void;
}

/**
 * @param random forked for each evaluation, by how far the run is.
 * @param copied whether the brain began with what another had learned.
 * @param saved what a run is taken up from.
 */
export function createJudgement(
  world: EnvironmentDef,
  params: WorldParams,
  rival: RivalPlayer | undefined,
  random: Random,
  copied: boolean,
  saved: SessionSnapshot | undefined,
): Judgement {
  /** Steps of lanes between evaluations: frames are dearer to look at, and long games to play. */
  const dear = (world.observation.shape.length === 3 && !world.labelled) || world.maxSteps > 1000;
  const every = dear ? 20_480 : 2_048;
  let { nextEvaluation = 0, evaluating = 0 } = saved?.state ?? {};
  let { evaluation = null, stepsToThreshold = null, best = null } = saved?.state ?? {};
  let bestTensors: TensorMap = saved?.best ?? {};
  let inProgress: Evaluation | undefined;

  const begin = (episodes: number, phase: Phase, { updates, steps }: Tally): void => {
    const head = actingHead(phase);
    if (!head) return;
    evaluating = episodes;
    const stream = random.fork(`evaluation at ${updates} updates, ${steps} steps, of ${episodes}`);
    inProgress = createEvaluation(phase.brain, world, params, head, episodes, stream, rival);
  };

  const drop = (): void => {
    inProgress = undefined;
    evaluating = 0;
  };

  return {
    state: () => ({ nextEvaluation, evaluating, evaluation, stepsToThreshold, best }),
    bestTensors: () => bestTensors,
    due(phase, tally) {
      if (evaluating > 0 && !inProgress) begin(evaluating, phase, tally);
      if (!inProgress && tally.steps >= nextEvaluation) {
        nextEvaluation = tally.steps + every;
        begin(quickEpisodes, phase, tally);
      }
      return inProgress !== undefined;
    },
    step(phase, tally) {
      if (!inProgress?.step()) return undefined;
      const found = scoreOf(inProgress.returns);
      drop();
      // A quick look that is good enough to be the first is confirmed in full before anything is claimed.
      const good = found.mean >= world.solvedAt;
      if (good && stepsToThreshold === null && found.episodes < solvedEpisodes) {
        begin(solvedEpisodes, phase, tally);
        return undefined;
      }
      evaluation = found;
      // A blank brain may be lucky before it has learned anything; a copied one may rightly need no update.
      const learned = tally.updates > 0 || copied;
      if (good && learned && found.episodes >= solvedEpisodes) stepsToThreshold ??= tally.steps;
      if (phase.def.acts && (!best || found.mean >= best.mean)) {
        best = { mean: found.mean, steps: tally.steps };
        bestTensors = modelTensors(phase.brain);
      }
      return found;
    },
    startOver(steps) {
      drop();
      nextEvaluation = steps;
    },
  };
}

// From one way of learning to another on the same trunk: the phase at work, and those that were left, as plain data.
import { shapeOfWorld, type WorldParams } from '../../envs/environment.ts';
import type { Lanes } from '../../envs/vectorize.ts';
import type { KnobValues } from '../core/knobs.ts';
import { learnerById } from '../learners/registry.ts';
import { loadTensors, modelTensors } from './brain.ts';
import { capturePhase, type Phase, restorePhase } from './phase.ts';
import { checkRecipe, knobsFor, type Recipe } from './recipe.ts';
import type { RunState } from './run-state.ts';

export interface Phases {
  /** The run's recipe, with the learner at work and its knobs. */
  readonly recipe: Recipe;
  readonly current: Phase;
  /**
   * Another way of learning, or the same with other knobs. False where it does not fit the world.
   * Whatever it throws, the run is as it was.
   */
  switchTo(learner: string, knobs: KnobValues): boolean;
  /** Every phase there was, in the order of first use. */
  state(): RunState['phases'];
}

/**
 * @param params the world of the recipe.
 * @param begun phases of a run that is taken up, among them the recipe's own.
 * @param open see `openPhase`; told every learner the brain has heads for, with its knobs.
 */
export function createPhases(
  recipe: Recipe,
  params: WorldParams,
  lanes: Lanes,
  begun: RunState['phases'],
  open: (recipe: Recipe, taught: ReadonlyMap<string, KnobValues>) => Phase,
): Phases {
  let current = recipe;
  let left = new Map(begun);
  const opened = (next: Recipe, before: typeof left): Phase => {
    const taught = new Map([...before].map(([id, { knobs }]) => [id, knobs] as const));
    return open(next, taught.set(next.learner, knobsFor(next.world, next.learner, next.knobs)));
  };
  let phase = opened(current, left);

  return {
    get recipe() {
      return current;
    },
    get current() {
      return phase;
    },
    switchTo(learner, knobs) {
      const next: Recipe = { ...current, learner, knobs };
      checkRecipe(next);
      if (learnerById(learner).unfit(shapeOfWorld(lanes.def))) return false;
      const leaving = new Map(left).set(phase.def.id, capturePhase(phase));
      const drifted = lanes.current;
      try {
        // Each way of learning begins in the world of the recipe, or where its own drift stands.
        lanes.change(params);
        const begun = opened(next, leaving);
        loadTensors(begun.brain, modelTensors(phase.brain));
        const known = leaving.get(learner);
        // A learner taken up again goes on as it was, unless its knobs were changed.
        if (known && JSON.stringify(known.knobs) === JSON.stringify(begun.knobs)) {
          restorePhase(begun, known, true);
          begun.learner.rejoin();
        }
        phase = begun;
      } catch (error) {
        lanes.change(drifted);
        throw error;
      }
      [current, left] = [next, leaving];
      return true;
    },
    state: () => [...new Map(left).set(phase.def.id, capturePhase(phase))],
  };
}

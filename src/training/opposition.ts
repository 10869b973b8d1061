// The other side of a run's world: who sits there, and when a copy of the brain that plays itself is renewed.
import { type EnvironmentDef, type RivalSeat, rivalSeat, type WorldParams } from '../../envs/environment.ts';
import type { KernelFactory } from '../core/kernels.ts';
import { type Brain, modelTensors } from './brain.ts';
import type { Recipe } from './recipe.ts';
import { createRival, type Rival, type RivalModel } from './rival.ts';
import type { RunState, SessionSnapshot } from './run-state.ts';

export interface Opposition {
  /** The brain there; undefined where the world's own rules play. */
  readonly rival: Rival | undefined;
  /** Where the brain plays itself: puts a copy of it as it is now there, if the one before has stood for long enough. */
  renew(brain: Brain, steps: number): void;
  state(): RunState['rival'];
}

/**
 * @param saved what a run is taken up from.
 * @param given the saved agent to play against, where the world's settings ask for one.
 * Throws one sentence where it is missing or cannot play here.
 */
export function createOpposition(
  world: EnvironmentDef,
  params: WorldParams,
  recipe: Recipe,
  kernels: KernelFactory,
  saved: SessionSnapshot | undefined,
  given: RivalModel | undefined,
): Opposition {
  const seat = rivalSeat(world, params);
  const sitting = seated(seat, recipe, saved, given);
  const rival = sitting && createRival(world, sitting.brain, kernels, seat.by === 'itself');
  const lacking = rival?.become(sitting?.tensors ?? {});
  if (seat.by === 'saved' && lacking?.[0] !== undefined) {
    throw new Error(
      `the saved agent cannot play ${world.title}: it lacks "${lacking[0]}", or has it in another shape.`,
    );
  }
  /** Undefined before the first copy. */
  let since = saved?.state.rival?.since;
  return {
    rival,
    renew(brain, steps) {
      if (seat.by !== 'itself' || (since !== undefined && steps - since < seat.every)) return;
      rival?.become(modelTensors(brain));
      since = steps;
    },
    state: () => (sitting ? { brain: sitting.brain, since: since ?? 0 } : null),
  };
}

/** The brain that takes the rival's seat at first; undefined where the world's own rules play it. */
function seated(
  seat: RivalSeat,
  recipe: Recipe,
  saved: SessionSnapshot | undefined,
  given: RivalModel | undefined,
): RivalModel | undefined {
  if (seat.by === 'rules') return undefined;
  const kept = saved?.state.rival;
  if (saved && kept) return { brain: kept.brain, tensors: saved.rival };
  if (seat.by === 'itself') return { brain: recipe.brain, tensors: {} };
  if (!given) throw new Error('a saved agent is to be played against, and none was given: choose one.');
  return given;
}

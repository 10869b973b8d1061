// What an author of a world writes: an MDP over one row of numbers. The row is the whole state (flags and
// counters too); lanes, the clock, auto-reset and the random stream are vectorize.ts's business.
import type { NumberKnob } from '../src/core/knobs.ts';
import type { RandomSource } from '../src/core/random.ts';

export type WorldParams = Readonly<Record<string, number>>;

export interface ObservationSpec {
  /** [size] for a vector, [height, width, channels] for a frame. */
  readonly shape: readonly number[];
  /** Names of the vector's entries, or of the frame's channels. */
  readonly names: readonly string[];
  /** Whether learners should see it through a running mean and variance (physical units: yes; frames: no). */
  readonly normalize: boolean;
  /** Whether most of its numbers are zero: a dense first layer then skips them. */
  readonly sparse?: boolean;
}

export interface ActionSpec {
  readonly kind: 'discrete';
  /** What each action does, in a word: 'left', 'right', ... The index is the action. */
  readonly names: readonly string[];
  /** Keyboard key (KeyboardEvent.key) for each action; null: the action taken when no key is held. */
  readonly keys: readonly (string | null)[];
}

/** A changed twin of a world, for transfer. */
export interface Variant<P> {
  readonly id: string;
  readonly title: string;
  readonly params: Partial<P>;
}

export interface EnvironmentDef<P extends WorldParams = WorldParams> {
  readonly id: string;
  readonly title: string;
  /** Two or three sentences: what it is, what makes it hard, what it teaches. */
  readonly story: string;
  /** Names of the row's numbers; the row handed to reset/step/... has exactly this length. */
  readonly state: readonly string[];
  readonly observation: ObservationSpec;
  readonly action: ActionSpec;
  /** The clock: an episode is truncated after this many steps. */
  readonly maxSteps: number;
  /** Mean return over 100 episodes that counts as solved. */
  readonly solvedAt: number;
  /** Sensible [low, high] of the return, for charts. */
  readonly returnRange: readonly [number, number];
  /** Real-time rate: how many steps make one second of play. */
  readonly stepsPerSecond: number;
  readonly params: { readonly [K in keyof P]: NumberKnob };
  readonly variants: readonly Variant<P>[];
  /** True where the expert's answer is the known label of what is seen: a dataset-like world. */
  readonly labelled: boolean;

  reset(s: Float64Array, random: RandomSource, p: P): void;
  /** Moves s by one step, returns the reward. */
  step(s: Float64Array, action: number, random: RandomSource, p: P): number;
  /** Nature only; the clock is not asked here. */
  terminated(s: Float64Array, p: P): boolean;
  /** Writes the observation to obs[at...], exactly as many numbers as its shape says. */
  observe(s: Float64Array, obs: Float32Array, at: number, p: P): void;
  /** The right (or a good) action in this state, where one is known. */
  expert?(s: Float64Array, p: P): number;
}

/** What a learner may know of a world before it begins. */
export interface WorldShape {
  readonly id: string;
  readonly observation: ObservationSpec;
  readonly action: ActionSpec;
  readonly labelled: boolean;
  readonly hasExpert: boolean;
}

export const shapeOfWorld = (def: EnvironmentDef): WorldShape => ({
  id: def.id,
  observation: def.observation,
  action: def.action,
  labelled: def.labelled,
  hasExpert: def.expert !== undefined,
});

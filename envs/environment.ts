// What an author of a world writes: an MDP over one row of numbers. The row is the whole state (flags and
// counters too); lanes, the clock, auto-reset and the random stream are vectorize.ts's business.
import type { ChoiceKnob, Knob, KnobValues, NumberKnob } from '../src/core/knobs.ts';
import type { RandomSource } from '../src/core/random.ts';

/** Every setting's value: numbers, a choice's word, or the text of something drawn. */
export type WorldParams = KnobValues;

export interface ObservationSpec {
  /**
   * [size] for a vector, [height, width, channels] for a frame, [count, size] for a list of things: the first is the one that
   * acts or asks, and the first number of each says whether it is there (1) or its place is empty (0, and so are the others).
   */
  readonly shape: readonly number[];
  /** Names of the vector's entries, of the frame's channels, or of the numbers of each thing. */
  readonly names: readonly string[];
  /**
   * Where what is seen is remembered: the shape is [steps, size], the last so many observations with the oldest first, as lanes
   * hand them out. The world itself goes on writing the present one alone, `size` numbers that `names` names.
   */
  readonly steps?: number;
  /** Of a list: what each place holds, in a word or two. */
  readonly things?: readonly string[];
  /** Whether learners should see it through a running mean and variance (physical units: yes; frames: no). */
  readonly normalize: boolean;
  /** Whether most of its numbers are zero: a dense first layer then skips them. */
  readonly sparse?: boolean;
}

export interface DiscreteActions {
  readonly kind: 'discrete';
  /** What each action does, in a word: 'left', 'right', ... The index is the action. */
  readonly names: readonly string[];
  /** Keyboard key (KeyboardEvent.key) for each action; null: the action taken when no key is held. */
  readonly keys: readonly (string | null)[];
}

/** One number of a continuous action. */
export interface ActionAxis {
  readonly name: string;
  /** Unit of the number; '' for pure numbers. */
  readonly unit: string;
  /** What the world can do; more is cut off before the world sees it. */
  readonly low: number;
  readonly high: number;
  /** Keys that ask for `low` and for `high`; without either the middle is asked for. */
  readonly keys: readonly [low: string, high: string];
  /** What these two keys do, in a word. */
  readonly does: readonly [low: string, high: string];
}

export interface ContinuousActions {
  readonly kind: 'continuous';
  readonly axes: readonly ActionAxis[];
}

export type ActionSpec = DiscreteActions | ContinuousActions;

/** A changed twin of a world, for transfer. */
export interface Variant<P> {
  readonly id: string;
  readonly title: string;
  readonly params: Partial<P>;
}

type KnobFor<V> = V extends number ? NumberKnob : Exclude<Knob, NumberKnob>;

/** What the settings of a world change of its description. */
export interface Configured<A extends ActionSpec> {
  readonly action?: A;
  readonly maxSteps?: number;
  readonly observation?: ObservationSpec;
  readonly forbidden?: Forbidden;
}

/**
 * For every choice the places in the observation that rule it out where their number is above 0 (see `core/layers/mask.ts`); a policy
 * then never takes it while another is left.
 */
export type Forbidden = readonly (readonly number[])[];

/**
 * Observations of states in which nobody stands, that are worth showing a brain: every cell of a map, a plane of points.
 * A picture of what it would do and expect there is made from its answers.
 */
export interface Probes<P extends WorldParams = WorldParams> {
  /** At most `mostProbes`; only settings decide it. */
  count(p: P): number;
  /** Writes observation `i` to obs[at...]. @param s the lane that is looked at. */
  write(i: number, obs: Float32Array, at: number, p: P, s: Float64Array): void;
}

/** Places in which a lane can be, few enough to count how often each was come to. */
export interface Places<P extends WorldParams = WorldParams> {
  /** What they are, in one word: 'cells'. */
  readonly name: string;
  /** Numbers from 0 that `of` may give; only settings decide it. */
  count(p: P): number;
  /** How many of them one can ever be in. */
  reachable(p: P): number;
  /** Where the lane is as it stands. */
  of(s: Float64Array, p: P): number;
}

/** A plane of 48 x 48 points; more would slow the run that is being watched. */
export const mostProbes = 2304;

/** What a brain says of a world's probes, in their order. */
export interface ProbeAnswers {
  readonly count: number;
  /** [count, actions]: probabilities of the choices, or the numbers it would ask for; empty without a policy. */
  readonly outputs: Float32Array;
  /** [count], in units of return; empty without a value head. */
  readonly values: Float32Array;
}

/** How a person shows the brain something of their own that the world might have shown. */
export interface Sketch<P extends WorldParams = WorldParams> {
  /** What to draw, in a word or two: 'a digit'. */
  readonly what: string;
  /** As the world's `observe`: what it would see of these lines of a pen, x0, y0, x1, y1, ... each, in a unit square, y down. */
  observe(lines: readonly (readonly number[])[], obs: Float32Array, at: number, p: P): void;
}

/** Who plays the other side of a world with certain settings. */
export type RivalSeat =
  | { readonly by: 'rules' }
  /** The brain that learns, as it was when its copy was last taken; taken anew after that many steps of lanes. */
  | { readonly by: 'itself'; readonly every: number }
  /** A brain that was saved. */
  | { readonly by: 'saved' };

/** The other side of a world, which sees and acts as the learner's own does, so that a brain or a person can play it. */
export interface Rival<P extends WorldParams = WorldParams> {
  /** What it moves, in words: 'left paddle'. */
  readonly title: string;
  /** As `DiscreteActions.keys`, for a second person at the same keyboard. */
  readonly keys: DiscreteActions['keys'];
  /** Settings of the world with which a brain that plays itself is tested: beating oneself says nothing. */
  readonly yardstick: WorldParams;
  seat(p: P): RivalSeat;
  /** As the world's `observe`, from the other side. */
  observe(s: Float64Array, obs: Float32Array, at: number, p: P): void;
  /** As the world's `step`, with what the other side does instead of what the rules would. */
  step(s: Float64Array, action: number, theirs: number, random: RandomSource, p: P): number;
}

/** Something that is true of a state and worth knowing, to be asked of what a brain has made of it: 'ball x'. */
export interface Fact {
  readonly name: string;
  /** @param s a row of the world's numbers. */
  of(s: Float64Array): number;
}

interface AnyWorld<P extends WorldParams, A extends ActionSpec> {
  readonly id: string;
  readonly title: string;
  /** Two or three sentences: what it is, what makes it hard, what it teaches. */
  readonly story: string;
  /** Names of the row's numbers; the row handed to reset/step/... has exactly this length. */
  readonly state: readonly string[];
  readonly observation: ObservationSpec;
  readonly action: A;
  /** The clock: an episode is truncated after this many steps. */
  readonly maxSteps: number;
  /** Mean return over 100 episodes that counts as solved. */
  readonly solvedAt: number;
  /** Sensible [low, high] of the return, for charts. */
  readonly returnRange: readonly [number, number];
  /** Real-time rate: how many steps make one second of play. */
  readonly stepsPerSecond: number;
  readonly params: { readonly [K in keyof P]: KnobFor<P[K]> };
  readonly variants: readonly Variant<P>[];
  /** True where the expert's answer is the known label of what is seen: a dataset-like world. */
  readonly labelled: boolean;
  readonly probes?: Probes<P>;
  readonly facts?: readonly Fact[];
  readonly places?: Places<P>;
  /** Changes an observation at obs[at...] in place to another one with the same answer, for learners that ask for more than was seen. */
  augment?(obs: Float32Array, at: number, random: RandomSource): void;
  readonly sketch?: Sketch<P>;
  /** Where settings ask for it (see `configure`). */
  readonly forbidden?: Forbidden;

  /** Where settings change which actions there are, or the clock. */
  configure?(p: P): Configured<A>;
  reset(s: Float64Array, random: RandomSource, p: P): void;
  /** Nature only; the clock is not asked here. */
  terminated(s: Float64Array, p: P): boolean;
  /** Writes the observation to obs[at...], exactly as many numbers as its shape says. */
  observe(s: Float64Array, obs: Float32Array, at: number, p: P): void;
}

/** A world in which one of a few things is done at each step. */
export interface DiscreteWorld<P extends WorldParams = WorldParams> extends AnyWorld<P, DiscreteActions> {
  /** Moves s by one step, returns the reward. */
  step(s: Float64Array, action: number, random: RandomSource, p: P): number;
  /** The right (or a good) action in this state, where one is known. */
  expert?(s: Float64Array, p: P): number;
  /** Where somebody else can play against the learner. */
  readonly rival?: Rival<P>;
}

/** A world that is steered by numbers, one an axis. */
export interface ContinuousWorld<P extends WorldParams = WorldParams> extends AnyWorld<P, ContinuousActions> {
  /** Moves s by one step, returns the reward. Every number of `action` is within its axis. */
  step(s: Float64Array, action: Float64Array, random: RandomSource, p: P): number;
  /** Writes the right (or a good) action in this state, where one is known. */
  expert?(s: Float64Array, action: Float64Array, p: P): void;
}

export type EnvironmentDef<P extends WorldParams = WorldParams> = DiscreteWorld<P> | ContinuousWorld<P>;

export const isContinuous = (def: EnvironmentDef): def is ContinuousWorld => def.action.kind === 'continuous';

/** The other side of a world that has one. */
export const rivalOf = (def: EnvironmentDef): Rival | undefined =>
  isContinuous(def) ? undefined : def.rival;

export const rivalSeat = (def: EnvironmentDef, params: WorldParams): RivalSeat =>
  rivalOf(def)?.seat(params) ?? { by: 'rules' };

/** What the outputs of a policy stand for, in words. */
export const actionNames = (action: ActionSpec): readonly string[] =>
  action.kind === 'discrete' ? action.names : action.axes.map(({ name }) => name);

/** How many numbers one action is. */
export const actionSize = (action: ActionSpec): number =>
  action.kind === 'discrete' ? 1 : action.axes.length;

/** The world as its settings make it: with the actions and the clock that it has with them. */
export const configured = (def: EnvironmentDef, params: WorldParams): EnvironmentDef =>
  ({ ...def, ...def.configure?.(params) }) as EnvironmentDef;

/** A world's changed twins in their order, before them the world as it usually is. */
export const twinsOf = (def: EnvironmentDef): readonly Variant<WorldParams>[] => [
  { id: 'usual', title: 'the usual settings', params: usualParams(def) },
  ...def.variants,
];

const usualParams = (def: EnvironmentDef): WorldParams =>
  Object.fromEntries(Object.entries(def.params).map(([name, knob]) => [name, knob.default]));

/**
 * Settings on the way from some to others: numbers in proportion, by their increments; words and drawings change half-way.
 * @param share how far, 0 to 1; at 0 `from` itself, at 1 `to` itself.
 */
export function paramsBetween(
  def: EnvironmentDef,
  from: WorldParams,
  to: WorldParams,
  share: number,
): WorldParams {
  if (share <= 0) return from;
  if (share >= 1) return to;
  return Object.fromEntries(
    Object.entries(def.params).map(([name, knob]) => {
      const [a, b] = [from[name]!, to[name]!];
      if (a === b || knob.kind !== 'number') return [name, share < 0.5 ? a : b];
      const value = Number(a) + share * (Number(b) - Number(a));
      const step = knob.step ?? 0;
      return [name, step > 0 ? Math.round(value / step) * step : value];
    }),
  );
}

/** Whether the last few observations of a world can be handed out as one row: each is a vector, and one leads to the next. */
export const canRemember = ({
  observation,
  labelled,
}: Pick<WorldShape, 'observation' | 'labelled'>): boolean =>
  !labelled && (observation.shape.length === 1 || observation.steps !== undefined);

/** The world for a brain that sees its last `steps` observations at once; as it is where that is 0. */
export function remembering(def: EnvironmentDef, steps: number): EnvironmentDef {
  if (steps === 0) return def;
  const back = (observation: ObservationSpec): ObservationSpec => ({
    ...observation,
    shape: [steps, observation.shape[0]!],
    steps,
  });
  const { probes } = def;
  const size = (p: WorldParams): number => configured(def, p).observation.shape[0]!;
  return {
    ...def,
    observation: back(def.observation),
    configure: (p: WorldParams) => {
      const changed = def.configure?.(p);
      return changed?.observation ? { ...changed, observation: back(changed.observation) } : { ...changed };
    },
    // Where nobody stands nobody has come to either: it is as if one had stood there for ever.
    ...(probes && {
      probes: {
        ...probes,
        write(i: number, obs: Float32Array, at: number, p: WorldParams, s: Float64Array) {
          probes.write(i, obs, at, p, s);
          for (let t = 1, n = size(p); t < steps; t++) obs.copyWithin(at + t * n, at, at + n);
        },
      },
    }),
  } as EnvironmentDef;
}

/** How many numbers a world shows at a time. */
export const numbersSeen = ({ shape, steps }: ObservationSpec): number =>
  shape.reduce((a, b) => a * b, 1) / (steps ?? 1);

/** Whether speeds are among what is seen; a world of one moment alone does not tell them. */
export const velocitiesKnob = (whose: string): ChoiceKnob => ({
  kind: 'choice',
  label: 'Velocities',
  default: 'seen',
  options: ['seen', 'hidden'],
  help: `Hidden: only positions are shown, and the speed of ${whose} has to be told from what came before. Give the brain a memory.`,
});

/** A weight of one part of the reward. At 1 (its default) the reward is the world's own. */
export const rewardKnob = (label: string, help: string): NumberKnob => ({
  kind: 'number',
  label,
  default: 1,
  min: 0,
  max: 5,
  step: 0.1,
  unit: '×',
  part: 'reward',
  help,
});

/** What a learner may know of a world before it begins. */
export interface WorldShape {
  readonly id: string;
  readonly observation: ObservationSpec;
  readonly action: ActionSpec;
  readonly labelled: boolean;
  readonly hasExpert: boolean;
  /** Whether it can change what is seen without changing the answer. */
  readonly augments: boolean;
  readonly forbidden?: Forbidden | undefined;
}

export const shapeOfWorld = (def: EnvironmentDef): WorldShape => ({
  id: def.id,
  observation: def.observation,
  action: def.action,
  labelled: def.labelled,
  hasExpert: def.expert !== undefined,
  augments: def.augment !== undefined,
  forbidden: def.forbidden,
});

// Many lanes of one world, stepped together. Owns what an author should not have to: the clock, auto-reset,
// the final observation of an episode, each lane's random stream. Lanes are processed in order, so a run's
// arithmetic does not depend on how many there are.
import { resolveKnobs } from '../src/core/knobs.ts';
import { type Random, type RandomSource, rowRandom } from '../src/core/random.ts';
import {
  actionSize,
  configured,
  type EnvironmentDef,
  isContinuous,
  numbersSeen,
  rivalOf,
  type WorldParams,
} from './environment.ts';
import { type Look, type Seeing, seeingBack, seeingNow } from './seeing.ts';

/** Numbers kept at the end of every lane's row, behind a world's own and what a brain with memory has seen. */
export const bookkeeping = ['elapsed', 'episodeReturn', 'randomState'] as const;

export interface Lanes {
  /** As its settings make it. */
  readonly def: EnvironmentDef;
  /** What a run's recipe says, whatever the world has become since. */
  readonly params: WorldParams;
  /** The settings as they are now: `params`, until somebody changes them. */
  readonly current: WorldParams;
  readonly count: number;
  /** Numbers per row: the world's state, what is remembered of it, then `bookkeeping`. */
  readonly stride: number;
  /** [count, stride]: the whole state of every lane. Copying it is a snapshot. */
  readonly rows: Float64Array;
  readonly observationSize: number;
  /** [count, observationSize] as of now (after auto-reset). */
  readonly observations: Float32Array;
  /** [count, observationSize]: the last observation of the episode, valid where `ended` is 1. */
  readonly finalObservations: Float32Array;
  readonly rewards: Float64Array;
  /** 1 where the last step ended by nature. */
  readonly terminated: Uint8Array;
  /** 1 where the last step ended by the clock alone. */
  readonly truncated: Uint8Array;
  /** Return of the episode that the last step ended, valid where it ended. */
  readonly finishedReturns: Float64Array;
  readonly finishedLengths: Float64Array;
  /**
   * How often each of the world's places was come to since the lanes were made, by beginning there or by a step; empty where it has
   * none. No rule reads it.
   */
  readonly visits: Float64Array;
  /** Starts every lane afresh, each from its own stream forked from `random`. */
  resetAll(random: Random): void;
  /** Numbers per action: 1 where it is an index. */
  readonly actionSize: number;
  /** One step of every lane, by actions[count, actionSize]; lanes that end are reset at once. */
  step(actions: ArrayLike<number>): void;
  /** Writes the expert's action for one lane as it stands to actions[at...]; throws where the world has none. */
  expert(lane: number, actions: Float32Array, at: number): void;
  /** Rewrites observations from rows, after rows were restored or settings changed. */
  refresh(): void;
  /**
   * Other settings from the next step on: a world that drifts. They must leave actions and observations of the size that they have.
   * Not part of the rows: whoever changes settings keeps how far it went.
   */
  change(params: WorldParams): void;
}

/** The world's own numbers of a lane's row, without what is remembered and the bookkeeping. */
export const stateOf = ({ def, rows, stride }: Lanes, lane: number): Float64Array =>
  rows.subarray(lane * stride, lane * stride + def.state.length);

/** What a lane sees at this moment: of a brain with memory, the newest observation alone. */
export function seenNow({ def, observations, observationSize }: Lanes, lane: number): Float32Array {
  const end = (lane + 1) * observationSize;
  return observations.subarray(end - numbersSeen(def.observation), end);
}

export const worldParams = (def: EnvironmentDef, given: Readonly<Record<string, unknown>>): WorldParams =>
  resolveKnobs(def.params, given, def.title);

/** Whoever plays the rival in all lanes. */
export interface RivalPlayer {
  /** Told before every step what the rival sees, [count, observationSize]. */
  look(observations: Float32Array, count: number): void;
  /** What it does in that lane; `random` is the lane's own stream. */
  choose(lane: number, random: RandomSource): number;
}

/** Carries out a lane's action on its row, and asks the expert for one, whatever kind the world is. */
function controlsOf(def: EnvironmentDef, random: RandomSource, opponent: RivalPlayer | undefined) {
  const noExpert = (): never => {
    throw new Error(`${def.title} has no expert to imitate.`);
  };
  if (!isContinuous(def)) {
    const { rival } = def;
    return {
      step: (s: Float64Array, actions: ArrayLike<number>, lane: number, params: WorldParams): number =>
        rival && opponent
          ? rival.step(s, actions[lane]!, opponent.choose(lane, random), random, params)
          : def.step(s, actions[lane]!, random, params),
      expert(s: Float64Array, actions: Float32Array, at: number, params: WorldParams): void {
        actions[at] = def.expert ? def.expert(s, params) : noExpert();
      },
    };
  }
  const { axes } = def.action;
  const action = new Float64Array(axes.length);
  return {
    step(s: Float64Array, actions: ArrayLike<number>, lane: number, params: WorldParams): number {
      const at = lane * axes.length;
      for (let d = 0; d < axes.length; d++) {
        action[d] = Math.min(Math.max(actions[at + d]!, axes[d]!.low), axes[d]!.high);
      }
      return def.step(s, action, random, params);
    },
    expert(s: Float64Array, actions: Float32Array, at: number, params: WorldParams): void {
      if (!def.expert) noExpert();
      def.expert?.(s, action, params);
      actions.set(action, at);
    },
  };
}

/** @param opponent plays the rival, where the world has one; left out, the world's own rules do. */
export function createLanes(
  world: EnvironmentDef,
  params: WorldParams,
  count: number,
  opponent?: RivalPlayer,
): Lanes {
  const def = configured(world, params);
  const own = def.state.length;
  const width = actionSize(def.action);
  const { steps } = def.observation;
  const once = numbersSeen(def.observation);
  const size = once * (steps ?? 1);
  const rival = opponent && rivalOf(def);
  const kept = steps === undefined ? 0 : size * (rival ? 2 : 1);
  const stride = own + kept + bookkeeping.length;
  const [elapsedAt, returnAt, randomAt] = [own + kept, own + kept + 1, own + kept + 2] as const;
  const rows = new Float64Array(count * stride);
  const states = Array.from({ length: count }, (_, i) => rows.subarray(i * stride, i * stride + own));
  const random = rowRandom();
  const controls = controlsOf(def, random, opponent);
  const { places } = def;
  const visits = new Float64Array(places?.count(params) ?? 0);
  let current = params;
  /** @param at where the window of a brain with memory stands in a row. */
  const seeing = (observe: EnvironmentDef['observe'], at: number): Seeing => {
    const now: Look = (lane, target, to) => observe(states[lane]!, target, to, current);
    return steps === undefined ? seeingNow(now) : seeingBack(now, rows, stride, at, steps, once);
  };
  const mine = seeing(def.observe, own);
  const theirs = rival && seeing(rival.observe, own + size);
  const seen = new Float32Array(rival ? count * size : 0);
  const lanes: Lanes = {
    def,
    params,
    get current() {
      return current;
    },
    count,
    stride,
    actionSize: width,
    rows,
    observationSize: size,
    observations: new Float32Array(count * size),
    finalObservations: new Float32Array(count * size),
    rewards: new Float64Array(count),
    terminated: new Uint8Array(count),
    truncated: new Uint8Array(count),
    finishedReturns: new Float64Array(count),
    finishedLengths: new Float64Array(count),
    visits,

    resetAll(seeds) {
      // Some numbers outlive an episode (a sticky action); none may outlive this.
      rows.fill(0);
      for (let i = 0; i < count; i++) {
        const base = i * stride;
        rows[base + randomAt] = seeds.fork(`lane ${i}`).integer(4294967296);
        resetLane(i);
      }
    },

    step(actions) {
      if (theirs) {
        for (let i = 0; i < count; i++) theirs.write(i, seen, i * size);
        opponent?.look(seen, count);
      }
      for (let i = 0; i < count; i++) {
        const base = i * stride;
        const s = states[i]!;
        random.bind(rows, base + randomAt);
        const reward = controls.step(s, actions, i, current);
        const elapsed = rows[base + elapsedAt]! + 1;
        rows[base + elapsedAt] = elapsed;
        const sum = rows[base + returnAt]! + reward;
        rows[base + returnAt] = sum;
        if (places) note(places.of(s, current));
        const ended = def.terminated(s, current);
        const late = !ended && elapsed >= def.maxSteps;
        lanes.rewards[i] = reward;
        lanes.terminated[i] = ended ? 1 : 0;
        lanes.truncated[i] = late ? 1 : 0;
        mine.move(i);
        theirs?.move(i);
        if (ended || late) {
          lanes.finishedReturns[i] = sum;
          lanes.finishedLengths[i] = elapsed;
          mine.write(i, lanes.finalObservations, i * size);
          resetLane(i);
        } else {
          mine.write(i, lanes.observations, i * size);
        }
      }
    },

    expert: (lane, actions, at) => controls.expert(states[lane]!, actions, at, current),

    refresh() {
      for (let i = 0; i < count; i++) mine.write(i, lanes.observations, i * size);
    },

    change(next) {
      current = next;
    },
  };

  function note(place: number): void {
    visits[place] = visits[place]! + 1;
  }

  function resetLane(i: number): void {
    const base = i * stride;
    random.bind(rows, base + randomAt);
    def.reset(states[i]!, random, current);
    if (places) note(places.of(states[i]!, current));
    rows[base + elapsedAt] = 0;
    rows[base + returnAt] = 0;
    mine.begin(i);
    theirs?.begin(i);
    mine.write(i, lanes.observations, i * size);
  }
  return lanes;
}

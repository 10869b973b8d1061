// A person plays: one lane of the world, in real time, on the page's own thread. What they saw and did is
// recorded and can become what the brain is taught.
import { signal } from '@preact/signals';
import {
  type ActionSpec,
  type DiscreteActions,
  type EnvironmentDef,
  rivalOf,
} from '../../../envs/environment.ts';
import { createLanes, type Lanes, type RivalPlayer, seenNow, worldParams } from '../../../envs/vectorize.ts';
import { bookkeepingAt, type ViewFrame } from '../../../envs/view.ts';
import { createRandom } from '../../core/random.ts';
import type { Recording } from '../../learners/recording.ts';
import { messageOf, sentence } from '../format.ts';
import { onTick } from '../ticker.ts';
import { brainAsRival, opponent } from './opponent.ts';
import { opened, report, say, standingWorld } from './page.ts';

export interface Play {
  /** 'ready' waits for the first key, 'playing' moves, 'done' offers what was recorded. */
  readonly phase: 'off' | 'ready' | 'playing' | 'done';
  readonly steps: number;
  readonly games: number;
  readonly now: number;
  readonly best: number;
}

const off: Play = { phase: 'off', steps: 0, games: 0, now: 0, best: Number.NaN };
export const play = signal<Play>(off);
/** Half speed is easier on the hands; the world's own rate is the honest one. */
export const pace = signal(1);

/** One thing a person can press: a choice, or one end of an axis. */
export interface Button {
  readonly key: string;
  readonly does: string;
}

const choiceButtons = (names: readonly string[], keys: DiscreteActions['keys']): readonly (Button | null)[] =>
  names.map((does, i) => {
    const key = keys[i] ?? null;
    return key === null ? null : { key, does };
  });

/** The buttons of a world; where nothing is asked for without a key, that is no button. */
export const buttonsOf = (spec: ActionSpec): readonly (Button | null)[] =>
  spec.kind === 'discrete'
    ? choiceButtons(spec.names, spec.keys)
    : spec.axes.flatMap(({ keys, does }) => [
        { key: keys[0], does: does[0] },
        { key: keys[1], does: does[1] },
      ]);

/** The buttons of a second person, who moves the other side; they are counted on after the first person's. */
export function rivalButtons(def: EnvironmentDef): readonly (Button | null)[] {
  const rival = rivalOf(def);
  return rival && def.action.kind === 'discrete' ? choiceButtons(def.action.names, rival.keys) : [];
}

const mostSteps = 20_000;
const held = new Set<number>();
export const heldButtons = signal<ReadonlySet<number>>(held);
let lanes: Lanes | null = null;
let buttons: readonly (Button | null)[] = [];
let action: Float32Array = new Float32Array(1);
let owed = 0;
let last = 0;
let lastReturn = Number.NaN;
let observations: Float32Array[] = [];
let actions: Float32Array[] = [];
let stopTicking: (() => void) | null = null;

/** The choice whose button among those from `from` on was pressed last and is still held. */
const heldChoice = (from: number, choices: number): number | undefined => {
  const last = [...held].filter((which) => which >= from && which < from + choices).at(-1);
  return last === undefined ? undefined : last - from;
};

/** What the held buttons ask for. Without any: the world's own idle choice, or the last one, or the middle of an axis. */
function asked(spec: ActionSpec): Float32Array {
  if (spec.kind === 'discrete') {
    const none = spec.keys.indexOf(null);
    return Float32Array.of(heldChoice(0, spec.names.length) ?? (none >= 0 ? none : action[0]!));
  }
  return Float32Array.from(spec.axes, ({ low, high }, d) => {
    const [toLow, toHigh] = [held.has(2 * d), held.has(2 * d + 1)];
    return toLow === toHigh ? (low + high) / 2 : toLow ? low : high;
  });
}

/** A second person: what their buttons ask for. */
const secondPerson = (def: EnvironmentDef): RivalPlayer => ({
  look: () => undefined,
  choose: () => {
    const { action } = def;
    const choices = action.kind === 'discrete' ? action.names.length : 0;
    return heldChoice(choices, choices) ?? Math.max(0, rivalOf(def)?.keys.indexOf(null) ?? 0);
  },
});

async function opponentIn(def: EnvironmentDef): Promise<RivalPlayer | undefined> {
  if (!rivalOf(def) || opponent.value === 'rules') return undefined;
  return opponent.value === 'person' ? secondPerson(def) : brainAsRival(def);
}

export async function startPlay(): Promise<void> {
  const def = standingWorld.value;
  let other: RivalPlayer | undefined;
  try {
    other = await opponentIn(def);
  } catch (problem) {
    report({ region: 'world', text: sentence(messageOf(problem)), command: null, tensor: null });
  }
  lanes = createLanes(def, worldParams(def, opened.value?.recipe.params ?? {}), 1, other);
  lanes.resetAll(createRandom(`play ${Date.now()}`));
  observations = [];
  actions = [];
  held.clear();
  buttons = [...buttonsOf(lanes.def.action), ...(opponent.value === 'person' ? rivalButtons(def) : [])];
  action = asked(lanes.def.action);
  [owed, lastReturn] = [0, Number.NaN];
  play.value = { ...off, phase: 'ready' };
  last = performance.now();
  stopTicking ??= onTick(60, tick);
  say(`Your turn in ${def.title}. It begins with your first key.`);
}

export function stopPlay(): void {
  stopTicking?.();
  stopTicking = null;
  held.clear();
  play.value = { ...play.value, phase: actions.length > 0 ? 'done' : 'off' };
}

export function leavePlay(): void {
  stopTicking?.();
  stopTicking = null;
  lanes = null;
  play.value = off;
}

export function press(which: number, down: boolean): void {
  if (down) held.add(which);
  else held.delete(which);
  heldButtons.value = new Set(held);
  if (down && play.value.phase === 'ready') {
    last = performance.now();
    play.value = { ...play.value, phase: 'playing' };
  }
}

/** The button a key means in this world, or -1. */
export const buttonOfKey = (key: string): number => {
  const name = key.length === 1 ? key.toLowerCase() : key;
  return buttons.findIndex((button) => button?.key === name);
};

function tick(now: number): void {
  if (!lanes || play.value.phase !== 'playing') return;
  const seconds = Math.min((now - last) / 1000, 0.25);
  last = now;
  owed += seconds * lanes.def.stepsPerSecond * pace.value;
  let { games, best } = play.value;
  while (owed >= 1) {
    owed--;
    action = asked(lanes.def.action);
    observations.push(lanes.observations.slice());
    actions.push(action);
    lanes.step(action);
    if (lanes.terminated[0] === 1 || lanes.truncated[0] === 1) {
      games++;
      lastReturn = lanes.finishedReturns[0]!;
      best = Math.max(Number.isNaN(best) ? Number.NEGATIVE_INFINITY : best, lastReturn);
    }
    if (actions.length >= mostSteps) {
      stopPlay();
      return;
    }
  }
  const score = lanes.rows[bookkeepingAt(lanes.stride, 'episodeReturn')]!;
  play.value = { phase: 'playing', steps: actions.length, games, now: score, best };
}

export function recording(): Recording | null {
  if (!lanes || actions.length === 0) return null;
  const rows = new Float32Array(actions.length * lanes.observationSize);
  observations.forEach((row, i) => {
    rows.set(row, i * lanes!.observationSize);
  });
  return {
    world: lanes.def.id,
    size: lanes.observationSize,
    observations: rows,
    actions: Float32Array.from(actions.flatMap((one) => [...one])),
  };
}

/** What the stage is to draw while a person plays. */
export function playFrame(): Pick<
  ViewFrame,
  | 'rows'
  | 'lanes'
  | 'stride'
  | 'hero'
  | 'observation'
  | 'action'
  | 'probabilities'
  | 'deviations'
  | 'value'
  | 'lastReturn'
  | 'params'
> | null {
  if (!lanes || play.value.phase === 'off' || play.value.phase === 'done') return null;
  return {
    rows: lanes.rows,
    lanes: 1,
    stride: lanes.stride,
    hero: lanes.rows,
    observation: seenNow(lanes, 0),
    action,
    probabilities: new Float32Array(0),
    deviations: new Float32Array(0),
    value: Number.NaN,
    lastReturn,
    params: lanes.params,
  };
}

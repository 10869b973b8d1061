// A person plays: one lane of the world, in real time, on the page's own thread. What they saw and did is
// recorded and can become what the brain is taught.
import { signal } from '@preact/signals';
import { createLanes, type Lanes, worldParams } from '../../../envs/vectorize.ts';
import type { ViewFrame } from '../../../envs/view.ts';
import { createRandom } from '../../core/random.ts';
import type { Recording } from '../../learners/recording.ts';
import { onTick } from '../ticker.ts';
import { opened, say, standingWorld } from './page.ts';

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

const mostSteps = 20_000;
const held = new Set<number>();
export const heldActions = signal<ReadonlySet<number>>(held);
let lanes: Lanes | null = null;
let action = 0;
let owed = 0;
let last = 0;
let lastReturn = Number.NaN;
let observations: Float32Array[] = [];
let actions: number[] = [];
let stopTicking: (() => void) | null = null;

/** The action taken when no key is held: the world's own, or else the last one goes on counting. */
const idle = (): number => {
  const none = lanes?.def.action.keys.indexOf(null) ?? -1;
  return none >= 0 ? none : action;
};

export function startPlay(): void {
  const def = standingWorld.value;
  lanes = createLanes(def, worldParams(def, opened.value?.recipe.params ?? {}), 1);
  lanes.resetAll(createRandom(`play ${Date.now()}`));
  observations = [];
  actions = [];
  held.clear();
  action = Math.max(0, def.action.keys.indexOf(null));
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
  heldActions.value = new Set(held);
  if (down && play.value.phase === 'ready') {
    last = performance.now();
    play.value = { ...play.value, phase: 'playing' };
  }
}

/** The action a key means in this world, or -1. */
export const actionOfKey = (key: string): number => lanes?.def.action.keys.indexOf(key) ?? -1;

function tick(now: number): void {
  if (!lanes || play.value.phase !== 'playing') return;
  const seconds = Math.min((now - last) / 1000, 0.25);
  last = now;
  owed += seconds * lanes.def.stepsPerSecond * pace.value;
  let { games, best } = play.value;
  while (owed >= 1) {
    owed--;
    action = [...held].at(-1) ?? idle();
    observations.push(lanes.observations.slice());
    actions.push(action);
    lanes.step([action]);
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
  const score = lanes.rows[lanes.stride - 3]!;
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
    actions: Int32Array.from(actions),
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
    observation: lanes.observations,
    action,
    probabilities: new Float32Array(0),
    value: Number.NaN,
    lastReturn,
    params: lanes.params,
  };
}

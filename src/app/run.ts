// A handle on one run in its worker: typed commands in, typed events out, one frame asked for at a time,
// saves and evaluations as promises. It keeps the history that frames bring; it decides nothing.

import type { KnobValues } from '../core/knobs.ts';
import type { ExaminationRequest } from '../training/examination.ts';
import type { LatentMap } from '../training/mapping.ts';
import type { Command, Frame, HistoryPoint, Event as RunEvent } from '../training/protocol.ts';

export type Saved = Extract<RunEvent, { kind: 'saved' }>;
export type Opened = Extract<RunEvent, { kind: 'opened' }>;
export type Evaluated = Extract<RunEvent, { kind: 'evaluated' }>;
export type Failed = Extract<RunEvent, { kind: 'failed' }>;

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (problem: Error) => void;
}

export interface Run {
  /** The newest frame; null before the first of this run. */
  readonly frame: Frame | null;
  readonly history: readonly HistoryPoint[];
  /** Weights and gradients of the newest frame that brought any. */
  readonly weights: Float32Array | null;
  readonly gradients: Float32Array | null;
  /** Counts frames; changes whenever `frame` does. */
  readonly frames: number;
  send(command: Command, transfer?: Transferable[]): void;
  /** Asks for a frame unless one is still on its way; true when it was asked for. */
  pull(weights: boolean, probes?: boolean): boolean;
  save(title: string): Promise<Saved>;
  /** Examines a saved brain, apart from the run. */
  evaluate(bytes: Uint8Array, request: ExaminationRequest): Promise<Evaluated>;
  /** What the brain says of an observation; see `askAbout`. */
  ask(observation: Float32Array): Promise<Float32Array>;
  /** What the trunk makes of a few games. */
  map(): Promise<LatentMap>;
  close(): void;
}

/**
 * The settings that came with a frame: the object held before as long as every value is the same. A message brings a copy of its own
 * each time, and views lay out anew when they see other settings.
 */
export function steady(before: KnobValues | undefined, now: KnobValues): KnobValues {
  return before && Object.entries(now).every(([name, value]) => before[name] === value) ? before : now;
}

export function startRun(listen: (event: RunEvent) => void): Run {
  const worker = new Worker(new URL('../training/worker.ts', import.meta.url), { type: 'module' });
  const saves = new Map<number, Waiting<Saved>>();
  const evaluations = new Map<number, Waiting<Evaluated>>();
  const questions = new Map<number, Waiting<Float32Array>>();
  const maps = new Map<number, Waiting<LatentMap>>();
  let ticket = 0;
  let asked = false;
  /** Whether the next 'opened' begins a new run (open, restore) or goes on with this one (switch). */
  const openings: ('open' | 'restore' | 'switch')[] = [];
  const held = {
    frame: null as Frame | null,
    history: [] as HistoryPoint[],
    weights: null as Float32Array | null,
    gradients: null as Float32Array | null,
    frames: 0,
  };

  const take = (frame: Frame): void => {
    asked = false;
    held.frame = { ...frame, params: steady(held.frame?.params, frame.params) };
    held.frames++;
    // Points between what is held and what came are missing (another run began meanwhile): ask again from here.
    const gap = frame.historyStart > held.history.length;
    if (frame.historyStart < held.history.length) held.history.length = frame.historyStart;
    if (!gap) held.history.push(...frame.history);
    if (frame.weights) held.weights = frame.weights;
    if (frame.gradients) held.gradients = frame.gradients;
  };

  const settleOpening = (): void => {
    if (openings.shift() === 'switch') return;
    Object.assign(held, { frame: null, history: [], weights: null, gradients: null });
  };

  const fail = (event: Failed): void => {
    if (event.command === 'pull') asked = false;
    if (event.command === 'open' || event.command === 'restore' || event.command === 'switch')
      openings.shift();
    const waiting = { save: saves, evaluate: evaluations, ask: questions, map: maps }[
      event.command as string
    ];
    for (const [key, { reject }] of waiting ?? []) {
      waiting?.delete(key);
      reject(new Error(event.message));
    }
  };

  worker.onmessage = ({ data }: MessageEvent<RunEvent>) => {
    switch (data.kind) {
      case 'opened':
        settleOpening();
        break;
      case 'frame':
        take(data.frame);
        break;
      case 'saved':
        saves.get(data.ticket)?.resolve(data);
        saves.delete(data.ticket);
        break;
      case 'evaluated':
        evaluations.get(data.ticket)?.resolve(data);
        evaluations.delete(data.ticket);
        break;
      case 'answered':
        questions.get(data.ticket)?.resolve(data.answer);
        questions.delete(data.ticket);
        break;
      case 'mapped':
        maps.get(data.ticket)?.resolve(data.map);
        maps.delete(data.ticket);
        break;
      case 'failed':
        fail(data);
        break;
      case 'paused':
      case 'inspected':
      case 'evaluating':
        break;
      default:
        data satisfies never;
    }
    listen(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const message = event.message || 'the training worker could not be started; reload the page.';
    listen({ kind: 'failed', command: 'open', message, stack: '', tensor: null });
  };

  const send = (command: Command, transfer: Transferable[] = []): void => {
    if (command.kind === 'open' || command.kind === 'restore' || command.kind === 'switch') {
      openings.push(command.kind);
    }
    worker.postMessage(command, transfer);
  };

  return {
    get frame() {
      return held.frame;
    },
    get history() {
      return held.history;
    },
    get weights() {
      return held.weights;
    },
    get gradients() {
      return held.gradients;
    },
    get frames() {
      return held.frames;
    },
    send,
    pull(weights, probes = false) {
      if (asked) return false;
      asked = true;
      send({ kind: 'pull', historyFrom: held.history.length, weights, probes });
      return true;
    },
    save(title) {
      const mine = ++ticket;
      return new Promise((resolve, reject) => {
        saves.set(mine, { resolve, reject });
        send({ kind: 'save', ticket: mine, title });
      });
    },
    evaluate(bytes, request) {
      const mine = ++ticket;
      return new Promise((resolve, reject) => {
        evaluations.set(mine, { resolve, reject });
        send({ kind: 'evaluate', ticket: mine, bytes, request });
      });
    },
    ask(observation) {
      const mine = ++ticket;
      return new Promise((resolve, reject) => {
        questions.set(mine, { resolve, reject });
        send({ kind: 'ask', ticket: mine, observation });
      });
    },
    map() {
      const mine = ++ticket;
      return new Promise((resolve, reject) => {
        maps.set(mine, { resolve, reject });
        send({ kind: 'map', ticket: mine });
      });
    },
    close() {
      worker.terminate();
      const all = [...saves.values(), ...evaluations.values(), ...questions.values(), ...maps.values()];
      for (const { reject } of all) reject(new Error('the run was closed.'));
    },
  };
}

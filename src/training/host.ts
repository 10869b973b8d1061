// A session behind messages: commands in, events out, a loop of short slices between. It knows clocks, so that
// the session need not; it knows no worker, so that tests can drive it in Node.

import { sizeOf } from '../core/arena.ts';
import type { KernelFactory } from '../core/kernels.ts';
import { fingerprint, slotValues } from './brain.ts';
import { type Evaluation, scoreOf } from './evaluation.ts';
import { createExamination } from './examination.ts';
import { createExhibition, type Exhibition } from './exhibition.ts';
import { mapOf } from './mapping.ts';
import { NonFiniteError } from './non-finite.ts';
import { askAbout } from './probing.ts';
import type { Command, Event, Frame, Piece, RunStatus } from './protocol.ts';
import { cardOf } from './run-card.ts';
import { createSession, type Session } from './session.ts';
import { encodeRun, readModel, resumeRun, rivalFrom, rivalKept } from './snapshot.ts';

export interface HostSurroundings {
  readonly kernels: KernelFactory;
  readonly post: (event: Event, transfer: Transferable[]) => void;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Wall-clock time, ISO 8601. */
  readonly today: () => string;
  /** Calls back as soon as waiting messages have been heard; never a timer, which a hidden page would slow. */
  readonly soon: (callback: () => void) => void;
  /** Calls back after some milliseconds: for slow motion only. */
  readonly later: (callback: () => void, milliseconds: number) => void;
}

/** A slice of work between two looks at the messages, in milliseconds. */
const slice = 8;

export function createHost({ kernels, post, now, today, soon, later }: HostSurroundings): {
  receive(command: Command): void;
} {
  let session: Session | undefined;
  let exhibition: Exhibition | undefined;
  let status: RunStatus = 'paused';
  let piece: Piece = 'none';
  let until: number | undefined;
  let budgetTold = false;
  let piecesPerSecond: number | null = null;
  let owed = 0;
  let scheduled = false;
  let lastTick = 0;
  let seconds = 0;
  let secondsToThreshold: number | null = null;
  let parent: string | null = null;
  let lastPull = 0;
  let thinningsSent = 0;
  let asked: { ticket: number; evaluation: Evaluation } | undefined;
  let lastTold = 0;
  const rate = createRate();

  const running = (): Session => {
    if (!session) throw new Error('There is no run yet: open or restore one first.');
    return session;
  };

  const opened = (): void => {
    const run = running();
    exhibition = createExhibition(run);
    post(
      {
        kind: 'opened',
        recipe: run.recipe,
        spec: run.brain.network.spec,
        fingerprint: fingerprint(run.brain),
        trunkFingerprint: fingerprint(run.brain, 'trunk'),
        transfer: run.transfer,
        updates: run.updates,
      },
      [],
    );
  };

  const begin = (next: Session, secondsBefore: number): void => {
    session = next;
    status = 'paused';
    piece = 'none';
    until = undefined;
    budgetTold = next.budgetSpent();
    seconds = secondsBefore;
    secondsToThreshold = null;
    thinningsSent = 0;
    rate.clear();
    opened();
  };

  const fail = (command: Command['kind'], error: unknown): void => {
    const tensor = error instanceof NonFiniteError ? error.tensor : null;
    if (tensor !== null) status = 'failed';
    const message = error instanceof Error ? error.message : String(error);
    post(
      { kind: 'failed', command, message, stack: error instanceof Error ? (error.stack ?? '') : '', tensor },
      [],
    );
  };

  const pauseBecause = (reason: 'until' | 'budget'): void => {
    const run = running();
    status = 'paused';
    post({ kind: 'paused', reason, fingerprint: fingerprint(run.brain), updates: run.updates }, []);
  };

  /** One piece of work of the run; pauses by itself where it should. */
  const tick = (): void => {
    const run = running();
    piece = run.tick();
    if (run.stepsToThreshold !== null) secondsToThreshold ??= seconds;
    if (piece === 'update' && until !== undefined && run.updates >= until) {
      until = undefined;
      pauseBecause('until');
    } else if (!budgetTold && run.budgetSpent()) {
      budgetTold = true;
      pauseBecause('budget');
    }
  };

  /** A slice of the examination that was asked for. */
  const examine = (evaluation: Evaluation, ticket: number): void => {
    const start = now();
    try {
      while (now() - start < slice) {
        if (!evaluation.step()) continue;
        asked = undefined;
        const returns = Float64Array.from(evaluation.returns);
        post({ kind: 'evaluated', ticket, score: scoreOf(evaluation.returns), returns }, [returns.buffer]);
        return;
      }
      if (start - lastTold < 100) return;
      lastTold = start;
      post({ kind: 'evaluating', ticket, done: evaluation.returns.length }, []);
    } catch (error) {
      asked = undefined;
      fail('evaluate', error);
    }
  };

  const work = (): void => {
    scheduled = false;
    if (asked) examine(asked.evaluation, asked.ticket);
    const start = now();
    if (status === 'running') {
      try {
        if (piecesPerSecond === null) {
          while (status === 'running' && now() - start < slice) tick();
        } else {
          owed = Math.min(
            owed + ((start - lastTick) / 1000) * piecesPerSecond,
            Math.max(1, piecesPerSecond * 0.1),
          );
          while (status === 'running' && owed >= 1 && now() - start < slice) {
            owed--;
            tick();
          }
        }
      } catch (error) {
        status = status === 'running' ? 'paused' : status;
        fail('run', error);
      }
      lastTick = start;
      seconds += (now() - start) / 1000;
    }
    const run = session;
    if (run) rate.note(now(), run.steps, run.updates);
    goOn();
  };

  const goOn = (): void => {
    if (scheduled || !(asked || status === 'running')) return;
    scheduled = true;
    if (piecesPerSecond === null || asked) soon(work);
    else later(work, Math.max(4, Math.min(50, 500 / piecesPerSecond)));
  };

  const frame = (historyFrom: number, weights: boolean, probes: boolean): void => {
    const run = running();
    const at = now();
    const hero = exhibition!.frame(run, (at - lastPull) / 1000, probes);
    lastPull = at;
    const { points, thinnings } = run.history;
    const start = thinnings === thinningsSent && historyFrom <= points.length ? historyFrom : 0;
    thinningsSent = thinnings;
    const { params } = run.brain.network;
    const rows = run.lanes.rows.slice();
    const visits = run.lanes.visits.slice();
    const wanted = weights ? [params.values.data.slice(), params.grads.data.slice()] : [];
    const shown: Frame = {
      status,
      piece,
      learner: run.recipe.learner,
      paradigm: run.phase.def.paradigm,
      counters: {
        updates: run.updates,
        steps: run.steps,
        episodes: run.episodes,
        seconds,
        stepsPerSecond: status === 'running' ? rate.steps() : 0,
        updatesPerSecond: status === 'running' ? rate.updates() : 0,
      },
      score: run.score,
      evaluation: run.evaluation,
      stepsToThreshold: run.stepsToThreshold,
      secondsToThreshold,
      words: run.words(),
      metrics: { ...run.metrics },
      rows,
      lanes: run.lanes.count,
      params: run.lanes.current,
      visits,
      hero,
      history: points.slice(start),
      historyStart: start,
      marks: [...run.marks],
      view: run.phase.learner.view(),
      weights: wanted[0] ?? null,
      gradients: wanted[1] ?? null,
    };
    post({ kind: 'frame', frame: shown }, [rows.buffer, visits.buffer, ...wanted.map((data) => data.buffer)]);
  };

  const save = (ticket: number, title: string): void => {
    const run = running();
    const card = cardOf(run, { title, savedAt: today(), seconds, parent, command: null });
    const bytes = encodeRun(run.snapshot(), card);
    post({ kind: 'saved', ticket, bytes, fingerprint: card.fingerprint, updates: run.updates }, [
      bytes.buffer as ArrayBuffer,
    ]);
  };

  const poke = (tensor: string, index: number, value: number): void => {
    const { params } = running().brain.network;
    const slot = params.slots.find(({ name }) => name === tensor);
    if (!slot) throw new Error(`This brain has no tensor "${tensor}".`);
    if (!(index >= 0 && index < slot.length)) {
      throw new Error(`${tensor} has ${sizeOf(slot.shape)} numbers; there is none at ${index}.`);
    }
    slotValues(params, slot)[index] = value;
  };

  const obey = (command: Command): void => {
    switch (command.kind) {
      case 'open': {
        const source = command.source && { ...readModel(command.source.bytes), plan: command.source.plan };
        const next = createSession(command.recipe, kernels, {
          ...(source && { source: { tensors: source.model, plan: source.plan } }),
          ...(command.rival && { rival: rivalFrom(command.rival) }),
          ...(command.teacher && { teacher: rivalFrom(command.teacher) }),
        });
        parent = source ? source.card.fingerprint : null;
        begin(next, 0);
        return;
      }
      case 'restore': {
        const { card, session: resumed } = resumeRun(command.bytes, kernels);
        parent = card.parent;
        begin(resumed, card.seconds);
        return;
      }
      case 'run':
        running();
        until = command.until;
        if (until !== undefined && running().updates >= until) {
          pauseBecause('until');
          return;
        }
        status = 'running';
        lastTick = now();
        rate.clear();
        return;
      case 'pause':
        if (status === 'running') status = 'paused';
        return;
      case 'step':
        status = 'paused';
        do tick();
        while (command.size === 'update' && piece !== 'update');
        return;
      case 'speed':
        piecesPerSecond = command.piecesPerSecond;
        owed = 0;
        return;
      case 'switch':
        if (command.teacher) running().learnFrom(rivalFrom(command.teacher));
        running().switchTo(command.learner, command.knobs);
        budgetTold = running().budgetSpent();
        opened();
        return;
      case 'record':
        running().record(command.recording);
        return;
      case 'pull':
        frame(command.historyFrom, command.weights, command.probes ?? false);
        return;
      case 'save':
        save(command.ticket, command.title);
        return;
      case 'evaluate': {
        const { ticket, bytes, request } = command;
        const { evaluation } = createExamination(readModel(bytes), request, kernels, rivalKept(bytes));
        asked = { ticket, evaluation };
        return;
      }
      case 'ask':
        post(
          { kind: 'answered', ticket: command.ticket, answer: askAbout(running(), command.observation) },
          [],
        );
        return;
      case 'map':
        post({ kind: 'mapped', ticket: command.ticket, map: mapOf(running()) }, []);
        return;
      case 'inspect':
        running().inspect(command.surface, (inspection) => post({ kind: 'inspected', inspection }, []));
        return;
      case 'poke':
        poke(command.tensor, command.index, command.value);
        return;
      default:
        command satisfies never;
    }
  };

  return {
    receive(command) {
      try {
        obey(command);
      } catch (error) {
        fail(command.kind, error);
      }
      goOn();
    },
  };
}

/** Steps and updates per second over about the last second. */
function createRate(): {
  note(at: number, steps: number, updates: number): void;
  steps(): number;
  updates(): number;
  clear(): void;
} {
  let notes: { at: number; steps: number; updates: number }[] = [];
  const per = (of: 'steps' | 'updates'): number => {
    const [first, last] = [notes[0], notes.at(-1)];
    return first && last && last.at > first.at ? ((last[of] - first[of]) / (last.at - first.at)) * 1000 : 0;
  };
  return {
    note(at, steps, updates) {
      const last = notes.at(-1);
      if (last && at - last.at < 50) return;
      notes.push({ at, steps, updates });
      while (notes.length > 2 && at - notes[0]!.at > 1200) notes.shift();
    },
    steps: () => per('steps'),
    updates: () => per('updates'),
    clear() {
      notes = [];
    },
  };
}

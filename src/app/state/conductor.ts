// What is done with runs: opened, run, paused, stepped, switched, passed on, restored, looked at. The one place
// that holds them and listens to them; panels call these functions and read the signals of page.ts.
import { batch, effect } from '@preact/signals';
import type { KnobValues } from '../../core/knobs.ts';
import type { Recording } from '../../learners/recording.ts';
import { learnerById } from '../../learners/registry.ts';
import type { Command, Event as RunEvent } from '../../training/protocol.ts';
import type { Recipe } from '../../training/recipe.ts';
import { messageOf, plural, sentence } from '../format.ts';
import { type Failed, type Run, startRun } from '../run.ts';
import { accentWay } from '../theme.ts';
import { onTick } from '../ticker.ts';
import {
  budgetSpent,
  clearCommandProblems,
  controlShown,
  earlier,
  inspection,
  opened,
  openedAddress,
  overlays,
  type Problem,
  plan,
  reached,
  recipe,
  report,
  rival,
  rivalAsked,
  type Source,
  say,
  shown,
  source,
  speed,
  stageMode,
  standingLearner,
  standingWay,
  standingWorld,
  startText,
  status,
  surfaceSeen,
  surfaceWanted,
  teacher,
  teacherAsked,
  trunkFingerprint,
  until,
  way,
} from './page.ts';
import { firstBundled, loadModel } from './stores.ts';

/** The run on stage. */
export const main: Run = startRun(hear);
let control: Run | null = null;
/** The from-scratch run beside a fine-tuned one, if there is one. */
export const controlRun = (): Run | null => control;

/** The last bytes known to be finite: what 'go back' goes back to. */
let lastGood: Uint8Array | null = null;
let runWhenOpen = false;
/** The way and the recipe that stood when the run on its way was asked for. */
let wayAsked = way.value;
let recipeAsked = recipe.value;
/** Runs asked for that have neither opened nor failed yet. */
let awaited = 0;
let opening: 'new' | 'restored' | 'switched' = 'new';

const regionOf: Readonly<Record<Command['kind'], Problem['region']>> = {
  open: 'recipe',
  restore: 'recipe',
  switch: 'recipe',
  record: 'recipe',
  run: 'world',
  pause: 'world',
  step: 'world',
  speed: 'world',
  pull: 'world',
  poke: 'brain',
  ask: 'world',
  map: 'progress',
  inspect: 'brain',
  save: 'library',
  evaluate: 'progress',
};

function hear(event: RunEvent): void {
  switch (event.kind) {
    case 'opened':
      batch(() => settle(event));
      break;
    case 'frame':
      if (event.frame.status !== shown.value?.status) shown.value = event.frame;
      break;
    case 'paused':
      if (event.reason === 'until')
        reached.value = { updates: event.updates, fingerprint: event.fingerprint };
      if (event.reason === 'budget') {
        budgetSpent.value = true;
        say('The planned budget is spent, so the run has paused. Run goes on beyond it.');
      } else say(`Paused after ${plural(event.updates, 'update')}.`);
      control?.send({ kind: 'pause' });
      break;
    case 'failed':
      hearFailure(event);
      break;
    case 'inspected':
      inspection.value = event.inspection;
      if (event.inspection.surface) {
        surfaceSeen.value = event.inspection;
        surfaceWanted.value = false;
      }
      break;
    case 'saved':
    case 'evaluating':
    case 'evaluated':
    case 'answered':
    case 'mapped':
      break;
    default:
      event satisfies never;
  }
}

function settle(event: Extract<RunEvent, { kind: 'opened' }>): void {
  awaited--;
  opened.value = event;
  inspection.value = null;
  surfaceSeen.value = null;
  surfaceWanted.value = false;
  trunkFingerprint.value = event.trunkFingerprint;
  openedAddress.value = startText(event.recipe, source.value, plan.value);
  // Whoever turned to another way, or wrote on, meanwhile keeps what they are writing.
  if (awaited === 0 && way.value === wayAsked && recipe.value === recipeAsked) {
    recipe.value = event.recipe;
    way.value = standingWay.value;
    accentWay.value = standingWay.value;
  }
  if (opening !== 'switched') {
    shown.value = null;
    sendSpeed();
    void keepGood();
  }
  if (runWhenOpen) {
    runWhenOpen = false;
    run();
  }
}

function hearFailure({ command, message, tensor }: Failed): void {
  if (command === 'open' || command === 'restore' || command === 'switch') awaited--;
  runWhenOpen = false;
  const region = tensor === null ? regionOf[command] : 'world';
  report({ region, text: tensor === null ? sentence(message) : message, command, tensor });
  if (tensor !== null) control?.send({ kind: 'pause' });
}

async function keepGood(): Promise<void> {
  try {
    lastGood = (await main.save('before the run')).bytes;
  } catch {
    // The failure has been heard as an event of its own.
  }
}

/** Everything the run is, as a file; also remembered as the way back. */
export async function snapshot(title: string): Promise<Awaited<ReturnType<Run['save']>>> {
  const saved = await main.save(title);
  lastGood = saved.bytes;
  return saved;
}

function closeControl(): void {
  control?.close();
  control = null;
  controlShown.value = null;
}

/** Puts the curve of the run that ends behind the next one. */
function putBehind(): void {
  if (main.history.length < 2) return;
  const label = `${standingLearner.value.title}, seed ${opened.value?.recipe.seed ?? 0}`;
  earlier.value = [
    { world: standingWorld.value.id, label, history: [...main.history] },
    ...earlier.value,
  ].slice(0, 3);
}

const bytesOf = async (from: Source): Promise<Uint8Array | null> => {
  if (from.home === 'blank') return null;
  if (from.home === 'current') return (await main.save('source')).bytes;
  return loadModel(from.home, from.id);
};

/** The saved agent that is played against, where the recipe's world asks for one. */
async function rivalBytes(): Promise<Uint8Array | null> {
  if (!rivalAsked.value) return null;
  const { home, id } = rival.value ?? { home: 'bundled', id: (await firstBundled(recipe.value.world)).id };
  return loadModel(home, id);
}

/** The saved agent that is learned from, where the learner's settings ask for one. */
async function teacherBytes(): Promise<Uint8Array | null> {
  if (!teacherAsked.value) return null;
  const { home, id } = teacher.value ?? { home: 'bundled', id: (await firstBundled(recipe.value.world)).id };
  return loadModel(home, id);
}

/** Opens a new run from the recipe as it is written; with `start`, runs it at once. */
export async function open(start = false): Promise<void> {
  clearCommandProblems();
  const transfer = way.value === 'transfer';
  const wanted: Recipe = recipe.value;
  try {
    const bytes = await bytesOf(source.value);
    const [against, taughtBy] = [await rivalBytes(), await teacherBytes()];
    const agents = { ...(against && { rival: against }), ...(taughtBy && { teacher: taughtBy }) };
    putBehind();
    closeControl();
    reached.value = null;
    lastGood = null;
    opening = 'new';
    wayAsked = way.value;
    recipeAsked = wanted;
    awaited++;
    budgetSpent.value = false;
    runWhenOpen = start;
    main.send({
      kind: 'open',
      recipe: wanted,
      ...agents,
      ...(bytes && { source: { bytes, plan: plan.value } }),
    });
    if (transfer && bytes) openControl(wanted, start, agents);
  } catch (problem) {
    report({ region: 'recipe', text: sentence(messageOf(problem)), command: 'open', tensor: null });
  }
}

/** The same recipe and seed from nothing, beside a run that was passed on. */
function openControl(
  wanted: Recipe,
  start: boolean,
  agents: { readonly rival?: Uint8Array; readonly teacher?: Uint8Array },
): void {
  control = startRun((event) => {
    if (event.kind === 'failed') {
      report({
        region: 'progress',
        text: `The from-scratch run: ${event.message}`,
        command: event.command,
        tensor: null,
      });
    }
  });
  control.send({ kind: 'open', recipe: wanted, ...agents });
  control.send({ kind: 'speed', piecesPerSecond: piecesPerSecond(speed.value) });
  if (start) control.send({ kind: 'run' });
}

export function restore(bytes: Uint8Array, start: boolean): void {
  clearCommandProblems();
  putBehind();
  closeControl();
  batch(() => {
    reached.value = null;
    source.value = { home: 'blank' };
    plan.value = { fresh: [], freeze: [] };
  });
  lastGood = bytes;
  opening = 'restored';
  wayAsked = way.value;
  recipeAsked = recipe.value;
  awaited++;
  budgetSpent.value = false;
  runWhenOpen = start;
  main.send({ kind: 'restore', bytes });
}

export const canGoBack = (): boolean => lastGood !== null;

export function goBack(): void {
  if (lastGood) restore(lastGood, false);
  say('Back at the last checkpoint without a broken number.');
}

export function run(): void {
  budgetSpent.value = false;
  clearCommandProblems('world');
  const stop = until.value;
  const done = main.frame?.counters.updates ?? opened.value?.updates ?? 0;
  main.send(stop !== null && stop > done ? { kind: 'run', until: stop } : { kind: 'run' });
  control?.send({ kind: 'run' });
}

function pause(): void {
  budgetSpent.value = false;
  main.send({ kind: 'pause' });
  control?.send({ kind: 'pause' });
}

export const runOrPause = (): void => (status.value === 'running' ? pause() : run());

export function step(size: 'piece' | 'update'): void {
  clearCommandProblems('world');
  if (status.value === 'running') pause();
  main.send({ kind: 'step', size });
  control?.send({ kind: 'step', size });
}

/** Another way of learning on the same trunk, in the same run; the same one with other numbers, too. */
export function switchTo(learner: string, knobs: KnobValues): void {
  clearCommandProblems('recipe');
  opening = 'switched';
  wayAsked = way.value;
  awaited++;
  batch(() => {
    recipe.value = { ...recipe.value, learner, knobs };
    reached.value = null;
  });
  recipeAsked = recipe.value;
  closeControl();
  const send = (agent: Uint8Array | null): void => {
    main.send({ kind: 'switch', learner, knobs, ...(agent && { teacher: agent }) });
    if (budgetSpent.value) run();
    say(`Now learning by ${learnerById(learner).title}.`);
  };
  if (!teacherAsked.value) {
    send(null);
    return;
  }
  teacherBytes().then(send, (problem: unknown) => {
    awaited--;
    report({ region: 'recipe', text: sentence(messageOf(problem)), command: 'switch', tensor: null });
  });
}

export function teach(recording: Recording): void {
  main.send({ kind: 'record', recording });
  switchTo('imitation', { teacher: 'recording' });
  run();
}

export function poke(tensor: string, index: number, value: number): void {
  main.send({ kind: 'poke', tensor, index, value });
  wantWeights();
}

// Speed: slow motion is two pieces a second, the right end of the slider is flat out.
const slowest = 2;
const fastest = 4000;

export const piecesPerSecond = (at: number): number | null =>
  at >= 1 ? null : slowest * (fastest / slowest) ** (at / 0.99);

/** Looks into the next update, whenever that is. */
export const inspect = (surface: boolean): void => main.send({ kind: 'inspect', surface });

function sendSpeed(): void {
  const command: Command = { kind: 'speed', piecesPerSecond: piecesPerSecond(speed.value) };
  main.send(command);
  control?.send(command);
}

let weightsAt = 0;
/** The next pull brings weights, whatever the clock says. */
function wantWeights(): void {
  weightsAt = 0;
}

/** Frames are pulled, words and numbers change a few times a second. */
export function beginPulling(): void {
  let updates = -1;
  effect(sendSpeed);
  onTick(60, (now) => {
    if (!opened.value) return;
    const current = main.frame?.counters.updates ?? 0;
    const slow = status.value !== 'running' || (piecesPerSecond(speed.value) ?? fastest) < 60;
    if (slow && current !== updates) wantWeights();
    const due = now - weightsAt >= 250;
    const { acts, values } = overlays.value;
    const probes = stageMode.value === 'close' && (acts || values);
    if (main.pull(due, probes) && due) {
      weightsAt = now;
      updates = current;
    }
  });
  onTick(4, () => {
    control?.pull(false);
    if (control?.frame) controlShown.value = control.frame;
  });
  onTick(5, () => {
    if (main.frame && main.frame !== shown.value) shown.value = main.frame;
  });
}

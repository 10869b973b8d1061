// A person draws part of a world (a map, a track, points) by pointing at the stage. Each stroke gives the setting's new text,
// which is checked like any other and stands in the recipe: in the link, in the card, and in the next run.
import { signal } from '@preact/signals';
import type { Editor } from '../../../envs/view.ts';
import { knobProblem } from '../../core/knobs.ts';
import { runOrPause } from './conductor.ts';
import { clearProblems, recipe, report, say, standingWorld, status, world } from './page.ts';
import { changeParam } from './recipe-actions.ts';

/** What can be drawn in the world on stage, and with what; null where nothing can. */
export const editor = signal<Editor | null>(null);
/** The tool in hand; null while nothing is being drawn. */
export const tool = signal<string | null>(null);
/** The texts before each stroke, for undo. */
const before = signal<readonly string[]>([]);
export const canUndo = before;

const textNow = (setting: string): string =>
  String(recipe.value.params[setting] ?? world.value.params[setting]?.default ?? '');

export function startDrawing(): void {
  const now = editor.value;
  if (!now) return;
  if (status.value === 'running') runOrPause();
  before.value = [];
  tool.value = now.tools[0] ?? null;
  say(
    `Drawing ${standingWorld.value.title}: point at the world. The text of it is among the numbers of the world.`,
  );
}

export function stopDrawing(): void {
  tool.value = null;
  clearProblems('world');
}

let textAtStart = '';
let lastProblem = '';

/** A stroke so far, in pixels of the picture; `begun` at its first point, `done` when the pointer is lifted. */
export function stroke(points: readonly number[], begun: boolean, done: boolean): void {
  const now = editor.value;
  if (!now || tool.value === null) return;
  const { setting } = now;
  const knob = world.value.params[setting];
  if (!knob) return;
  if (begun) textAtStart = textNow(setting);
  const text = now.stroke(tool.value, points, textNow(setting), done);
  if (text !== undefined && text !== textNow(setting)) {
    const problem = knobProblem(knob.label, knob, text);
    lastProblem = problem ?? '';
    if (!problem) {
      changeParam(setting, text);
      for (const [name, value] of Object.entries(now.along ?? {})) changeParam(name, value);
    }
  }
  if (!done) return;
  clearProblems('world');
  if (lastProblem) report({ region: 'world', text: lastProblem, command: null, tensor: null });
  else if (textAtStart !== textNow(setting)) before.value = [...before.value, textAtStart].slice(-50);
  lastProblem = '';
}

export function undoStroke(): void {
  const last = before.value.at(-1);
  const setting = editor.value?.setting;
  if (last === undefined || setting === undefined) return;
  before.value = before.value.slice(0, -1);
  changeParam(setting, last);
}

// A person draws something for the brain to look at, and it says what it takes it for, again and again while it learns.
// Nothing of the run changes by being asked.
import { computed, signal } from '@preact/signals';
import { worldParams } from '../../../envs/vectorize.ts';
import { sizeOf } from '../../core/arena.ts';
import { onTick } from '../ticker.ts';
import { main } from './conductor.ts';
import { opened, say, standingWorld } from './page.ts';

export type Line = readonly number[];

export const sketching = signal(false);
/** What the pen has drawn, x0, y0, x1, y1, ... each, in a unit square, y down. */
export const lines = signal<readonly Line[]>([]);
/** Where the pen of the keyboard is, and whether it is on the paper. */
export const pen = signal({ x: 0.5, y: 0.5, down: false });
/** A probability for each choice; empty before the first answer, or where the brain has none. */
export const answer = signal<Float32Array>(new Float32Array());

/** What the world's scanner makes of the drawing. */
export const seen = computed(() => {
  const { observation, sketch } = standingWorld.value;
  const row = new Float32Array(sizeOf(observation.shape));
  const params = worldParams(standingWorld.value, opened.value?.recipe.params ?? {});
  sketch?.observe(lines.value, row, 0, params);
  return row;
});

let stopAsking: (() => void) | null = null;
let waiting = false;

async function ask(): Promise<void> {
  if (waiting || lines.value.length === 0) return;
  waiting = true;
  try {
    answer.value = await main.ask(seen.value);
  } catch {
    // The failure has been heard as an event of its own.
  } finally {
    waiting = false;
  }
}

export function startSketching(): void {
  clearSketch();
  sketching.value = true;
  stopAsking ??= onTick(8, () => void ask());
  say(
    `Draw ${standingWorld.value.sketch?.what}. With the keyboard: arrows move the pen, space puts it down and lifts it.`,
  );
}

export function stopSketching(): void {
  stopAsking?.();
  stopAsking = null;
  sketching.value = false;
}

export function clearSketch(): void {
  lines.value = [];
  answer.value = new Float32Array();
  pen.value = { x: 0.5, y: 0.5, down: false };
}

export function undoLine(): void {
  lines.value = lines.value.slice(0, -1);
  pen.value = { ...pen.value, down: false };
  if (lines.value.length === 0) answer.value = new Float32Array();
}

export const beginLine = (x: number, y: number): void => {
  lines.value = [...lines.value, [x, y]];
};

export function lengthenLine(x: number, y: number): void {
  const last = lines.value.at(-1);
  if (last) lines.value = [...lines.value.slice(0, -1), [...last, x, y]];
}

/** Finer than the scanner sees, so that a slope made of steps looks straight to it. */
const stride = 1 / 24;
const ways: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A key on the paper; true if it meant something. */
export function sketchKey(key: string): boolean {
  const { x, y, down } = pen.value;
  const way = ways[key];
  if (way) {
    const [nextX, nextY] = [x, y].map((at, axis) =>
      Math.min(1, Math.max(0, at + stride * way[axis as 0 | 1])),
    );
    pen.value = { x: nextX!, y: nextY!, down };
    if (down) lengthenLine(nextX!, nextY!);
  } else if (key === ' ' || key === 'Enter') {
    pen.value = { x, y, down: !down };
    if (!down) beginLine(x, y);
  } else if (key === 'Backspace') undoLine();
  else if (key === 'Delete') clearSketch();
  else if (key === 'Escape') stopSketching();
  else return false;
  return true;
}

// The keyboard: space runs and pauses, '.' steps, '/' finds a world, '?' lists keys, the world's own keys play.
// A key typed into a field stays there.
import { runOrPause, step } from './conductor.ts';
import { keysOpen } from './page.ts';
import { buttonOfKey, leavePlay, play, press, startPlay, stopPlay } from './play.ts';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type="range"]):not([type="checkbox"]):not([type="radio"])'));

/** Buttons answer to space themselves. */
const pressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('button, summary, a, input, [role="option"]');

function playKey(event: KeyboardEvent, down: boolean): boolean {
  const { phase } = play.value;
  if (phase !== 'ready' && phase !== 'playing') return false;
  if (down && event.key === 'Escape') {
    stopPlay();
    return true;
  }
  const button = buttonOfKey(event.key);
  if (button < 0) return false;
  press(button, down);
  return true;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (typing(event.target)) return;
  if (playKey(event, true)) {
    event.preventDefault();
    return;
  }
  const shortcuts: Readonly<Record<string, () => void>> = {
    '.': () => step('update'),
    ',': () => step('piece'),
    '/': () => document.getElementById('world-choice')?.focus(),
    '?': () => {
      keysOpen.value = true;
    },
    p: () => (play.value.phase === 'off' ? void startPlay() : leavePlay()),
    ' ': runOrPause,
  };
  const act = event.key === ' ' && pressable(event.target) ? undefined : shortcuts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

export function listenToKeys(): void {
  addEventListener('keydown', onKeyDown);
  addEventListener('keyup', (event) => {
    playKey(event, false);
  });
}

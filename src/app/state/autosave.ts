// The run saves itself: every few seconds while it learns, when it pauses, when the page is hidden. On the next
// visit it goes on where it stopped, unless the link asks for something else.
import { effect } from '@preact/signals';
import { autosaveSlot } from '../../models/store/browser.ts';
import { messageOf, sentence } from '../format.ts';
import { main, restore, snapshot } from './conductor.ts';
import { address, opened, problems, report, shown, standingLearner, standingWorld, status } from './page.ts';

const slot = autosaveSlot();
const runningKey = 'relearn.running';
let saving = false;
let savedAt = '';
/** Storage that refused once is tried again, but complained about once. */
let complained = false;

function remember(running: boolean): void {
  try {
    localStorage.setItem(runningKey, running ? '1' : '0');
  } catch {
    // Then a reload comes back paused.
  }
}

const wasRunning = (): boolean => {
  try {
    return localStorage.getItem(runningKey) === '1';
  } catch {
    return false;
  }
};

async function autosave(): Promise<void> {
  const frame = main.frame;
  if (saving || !opened.value || !frame || frame.status === 'failed') return;
  const now = `${opened.value.fingerprint} ${address.value} ${frame.counters.updates} ${frame.counters.steps}`;
  if (now === savedAt) return;
  saving = true;
  try {
    const title = `${standingWorld.value.title}, ${standingLearner.value.title}`;
    const saved = await snapshot(title);
    await slot.save(saved.bytes, {
      title,
      world: standingWorld.value.id,
      learner: standingLearner.value.id,
      updates: saved.updates,
      steps: frame.counters.steps,
      savedAt: new Date().toISOString(),
      address: address.value,
    });
    savedAt = now;
    complained = false;
  } catch (problem) {
    if (!complained) {
      report({ region: 'world', text: sentence(messageOf(problem)), command: null, tensor: null });
    }
    complained = true;
  } finally {
    saving = false;
  }
}

/** Goes on with what saved itself, when `asked` (the address, or nothing) is the same recipe. */
export async function takeUp(asked: string): Promise<boolean> {
  try {
    const found = await slot.load();
    if (!found || (asked !== '' && asked !== found.info.address)) return false;
    restore(found.bytes, wasRunning());
    return true;
  } catch (problem) {
    report({ region: 'world', text: sentence(messageOf(problem)), command: null, tensor: null });
    return false;
  }
}

/** A file that cannot be taken up again must not stand in the way of the next visit. */
const forget = (): Promise<void> => slot.clear().catch(() => undefined);

export function beginAutosaving(): void {
  const heart = new Worker(new URL('../heartbeat.ts', import.meta.url), { type: 'module' });
  heart.onmessage = () => {
    if (main.frame?.status === 'running') void autosave();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void autosave();
  });
  addEventListener('pagehide', () => void autosave());
  // A run that has just been opened is the one to come back to.
  effect(() => {
    if (opened.value) setTimeout(() => void autosave(), 700);
  });
  let before = status.value;
  effect(() => {
    const now = status.value;
    if (now === before || !shown.value) return;
    remember(now === 'running');
    if (before === 'running') void autosave();
    before = now;
  });
  // A run that could not be taken up again leaves nothing behind but its sentence.
  effect(() => {
    if (problems.value.some((one) => one.command === 'restore')) void forget();
  });
}

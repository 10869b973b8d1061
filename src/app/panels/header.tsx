// The top line: the ways of learning as tabs, and what concerns the whole page.
import { useEffect, useRef } from 'preact/hooks';
import { shapeOfWorld } from '../../../envs/environment.ts';
import { learners } from '../../learners/registry.ts';
import { address, keysOpen, libraryOpen, showToast, way, world } from '../state/page.ts';
import { chooseWay } from '../state/recipe-actions.ts';
import { modelCount } from '../state/stores.ts';
import { chooseTheme, themeChoice, themeChoices } from '../theme.ts';
import { Shape, type Way, ways } from '../ways.tsx';
import { Icon } from './icons.tsx';

/** Why no learner of this way fits the world, or undefined when one does. */
function wayProblem(id: Way): string | undefined {
  if (id === 'transfer') return undefined;
  const shape = shapeOfWorld(world.value);
  const reasons = learners.filter((def) => def.paradigm === id).map((def) => def.unfit(shape));
  return reasons.includes(undefined) ? undefined : (reasons[0] ?? 'there is no such learner yet');
}

const Ways = () => (
  <nav class="ways" aria-label="Way of learning">
    {ways.map(({ id, name, says }) => {
      const problem = wayProblem(id);
      return (
        <button
          key={id}
          type="button"
          aria-pressed={way.value === id}
          disabled={problem !== undefined}
          title={problem ?? says}
          onClick={() => chooseWay(id)}
        >
          <Shape way={id} />
          {name}
        </button>
      );
    })}
  </nav>
);

async function share(): Promise<void> {
  const url = `${location.origin}${location.pathname}#${address.value}&run=1`;
  try {
    await navigator.clipboard.writeText(url);
    showToast('The link is copied: it replays this recipe from the start.');
  } catch {
    history.replaceState(null, '', `#${address.value}`);
    showToast('This browser does not let the page copy; the link stands in the address bar.');
  }
}

const ThemeButton = () => {
  const now = themeChoice.value;
  const next = themeChoices[(themeChoices.indexOf(now) + 1) % themeChoices.length]!;
  return (
    <button
      type="button"
      class="button square"
      aria-label={`Theme: ${now}. Switch to ${next}.`}
      title={`Theme: ${now}`}
      onClick={() => chooseTheme(next)}
    >
      <Icon name={now === 'system' ? 'screen' : now === 'dark' ? 'moon' : 'sun'} />
    </button>
  );
};

export const Header = () => (
  <header class="top">
    <h1 class="wordmark">
      re<span>learn</span>
    </h1>
    <Ways />
    <div class="tools">
      <button
        type="button"
        class="button"
        onClick={() => {
          libraryOpen.value = true;
        }}
      >
        Library <span class="count">{modelCount}</span>
      </button>
      <button type="button" class="button" onClick={() => void share()}>
        Share
      </button>
      <ThemeButton />
      <button
        type="button"
        class="button square"
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => {
          keysOpen.value = true;
        }}
      >
        ?
      </button>
    </div>
  </header>
);

const keys: readonly (readonly [string, string])[] = [
  ['space', 'run and pause'],
  ['.', 'one update, shown step by step'],
  [',', 'one piece: a step of the lanes, or one update'],
  ['p', 'play it yourself; the arrow keys act'],
  ['/', 'choose a world'],
  ['arrows', 'in the brain: go from neuron to neuron; enter changes a number'],
  ['?', 'this list'],
];

export const KeysHelp = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (keysOpen.value && !dialog.current?.open) dialog.current?.showModal();
  }, [keysOpen.value]);
  if (!keysOpen.value) return null;
  return (
    <dialog
      ref={dialog}
      class="keys"
      aria-labelledby="keys-title"
      onClose={() => {
        keysOpen.value = false;
      }}
    >
      <h2 id="keys-title">Keys</h2>
      <dl>
        {keys.map(([key, does]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </>
        ))}
      </dl>
      <button type="button" class="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
};

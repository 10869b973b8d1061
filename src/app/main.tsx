// Where the page begins: reads the address, takes up what saved itself or opens what the link asks for, and
// sets everything going. Shows itself before the first run stands.
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/header.css';
import './styles/world.css';
import './styles/brain.css';
import './styles/progress.css';
import './styles/recipe.css';
import './styles/library.css';
import './styles/inside.css';
import './styles/examine.css';
import './styles/latent-map.css';
import './styles/sketch.css';
import { batch, effect } from '@preact/signals';
import { render } from 'preact';
import { learnerById } from '../learners/registry.ts';
import { decodeLink, encodeLink } from './address.ts';
import { App } from './app.tsx';
import { keepForOffline } from './offline.ts';
import { beginAutosaving, takeUp } from './state/autosave.ts';
import { beginPulling, open } from './state/conductor.ts';
import { takeDroppedFiles } from './state/dropping.ts';
import { listenToKeys } from './state/keys.ts';
import { address, opened, plan, recipe, report, rival, source, teacher, until, way } from './state/page.ts';
import { beginSpeaking } from './state/speaker.ts';
import { loadLists } from './state/stores.ts';
import { accentWay } from './theme.ts';

interface Asked {
  /** The recipe as an address, '' when the link says nothing. */
  readonly address: string;
  readonly run: boolean;
  /** Tells which values of the link could not be used; after opening, which clears older complaints. */
  readonly complain: () => void;
}

/** Puts what a link says into the recipe. */
function read(hash: string): Asked {
  const { link, problems, empty } = decodeLink(hash);
  batch(() => {
    recipe.value = link.recipe;
    source.value = link.from === null ? { home: 'blank' } : { home: 'bundled', id: link.from };
    rival.value = link.rival === null ? null : { home: 'bundled', id: link.rival };
    teacher.value = link.teacher === null ? null : { home: 'bundled', id: link.teacher };
    plan.value = link.plan;
    until.value = link.until;
    way.value = link.from === null ? learnerById(link.recipe.learner).paradigm : 'transfer';
    accentWay.value = way.value;
  });
  return {
    address: empty ? '' : encodeLink({ ...link, run: false }),
    run: link.run,
    complain: () => {
      for (const text of problems) report({ region: 'recipe', text, command: null, tensor: null });
    },
  };
}

async function begin(): Promise<void> {
  const asked = read(location.hash);
  render(<App />, document.getElementById('page')!);
  beginPulling();
  listenToKeys();
  takeDroppedFiles();
  void loadLists();
  const taken = !asked.run && (await takeUp(asked.address));
  if (!taken) await open(asked.run);
  asked.complain();
  beginAutosaving();
  void keepForOffline();
  beginSpeaking();
  effect(() => {
    if (opened.value) history.replaceState(null, '', `#${address.value}`);
  });
  // A link pasted over this page's own address is a new recipe.
  addEventListener('hashchange', () => {
    if (location.hash.slice(1) === address.value) return;
    const next = read(location.hash);
    void open(next.run).then(next.complain);
  });
}

void begin();

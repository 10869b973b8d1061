// The library: a drawer with the models of this browser and those that come with the page; saving, taking in.
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../panels/icons.tsx';
import { Problems } from '../panels/problems.tsx';
import { Toast } from '../panels/toast.tsx';
import { snapshot } from '../state/conductor.ts';
import {
  clearProblems,
  libraryOpen,
  opened,
  shown,
  showToast,
  standingLearner,
  standingWorld,
} from '../state/page.ts';
import { bundledModels, importFile, keep, myModels } from '../state/stores.ts';
import { ModelCard } from './card.tsx';

const titleNow = (): string => {
  const updates = shown.value?.counters.updates ?? 0;
  return `${standingWorld.value.title}, ${standingLearner.value.title}, ${updates} updates`;
};

async function saveNow(title: string): Promise<void> {
  clearProblems('library');
  try {
    const { bytes } = await snapshot(title.trim() || titleNow());
    const kept = await keep(bytes);
    if (kept) showToast(`"${kept.title}" is saved.`);
  } catch {
    // The run has said what went wrong; its sentence stands here already.
  }
}

const SaveForm = () => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <form
      class="save"
      onSubmit={(event) => {
        event.preventDefault();
        void saveNow(input.current?.value ?? '');
      }}
    >
      <input
        ref={input}
        class="field"
        aria-label="Title of the model"
        maxLength={120}
        placeholder={titleNow()}
      />
      <button type="submit" class="button go" disabled={opened.value === null}>
        Save this brain
      </button>
    </form>
  );
};

const Import = () => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".safetensors"
        hidden
        data-testid="import"
        onChange={(event) => {
          clearProblems('library');
          for (const file of event.currentTarget.files ?? []) void importFile(file);
          event.currentTarget.value = '';
        }}
      />
      <button type="button" class="button" onClick={() => input.current?.click()}>
        Import a file
      </button>
    </>
  );
};

const Nothing = () => (
  <div class="nothing">
    <p>Brains you save stand here, with their score and where they come from. They stay on this machine.</p>
    <button type="button" class="button go" disabled={opened.value === null} onClick={() => void saveNow('')}>
      Save the brain on the page
    </button>
  </div>
);

export const Library = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (libraryOpen.value && !element.open) element.showModal();
    if (!libraryOpen.value && element.open) element.close();
  }, [libraryOpen.value]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes on Escape by itself; this is the pointer's way.
    <dialog
      ref={dialog}
      class="library"
      aria-labelledby="library-title"
      onClose={() => {
        libraryOpen.value = false;
      }}
      onClick={(event) => {
        if (event.target === dialog.current) libraryOpen.value = false;
      }}
    >
      {libraryOpen.value && (
        <>
          <header>
            <h2 id="library-title">Library</h2>
            <div class="end">
              <Import />
              <button
                type="button"
                class="button square"
                aria-label="Close"
                onClick={() => dialog.current?.close()}
              >
                <Icon name="close" />
              </button>
            </div>
          </header>
          <Toast />
          <div class="body">
            <Problems region="library" />
            {myModels.value.length > 0 && <SaveForm />}
            <h3>Mine</h3>
            {myModels.value.length === 0 ? (
              <Nothing />
            ) : (
              <ul class="cards">
                {myModels.value.map((model) => (
                  <ModelCard key={model.id} model={model} home="mine" />
                ))}
              </ul>
            )}
            <h3>Trained beforehand</h3>
            {bundledModels.value.length === 0 ? (
              <p class="nothing">Models that come with the page would stand here; this copy has none.</p>
            ) : (
              <ul class="cards">
                {bundledModels.value.map((model) => (
                  <ModelCard key={model.id} model={model} home="bundled" />
                ))}
              </ul>
            )}
          </div>
        </>
      )}
    </dialog>
  );
};

// The library: a drawer with the models of this browser and those that come with the page; saving, taking in.

import { useRef } from 'preact/hooks';
import { Problems } from '../panels/problems.tsx';
import { SideDialog } from '../panels/side-dialog.tsx';
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
  return (
    <SideDialog open={libraryOpen} id="library" title="Library" actions={<Import />}>
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
    </SideDialog>
  );
};

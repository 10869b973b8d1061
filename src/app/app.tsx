// The page: four regions on one screen, and what lies over them. No state of its own.
import { Library } from './library/library.tsx';
import { Brain } from './panels/brain.tsx';
import { Examine } from './panels/examine.tsx';
import { Header, KeysHelp } from './panels/header.tsx';
import { Inside } from './panels/inside.tsx';
import { LatentMapDialog } from './panels/latent-map.tsx';
import { Progress } from './panels/progress.tsx';
import { Recipe } from './panels/recipe.tsx';
import { Toast } from './panels/toast.tsx';
import { World } from './panels/world.tsx';
import { libraryOpen, spoken } from './state/page.ts';

export const App = () => (
  <>
    <Header />
    <main class="regions">
      <World />
      <Brain />
      <Progress />
      <Recipe />
    </main>
    <Library />
    <Inside />
    <Examine />
    <LatentMapDialog />
    <KeysHelp />
    {!libraryOpen.value && <Toast />}
    <p class="quiet-text" role="status" aria-live="polite" data-testid="spoken">
      {spoken}
    </p>
  </>
);

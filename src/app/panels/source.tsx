// Which brain a run starts from: a blank one, one that comes with the page, one of the person's own.
import type { ModelSummary } from '../../models/store/store.ts';
import { amount } from '../format.ts';
import { type Kept, recipe, rival, rivalAsked, type Source, source } from '../state/page.ts';
import { chooseRival, chooseSource } from '../state/recipe-actions.ts';
import { bundledModels, myModels } from '../state/stores.ts';

const keyOf = (from: Source): string => ('id' in from ? `${from.home}:${from.id}` : from.home);

function keptOf(key: string): Kept | undefined {
  const [home, ...rest] = key.split(':');
  return home === 'bundled' || home === 'mine' ? { home, id: rest.join(':') } : undefined;
}

const sourceOf = (key: string): Source => keptOf(key) ?? { home: key === 'current' ? 'current' : 'blank' };

const label = (model: ModelSummary): string =>
  model.score === null ? model.title : `${model.title} · ${amount(model.score)}`;

/** Models of the world at hand first: those that are sure to fit. */
const sorted = (models: readonly ModelSummary[]): readonly ModelSummary[] => {
  const here = recipe.value.world;
  return [...models].sort((a, b) => Number(b.world === here) - Number(a.world === here));
};

const Options = ({ name, home, models }: { name: string; home: string; models: readonly ModelSummary[] }) =>
  models.length === 0 ? null : (
    <optgroup label={name}>
      {sorted(models).map((model) => (
        <option key={model.id} value={`${home}:${model.id}`}>
          {label(model)}
        </option>
      ))}
    </optgroup>
  );

export const SourceChoice = ({ transfer = false }: { transfer?: boolean }) => (
  <div class="group">
    <label for="source-choice">{transfer ? 'Passed on from' : 'Starting brain'}</label>
    <select
      class="select"
      id="source-choice"
      value={keyOf(source.value)}
      onChange={(event) => chooseSource(sourceOf(event.currentTarget.value))}
    >
      {!transfer && <option value="blank">Blank</option>}
      {(transfer || source.value.home === 'current') && (
        <option value="current">The brain on the page</option>
      )}
      <Options name="Trained beforehand" home="bundled" models={bundledModels.value} />
      <Options name="Mine" home="mine" models={myModels.value} />
    </select>
  </div>
);

const ofThisWorld = (models: readonly ModelSummary[]): readonly ModelSummary[] =>
  models.filter((model) => model.world === recipe.value.world);

/** Who is on the other side, where the world is played against a saved agent. */
export const RivalChoice = () => {
  if (!rivalAsked.value) return null;
  const [bundled, mine] = [ofThisWorld(bundledModels.value), ofThisWorld(myModels.value)];
  return (
    <div class="group">
      <label for="rival-choice">Saved agent to play against</label>
      <select
        class="select"
        id="rival-choice"
        value={rival.value ? keyOf(rival.value) : bundled[0] && `bundled:${bundled[0].id}`}
        onChange={(event) => {
          const kept = keptOf(event.currentTarget.value);
          if (kept) chooseRival(kept);
        }}
      >
        <Options name="Trained beforehand" home="bundled" models={bundled} />
        <Options name="Mine" home="mine" models={mine} />
      </select>
    </div>
  );
};

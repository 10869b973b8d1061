// Which brain a run starts from: a blank one, one that comes with the page, one of the person's own.
import type { ModelSummary } from '../../models/store/store.ts';
import { amount } from '../format.ts';
import { recipe, type Source, source } from '../state/page.ts';
import { chooseSource } from '../state/recipe-actions.ts';
import { bundledModels, myModels } from '../state/stores.ts';

const keyOf = (from: Source): string => ('id' in from ? `${from.home}:${from.id}` : from.home);

function sourceOf(key: string): Source {
  const [home, ...rest] = key.split(':');
  if (home === 'bundled' || home === 'mine') return { home, id: rest.join(':') };
  return { home: home === 'current' ? 'current' : 'blank' };
}

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

// Which brain a run starts from: a blank one, one that comes with the page, one of the person's own.
import type { ModelSummary } from '../../models/store/store.ts';
import { amount } from '../format.ts';
import {
  type Kept,
  recipe,
  rival,
  rivalAsked,
  type Source,
  source,
  teacher,
  teacherAsked,
} from '../state/page.ts';
import { chooseRival, chooseSource, chooseTeacher } from '../state/recipe-actions.ts';
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

/** A choice among saved agents of this world; without one chosen, the first that comes with the page. */
const AgentChoice = ({
  id,
  label,
  chosen,
  choose,
}: {
  id: string;
  label: string;
  chosen: Kept | null;
  choose: (kept: Kept) => void;
}) => {
  const [bundled, mine] = [ofThisWorld(bundledModels.value), ofThisWorld(myModels.value)];
  return (
    <div class="group">
      <label for={id}>{label}</label>
      <select
        class="select"
        id={id}
        value={chosen ? keyOf(chosen) : bundled[0] && `bundled:${bundled[0].id}`}
        onChange={(event) => {
          const kept = keptOf(event.currentTarget.value);
          if (kept) choose(kept);
        }}
      >
        <Options name="Trained beforehand" home="bundled" models={bundled} />
        <Options name="Mine" home="mine" models={mine} />
      </select>
    </div>
  );
};

/** Who is on the other side, where the world is played against a saved agent. */
export const RivalChoice = () =>
  rivalAsked.value ? (
    <AgentChoice
      id="rival-choice"
      label="Saved agent to play against"
      chosen={rival.value}
      choose={chooseRival}
    />
  ) : null;

/** Who is copied, where the teacher is a saved agent. */
export const TeacherChoice = () =>
  teacherAsked.value ? (
    <AgentChoice
      id="teacher-choice"
      label="Saved agent to learn from"
      chosen={teacher.value}
      choose={chooseTeacher}
    />
  ) : null;

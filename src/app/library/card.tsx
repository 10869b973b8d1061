// One saved model: its picture, what it is, and what can be done with it.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { environments } from '../../../envs/registry.ts';
import { learners } from '../../learners/registry.ts';
import type { ModelSummary } from '../../models/store/store.ts';
import { amount, date, messageOf, plural, sentence, size } from '../format.ts';
import { restore } from '../state/conductor.ts';
import { libraryOpen, report } from '../state/page.ts';
import { fineTuneFrom, startFrom } from '../state/recipe-actions.ts';
import { exportModel, findModel, loadModel, remove, rename } from '../state/stores.ts';
import { palette } from '../theme.ts';
import { Shape, type Way } from '../ways.tsx';

export interface CardProps {
  readonly model: ModelSummary;
  readonly home: 'mine' | 'bundled';
}

const wayOf = (model: ModelSummary): Way =>
  model.parent !== null
    ? 'transfer'
    : (learners.find((def) => def.id === model.learner)?.paradigm ?? 'reinforcement');

/** A picture of the fingerprint: the same weights have the same one, a single changed weight another. */
const Glyph = ({ model }: { model: ModelSummary }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const way = wayOf(model);
  const colours = palette.value;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const cells = 8;
    context.clearRect(0, 0, 128, 128);
    context.fillStyle = colours[way];
    for (let y = 0; y < cells; y++) {
      for (let x = 0; x < cells / 2; x++) {
        const digit = Number.parseInt(model.fingerprint[(y * cells) / 2 + x] ?? '0', 16);
        context.globalAlpha = digit < 6 ? 0 : digit / 15;
        for (const at of [x, cells - 1 - x]) context.fillRect(8 + at * 14, 8 + y * 14, 13, 13);
      }
    }
  }, [model.fingerprint, colours, way]);
  return (
    <canvas
      ref={canvas}
      width={128}
      height={128}
      role="img"
      aria-label={`Picture of ${model.fingerprint.slice(0, 8)}`}
    />
  );
};

async function openModel({ model, home }: CardProps): Promise<void> {
  // What comes with the page is a brain without a run: there is nothing to resume, only to begin with.
  if (home === 'bundled') return startFrom(model);
  try {
    restore(await loadModel(home, model.id), false);
    libraryOpen.value = false;
  } catch (problem) {
    report({ region: 'library', text: sentence(messageOf(problem)), command: null, tensor: null });
  }
}

const Title = ({ model, home }: CardProps) => {
  const editing = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), [editing.value]);
  if (!editing.value) {
    return (
      <h4>
        <Shape way={wayOf(model)} />
        {home === 'bundled' ? (
          model.title
        ) : (
          <button
            type="button"
            class="title"
            title="Rename"
            onClick={() => {
              editing.value = true;
            }}
          >
            {model.title}
          </button>
        )}
      </h4>
    );
  }
  const done = (event: Event): void => {
    event.preventDefault();
    const title = input.current?.value.trim() ?? '';
    editing.value = false;
    if (title !== '' && title !== model.title) void rename(model, title);
  };
  return (
    <form onSubmit={done}>
      <input
        ref={input}
        class="field"
        aria-label="New name"
        defaultValue={model.title}
        maxLength={120}
        onBlur={done}
      />
    </form>
  );
};

export const ModelCard = ({ model, home }: CardProps) => {
  const world = environments.find((def) => def.id === model.world)?.title ?? model.world;
  const learner = learners.find((def) => def.id === model.learner)?.title ?? model.learner;
  const parent =
    model.parent === null
      ? undefined
      : (findModel('bundled', model.parent) ?? findModel('mine', model.parent));
  return (
    <li class="card" data-testid="model" data-fingerprint={model.fingerprint}>
      <Glyph model={model} />
      <Title model={model} home={home} />
      <div>
        <p>
          {world} · {learner} · score <b>{model.score === null ? 'not tested' : amount(model.score)}</b>
        </p>
        <p>
          {plural(model.updates, 'update')} · {date(model.savedAt)} · {size(model.bytes)}
        </p>
        {model.parent !== null && <p>passed on from {parent?.title ?? model.parent.slice(0, 12)}</p>}
      </div>
      <div class="acts">
        <button type="button" class="button" onClick={() => void openModel({ model, home })}>
          Open
        </button>
        <button type="button" class="button" onClick={() => fineTuneFrom(home, model)}>
          Fine-tune
        </button>
        <button type="button" class="button" onClick={() => void exportModel(home, model)}>
          Export
        </button>
        {home === 'mine' && (
          <button type="button" class="button plain end" onClick={() => void remove(model)}>
            Delete
          </button>
        )}
      </div>
    </li>
  );
};

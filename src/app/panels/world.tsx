// The world: the stage with every lane, numbers over it, what to show on it, and what to do with it.
import { computed, effect, useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { EnvironmentDef } from '../../../envs/environment.ts';
import { bookkeeping, worldParams } from '../../../envs/vectorize.ts';
import type { ViewFrame } from '../../../envs/view.ts';
import type { Frame } from '../../training/protocol.ts';
import { amount, count, percent } from '../format.ts';
import type { Insets, Stage } from '../stage.ts';
import { main } from '../state/conductor.ts';
import { editor, tool } from '../state/drawing.ts';
import {
  budgetSpent,
  opened,
  overlays,
  recipe,
  report,
  shown,
  stageMode,
  standingWorld,
} from '../state/page.ts';
import { play, playFrame } from '../state/play.ts';
import { sketching, stopSketching } from '../state/sketch.ts';
import { viewTheme } from '../theme.ts';
import { onTick } from '../ticker.ts';
import { DrawingPanel, DrawingSheet } from './drawing.tsx';
import { PlayPanel } from './play.tsx';
import { Problems } from './problems.tsx';
import { Sketch, SketchPanel } from './sketch.tsx';
import { Transport } from './transport.tsx';

const returnAt = bookkeeping.length - bookkeeping.indexOf('episodeReturn');

/** Of the recipe, while its world is being drawn; the run's own otherwise. */
const drawnParams = computed(() =>
  tool.value === null ? null : worldParams(standingWorld.value, recipe.value.params),
);

function viewFrame(frame: Frame, now: number, before: number): ViewFrame {
  const { hero } = frame;
  const stride = frame.rows.length / frame.lanes;
  return {
    rows: frame.rows,
    lanes: frame.lanes,
    stride,
    hero: hero.row,
    observation: hero.observation,
    action: hero.action,
    probabilities: hero.probabilities,
    deviations: hero.deviations,
    value: hero.value,
    attention: hero.attention,
    lastReturn: hero.lastReturn,
    probes: hero.probes ?? undefined,
    visits: frame.visits,
    laneCluster: frame.view.kind === 'clusters' ? frame.view.laneCluster : undefined,
    params: drawnParams.value ?? frame.params,
    secondsSinceLast: (now - before) / 1000,
    mode: stageMode.value,
    overlays: overlays.value,
  };
}

const standingWorldId = computed(() => standingWorld.value.id);

/** Tells, now and whenever it changes, how much of the stage the page's own controls take; returns how to stop. */
function watchRoom(host: HTMLElement, tell: (insets: Insets) => void): () => void {
  const narrow = matchMedia('(max-width: 760px)');
  const over = host.parentElement?.querySelector<HTMLElement>('.over');
  const hear = (): void => {
    // Chips and looks wrap to more lines where there is little room.
    const top = 12 + (over?.offsetHeight ?? 28) + 12;
    tell({ top, bottom: narrow.matches ? 8 : 68 });
  };
  const observer = new ResizeObserver(hear);
  if (over) observer.observe(over);
  narrow.addEventListener('change', hear);
  hear();
  return () => {
    observer.disconnect();
    narrow.removeEventListener('change', hear);
  };
}

/** Starts Pixi on the host (a chunk of its own) and draws the newest frame; returns how to stop. */
function mountStage(host: HTMLElement, ready: (stage: Stage | undefined) => void): () => void {
  let stage: Stage | undefined;
  let gone = false;
  const stops: (() => void)[] = [
    effect(() => {
      // What was drawn was drawn for this world.
      if (standingWorldId.value) stopSketching();
    }),
  ];
  const begin = async (): Promise<void> => {
    const { createStage } = await import('../stage.ts');
    const made = await createStage(host, viewTheme.value, (text) =>
      report({ region: 'world', text, command: null, tensor: null }),
    );
    if (gone) return made.destroy();
    stage = made;
    ready(made);
    let [before, drawn, said] = [performance.now(), -1, ''];
    stops.push(
      effect(() => {
        made.show(standingWorldId.value);
        tool.value = null;
        editor.value = made.editor() ?? null;
      }),
      effect(() => made.setTheme(viewTheme.value)),
      watchRoom(host, made.setInsets),
      onTick(60, (now) => {
        const played = playFrame();
        const frame = main.frame;
        if (!frame || (!played && main.frames === drawn)) return;
        const basis = viewFrame(frame, now, before);
        made.draw(
          played ? { ...basis, ...played, laneCluster: undefined, visits: undefined, mode: 'close' } : basis,
        );
        [before, drawn] = [now, main.frames];
      }),
      onTick(0.2, () => {
        const frame = main.frame;
        const world = standingWorld.value;
        const text = `${world.title}: ${frame?.lanes ?? 0} lanes; mean return ${amount(frame?.score ?? Number.NaN)} of ${amount(world.solvedAt)} wanted.${attentionInWords(world, frame)}${visitsInWords(world, frame)}`;
        if (text !== said) made.describe(text);
        said = text;
      }),
    );
  };
  begin().catch((problem: unknown) => {
    const why = problem instanceof Error ? problem.message : String(problem);
    report({ region: 'world', text: `The world cannot be drawn: ${why}`, command: null, tensor: null });
  });
  return () => {
    gone = true;
    ready(undefined);
    for (const stop of stops) stop();
    stage?.destroy();
  };
}

/** Where the brain looks, for whoever does not see the lines. */
function attentionInWords({ observation }: EnvironmentDef, frame: Frame | null): string {
  const shares = frame?.hero.attention ?? new Float32Array();
  if (!observation.things || shares.length === 0) return '';
  const looked = [...shares]
    .map((share, thing) => ({ share, name: observation.things?.[thing] ?? `thing ${thing + 1}` }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .filter(({ share }) => share >= 0.05);
  return ` It looks at ${looked.map(({ name, share }) => `${name} (${percent(share)})`).join(', ')}.`;
}

/** How far a run has got about, for whoever does not see the shades. */
function visitsInWords({ places }: EnvironmentDef, frame: Frame | null): string {
  if (!places || !frame) return '';
  const been = frame.visits.filter((times) => times > 0).length;
  return ` ${count(been)} of ${count(places.reachable(frame.params))} ${places.name} visited.`;
}

function bestNow(frame: Frame): number {
  const stride = frame.rows.length / frame.lanes;
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < frame.lanes; i++) best = Math.max(best, frame.rows[(i + 1) * stride - returnAt]!);
  return best;
}

const Chips = () => {
  const lanes = useComputed(() => count(shown.value?.lanes ?? opened.value?.recipe.lanes ?? 0));
  const best = useComputed(() => (shown.value ? amount(bestNow(shown.value)) : '–'));
  const mean = useComputed(() => amount(shown.value?.score ?? Number.NaN));
  const rate = useComputed(() =>
    shown.value?.status === 'running' ? count(shown.value.counters.stepsPerSecond) : '0',
  );
  return (
    <div class="chips">
      <span class="chip">
        <b>{lanes}</b> lanes
      </span>
      <span class="chip" title="Return so far of the lane that is doing best">
        best lane <b>{best}</b>
      </span>
      <span class="chip" title="Mean return of the last 100 episodes">
        mean <b>{mean}</b>
      </span>
      {budgetSpent.value ? (
        <span
          class="chip"
          title="The steps or updates that the schedule was planned for are used up; Run goes on beyond them"
        >
          budget <b>spent</b>
        </span>
      ) : (
        <span class="chip">
          <b>{rate}</b> steps/s
        </span>
      )}
    </div>
  );
};

const looks = [
  ['sees', 'Sees', 'Show what the network sees'],
  ['acts', 'Acts', 'Show what it is about to do'],
  ['values', 'Values', 'Show what it expects from here on'],
  ['attends', 'Attends', 'Show which things it looks at, as lines'],
  ['visited', 'Visited', 'Show where this run has ever been, and how often'],
] as const;

/** Looks that not every world has. */
const offered = computed(() => ({
  attends: standingWorld.value.observation.things !== undefined,
  visited: standingWorld.value.places !== undefined,
}));

const Looks = () => (
  <fieldset class="looks" aria-label="Shown on the world">
    {looks
      .filter(([key]) => (key !== 'attends' && key !== 'visited') || offered.value[key])
      .map(([key, name, says]) => (
        <button
          key={key}
          type="button"
          class="chip"
          title={says}
          aria-pressed={overlays.value[key]}
          onClick={() => {
            overlays.value = { ...overlays.value, [key]: !overlays.value[key] };
          }}
        >
          {name}
        </button>
      ))}
    <button
      type="button"
      class="chip"
      title="All lanes at once"
      aria-pressed={stageMode.value === 'wall'}
      onClick={() => {
        stageMode.value = stageMode.value === 'wall' ? 'close' : 'wall';
      }}
    >
      All lanes
    </button>
  </fieldset>
);

const Controls = () => {
  if (play.value.phase !== 'off') return <PlayPanel />;
  if (sketching.value) return <SketchPanel />;
  return tool.value === null ? <Transport /> : <DrawingPanel />;
};

export const World = () => {
  const host = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | undefined>(undefined);
  useEffect(
    () =>
      mountStage(host.current!, (made) => {
        stage.current = made;
      }),
    [],
  );
  return (
    <section class="region world" aria-label="World">
      <div class="stage-host" ref={host} />
      <div class="over">
        <Chips />
        <Looks />
      </div>
      <DrawingSheet toPicture={(x, y) => stage.current?.toPicture(x, y) ?? [0, 0]} />
      {sketching.value && <Sketch />}
      <Problems region="world" />
      <Controls />
    </section>
  );
};

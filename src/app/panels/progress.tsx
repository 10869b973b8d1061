// Progress: where the run stands, how it goes in words, and the curves.
import { useComputed } from '@preact/signals';
import type { Words as Said } from '../../learners/learner.ts';
import { learnerById } from '../../learners/registry.ts';
import type { Mark } from '../charts/chart.ts';
import { type ChartData, ChartPanel } from '../charts/chart-panel.tsx';
import { LearnerViewPanel } from '../charts/learner-view.tsx';
import { lossLines, scoreLines } from '../charts/lines.ts';
import { amount, count, duration, plural } from '../format.ts';
import { controlRun, main, run } from '../state/conductor.ts';
import { examineOpen } from '../state/examining.ts';
import { openMap } from '../state/mapping.ts';
import {
  controlShown,
  earlier,
  opened,
  problems,
  shown,
  standingLearner,
  standingWorld,
  status,
} from '../state/page.ts';
import { Problems } from './problems.tsx';

const marksNow = (): readonly Mark[] =>
  (main.frame?.marks ?? []).map((mark) => ({ updates: mark.updates, way: learnerById(mark.to).paradigm }));

/** The same object again until one of the things it is made of has changed. */
function remembered(key: () => string, make: () => ChartData): () => ChartData {
  let [last, held] = ['', undefined as ChartData | undefined];
  return () => {
    const now = key();
    if (held === undefined || now !== last) [last, held] = [now, make()];
    return held;
  };
}

const stand = (): string => {
  const end = main.history.at(-1);
  return [
    standingWorld.peek().id,
    standingLearner.peek().id,
    opened.peek()?.fingerprint,
    main.history.length,
    end?.updates,
    main.frame?.marks.length,
  ].join();
};

const readScore = remembered(
  () => `${stand()} ${controlRun()?.history.length} ${earlier.peek().length}`,
  () => {
    const def = standingWorld.peek();
    return {
      lines: scoreLines(main.history, controlRun()?.history ?? [], earlier.peek(), def.id),
      marks: marksNow(),
      range: def.returnRange,
      threshold: def.solvedAt,
    };
  },
);

const readLoss = remembered(stand, () => ({
  lines: lossLines(main.history, standingLearner.peek().charted),
  marks: marksNow(),
  range: null,
  threshold: null,
}));

const Heading = () => {
  const numbers = useComputed(() => {
    const counters = shown.value?.counters;
    if (!counters) return 'update 0';
    const { updates, steps, episodes, seconds } = counters;
    return `update ${count(updates)} · ${plural(steps, 'step')} · ${plural(episodes, 'episode')} · ${duration(seconds)}`;
  });
  const end = useComputed(() => {
    const evaluation = shown.value?.evaluation;
    const seed = `seed ${opened.value?.recipe.seed ?? 1}`;
    const beside = controlShown.value
      ? ` · from scratch: ${amount(controlShown.value.score)} after ${count(controlShown.value.counters.updates)}`
      : '';
    return evaluation
      ? `evaluated ${amount(evaluation.mean)} (${amount(evaluation.low)} to ${amount(evaluation.high)})${beside} · ${seed}`
      : `${seed}${beside}`;
  });
  return (
    <div class="heading">
      <h2>Progress</h2>
      <span data-testid="counters">{numbers}</span>
      <span class="end">{end}</span>
      <button
        type="button"
        class="button small"
        title="Score any brain over fresh episodes, in any world that it fits"
        onClick={() => {
          examineOpen.value = true;
        }}
      >
        Evaluate
      </button>
      <button
        type="button"
        class="button small"
        title="A map of what the trunk makes of the world: what it holds to be alike lies together"
        onClick={openMap}
      >
        Map
      </button>
    </div>
  );
};

/** What is said as long as there is no brain to speak of. */
const ready: Said = {
  mood: 'neutral',
  lead: 'Ready.',
  text: 'A blank brain waits for its first lesson.',
};
const nothing: Said = {
  mood: 'neutral',
  lead: 'Nothing stands here yet.',
  text: 'What the recipe asks for cannot be built; once it is changed, it can run.',
};
const refused = (): boolean => problems.value.some(({ region }) => region === 'recipe');

const Words = () => {
  const standing = useComputed(() => shown.value?.words ?? (refused() ? nothing : ready));
  const mood = useComputed(() => standing.value.mood);
  const lead = useComputed(() => standing.value.lead);
  const text = useComputed(() => standing.value.text);
  return (
    <p class="words" data-mood={mood}>
      <b>{lead}</b> {text}
    </p>
  );
};

const NoScore = () => {
  const acts = standingLearner.value.acts !== undefined || shown.value?.evaluation != null;
  if (!acts) return <p>This way of learning does not act, so it has no score: watch its loss.</p>;
  return (
    <>
      <p>The mean return will be drawn here, with its threshold.</p>
      {status.value !== 'running' && (
        <button type="button" class="button" onClick={run}>
          Run
        </button>
      )}
    </>
  );
};

export const Progress = () => {
  const [low, high] = standingWorld.value.returnRange;
  return (
    <section class="region progress" aria-label="Progress">
      <Heading />
      <Words />
      <ChartPanel title={`mean return (${low} to ${high})`} read={readScore} empty={<NoScore />} />
      <ChartPanel title="by update" read={readLoss} empty={<p>The loss will be drawn here.</p>} />
      <LearnerViewPanel />
      <Problems region="progress" />
    </section>
  );
};

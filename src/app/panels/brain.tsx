// The brain: its canvas, what it is called and counts, the card of one neuron. Drawing is brain/draw.ts's
// business; here it is fed, at most thirty times a second.
import { type ReadonlySignal, type Signal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { actionNames, shapeOfWorld } from '../../../envs/environment.ts';
import { planNetwork } from '../../core/network.ts';
import { fingerprintOf } from '../../models/fingerprint.ts';
import { isUnder } from '../../models/transfer-plan.ts';
import { knobsFor } from '../../training/recipe.ts';
import { createPainter, type Painter, type Selection } from '../brain/draw.ts';
import { type Column, placeColumns, planColumns } from '../brain/layout.ts';
import { type Link, strongestLinks } from '../brain/links.ts';
import { momentAt, motionMilliseconds } from '../brain/motion.ts';
import { moveSelection, pick } from '../brain/pick.ts';
import { Readout } from '../brain/readout.tsx';
import { amount, count } from '../format.ts';
import { main, piecesPerSecond } from '../state/conductor.ts';
import {
  insideOpen,
  opened,
  shown,
  speed,
  standingLearner,
  standingWorld,
  status,
  trunkFingerprint,
} from '../state/page.ts';
import { play } from '../state/play.ts';
import { type Palette, palette, reducedMotion } from '../theme.ts';
import { onTick } from '../ticker.ts';
import { Problems } from './problems.tsx';

interface Anatomy {
  readonly columns: readonly Column[];
  readonly plan: ReturnType<typeof planNetwork>;
  readonly taught: ReadonlySet<string>;
  /** Heads of other ways of learning, kept but not drawn. */
  readonly resting: readonly string[];
}

const labelWidth = (labels: readonly string[], extra = ''): number =>
  Math.min(140, Math.max(0, ...labels.map((label) => (label + extra).length * 6.3)));

/** The columns of the standing run's network; rebuilt when another brain opens. */
function anatomyNow(): Anatomy | null {
  const event = opened.value;
  if (!event) return null;
  const { observation, action } = standingWorld.value;
  const plan = planNetwork(event.spec);
  const { world, learner, knobs } = event.recipe;
  const def = standingLearner.value;
  const taught = Object.keys(def.heads(shapeOfWorld(standingWorld.value), knobsFor(world, learner, knobs)));
  // Heads that neither learn nor act now are left out: what rests would only hide what works.
  const acting = def.acts ?? (Object.hasOwn(event.spec.heads, 'policy') ? 'policy' : 'classes');
  const all = Object.keys(event.spec.heads);
  const heads = all.filter((head) => taught.includes(head) || head === acting);
  return {
    columns: planColumns(
      event.spec,
      plan,
      { senses: observation.names, actions: actionNames(action) },
      heads,
    ),
    plan,
    taught: new Set(taught),
    resting: all.filter((head) => !heads.includes(head)),
  };
}

/** Feeds the canvas; returns how to stop. */
function animate(
  canvas: HTMLCanvasElement,
  anatomy: Anatomy,
  selection: Signal<Selection | null>,
  phase: Signal<string>,
  found: { links: readonly Link[] },
): () => void {
  const context = canvas.getContext('2d')!;
  const { columns, taught, resting } = anatomy;
  // Those of the brain before lead to columns that this one need not have.
  found.links = [];
  let painter: Painter | undefined;
  let painterOf: Palette | undefined;
  let weightsOf: Float32Array | null = null;
  let fitting: Float32Array | null = null;
  let before: Float32Array | null = null;
  let told = main.frame?.counters.updates ?? 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  let drawn = '';
  let [width, height] = [0, 0];

  const resize = (): void => {
    const ratio = Math.min(2, devicePixelRatio || 1);
    [width, height] = [canvas.clientWidth, canvas.clientHeight];
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const rights = columns.filter((column) => column.side === 'right' && !column.frame);
    const right = Math.max(
      0,
      ...rights.map((c) =>
        labelWidth(c.labels, c.part === 'policy' ? ' 100 %' : c.part === 'value' ? ' −0.0001' : ''),
      ),
    );
    const pictures = columns.some((column) => column.side === 'right' && column.frame) ? 20 : 0;
    const left = columns[0]!.frame ? 0 : labelWidth(columns[0]!.labels);
    placeColumns(columns, { width, height, left, right: Math.max(right, pictures) });
    drawn = '';
    // A canvas that changes its size is empty until it is drawn again: not a moment later.
    if (painter) draw(performance.now());
  };
  const observer = new ResizeObserver(resize);
  observer.observe(canvas);
  resize();

  const watchUpdates = (now: number): void => {
    const updates = main.frame?.counters.updates ?? 0;
    if (updates === told || main.weights === weightsOf) return;
    // A run that pauses by itself after many updates has no one update to tell.
    const slow =
      status.value === 'running' ? (piecesPerSecond(speed.value) ?? 1e9) < 12 : updates === told + 1;
    if (slow && updates > told && now - toldAt > motionMilliseconds && !reducedMotion.value) {
      before = fitting;
      toldAt = now;
    }
    told = updates;
  };

  function draw(now: number): void {
    const frame = main.frame;
    if (painterOf !== palette.value) {
      painterOf = palette.value;
      painter = createPainter(painterOf);
      drawn = '';
    }
    watchUpdates(now);
    if (main.weights !== weightsOf) {
      weightsOf = main.weights;
      // Just after another brain has opened, the last weights may still be those of the old one.
      fitting = weightsOf?.length === anatomy.plan.parameterFloats ? weightsOf : null;
      found.links = fitting ? strongestLinks(columns, fitting) : [];
    }
    const moment = momentAt(now - toldAt);
    phase.value = moment
      ? moment.phase === 'loss'
        ? `loss ${amount(frame?.metrics['loss'] ?? Number.NaN)}`
        : moment.phase
      : '';
    const key = `${main.frames} ${moment?.phase} ${moment?.t} ${JSON.stringify(selection.value)} ${width}`;
    if (key === drawn) return;
    drawn = key;
    const gradients = main.gradients;
    const scene = {
      columns,
      links: found.links,
      weights: weightsOf,
      before,
      gradients,
      moment,
      taught,
      resting,
    };
    painter!.paint(
      context,
      { ...scene, hero: frame?.hero ?? null, selection: selection.value },
      width,
      height,
    );
  }
  const stop = onTick(30, draw);
  return () => {
    stop();
    observer.disconnect();
  };
}

/** Once a second, from the weights as they were last seen. */
function watchFingerprint(anatomy: Anatomy): () => void {
  let seen: Float32Array | null = null;
  const slots = anatomy.plan.slots.filter((slot) => isUnder(slot.name, ['trunk']));
  return onTick(1, () => {
    const { weights } = main;
    if (!weights || weights === seen || weights.length !== anatomy.plan.parameterFloats) return;
    seen = weights;
    trunkFingerprint.value = fingerprintOf(
      slots.map((slot) => [
        slot.name,
        { shape: slot.shape, data: weights.subarray(slot.offset, slot.offset + slot.length) },
      ]),
    );
  });
}

const doing = { none: 'at rest', gather: 'plays', update: 'learns', evaluate: 'is tested' } as const;

const Heading = ({ anatomy, phase }: { anatomy: Anatomy | null; phase: ReadonlySignal<string> }) => {
  const short = useComputed(() => trunkFingerprint.value.slice(0, 8));
  const state = useComputed(
    () => phase.value || (status.value === 'running' ? doing[shown.value?.piece ?? 'none'] : 'at rest'),
  );
  const weights = anatomy?.plan.slots.reduce((sum, slot) => sum + slot.length, 0) ?? 0;
  return (
    <div class="heading">
      <h2>Brain</h2>
      <span>{count(weights)} weights</span>
      <span title={`Fingerprint of the trunk: ${trunkFingerprint.value}`}>
        trunk{' '}
        <span class="fingerprint" data-testid="trunk-fingerprint" data-full={trunkFingerprint}>
          {short}
        </span>
      </span>
      <span class="end phase">{state}</span>
    </div>
  );
};

/** The same in words, for those who do not see the drawing. */
const inWords = ({ columns }: Anatomy): string =>
  columns
    .map((column) => {
      const what = column.frame
        ? `${column.count} pictures of ${column.frame[0]} by ${column.frame[1]}`
        : `${column.count} units`;
      const labels =
        column.labels.length > 0 && column.labels.length <= 12 ? `: ${column.labels.join(', ')}` : '';
      return `${column.path}, ${what}${labels}`;
    })
    .join('; ');

export const Brain = () => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const selection = useSignal<Selection | null>(null);
  const phase = useSignal('');
  const found = useRef<{ links: readonly Link[] }>({ links: [] });
  const anatomy = useComputed(anatomyNow);

  useEffect(() => {
    const now = anatomy.value;
    selection.value = null;
    if (!now || !canvas.current) return;
    const stops = [animate(canvas.current, now, selection, phase, found.current), watchFingerprint(now)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [anatomy.value]);

  const onClick = (event: MouseEvent): void => {
    if (anatomy.value)
      selection.value = pick(anatomy.value.columns, found.current.links, event.offsetX, event.offsetY);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!anatomy.value || (play.value.phase !== 'off' && play.value.phase !== 'done')) return;
    if (event.key.startsWith('Arrow'))
      selection.value = moveSelection(anatomy.value.columns, selection.value, event.key);
    else if (event.key === 'Escape') selection.value = null;
    else if (event.key === 'Enter') document.querySelector<HTMLInputElement>('.readout .changes')?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section class="region brain" aria-label="Brain">
      <Heading anatomy={anatomy.value} phase={phase} />
      <Problems region="brain" />
      <div class="brain-canvas">
        <div
          class="brain-drawing"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: its role makes it a widget of its own.
          tabIndex={0}
          role="application"
          aria-label="The network. Arrow keys go from neuron to neuron, enter changes a number."
          aria-describedby="brain-words"
          onClick={onClick}
          onKeyDown={onKeyDown}
        >
          <canvas ref={canvas} />
        </div>
        <button
          type="button"
          class="button inside-button"
          disabled={anatomy.value === null}
          onClick={() => {
            insideOpen.value = true;
          }}
        >
          Inside
        </button>
        {anatomy.value && <Readout columns={anatomy.value.columns} selection={selection} />}
      </div>
      <p class="quiet-text" id="brain-words">
        {anatomy.value ? inWords(anatomy.value) : 'No brain yet.'}
      </p>
    </section>
  );
};

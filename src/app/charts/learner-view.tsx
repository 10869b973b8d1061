// What a learner has to show beside its curves: what it rebuilt, the groups it found, or which answers it mixed
// up; drawn a few times a second on one canvas.
import { useEffect, useRef } from 'preact/hooks';
import type { LearnerView } from '../../learners/learner.ts';
import { amount } from '../format.ts';
import { main } from '../state/conductor.ts';
import { shown } from '../state/page.ts';
import { type Palette, palette, viewTheme } from '../theme.ts';
import { onTick } from '../ticker.ts';
import { drawCalibration } from './calibration.ts';
import { drawClusters } from './clusters.ts';
import { drawConfusion, sampleWords } from './confusion.ts';
import { drawPrediction } from './prediction.ts';
import { drawReconstruction } from './reconstruction.ts';

function draw(
  context: CanvasRenderingContext2D,
  view: LearnerView,
  width: number,
  height: number,
  colours: Palette,
): void {
  context.clearRect(0, 0, width, height);
  context.setLineDash([]);
  context.globalAlpha = 1;
  switch (view.kind) {
    case 'none':
      break;
    case 'reconstruction':
      drawReconstruction(context, view, width, height, colours);
      break;
    case 'prediction':
      drawPrediction(context, view, width, height, colours);
      break;
    case 'clusters':
      drawClusters(context, view, width, height, colours, viewTheme.value);
      break;
    case 'calibration':
      drawCalibration(context, view, width, height, colours);
      break;
    case 'confusion':
      drawConfusion(context, view, width, height, colours);
      break;
    default:
      view satisfies never;
  }
}

const captions: Readonly<Record<LearnerView['kind'], string>> = {
  none: '',
  reconstruction: 'went in, and what came back',
  prediction: 'what it foretold, and what came',
  clusters: 'groups it found, by its features',
  calibration: 'what it expected, and what came',
  confusion: 'truth (rows) and its answers',
};

function inWords(view: LearnerView): string {
  if (view.kind === 'clusters') return `Rows per group: ${[...view.sizes].join(', ')}.`;
  if (view.kind === 'calibration') {
    const numbers = Object.entries(view.numbers).map(([name, value]) => `${name} ${amount(value)}`);
    return `Returns that were predicted and observed, ${view.count} of them. ${numbers.join('; ')}.`;
  }
  if (view.kind === 'confusion') {
    const n = view.names.length;
    const right = view.names.reduce((sum, _, i) => sum + (view.counts[i * n + i] ?? 0), 0);
    const all = view.counts.reduce((a, b) => a + b, 0);
    const examples = view.samples.count > 0 ? ` Examples: ${sampleWords(view).join('; ')}.` : '';
    return `${right} of ${all} rows answered rightly.${examples}`;
  }
  if (view.kind === 'prediction') {
    const dreamt =
      view.steps > 0 ? `; and ${view.steps} steps dreamt beside the same steps as they were` : '';
    return `${view.count} examples of a step that was foretold and what came${dreamt}.`;
  }
  return view.kind === 'reconstruction' ? `${view.count} examples of what went in and what came back.` : '';
}

const Notes = () => {
  const view = shown.value?.view;
  if (!view || !('notes' in view) || view.notes.length === 0) return null;
  return (
    <dl class="notes">
      {view.notes.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

/** R² to two places; what does not vary has none. */
const share = (value: number): string => (Number.isNaN(value) ? '–' : Math.max(0, value).toFixed(2));

/** What a linear map reads off the code, beside what it reads off what is seen. */
const Facts = () => {
  const view = shown.value?.view;
  if (!view || !('facts' in view) || view.facts.length === 0) return null;
  const from = view.kind === 'prediction' ? 'trunk' : 'code';
  return (
    <table
      class="facts"
      title={`Linear probe: share of each fact's variance (R²) that a linear map reads off the ${from}, and off what is seen itself, in lanes that were never learned from.`}
    >
      <thead>
        <tr>
          <th scope="col">read off, R²</th>
          <th scope="col">{from}</th>
          <th scope="col">seen</th>
        </tr>
      </thead>
      <tbody>
        {view.facts.map(({ name, code, seen }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{share(code)}</td>
            <td>{share(seen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const LearnerViewPanel = () => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const kind = shown.value?.view.kind ?? 'none';

  useEffect(() => {
    const element = canvas.current;
    if (!element || kind === 'none') return;
    const context = element.getContext('2d')!;
    let drawn = '';
    return onTick(4, () => {
      const view = main.frame?.view;
      const [width, height] = [element.clientWidth, element.clientHeight];
      const key = `${main.frames} ${width} ${height} ${palette.value.panel}`;
      if (!view || key === drawn) return;
      drawn = key;
      const ratio = Math.min(2, devicePixelRatio || 1);
      if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
        element.width = Math.round(width * ratio);
        element.height = Math.round(height * ratio);
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(context, view, width, height, palette.value);
    });
  }, [kind]);

  if (kind === 'none') return null;
  return (
    <figure class="learner-view">
      <figcaption>{captions[kind]}</figcaption>
      <div class="picture">
        <canvas ref={canvas} role="img" aria-label={shown.value ? inWords(shown.value.view) : ''} />
      </div>
      <Notes />
      <Facts />
    </figure>
  );
};

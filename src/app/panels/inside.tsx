// Inside the brain: what one update saw of every layer, and the loss around the weights. Asked for while it is open,
// and of the worker alone; the run keeps no trace of the looking.

import { useEffect, useRef } from 'preact/hooks';
import type { Histogram, LayerReport } from '../../core/inspection/layers.ts';
import type { Inspection } from '../../training/inspection.ts';
import { paintSurface, rangeOf } from '../brain/surface-picture.ts';
import { amount, count, percent } from '../format.ts';
import { inspect, step } from '../state/conductor.ts';
import { insideOpen, inspection, status, surfaceSeen, surfaceWanted } from '../state/page.ts';
import { palette } from '../theme.ts';
import { SideDialog } from './side-dialog.tsx';

const Spread = ({ histogram: { counts, low, high } }: { histogram: Histogram }) => {
  const most = Math.max(1, ...counts);
  const width = 3;
  return (
    <svg
      class="spread"
      viewBox={`0 0 ${counts.length * width} 20`}
      role="img"
      aria-label={`Outputs from ${amount(low)} to ${amount(high)}`}
    >
      <title>{`from ${amount(low)} to ${amount(high)}`}</title>
      {counts.map((n, i) => {
        const tall = n === 0 ? 0 : Math.max(1, (20 * n) / most);
        return <rect key={i} x={i * width} y={20 - tall} width={width - 0.6} height={tall} />;
      })}
    </svg>
  );
};

/** About a thousandth is healthy; the words say which side it is on. */
function ratioInWords(ratio: number): string {
  if (ratio === 0) return 'stands still';
  if (ratio < 1e-4) return 'creeps';
  if (ratio <= 5e-3) return 'healthy';
  return ratio <= 3e-2 ? 'brisk' : 'violent';
}

const Layer = ({ layer, ratio }: { layer: LayerReport; ratio: number | undefined }) => (
  <tr>
    <th scope="row">{layer.path}</th>
    <td>{amount(layer.activation)}</td>
    <td>{amount(layer.gradient)}</td>
    <td>
      {ratio === undefined ? (
        <span class="none">no weights</span>
      ) : (
        <>
          {amount(ratio)} <span class="word">{ratioInWords(ratio)}</span>
        </>
      )}
    </td>
    <td>{layer.silent > 0 ? percent(layer.silent) : '–'}</td>
    <td>
      <Spread histogram={layer.histogram} />
    </td>
  </tr>
);

const Layers = ({ seen }: { seen: Inspection }) => {
  const ratios = new Map(seen.ratios.map(({ name, ratio }) => [name, ratio]));
  const ratioOf = (path: string): number | undefined =>
    ratios.get(`${path}.weight`) ?? ratios.get(`${path}.centre`) ?? ratios.get(`${path}.gain`);
  return (
    <>
      <p class="say" id="inside-says">
        Update {count(seen.updates)}, loss {amount(seen.loss)}. Sizes are root mean squares over its batch.
      </p>
      <div class="wide">
        <table aria-describedby="inside-says">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">Outputs</th>
              <th scope="col">Gradient</th>
              <th
                scope="col"
                title="How far the update moved the weights, as a share of their size: about 0.001 is healthy"
              >
                Update / weights
              </th>
              <th scope="col" title="Units that gave 0, or sat at an end of tanh or sigmoid, for every row">
                Silent
              </th>
              <th scope="col">Spread of outputs</th>
            </tr>
          </thead>
          <tbody>
            {seen.layers
              .filter(({ kind }) => kind !== 'flatten' && kind !== 'reshape')
              .map((layer) => (
                <Layer key={layer.path} layer={layer} ratio={ratioOf(layer.path)} />
              ))}
          </tbody>
        </table>
      </div>
    </>
  );
};

const Surface = () => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const seen = surfaceSeen.value;
  const surface = seen?.surface;
  useEffect(() => {
    if (canvas.current && surface) paintSurface(canvas.current, surface, palette.value);
  }, [surface, palette.value]);
  if (!seen || !surface) {
    return (
      <p class="say">
        The loss of one batch, with the weights moved along two random directions; each as long, filter by
        filter, as the weights themselves. A wide valley forgives, a ravine does not (Li et al. 2018).
      </p>
    );
  }
  const [low, high] = rangeOf(surface);
  const words = `At update ${count(seen.updates)} the loss is ${amount(seen.loss)} at the cross, where the weights stand. Around it, ${surface.span} of their own length in every direction, it runs from ${amount(low)} to ${amount(high)}.`;
  return (
    <figure>
      <canvas ref={canvas} width={400} height={400} role="img" aria-label={`Loss surface. ${words}`} />
      <figcaption>
        <span class="scale">
          <span>{amount(low)}</span>
          <span class="ramp" />
          <span>{amount(high)}</span>
        </span>
        {words} Lines are even steps of its logarithm.
      </figcaption>
    </figure>
  );
};

/** Milliseconds between two looks while it stands open. */
const pause = 400;

/** Asks first: a hand may be quicker than the next look. */
function lookOnce(): void {
  inspect(surfaceWanted.value);
  step('update');
}

export const Inside = () => {
  useEffect(() => {
    if (!insideOpen.value) return;
    const timer = setTimeout(() => inspect(surfaceWanted.value), inspection.value ? pause : 0);
    return () => clearTimeout(timer);
  }, [insideOpen.value, inspection.value, surfaceWanted.value]);
  const seen = inspection.value;
  return (
    <SideDialog open={insideOpen} id="inside" title="Inside the brain">
      <div class="body">
        {seen ? (
          <Layers seen={seen} />
        ) : (
          <p class="say">
            {status.value === 'running'
              ? 'Waiting for the next update.'
              : 'Nothing to see yet: the next update is looked into.'}
          </p>
        )}
        {status.value !== 'running' && (
          <button type="button" class="button one" onClick={lookOnce}>
            Make one update
          </button>
        )}
        <section aria-label="Loss surface">
          <div class="line">
            <h3>Loss surface</h3>
            <button
              type="button"
              class="button"
              disabled={surfaceWanted.value}
              onClick={() => {
                surfaceWanted.value = true;
              }}
            >
              {surfaceWanted.value ? 'Waiting for an update' : surfaceSeen.value ? 'Draw it anew' : 'Draw it'}
            </button>
          </div>
          <Surface />
        </section>
      </div>
    </SideDialog>
  );
};

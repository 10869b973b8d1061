// Map: what the trunk makes of the world, each point something the brain has just seen; alike lies together. With the
// frame behind a point, the clearest example of every group, and how good the groups are.

import { useEffect, useRef } from 'preact/hooks';
import { drawMark } from '../charts/clusters.ts';
import { drawLatentMap, pointAt } from '../charts/latent-map.ts';
import { paintSeen } from '../charts/small-picture.ts';
import {
  type Colouring,
  chooseLayout,
  colouring,
  colouringAsked,
  colourings,
  exemplars,
  followRun,
  type Layout,
  labelsShown,
  latentMap,
  layout,
  looked,
  lookedWords,
  lookNext,
  lookTowards,
  mapOpen,
  mapProblem,
  mapping,
  mapScores,
  places,
  renewMap,
} from '../state/mapping.ts';
import { standingWorld } from '../state/page.ts';
import { palette, viewTheme } from '../theme.ts';
import { onTick } from '../ticker.ts';
import { SideDialog } from './side-dialog.tsx';

/** Gives the canvas the size it is shown at; its context, scaled, and that size. */
function prepared(element: HTMLCanvasElement): [CanvasRenderingContext2D, number, number] {
  const [width, height] = [element.clientWidth, element.clientHeight];
  const ratio = Math.min(2, devicePixelRatio || 1);
  element.width = Math.round(width * ratio);
  element.height = Math.round(height * ratio);
  const context = element.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return [context, width, height];
}

const steps: Readonly<Record<string, () => void>> = {
  ArrowRight: () => lookTowards(1, 0),
  ArrowLeft: () => lookTowards(-1, 0),
  ArrowDown: () => lookTowards(0, 1),
  ArrowUp: () => lookTowards(0, -1),
  PageDown: () => lookNext(1),
  PageUp: () => lookNext(-1),
};

const Points = () => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [map, at, point, by, colours] = [
    latentMap.value,
    places.value,
    looked.value,
    colouring.value,
    palette.value,
  ];
  useEffect(() => {
    const element = canvas.current;
    if (!element || !map || !at) return;
    const paint = (): void => {
      const [context, width, height] = prepared(element);
      drawLatentMap(context, map, at, by, point, width, height, colours, viewTheme.value);
    };
    paint();
    const watcher = new ResizeObserver(paint);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [map, at, point, by, colours]);
  return (
    <canvas
      ref={canvas}
      class="points"
      role="img"
      tabIndex={0}
      aria-label="Map of the latent space. Arrow keys go to the next point in a direction, Page Up and Page Down through all of them."
      aria-describedby="map-point"
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        step();
      }}
      onPointerMove={(event) => {
        if (!at) return;
        const box = event.currentTarget.getBoundingClientRect();
        const found = pointAt(at, box.width, box.height, event.clientX - box.left, event.clientY - box.top);
        if (found !== null) looked.value = found;
      }}
      onPointerLeave={() => {
        if (document.activeElement !== canvas.current) looked.value = null;
      }}
      onBlur={() => {
        looked.value = null;
      }}
    />
  );
};

/** What was seen at a point of the map. */
const Seen = ({ point, side, name }: { point: number | null; side: number; name: string }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [map, colours] = [latentMap.value, palette.value];
  const { shape } = standingWorld.value.observation;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const [context, width] = prepared(element);
    context.clearRect(0, 0, width, width);
    if (map === null || point === null || point < 0 || point >= map.count) return;
    const size = map.observations.length / map.count;
    paintSeen(context, map.observations, point * size, shape, 0, 0, width, colours);
  }, [map, point, colours, shape]);
  return <canvas ref={canvas} class="seen" style={{ '--side': `${side}px` }} role="img" aria-label={name} />;
};

const markSide = 12;

/** A label's colour and shape, as its points have them. */
const Mark = ({ label }: { label: number }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = viewTheme.value;
  useEffect(() => {
    if (!canvas.current) return;
    const [context] = prepared(canvas.current);
    context.clearRect(0, 0, markSide, markSide);
    drawMark(context, label, markSide / 2, markSide / 2, 4, theme);
  }, [label, theme]);
  return <canvas ref={canvas} class="mark" />;
};

const Key = () => {
  if (labelsShown.value.length === 0) return null;
  return (
    <ul class="key" aria-label="Labels">
      {labelsShown.value.map(({ label, name }) => (
        <li key={label}>
          <Mark label={label} />
          {name}
        </li>
      ))}
    </ul>
  );
};

const Exemplars = () => {
  const map = latentMap.value;
  if (!map || map.groups === 0) return null;
  return (
    <section class="exemplars">
      <h3>The clearest example of each group</h3>
      <ul>
        {exemplars.value.map((point, group) => {
          const n = map.assigned.reduce((sum, own) => sum + (own === group ? 1 : 0), 0);
          return (
            <li key={group}>
              <Seen
                point={point}
                side={56}
                name={point < 0 ? 'nothing' : `The most typical of group ${group + 1}`}
              />
              <span>
                <b>{group + 1}</b> {Math.round((100 * n) / map.count)} %
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

const Scores = () => {
  if (mapScores.value.length === 0) return null;
  return (
    <dl class="scores">
      {mapScores.value.map(({ name, value, help }) => (
        <div key={name} title={help}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const colouringTitles: Readonly<Record<Colouring, string>> = {
  group: 'Group',
  label: 'Label',
  time: 'Time in the episode',
  reward: 'Reward',
};

const Choices = () => (
  <div class="choices">
    <div class="group">
      <label for="map-layout">Layout</label>
      <select
        class="select"
        id="map-layout"
        value={layout.value}
        disabled={mapping.value && layout.value === 'umap'}
        onChange={(event) => void chooseLayout(event.currentTarget.value as Layout)}
      >
        <option value="pca">PCA: the two widest directions</option>
        <option value="umap">UMAP: who is whose neighbour</option>
      </select>
    </div>
    <div class="group">
      <label for="map-colours">Colour</label>
      <select
        class="select"
        id="map-colours"
        value={colouring.value}
        onChange={(event) => {
          colouringAsked.value = event.currentTarget.value as Colouring;
        }}
      >
        {colourings.value.map((one) => (
          <option key={one} value={one}>
            {colouringTitles[one]}
          </option>
        ))}
      </select>
    </div>
    <button type="button" class="button" disabled={mapping.value} onClick={() => void renewMap()}>
      {mapping.value && layout.value === 'umap' ? 'Laying out…' : 'Renew'}
    </button>
  </div>
);

const Body = () => {
  useEffect(() => onTick(1, followRun), []);
  const map = latentMap.value;
  return (
    <div class="body">
      <p class="say">
        Each point is something the brain has just seen; what its trunk holds to be alike lies together.
        {map ? ` After ${map.updates} updates.` : ''}
      </p>
      <Choices />
      {mapProblem.value !== '' && (
        <p class="problem" role="alert">
          {mapProblem}
        </p>
      )}
      <div class="plot">
        <Points />
        <div class="behind">
          <Seen point={looked.value} side={96} name="What was seen there" />
          <p id="map-point" aria-live="polite">
            {lookedWords.value ||
              'Point at something, or step with the arrow keys, to see what lies behind it.'}
          </p>
        </div>
      </div>
      <Key />
      <Scores />
      <Exemplars />
    </div>
  );
};

export const LatentMapDialog = () => {
  return (
    <SideDialog open={mapOpen} id="latent-map" title="Map">
      <Body />
    </SideDialog>
  );
};

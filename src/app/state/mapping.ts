// The map of what a brain has learned: its points, where they lie, how they are coloured, and which one is looked at. While the
// run goes on the map follows it about once a second, but stands still under whoever looks at a point.
import { batch, computed, signal } from '@preact/signals';
import { labelScores, silhouette } from '../../learners/unsupervised/cluster-scores.ts';
import { principalMap } from '../../learners/unsupervised/principal-map.ts';
import type { LatentMap } from '../../training/mapping.ts';
import { messageOf, sentence } from '../format.ts';
import type { UmapAnswer, UmapRequest } from '../umap-worker.ts';
import { main } from './conductor.ts';
import { standingWorld, status } from './page.ts';

export type Layout = 'pca' | 'umap';
export type Colouring = 'group' | 'label' | 'time' | 'reward';

export const mapOpen = signal(false);
export const layout = signal<Layout>('pca');
export const colouringAsked = signal<Colouring>('group');
export const latentMap = signal<LatentMap | null>(null);
/** [count, 2]: where the points of `latentMap` lie, in the layout that is shown. */
export const places = signal<Float32Array | null>(null);
/** The point that is looked at. */
export const looked = signal<number | null>(null);
export const mapProblem = signal('');
/** While UMAP is at work, or a map on its way. */
export const mapping = signal(false);

/** What the points can be coloured by. */
export const colourings = computed<readonly Colouring[]>(() => {
  const map = latentMap.value;
  if (!map) return ['time'];
  return [
    ...(map.groups > 0 ? (['group'] as const) : []),
    ...(map.labels.some((label) => label >= 0) ? (['label'] as const) : []),
    'time',
    'reward',
  ];
});

export const colouring = computed<Colouring>(() =>
  colourings.value.includes(colouringAsked.value) ? colouringAsked.value : colourings.value[0]!,
);

const labelName = (label: number): string => {
  const { action } = standingWorld.value;
  return (action.kind === 'discrete' ? action.names[label] : undefined) ?? String(label);
};

/** The labels among the points, where these are coloured by them, with what they are called. */
export const labelsShown = computed(() =>
  colouring.value !== 'label'
    ? []
    : [...new Set(latentMap.value?.labels)]
        .sort((a, b) => a - b)
        .map((label) => ({ label, name: labelName(label) })),
);

export interface Shown {
  readonly name: string;
  readonly value: string;
  readonly help: string;
}

/** How good the groups are, on the points of the map; nothing where there are none. */
export const mapScores = computed<readonly Shown[]>(() => {
  const map = latentMap.value;
  if (!map || map.groups === 0) return [];
  const { features: data, count: n, width: size, assigned, labels } = map;
  const apart = silhouette({ data, n, size }, assigned, map.groups);
  const scores: Shown[] = [
    {
      name: 'Silhouette',
      value: Number.isNaN(apart) ? 'one group' : apart.toFixed(2),
      help: '1: groups far apart, 0: they overlap, below: wrongly sorted',
    },
  ];
  if (labels.some((label) => label < 0)) return scores;
  const { purity, rand, information } = labelScores(labels, assigned, n);
  return [
    ...scores,
    {
      name: 'Purity',
      value: `${Math.round(purity * 100)} %`,
      help: 'Share of the points whose label is the commonest of their group',
    },
    {
      name: 'Adjusted Rand',
      value: rand.toFixed(2),
      help: 'Agreement of groups and labels over all pairs: 1 the same, 0 chance',
    },
    {
      name: 'Mutual information',
      value: information.toFixed(2),
      help: 'What groups say of labels, 0 to 1',
    },
  ];
});

/** For each group the point nearest to its mean; -1 for one without points. */
export const exemplars = computed<readonly number[]>(() => {
  const map = latentMap.value;
  if (!map) return [];
  const { features, width, assigned, count } = map;
  return Array.from({ length: map.groups }, (_, group) => {
    const own = Array.from({ length: count }, (_, i) => i).filter((i) => assigned[i] === group);
    const mean = Float64Array.from(
      { length: width },
      (_, j) => own.reduce((sum, i) => sum + features[i * width + j]!, 0) / own.length,
    );
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (const i of own) {
      const distance = mean.reduce((sum, m, j) => sum + (features[i * width + j]! - m) ** 2, 0);
      if (distance < least) [best, least] = [i, distance];
    }
    return best;
  });
});

let umapWorker: Worker | null = null;
let tickets = 0;

/** UMAP of the features, by a worker that is started at the first call. */
function umap({ features, count, width }: LatentMap): Promise<Float32Array> {
  umapWorker ??= new Worker(new URL('../umap-worker.ts', import.meta.url), { type: 'module' });
  const worker = umapWorker;
  const request: UmapRequest = { ticket: ++tickets, features, count, width };
  return new Promise((resolve, reject) => {
    const hear = ({ data }: MessageEvent<UmapAnswer>): void => {
      if (data.ticket !== request.ticket) return;
      worker.removeEventListener('message', hear);
      resolve(data.places);
    };
    worker.addEventListener('message', hear);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || 'UMAP could not be started'));
    };
    worker.postMessage(request);
  });
}

/** A new map of the brain as it is now. */
export async function renewMap(): Promise<void> {
  if (mapping.value) return;
  mapping.value = true;
  try {
    const map = await main.map();
    const found =
      layout.value === 'umap' ? await umap(map) : principalMap(map.features, map.count, map.width);
    batch(() => {
      latentMap.value = map;
      places.value = found;
      mapProblem.value = '';
    });
  } catch (problem) {
    mapProblem.value = sentence(`The map cannot be drawn: ${messageOf(problem)}`);
  } finally {
    mapping.value = false;
  }
}

/** The points that are there, laid out anew. */
export async function chooseLayout(next: Layout): Promise<void> {
  layout.value = next;
  const map = latentMap.value;
  if (!map || mapping.value) return;
  mapping.value = true;
  try {
    const found = next === 'umap' ? await umap(map) : principalMap(map.features, map.count, map.width);
    if (latentMap.peek() === map) places.value = found;
  } catch (problem) {
    mapProblem.value = sentence(`The map cannot be drawn: ${messageOf(problem)}`);
  } finally {
    mapping.value = false;
  }
}

export function openMap(): void {
  batch(() => {
    mapOpen.value = true;
    latentMap.value = null;
    places.value = null;
    looked.value = null;
    mapProblem.value = '';
  });
  void renewMap();
}

/** Follows the run, where that can be done quickly and nobody is looking at a point. */
export function followRun(): void {
  const map = latentMap.peek();
  if (layout.value === 'umap' || looked.value !== null || !map || status.value !== 'running') return;
  if (map.updates !== main.frame?.counters.updates) void renewMap();
}

/** The nearest point in a direction from the one looked at, as on a page: dx right, dy down. */
export function lookTowards(dx: number, dy: number): void {
  const at = places.value;
  if (!at) return;
  const here = looked.value;
  if (here === null) {
    looked.value = 0;
    return;
  }
  let [best, least] = [here, Number.POSITIVE_INFINITY];
  for (let i = 0; i < at.length / 2; i++) {
    const x = at[2 * i]! - at[2 * here]!;
    const y = at[2 * here + 1]! - at[2 * i + 1]!;
    const along = x * dx + y * dy;
    // Points far to the side count as farther.
    const distance = along + 2 * Math.abs(x * dy + y * dx);
    if (i !== here && along > 0 && distance < least) [best, least] = [i, distance];
  }
  looked.value = best;
}

/** The next or the one before, in the order in which they were seen: every point is reached. */
export function lookNext(step: number): void {
  const count = latentMap.value?.count ?? 0;
  if (count === 0) return;
  looked.value = ((looked.value ?? (step > 0 ? -1 : 0)) + step + count) % count;
}

/** What is known of the point that is looked at, in words. */
export const lookedWords = computed(() => {
  const [map, i] = [latentMap.value, looked.value];
  if (!map || i === null || i >= map.count) return '';
  const label = map.labels[i]!;
  return [
    `Point ${i + 1} of ${map.count}`,
    ...(map.groups > 0 ? [`group ${map.assigned[i]! + 1}`] : []),
    ...(label >= 0 ? [`label ${labelName(label)}`] : []),
    `step ${map.times[i]}`,
    `reward ${Number(map.rewards[i]!.toPrecision(3))}`,
  ].join(', ');
});

// UMAP (McInnes, Healy & Melville 2018) in a worker of its own, which is only started when somebody asks for it. Seeded: the
// same features give the same map.
import { UMAP } from 'umap-js';
import { createRandom } from '../core/random.ts';

export interface UmapRequest {
  readonly ticket: number;
  /** [count, width] */
  readonly features: Float32Array;
  readonly count: number;
  readonly width: number;
}

/** `places`: [count, 2]. */
export interface UmapAnswer {
  readonly ticket: number;
  readonly places: Float32Array;
}

const neighbours = 15;
const epochs = 300;

addEventListener('message', ({ data }: MessageEvent<UmapRequest>) => {
  const { ticket, features, count, width } = data;
  const rows = Array.from({ length: count }, (_, i) => [...features.subarray(i * width, (i + 1) * width)]);
  const umap = new UMAP({
    nNeighbors: Math.min(neighbours, count - 1),
    nEpochs: epochs,
    random: createRandom('umap').next,
  });
  const answer: UmapAnswer = { ticket, places: Float32Array.from(umap.fit(rows).flat()) };
  postMessage(answer);
});

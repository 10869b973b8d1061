// A look into one update of a run: asked for, taken once, and without any trace in the run. Between the backward pass
// and the optimiser's step it sees activations and gradients; after it, how far the weights moved.
import { inspectLayers, type LayerReport } from '../core/inspection/layers.ts';
import { type LossSurface, lossSurface } from '../core/inspection/loss-surface.ts';
import { type UpdateRatio, updateRatios } from '../core/inspection/update-ratio.ts';
import type { Network } from '../core/network.ts';
import { createRandom } from '../core/random.ts';
import type { Batch, Learner } from '../learners/learner.ts';

export interface Inspection {
  readonly updates: number;
  readonly loss: number;
  readonly layers: readonly LayerReport[];
  readonly ratios: readonly UpdateRatio[];
  readonly surface: LossSurface | null;
}

/** What `trainStep` calls around the optimiser's step. */
export interface Watcher {
  beforeUpdate(network: Network, batch: Batch, learner: Learner, loss: number): void;
  afterUpdate(network: Network): void;
}

const surfaceSize = 25;
const surfaceSpan = 1;

/** The loss around the weights as they are, on the batch that stands in the network. The learner keeps nothing of it. */
function surfaceOf(network: Network, batch: Batch, learner: Learner): LossSurface {
  const { n, heads } = batch;
  const moving = network.params.slots.filter(({ layer }) =>
    ['trunk', ...heads].some((part) => layer.startsWith(`${part}.`)),
  );
  // A loss may count what it saw.
  const state = learner.snapshot();
  const lossAt = (): number => {
    network.forward(n, heads, 'evaluate');
    return learner.loss(batch)['loss']!;
  };
  const random = createRandom('slice');
  const surface = lossSurface(network.params, moving, random, surfaceSize, surfaceSpan, lossAt);
  learner.restore(state);
  return surface;
}

/** A watcher of one update. @param wantSurface whether to draw the loss surface too: some hundred forward passes. */
export function createWatcher(
  wantSurface: boolean,
  done: (seen: Omit<Inspection, 'updates'>) => void,
): Watcher {
  let seen: Omit<Inspection, 'updates' | 'ratios'> | undefined;
  let before = new Float32Array(0);
  return {
    beforeUpdate(network, batch, learner, loss) {
      const layers = inspectLayers(network, batch.n, batch.heads);
      seen = { loss, layers, surface: wantSurface ? surfaceOf(network, batch, learner) : null };
      before = network.params.values.data.slice();
    },
    afterUpdate(network) {
      done({ ...seen!, ratios: updateRatios(network.params, before) });
    },
  };
}

// Replays one recorded layer: it stands as the one layer of a head, so that planning, both passes and the gradients of
// parameters and input all go through the network.
import type { Mode } from '../../core/layers/layer.ts';
import type { LayerSpec } from '../../core/layers/registry.ts';
import { type CoreCase, createTally, passBound } from './tally.ts';
import { head, type KernelSet, parameter, withSet, workshop } from './workshop.ts';

/** A recorded layer in our layouts. */
export interface LayerCase {
  readonly layer: LayerSpec;
  /** Rows of a batch; shapes of one row of input and of output. */
  readonly n: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Left out where the input has no gradient. */
  readonly dx?: ArrayLike<number>;
  readonly dy: ArrayLike<number>;
  readonly parameters: Readonly<Record<string, { value: ArrayLike<number>; grad: ArrayLike<number> }>>;
  readonly mode?: Mode;
  /** What the layer's buffers hold before and after the forward pass. */
  readonly buffers?: Readonly<Record<string, { before: ArrayLike<number>; after: ArrayLike<number> }>>;
  /** Tensors inside the layer: written before, and what they must hold in the end. */
  readonly innerBefore?: Readonly<Record<string, ArrayLike<number>>>;
  readonly innerAfter?: (
    inner: (name: string) => Float32Array,
  ) => readonly (readonly [ArrayLike<number>, ArrayLike<number>])[];
}

export function replayLayer(name: string, recorded: LayerCase, set: KernelSet): CoreCase {
  const { n } = recorded;
  const shop = workshop(name, set, recorded.input, recorded.layer, recorded.output, n);
  const { network } = shop;
  const path = `${head}.${recorded.layer.name}`;
  const inner = (of: string): Float32Array => network.inner(path, of).data;
  const buffer = (of: string): Float32Array => network.buffers.get(`${path}.${of}`)!.data;
  const parameters = Object.entries(recorded.parameters);
  const buffers = Object.entries(recorded.buffers ?? {});
  for (const [of, { value }] of parameters) parameter(shop, of, 'values').set(value);
  for (const [of, { before }] of buffers) buffer(of).set(before);
  for (const [of, values] of Object.entries(recorded.innerBefore ?? {})) inner(of).set(values);
  network.input.data.set(recorded.x);
  network.forward(n, [head], recorded.mode ?? 'train');
  network.clearGrads(n);
  network.featuresGrad.data.fill(0);
  network.outputGrad(head).data.set(recorded.dy);
  network.backward(n, [head]);
  const tally = createTally(passBound);
  tally.compareAll(network.output(head).data, recorded.y);
  if (recorded.dx) tally.compareAll(network.featuresGrad.data, recorded.dx);
  for (const [of, { grad }] of parameters) tally.compareAll(parameter(shop, of, 'grads'), grad);
  for (const [of, { after }] of buffers) tally.compareAll(buffer(of), after);
  for (const [ours, theirs] of recorded.innerAfter?.(inner) ?? []) tally.compareAll(ours, theirs);
  return tally.done(withSet(name, set));
}

// What every layer is: plain data (its spec), a shape rule, named parameters, and a pair of passes built over
// arena memory. Adding a layer is one file beside this one and one line in `registry.ts`.
import type { Arena, Tensor } from '../arena.ts';
import type { InitializerSpec } from '../initializers.ts';
import type { Kernels } from '../kernels.ts';
import type { Random } from '../random.ts';

export type Mode = 'train' | 'evaluate';

export interface ParameterSpec {
  /** Last part of its name, such as 'weight'. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly init: InitializerSpec;
  /** How many inputs feed one output, and how many outputs one input feeds. */
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Numbers a layer keeps and saves with the model but that no gradient moves, such as running statistics. */
export interface BufferSpec {
  /** Last part of its name, such as 'runningMean'. */
  readonly name: string;
  readonly shape: readonly number[];
  /** What every number of it begins with. */
  readonly initial: number;
}

/** A parameter's place in the network's two vectors. */
export interface Parameter {
  readonly value: Tensor;
  readonly grad: Tensor;
}

export interface LayerMemory {
  readonly arena: Arena;
  readonly kernels: Kernels;
  /** Rows of the largest batch. */
  readonly maxBatch: number;
  /** What the whole network is shown, [maxBatch, ...]. */
  readonly input: Tensor;
  /** x: [maxBatch, ...inputShape] and its gradient; null where nothing upstream wants one. */
  readonly x: Tensor;
  readonly dx: Tensor | null;
  /** y: [maxBatch, ...outputShape] and its gradient. */
  readonly y: Tensor;
  readonly dy: Tensor;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly buffers: Readonly<Record<string, Tensor>>;
  /** Output and gradient of an earlier layer of the same part (the trunk, or one head), by its name. */
  readonly earlier: (name: string) => { readonly y: Tensor; readonly dy: Tensor | null };
  /** This layer's own random stream; its state is saved with a run. */
  readonly random: () => Random;
}

export interface LayerPass {
  /** Reads the first n rows of x, writes the first n rows of y. */
  forward(n: number, mode: Mode): void;
  /** Reads dy (and x, y of the last forward); accumulates into dx and the parameters' gradients. */
  backward(n: number): void;
  /** Tensors inside the layer that a view or a learner may look at, by name, such as 'attention'. */
  readonly inner?: Readonly<Record<string, Tensor>>;
}

export interface LayerDef<S> {
  /**
   * Shape of one output row for one input row; throws, naming the layer and both shapes, when it cannot fit.
   * `earlier` gives the output shape of an earlier layer of the same part, by its name.
   */
  outputShape(
    spec: S,
    input: readonly number[],
    earlier: (name: string) => readonly number[],
  ): readonly number[];
  parameters(spec: S, input: readonly number[]): readonly ParameterSpec[];
  buffers?(spec: S, input: readonly number[]): readonly BufferSpec[];
  /** The output is the input's own memory in another shape: nothing is computed. */
  readonly reshapes?: true;
  build(spec: S, input: readonly number[], memory: LayerMemory): LayerPass;
}

/** What `outputShape` throws: the layer, both shapes, and what is allowed. */
export const misfit = (
  layer: string,
  input: readonly number[],
  output: readonly unknown[],
  allowed: string,
): Error => new Error(`layer ${layer}: [${input}] -> [${output}] does not fit; ${allowed}`);

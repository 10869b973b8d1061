// What every layer is: plain data (its spec), a shape rule, named parameters, and a pair of passes built over
// arena memory. Adding a layer is one file beside this one and one line in `registry.ts`.
import type { Arena, Tensor } from '../arena.ts';
import type { InitializerSpec } from '../initializers.ts';
import type { Kernels } from '../kernels.ts';

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
  /** x: [maxBatch, ...inputShape] and its gradient; null where nothing upstream wants one. */
  readonly x: Tensor;
  readonly dx: Tensor | null;
  /** y: [maxBatch, ...outputShape] and its gradient. */
  readonly y: Tensor;
  readonly dy: Tensor;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

export interface LayerPass {
  /** Reads the first n rows of x, writes the first n rows of y. */
  forward(n: number, mode: Mode): void;
  /** Reads dy (and x, y of the last forward); accumulates into dx and the parameters' gradients. */
  backward(n: number): void;
}

export interface LayerDef<S> {
  /** Shape of one output row for one input row; throws, naming the layer and both shapes, when it cannot fit. */
  outputShape(spec: S, input: readonly number[]): readonly number[];
  parameters(spec: S, input: readonly number[]): readonly ParameterSpec[];
  build(spec: S, input: readonly number[], memory: LayerMemory): LayerPass;
}

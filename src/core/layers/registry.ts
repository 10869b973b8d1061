// One line per kind of layer.
import { type ActivationSpec, activation } from './activation.ts';
import { type BatchNormSpec, batchNorm } from './batch-norm.ts';
import { type CentroidsSpec, centroids } from './centroids.ts';
import { type ConditionSpec, condition } from './condition.ts';
import { type Conv2dSpec, conv2d } from './conv2d.ts';
import { type Conv2dTransposeSpec, conv2dTranspose } from './conv2d-transpose.ts';
import { type DenseSpec, dense } from './dense.ts';
import { type DropoutSpec, dropout } from './dropout.ts';
import { type EmbeddingSpec, embedding } from './embedding.ts';
import { type FlattenSpec, flatten, type ReshapeSpec, reshape } from './flatten.ts';
import { type GruSpec, gru } from './gru.ts';
import type { LayerDef } from './layer.ts';
import { type LayerNormSpec, layerNorm } from './layer-norm.ts';
import { type MaskSpec, mask } from './mask.ts';
import { type MaxPool2dSpec, maxPool2d } from './max-pool2d.ts';
import { type PickSpec, pick } from './pick.ts';
import { type ReparametrizeSpec, reparametrize } from './reparametrize.ts';
import { type RescaleSpec, rescale } from './rescale.ts';
import { type ResidualSpec, residual } from './residual.ts';
import { type SelfAttentionSpec, selfAttention } from './self-attention.ts';
import { type LogSoftmaxSpec, logSoftmax, type SoftmaxSpec, softmax } from './softmax.ts';
import { type SpreadSpec, spread } from './spread.ts';

export type LayerSpec =
  | DenseSpec
  | Conv2dSpec
  | Conv2dTransposeSpec
  | MaxPool2dSpec
  | ActivationSpec
  | SoftmaxSpec
  | LogSoftmaxSpec
  | BatchNormSpec
  | LayerNormSpec
  | DropoutSpec
  | EmbeddingSpec
  | SelfAttentionSpec
  | GruSpec
  | FlattenSpec
  | ReshapeSpec
  | PickSpec
  | ReparametrizeSpec
  | ConditionSpec
  | RescaleSpec
  | ResidualSpec
  | MaskSpec
  | SpreadSpec
  | CentroidsSpec;

const layers: { readonly [K in LayerSpec['kind']]: LayerDef<Extract<LayerSpec, { kind: K }>> } = {
  dense,
  conv2d,
  conv2dTranspose,
  maxPool2d,
  activation,
  softmax,
  logSoftmax,
  batchNorm,
  layerNorm,
  dropout,
  embedding,
  selfAttention,
  gru,
  flatten,
  reshape,
  pick,
  reparametrize,
  condition,
  rescale,
  residual,
  mask,
  spread,
  centroids,
};

/** The definition that belongs to a spec. The registry's type ties each kind to its own spec. */
export const layerDef = <S extends LayerSpec>(spec: S): LayerDef<S> =>
  layers[spec.kind] as unknown as LayerDef<S>;

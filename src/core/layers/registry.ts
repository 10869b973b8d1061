// One line per kind of layer.
import { type ActivationSpec, activation } from './activation.ts';
import { type CentroidsSpec, centroids } from './centroids.ts';
import { type Conv2dSpec, conv2d } from './conv2d.ts';
import { type DenseSpec, dense } from './dense.ts';
import { type FlattenSpec, flatten, type ReshapeSpec, reshape } from './flatten.ts';
import type { LayerDef } from './layer.ts';
import { type ResidualSpec, residual } from './residual.ts';

export type LayerSpec =
  | DenseSpec
  | Conv2dSpec
  | ActivationSpec
  | FlattenSpec
  | ReshapeSpec
  | ResidualSpec
  | CentroidsSpec;

const layers: { readonly [K in LayerSpec['kind']]: LayerDef<Extract<LayerSpec, { kind: K }>> } = {
  dense,
  conv2d,
  activation,
  flatten,
  reshape,
  residual,
  centroids,
};

/** The definition that belongs to a spec. The registry's type ties each kind to its own spec. */
export const layerDef = <S extends LayerSpec>(spec: S): LayerDef<S> =>
  layers[spec.kind] as unknown as LayerDef<S>;

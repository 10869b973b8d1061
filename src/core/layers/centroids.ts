// Centroids: y[n,k] = |x[n] - c[k]|^2, the squared distance of a row to each of k learned centres.
// Backward: dx += sum_k 2 dy (x - c), dc += sum_n 2 dy (c - x). With this layer k-means is a loss like any other
// (Bottou & Bengio 1995, "Convergence properties of the k-means algorithms").
import { sizeOf } from '../arena.ts';
import type { LayerDef } from './layer.ts';

export interface CentroidsSpec {
  readonly kind: 'centroids';
  readonly name: string;
  readonly clusters: number;
}

export const centroids: LayerDef<CentroidsSpec> = {
  outputShape(spec, input) {
    if (!Number.isInteger(spec.clusters) || spec.clusters < 1) {
      throw new Error(
        `layer ${spec.name}: [${input}] -> [${spec.clusters}] is not a shape; clusters must be a whole number, 1 or more`,
      );
    }
    return [spec.clusters];
  },
  parameters(spec, input) {
    const size = sizeOf(input);
    return [
      {
        name: 'centre',
        shape: [spec.clusters, size],
        init: { scheme: 'zeros' },
        fanIn: size,
        fanOut: spec.clusters,
      },
    ];
  },
  build(spec, input, { kernels, x, dx, y, dy, parameters }) {
    const size = sizeOf(input);
    const centre = parameters['centre']!;
    return {
      forward: (n) => kernels.distances(y.ptr, x.ptr, centre.value.ptr, n, spec.clusters, size),
      backward: (n) =>
        kernels.distancesBackward(
          dx?.ptr ?? 0,
          centre.grad.ptr,
          dy.ptr,
          x.ptr,
          centre.value.ptr,
          n,
          spec.clusters,
          size,
        ),
    };
  },
};
